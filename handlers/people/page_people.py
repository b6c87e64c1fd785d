"""What a page of Kişiler asks for: tried before it is taken in, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.absences import Absence, AbsenceKind
from handlers.domain.deputies import Deputy
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.idempotency import asked_by_page
from handlers.domain.keys import key_from
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Account, Person, Role
from handlers.domain.rights import Action, require
from handlers.people import (
    absences,
    admins,
    deputies,
    join_codes,
    joined_people,
    names,
    particulars,
    personal_data,
    same_person,
    staff,
    staff_lists,
)
from handlers.people.particulars import Particulars
from knowledge.language.folding import folded

_REFUSALS = (NotFound, NotAllowed, Invalid)
_HASH = re.compile(r"[0-9a-f]{64}")
MAX_DAYS = 366
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
MOST_CODES = 200
"""That are made at once, for a sheet of a whole müdürlük."""


class PeopleAction(StrEnum):
    TAKE_IN = "take_in"
    TAKE_BACK = "take_back"
    GIVE_ROLE = "give_role"
    UNLINK = "unlink"
    END_SESSION = "end_session"
    END_SESSIONS = "end_sessions"
    LEFT = "left"
    RETURN = "return"
    RENAME = "rename"
    CORRECT = "correct"
    ADD = "add"
    JOIN = "join"
    PART = "part"
    ERASE = "erase"
    ADD_LEAVE = "add_leave"
    DROP_LEAVE = "drop_leave"
    NAME_DEPUTY = "name_deputy"
    END_DEPUTY = "end_deputy"
    INVITE = "invite"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class AskedOfPeople:
    action: PeopleAction
    given: Mapping[str, str]
    """The fields of the form, as typed."""

    def get(self, name: str) -> str:
        return self.given.get(name, "").strip()


def try_out(acting: Acting, asked: AskedOfPeople) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    _TRIES[asked.action](acting, asked)


def carry_out(acting: Acting, asked: AskedOfPeople) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        try_out(acting, asked)
        outcome = Outcome.DONE if _DOES[asked.action](acting, asked) else Outcome.NONE
    except _REFUSALS:
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


# --- what is meant --------------------------------------------------------------------------------
def whom(acting: Acting, asked: AskedOfPeople) -> Person:
    """Raises NotFound."""
    found = acting.uow.people.by_handle(asked.get("whom"))
    if found is None:
        raise NotFound("person", asked.get("whom"))
    return found


def _role(acting: Acting, asked: AskedOfPeople) -> tuple[Person, Role, str | None, datetime | None]:
    """`role`, `unit` (for those who work in one), `until` (the last day, ISO; empty: for good). Raises Invalid."""
    typed, unit = asked.get("role"), asked.get("unit")
    if typed not in set(Role):
        raise NotFound("role", typed)
    if unit and unit not in acting.desk.units:
        raise NotFound("unit", unit)
    role = Role(typed)
    until = None
    if asked.get("until"):
        zone = acting.desk.zone
        until = datetime.combine(_date(asked, "until") + timedelta(days=1), time.min, zone)
    return whom(acting, asked), role, (unit or None) if role.needs_unit else None, until


def _particulars(asked: AskedOfPeople) -> Particulars:
    """`department`, `room`, `phone`, `email`."""
    return Particulars(**{name: asked.get(name) for name in ("department", "room", "phone", "email")})


def _days(asked: AskedOfPeople) -> list[date]:
    """`first`, `last` (may be empty). Raises Invalid."""
    first = _date(asked, "first")
    last = _date(asked, "last") if asked.get("last") else first
    if last < first:
        raise Invalid("days_reversed", first=first, last=last)
    if (length := (last - first).days + 1) > MAX_DAYS:
        raise Invalid("too_many_days", count=length, most=MAX_DAYS)
    return [first + timedelta(days=n) for n in range(length)]


def _date(asked: AskedOfPeople, name: str) -> date:
    if not (typed := asked.get(name)):
        raise Invalid("day_missing")
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise Invalid("no_such_day", misread=typed[:20]) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:  # beyond them no clock goes
        raise Invalid("no_such_day", misread=typed[:20])
    return found


def _key(asked: AskedOfPeople) -> int:
    """Raises NotFound for what is no key."""
    if (key := key_from(asked.get("id"))) is None:
        raise NotFound("person", asked.get("id"))
    return key


def _part(asked: AskedOfPeople) -> int:
    part = asked.get("part") or "0"
    if not (part.isascii() and part.isdecimal() and len(part) < 6):
        raise NotFound("part", part)
    return int(part)


def _same(asked: AskedOfPeople) -> frozenset[int]:
    """Places, with blanks between them."""
    return frozenset(
        int(one) for one in asked.get("same").split() if one.isascii() and one.isdecimal() and len(one) < 7
    )


# --- tried ----------------------------------------------------------------------------------------
def _try_list(acting: Acting, asked: AskedOfPeople) -> None:
    require(acting.person, Action.MANAGE_PEOPLE)
    acting.uow.staff_imports.get(asked.get("list"))
    _part(asked)


def _managed(acting: Acting, asked: AskedOfPeople) -> None:
    require(acting.person, Action.MANAGE_PEOPLE)
    whom(acting, asked)


def _try_unlink(acting: Acting, asked: AskedOfPeople) -> None:
    _managed(acting, asked)
    staff.require_may_unlink(acting, whom(acting, asked))


def _try_end_sessions(acting: Acting, asked: AskedOfPeople) -> None:
    _managed(acting, asked)
    staff.require_may_end_sessions(acting, whom(acting, asked), asked.get("session") or None)


def _try_role(acting: Acting, asked: AskedOfPeople) -> None:
    person, role, unit, until = _role(acting, asked)
    staff.require_role_may_be_given(acting, person, role, unit, until)


def _try_left(acting: Acting, asked: AskedOfPeople) -> None:
    _managed(acting, asked)
    staff.require_may_leave(acting, whom(acting, asked))


def _try_name(acting: Acting, asked: AskedOfPeople) -> None:
    require(acting.person, Action.CORRECT_NAMES)
    whom(acting, asked)
    if not names.is_usable(asked.get("name")):
        raise Invalid("name_unusable", letters=names.MAX_NAME_LETTERS)


def _twin(acting: Acting, asked: AskedOfPeople) -> Person:
    """`twin`: whom they are. Raises NotFound."""
    found = acting.uow.people.by_handle(asked.get("twin"))
    if found is None:
        raise NotFound("person", asked.get("twin"))
    return found


def _try_erase(acting: Acting, asked: AskedOfPeople) -> None:
    _managed(acting, asked)
    if folded(asked.get("typed")) != folded(whom(acting, asked).name or whom(acting, asked).handle):
        raise Invalid("erase_not_typed")


def _leave_of(acting: Acting, asked: AskedOfPeople) -> Absence:
    kind = asked.get("kind") or AbsenceKind.OTHER
    if kind not in set(AbsenceKind):
        raise NotFound("leave", kind)
    return absences.proposed(acting, whom(acting, asked), _days(asked), AbsenceKind(kind))


def _try_drop_leave(acting: Acting, asked: AskedOfPeople) -> None:
    found = acting.uow.absences.get(_key(asked))
    absences.require_for(acting, acting.uow.people.get(found.person))


def _deputy(acting: Acting, asked: AskedOfPeople) -> Deputy:
    document_day = _date(asked, "document_day") if asked.get("document_day") else None
    return deputies.proposed(
        acting, whom(acting, asked), _days(asked), document=asked.get("document")[:40], document_day=document_day
    )


def _try_invite(acting: Acting, asked: AskedOfPeople) -> None:
    require(acting.person, Action.MANAGE_PEOPLE)
    (role, unit), codes = _invited(acting, asked)
    if not codes:
        raise NotFound("code", "")
    for _, person in codes:
        if person is not None and role is not Role.REQUESTER and (role, unit) != (person.role, person.unit):
            staff.require_role_may_be_given(acting, person, role, unit, admins.limit_of(acting.person))


def _invited(acting: Acting, asked: AskedOfPeople) -> tuple[tuple[Role, str | None], list[tuple[str, Person | None]]]:
    """`codes`: a hash with the handle of whom it is for (none: of anybody new) in each line; `role`, `unit`, `name`.

    Raises Invalid, NotFound.
    """
    typed, unit = asked.get("role") or Role.REQUESTER, asked.get("unit")
    if typed not in set(Role) or (unit and unit not in acting.desk.units):
        raise NotFound("role", typed)
    role = Role(typed)
    found: list[tuple[str, Person | None]] = []
    for line in asked.get("codes").splitlines()[:MOST_CODES]:
        digest, _, handle = line.strip().partition(" ")
        person = acting.uow.people.by_handle(handle) if handle else None
        if not _HASH.fullmatch(digest) or (handle and person is None):
            raise NotFound("code", handle)
        found.append((digest, person))
    join_codes.require_role(role, (unit or None) if role.needs_unit else None)
    return (role, (unit or None) if role.needs_unit else None), found


# --- done; whether anything changed ---------------------------------------------------------------
def _give_role(acting: Acting, asked: AskedOfPeople) -> bool:
    return staff.give_role(acting, *_role(acting, asked))


def _unlink(acting: Acting, asked: AskedOfPeople) -> bool:
    return staff.unlink(acting, whom(acting, asked), Account(asked.get("channel"), asked.get("account")))


def _end_sessions(acting: Acting, asked: AskedOfPeople) -> bool:
    return staff.end_sessions(acting, whom(acting, asked), asked.get("session") or None) > 0


def _leave(acting: Acting, asked: AskedOfPeople) -> bool:
    person = whom(acting, asked)
    if person.gone:
        return False
    staff.end_rights(acting, person)
    return True


def _rename(acting: Acting, asked: AskedOfPeople) -> bool:
    person = whom(acting, asked)
    if person.name == asked.get("name"):
        return False
    names.correct(acting, person, asked.get("name"))
    return True


def _add(acting: Acting, asked: AskedOfPeople) -> bool:
    particulars.add(acting, asked.get("name"), asked.get("staff_no"), _particulars(asked))
    return True


def _join(acting: Acting, asked: AskedOfPeople) -> bool:
    same_person.join(acting, whom(acting, asked), _twin(acting, asked))
    return True


def _invite(acting: Acting, asked: AskedOfPeople) -> bool:
    (role, unit), codes = _invited(acting, asked)
    name = asked.get("name")[: names.MAX_NAME_LETTERS]
    kept = [staff.keep_invitation(acting, digest, role, unit, name, person) for digest, person in codes]
    return any(kept)


_TRIES: Mapping[PeopleAction, Callable[[Acting, AskedOfPeople], object]] = {
    PeopleAction.TAKE_IN: _try_list,
    PeopleAction.TAKE_BACK: _try_list,
    PeopleAction.GIVE_ROLE: _try_role,
    PeopleAction.UNLINK: _try_unlink,
    PeopleAction.END_SESSION: _try_end_sessions,
    PeopleAction.END_SESSIONS: _try_end_sessions,
    PeopleAction.LEFT: _try_left,
    PeopleAction.RETURN: lambda acting, asked: staff.require_may_bring_back(acting, whom(acting, asked)),
    PeopleAction.RENAME: _try_name,
    PeopleAction.CORRECT: lambda acting, asked: particulars.require_usable(
        acting, _particulars(asked), whom(acting, asked)
    ),
    PeopleAction.ADD: lambda acting, asked: particulars.require_addable(
        acting, asked.get("name"), asked.get("staff_no"), _particulars(asked)
    ),
    PeopleAction.JOIN: lambda acting, asked: same_person.require_may_join(
        acting, whom(acting, asked), _twin(acting, asked)
    ),
    PeopleAction.PART: lambda acting, asked: joined_people.require_may_part(acting, whom(acting, asked)),
    PeopleAction.ERASE: _try_erase,
    PeopleAction.ADD_LEAVE: _leave_of,
    PeopleAction.DROP_LEAVE: _try_drop_leave,
    PeopleAction.NAME_DEPUTY: _deputy,
    PeopleAction.END_DEPUTY: lambda acting, asked: acting.uow.deputies.get(_key(asked)),
    PeopleAction.INVITE: _try_invite,
    PeopleAction.REVOKE: lambda acting, _: require(acting.person, Action.MANAGE_PEOPLE),
}
_DOES: Mapping[PeopleAction, Callable[[Acting, AskedOfPeople], object]] = {
    PeopleAction.TAKE_IN: lambda acting, asked: staff_lists.take_in_part(
        acting, asked.get("list"), _part(asked), same=_same(asked)
    ),
    PeopleAction.TAKE_BACK: lambda acting, asked: staff_lists.take_back_part(acting, asked.get("list"), _part(asked)),
    PeopleAction.GIVE_ROLE: _give_role,
    PeopleAction.UNLINK: _unlink,
    PeopleAction.END_SESSION: _end_sessions,
    PeopleAction.END_SESSIONS: _end_sessions,
    PeopleAction.LEFT: _leave,
    PeopleAction.RETURN: lambda acting, asked: staff.bring_back(acting, whom(acting, asked)),
    PeopleAction.RENAME: _rename,
    PeopleAction.CORRECT: lambda acting, asked: particulars.correct(acting, whom(acting, asked), _particulars(asked)),
    PeopleAction.ADD: _add,
    PeopleAction.JOIN: _join,
    PeopleAction.PART: lambda acting, asked: joined_people.part(acting, whom(acting, asked)),
    PeopleAction.ERASE: lambda acting, asked: personal_data.erase_of(acting, whom(acting, asked)),
    PeopleAction.ADD_LEAVE: lambda acting, asked: absences.add(acting, _leave_of(acting, asked)),
    PeopleAction.DROP_LEAVE: lambda acting, asked: absences.take_back(acting, acting.uow.absences.get(_key(asked))),
    PeopleAction.NAME_DEPUTY: lambda acting, asked: deputies.add(acting, _deputy(acting, asked)),
    PeopleAction.END_DEPUTY: lambda acting, asked: deputies.end(acting, acting.uow.deputies.get(_key(asked))),
    PeopleAction.INVITE: _invite,
    PeopleAction.REVOKE: lambda acting, asked: staff.revoke_invitation(acting, asked.get("code")),
}
