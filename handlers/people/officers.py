"""Görevler: naming who holds an office, for how long, and who acts for them; with a way back.

Each step is a line of the office's history (`Stream.OFFICER`) and of the audit; whoever is named hears of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.officers import Answerable, Office, Officer, answerable, offices_of, require_possible
from handlers.domain.people import PersonId
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.store_rights import StoreAction, require_in_stores
from handlers.ports import UnitOfWork
from handlers.terms import OFFICES
from handlers.tickets import cards

WITHDRAWN_WITHIN = timedelta(days=7)
"""How long after it was written down it can have been a slip."""
MAX_DOCUMENT_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Authority:
    """By which office somebody does something, and in whose place."""

    office: Office
    acting_for: tuple[PersonId, ...]
    """As `StoreEvent` keeps it; empty: their own."""


def today_of(acting: UseCaseContext) -> date:
    return acting.working_time().local_date(acting.now)


def require_office(acting: Acting, offices: Iterable[Office]) -> Authority:
    """The first of them that whoever acts holds today, or acts in. Raises NotAllowed."""
    held = offices_of(acting.uow.officers.all(), acting.person.id, today_of(acting))
    for office in offices:
        if office in held and not acting.person.gone:
            whose = held[office]
            return Authority(office, () if whose is None else (whose,))
    raise NotAllowed("/".join(offices), acting.person.handle)


def held_today(acting: Acting) -> frozenset[str]:
    """The offices of whoever acts, own ones and those that they act in."""
    if acting.person.gone:
        return frozenset()
    return frozenset(offices_of(acting.uow.officers.all(), acting.person.id, today_of(acting)))


def answerable_now(acting: UseCaseContext, office: Office) -> list[Answerable]:
    """To whom what needs this office goes now. Who left is not among them, and as a vekil gives it back."""
    return list(answerable(of_who_is_here(acting.uow, acting.uow.officers.all()), office, today_of(acting)))


def of_who_is_here(uow: UnitOfWork, officers: Iterable[Officer]) -> list[Officer]:
    return [one for one in officers if not uow.people.get(one.person).gone]


def proposed(
    acting: Acting,
    office: Office,
    person: PersonId,
    starts: date,
    ends: date | None = None,
    *,
    in_place_of: PersonId | None = None,
    document: str = "",
) -> Officer:
    """What would be written down. Raises NotAllowed, NotFound, Invalid(`officer_left`, `officer_document`) and as
    `require_possible`."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    somebody = acting.uow.people.get(person)
    if somebody.gone or not somebody.known:
        raise Invalid("officer_left", who=somebody.name or somebody.handle)
    if len(document) > MAX_DOCUMENT_LETTERS:
        raise Invalid("officer_document", most=MAX_DOCUMENT_LETTERS)
    made = Officer(
        office=office,
        person=person,
        starts=starts,
        ends=ends,
        in_place_of=in_place_of,
        document=document,
        entered_by=acting.person.id,
        entered_at=acting.now,
    )
    require_possible(made, acting.uow.officers.all(to_change=True))
    return made


def name(acting: Acting, made: Officer) -> Officer:
    """Raises as `proposed`."""
    sure = proposed(
        acting,
        made.office,
        made.person,
        made.starts,
        made.ends,
        in_place_of=made.in_place_of,
        document=made.document,
    )
    added = acting.uow.officers.add(sure)
    _note(acting, "named", added, {}, _values(added))
    _tell(acting, added, "officer_told")
    return added


def end(acting: Acting, key: int, last: date) -> bool:
    """`last`: its last day. False where it ends by then anyway. A vekâlet in it ends with it. Raises NotAllowed,
    NotFound, Invalid(`officer_days`)."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    everybody = acting.uow.officers.all(to_change=True)
    one = ending(acting, key, last)
    if one.withdrawn_at is not None or (one.ends is not None and one.ends <= last):
        return False
    within = [other for other in everybody if other.in_place_of == one.person and other.office is one.office]
    for officer in (one, *(other for other in within if one.in_place_of is None and other.meets(one))):
        if officer.ends is not None and officer.ends <= last:
            continue
        _ended(acting, officer, last)
    return True


def ending(acting: Acting, key: int, last: date) -> Officer:
    """What would end. Raises as `end`."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    one = acting.uow.officers.get(key)
    if last < one.starts:
        raise Invalid("officer_days")
    return one


def withdraw(acting: Acting, key: int) -> bool:
    """It was a slip, and never was. Raises NotAllowed, NotFound, Invalid(`officer_old`, `officer_has_deputy`)."""
    one = withdrawable(acting, key)
    if one.withdrawn_at is not None:
        return False
    withdrawn = replace(one, withdrawn_at=acting.now)
    acting.uow.officers.save(withdrawn)
    _note(acting, "withdrawn", withdrawn, _values(one), {})
    _tell(acting, withdrawn, "officer_ended")
    return True


def withdrawable(acting: Acting, key: int) -> Officer:
    """Raises as `withdraw`."""
    require_in_stores(acting.person, StoreAction.NAME_OFFICERS)
    others = acting.uow.officers.all(to_change=True)
    one = acting.uow.officers.get(key)
    if acting.now - one.entered_at > WITHDRAWN_WITHIN:
        raise Invalid("officer_old", days=WITHDRAWN_WITHIN.days)
    of_theirs = [other for other in others if (other.in_place_of, other.office) == (one.person, one.office)]
    if one.in_place_of is None and any(other.meets(one) for other in of_theirs):
        raise Invalid("officer_has_deputy", office=one.office)
    return one


def _ended(acting: Acting, one: Officer, last: date) -> None:
    if last < one.starts:  # a vekâlet that had not begun
        ended, what = replace(one, withdrawn_at=acting.now), "withdrawn"
    else:
        ended, what = replace(one, ends=last), "ended"
    acting.uow.officers.save(ended)
    _note(acting, what, ended, _values(one), _values(ended) if what == "ended" else {})
    _tell(acting, ended, "officer_ended")


def _values(one: Officer) -> dict[str, str | int | bool | None]:
    return {
        "office": one.office.value,
        "person": one.person,
        "starts": one.starts.isoformat(),
        "ends": None if one.ends is None else one.ends.isoformat(),
        "in_place_of": one.in_place_of,
    }


def _note(
    acting: Acting,
    what: str,
    one: Officer,
    before: dict[str, str | int | bool | None],
    after: dict[str, str | int | bool | None],
) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        before=before,
        after=after,
        ref=one.document,
    )
    acting.uow.store_events.append(Stream.OFFICER, one.id, event)
    handle = acting.uow.people.get(one.person).handle
    until = "" if one.ends is None else one.ends.isoformat()
    about = f"{handle} {one.office} {one.starts.isoformat()}–{until} {one.document}"
    acting.uow.audit.log(acting.now, acting.person.id, f"officer_{what}", about.strip(), acting.channel)


def _tell(acting: Acting, one: Officer, template: str) -> None:
    """Whoever's it is, where they can be reached; not of what they do themselves."""
    person = acting.uow.people.get(one.person)
    if person.id == acting.person.id or person.gone:
        return
    whose = None if one.in_place_of is None else acting.uow.people.get(one.in_place_of)
    for address in cards.private_addresses_of(acting, person):
        acting.say(
            address,
            template,
            office=OFFICES[one.office],
            in_place_of=whose,
            first=one.starts,
            last=one.ends,
            withdrawn=one.withdrawn_at is not None,
            document=one.document,
            today=today_of(acting),
        )
