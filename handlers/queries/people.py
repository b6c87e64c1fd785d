"""Kişiler: who is known to the desk, and what of one of them a lead, the director, the auditor or an admin may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.devices import access as device_access
from handlers.devices import clearing
from handlers.devices.clearing import Clearance
from handlers.domain.absences import Absence
from handlers.domain.deputies import Deputy
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.people_joins import Stands
from handlers.domain.rights import Action, may, may_enter_leave_of, require
from handlers.domain.ticket import Ticket
from handlers.people import joined_people, personal_data, same_person, sessions
from handlers.people.personal_data import Kept
from handlers.ports import JoinCode, PeopleWanted, Session, UnitOfWork
from knowledge.language.folding import folded

ON_A_PAGE = 50
_NEAR = 10
"""People who are offered where nobody is called so."""
_LOOKED_AT, _SHOWN = 200, 20
"""Tickets of a person."""
_OF_WHOM_ALL_IS_SEEN = frozenset({Role.DIRECTOR, Role.AUDITOR, Role.ADMIN})
_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    person: Person
    accounts: Sequence[Account]
    away_until: datetime | None
    """The first moment at which they are back; None: they are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    rows: Sequence[PersonRow]
    total: int
    near: bool
    """Nobody is called so; these are nearly."""
    last: str
    """The handle behind which the list goes on; empty: it is at its end."""
    departments: Sequence[str]
    manages: bool
    twins: Mapping[PersonId, Person] = field(default_factory=dict)
    """Who is perhaps somebody of the staff list, and who of it; nobody where the reader cannot vouch for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedBefore:
    """Somebody who was made one with them lately."""

    guest: str
    """What they called themselves."""
    at: datetime
    why: Stands | None
    """Why it cannot be taken back; None: it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    row: PersonRow
    tickets: Sequence[Ticket]
    """Reported by them, the newest of those that the reader may read."""
    held: Sequence[Ticket]
    """The same of those that they hold."""
    kept: Kept | None
    """None: the reader is not told."""
    sessions: Sequence[Session]
    invitations: Sequence[JoinCode]
    leaves: Sequence[Absence]
    deputies: Sequence[tuple[Deputy, Person]]
    """Who acts for them, or for whom they act, from now on."""
    manages: bool
    renames: bool
    enters_leave: bool
    names_deputy: bool
    """Whether the reader may name them as their own deputy."""
    own: bool
    twin: Person | None
    """Whom of the staff list they perhaps are."""
    guests: Sequence[Person]
    """Who perhaps is this one of the staff list."""
    joined: JoinedBefore | None = None
    clearance: Clearance | None = None
    """What they would leave with; None: the reader is not told."""


def look(acting: Acting, wanted: PeopleWanted, department: str, after: str, *, only_twins: bool = False) -> PeoplePage:
    """`department` by any of its names; empty: of all. By name, behind the person of that handle; those who were
    misspelt where nobody is called so. `only_twins`: who is perhaps somebody of the staff list, and nothing else is
    asked; the first of them, since they become fewer as they are joined."""
    people = acting.uow.people
    twins = twins_of(acting)
    if only_twins:
        return _twins_page(acting, twins)
    if department:
        wanted = replace(wanted, departments=spellings_of(acting.uow, department))
    behind = people.by_handle(after) if after else None
    found = list(people.listed(wanted, behind.id if behind is not None else None, ON_A_PAGE + 1))
    near = False
    if not found and wanted.words and behind is None and not wanted.gone:
        found, near = list(people.like(wanted.words, _NEAR)), True
    away = _away(acting)
    shown = found[:ON_A_PAGE]
    return PeoplePage(
        rows=[_row(acting, one, away) for one in shown],
        total=0 if near else people.count(wanted),
        near=near and bool(found),
        last=shown[-1].handle if len(found) > ON_A_PAGE else "",
        departments=DepartmentNames.of(acting.uow).open,
        manages=may(acting.person, Action.MANAGE_PEOPLE),
        twins=_people(acting, twins),
    )


