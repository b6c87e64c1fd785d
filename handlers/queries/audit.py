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


def look(acting: Acting, *, handle: str = "", day: date | None = None, before: int | None = None) -> AuditPage:
    """For director, auditor and admin. Raises NotAllowed."""
    if not may(acting.person, Action.MANAGE_PEOPLE):
        require(acting.person, Action.READ_ALL)
    who = acting.uow.people.by_handle(handle) if handle else None
    nobody = bool(handle) and who is None
    clock = acting.working_time()
    lines = (
        []
        if nobody
        else acting.uow.audit.page(
            who=None if who is None else who.id,
            since=None if day is None else clock.at(day, time.min),
            until=None if day is None else clock.at(day + timedelta(days=1), time.min),
            before=before,
            limit=PAGE + 1,
        )
    )
    shown = lines[:PAGE]
    people = {line.who: acting.uow.people.get(line.who) for line in shown if line.who is not None}
    return AuditPage(
        lines=shown,
        people=people,
        further=shown[-1].id if len(lines) > PAGE else None,
        broken=acting.uow.audit.broken_chains(CHAINS),
        nobody=nobody,
    )
