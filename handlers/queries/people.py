"""Kişiler: who is known to the desk, and what of one of them a lead, the director or an admin may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.people import personal_data
from handlers.people.personal_data import Kept
from knowledge.language.folding import folded

ON_A_PAGE = 50
_MOST_FOUND = 500
_LOOKED_AT, _SHOWN = 200, 20
"""Tickets of a person."""
_OF_WHOM_ALL_IS_SEEN = frozenset({Role.DIRECTOR, Role.ADMIN})


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
    page: int
    """From 1."""
    pages: int
    departments: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    row: PersonRow
    tickets: Sequence[Ticket]
    """Reported by them, the newest of those that the reader may read."""
    kept: Kept | None
    """None: the reader is not told."""


def look(acting: Acting, words: str, department: str, page: int) -> PeoplePage:
    """By name; nobody who left. `words` and `department` may be empty."""
    people, names = acting.uow.people, DepartmentNames.of(acting.uow)
    if words:
        found = list(acting.uow.search.people(words, limit=_MOST_FOUND))
    else:
        present = (one for one in people.everybody() if not one.gone)
        found = sorted(present, key=lambda one: (folded(one.name or one.handle), one.id))
    if department:
        asked = names.name(department)
        found = [one for one in found if names.name(one.department) == asked]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    away = _away(acting)
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return PeoplePage(
        rows=[_row(acting, one, away) for one in shown],
        total=len(found),
        page=page,
        pages=pages,
        departments=names.open,
    )


def look_at(acting: Acting, handle: str) -> PersonPage:
    """Raises NotFound."""
    person = acting.uow.people.by_handle(handle)
    if person is None:
        raise NotFound("person", handle)
    reported = acting.uow.tickets.of_reporter(person.id, limit=_LOOKED_AT)
    readable = [one for one in reported if may(acting.person, Action.READ, one)]
    told = bool(acting.person.roles & _OF_WHOM_ALL_IS_SEEN)
    return PersonPage(
        row=_row(acting, person, _away(acting)),
        tickets=sorted(readable, key=lambda one: -one.id)[:_SHOWN],
        kept=personal_data.kept_of(acting.uow, person.id) if told else None,
    )


def _row(acting: Acting, person: Person, away: dict[PersonId, datetime]) -> PersonRow:
    return PersonRow(
        person=person,
        accounts=acting.uow.people.accounts(person.id),
        away_until=away.get(person.id),
    )


def _away(acting: Acting) -> dict[PersonId, datetime]:
    return {one.person: one.ends for one in acting.uow.absences.between(acting.now, acting.now)}