def twins_of(acting: Acting) -> Mapping[PersonId, PersonId]:
    """For whoever can vouch; nobody says of themselves who they are."""
    if not may(acting.person, Action.MANAGE_PEOPLE):
        return {}
    return {guest: twin for guest, twin in same_person.twins(acting.uow).items() if guest != acting.person.id}


def _people(acting: Acting, twins: Mapping[PersonId, PersonId]) -> Mapping[PersonId, Person]:
    return {guest: acting.uow.people.get(twin) for guest, twin in twins.items()}


def _twins_page(acting: Acting, twins: Mapping[PersonId, PersonId]) -> PeoplePage:
    guests = sorted(map(acting.uow.people.get, twins), key=lambda one: (folded(one.name), one.id))
    away = _away(acting)
    return PeoplePage(
        rows=[_row(acting, one, away) for one in guests[:ON_A_PAGE]],
        total=len(guests),
        near=False,
        last="",
        departments=DepartmentNames.of(acting.uow).open,
        manages=may(acting.person, Action.MANAGE_PEOPLE),
        twins=_people(acting, twins),
    )


def spellings_of(uow: UnitOfWork, department: str) -> frozenset[str]:
    """How it is written on people."""
    names = DepartmentNames.of(uow)
    found = names.find(department)
    spelled = names.spellings(found.id, uow.departments.people()) if found is not None else ()
    return frozenset({department, *spelled})


def look_at(acting: Acting, handle: str) -> PersonPage:
    """Raises NotFound."""
    person = _person(acting, handle)
    reader, uow = acting.person, acting.uow
    reported = uow.tickets.of_reporter(person.id, limit=_LOOKED_AT)
    told = bool(reader.roles & _OF_WHOM_ALL_IS_SEEN)
    manages = may(reader, Action.MANAGE_PEOPLE)
    ahead = uow.absences.between(acting.now, acting.now + _AHEAD)
    sees_leave = told or may_enter_leave_of(reader, person)
    vouches = manages and person.id != reader.id
    twin = same_person.twin_of(uow, person) if vouches else None
    guests = same_person.guests_of(uow, person) if manages else ()
    deputies = [one for one in uow.deputies.between(acting.now, acting.now + _AHEAD) if one.until > acting.now]
    return PersonPage(
        row=_row(acting, person, _away(acting)),
        tickets=sorted(_readable(reader, reported), key=lambda one: -one.id)[:_SHOWN],
        held=_readable(reader, uow.tickets.held_by(person.id))[:_SHOWN],
        kept=personal_data.kept_of(uow, person.id) if told else None,
        sessions=sessions.open_sessions(uow, person) if manages else (),
        invitations=uow.codes.of(person.id)[:5] if manages else (),
        leaves=[one for one in ahead if one.person == person.id] if sees_leave else (),
        deputies=[
            (one, uow.people.get(one.deputy if one.person == person.id else one.person))
            for one in deputies
            if person.id in (one.person, one.deputy)
        ],
        manages=manages,
        renames=may(reader, Action.CORRECT_NAMES),
        enters_leave=may_enter_leave_of(reader, person) and not person.gone,
        names_deputy=may(reader, Action.NAME_DEPUTY) and person.role.needs_unit and person.id != reader.id,
        own=person.id == reader.id,
        twin=uow.people.get(twin) if twin is not None else None,
        guests=[uow.people.get(guest) for guest in guests if guest != reader.id],
        joined=_joined(acting, person) if manages else None,
        clearance=clearing.of(acting, person) if device_access.may(acting, DeviceAction.CLEAR) else None,
    )


