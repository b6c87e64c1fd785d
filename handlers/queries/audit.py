"""Denetim: who read or changed what, page by page, and whether the newest histories are as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from handlers.context import Acting
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may, require
from handlers.ports.records import AuditLine

PAGE = 50
MOST_ROWS = 50_000
_AT_A_TIME = 1_000
CHAINS = 200
"""So many of the newest tickets are looked at; `masa verify` looks at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    lines: Sequence[AuditLine]
    people: Mapping[PersonId, Person]
    further: int | None
    """Below which the next page begins; None: that is all."""
    broken: Sequence[str]
    """Of the newest tickets those whose history is not as it was written."""
    nobody: bool
    """There is nobody of the name that was asked for."""


def rows(
    acting: Acting, *, handle: str = "", day: date | None = None
) -> tuple[Sequence[AuditLine], Mapping[PersonId, Person]] | None:
    """All lines of that person and day with whose they are, newest first; None: there are more than go into one file.
    Raises NotAllowed."""
    _require(acting)
    who = acting.uow.people.by_handle(handle) if handle else None
    if handle and who is None:
        return [], {}
    found: list[AuditLine] = []
    before: int | None = None
    while lines := _page(acting, who, day, before, _AT_A_TIME):
        found += lines
        before = lines[-1].id
        if len(found) > MOST_ROWS:
            return None
    return found, _people(acting, found)


def log_export(acting: Acting, about: str, number: int) -> None:
    """Before it is handed out."""
    acting.uow.audit.log(acting.now, acting.person.id, "audit_exported", f"{about} · {number} satır", acting.channel)


def look(acting: Acting, *, handle: str = "", day: date | None = None, before: int | None = None) -> AuditPage:
    """For director, auditor and admin. Raises NotAllowed."""
    _require(acting)
    who = acting.uow.people.by_handle(handle) if handle else None
    nobody = bool(handle) and who is None
    lines = [] if nobody else _page(acting, who, day, before, PAGE + 1)
    shown = lines[:PAGE]
    return AuditPage(
        lines=shown,
        people=_people(acting, shown),
        further=shown[-1].id if len(lines) > PAGE else None,
        broken=acting.uow.audit.broken_chains(CHAINS),
        nobody=nobody,
    )


def _require(acting: Acting) -> None:
    if not may(acting.person, Action.MANAGE_PEOPLE):
        require(acting.person, Action.READ_ALL)


def _page(acting: Acting, who: Person | None, day: date | None, before: int | None, limit: int) -> Sequence[AuditLine]:
    clock = acting.working_time()
    return acting.uow.audit.page(
        who=None if who is None else who.id,
        since=None if day is None else clock.at(day, time.min),
        until=None if day is None else clock.at(day + timedelta(days=1), time.min),
        before=before,
        limit=limit,
    )


def _people(acting: Acting, lines: Sequence[AuditLine]) -> Mapping[PersonId, Person]:
    return {line.who: acting.uow.people.get(line.who) for line in lines if line.who is not None}