def _joined(acting: Acting, person: Person) -> JoinedBefore | None:
    made, why = joined_people.stands(acting, person)
    if made is None or why is Stands.OLD:
        return None
    guest = acting.uow.people.get(made.guest)
    return JoinedBefore(guest=guest.name or guest.handle, at=made.at, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What happens when somebody is said to have left."""

    held: int
    reported: int
    """Open tickets of theirs, whose holders hear of it."""
    browsers: int
    accounts: int


def leaving(acting: Acting, handle: str) -> Leaving:
    """Raises NotAllowed, NotFound."""
    require(acting.person, Action.MANAGE_PEOPLE)
    person, uow = _person(acting, handle), acting.uow
    return Leaving(
        held=len(uow.tickets.held_by(person.id)),
        reported=len(uow.tickets.open_of_reporter(person.id)),
        browsers=len(sessions.open_sessions(uow, person)),
        accounts=len(uow.people.accounts(person.id)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What moves when somebody is said to be one of the staff list."""

    twin: Person
    tickets: int
    accounts: int
    browsers: int
    never: Stands | None
    """Why it could not be taken back; None: it can, as long as nothing happens to either."""


def joining(acting: Acting, handle: str, twin: str) -> Joining:
    """Raises NotAllowed, NotFound."""
    require(acting.person, Action.MANAGE_PEOPLE)
    guest, uow = _person(acting, handle), acting.uow
    return Joining(
        twin=_person(acting, twin),
        tickets=len(uow.tickets.of_reporter(guest.id, limit=1_000_000)),
        accounts=len(uow.people.accounts(guest.id)),
        browsers=len(sessions.open_sessions(uow, guest)),
        never=joined_people.never(uow, guest, _person(acting, twin)),
    )


def data_of(acting: Acting, handle: str) -> dict[str, Any]:
    """All that is kept of somebody who asks for it (KVKK m.11), as far as an admin may hand it out: of what an admin
    may not read only that it is there. Raises NotAllowed, NotFound."""
    require(acting.person, Action.MANAGE_PEOPLE)
    person, uow = _person(acting, handle), acting.uow
    kept = personal_data.kept_of(uow, person.id)
    reported = uow.tickets.of_reporter(person.id, limit=1_000_000)
    readable = _readable(acting.person, reported)
    return {
        "kisi": {
            "hesap": person.handle,
            "ad": person.name,
            "mudurluk": person.department,
            "oda": person.room,
            "telefon": person.phone,
            "eposta": person.email,
            "sicil_no": person.staff_no,
            "yetki": person.role.value,
            "birim": person.unit,
            "dogrulandi": person.verified,
            "aydinlatma_metni": person.notice_version,
            "aydinlatma_gosterildi": _iso(person.notice_shown_at),
            "ayrildi": _iso(person.left_at),
        },
        "hesaplar": [{"kanal": one.channel, "ad": one.name} for one in uow.people.accounts(person.id)],
        "tarayicilar": [
            {"cihaz": sessions.device(one.user_agent), "basladi": _iso(one.created_at), "kullanildi": _iso(one.seen_at)}
            for one in uow.sessions.of(person.id)
        ],
        "sayilar": {
            "kayitlar": kept.tickets,
            "dosyalar": kept.files,
            "izinler": kept.absences,
            "vekaletler": kept.deputies,
            "gorevler": kept.offices,
            "nobetler": kept.duties,
            "kesintiler": kept.outages,
            "planli_calismalar": kept.planned,
            "onaylar": kept.approvals,
            "gorunumler": kept.views,
        },
        "kayitlar": [
            {
                "numara": one.number,
                "acildi": _iso(one.opened_at),
                "konu": acting.desk.subject(one),
                "durum": one.state.value,
                "metin": one.text,
            }
            for one in readable
        ],
        "burada_olmayan_kayitlar": len(reported) - len(readable),
    }


def _person(acting: Acting, handle: str) -> Person:
    person = acting.uow.people.by_handle(handle)
    if person is None:
        raise NotFound("person", handle)
    return person


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _readable(reader: Person, tickets: Sequence[Ticket]) -> list[Ticket]:
    return [one for one in tickets if may(reader, Action.READ, one)]


def _row(acting: Acting, person: Person, away: dict[PersonId, datetime]) -> PersonRow:
    return PersonRow(
        person=person,
        accounts=acting.uow.people.accounts(person.id),
        away_until=away.get(person.id),
    )


def _away(acting: Acting) -> dict[PersonId, datetime]:
    return {one.person: one.ends for one in acting.uow.absences.between(acting.now, acting.now)}
