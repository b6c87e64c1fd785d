"""The morning's line on documents to be answered: how many are over, how many near, and which is the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.context import Desk
from handlers.domain.document_tracks import DocumentTrack, Step, step_on
from handlers.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class DocumentsDue:
    over: int
    soon: int
    """Within five working days."""
    nearest: DocumentTrack


def documents_due(desk: Desk, uow: UnitOfWork, now: datetime) -> DocumentsDue | None:
    """Of the whole directorate. None where nothing is near."""
    dated = [one for one in uow.document_tracks.open() if one.last_day is not None]
    if not dated:
        return None
    time = desk.time_rules(uow).working_time()
    today = time.local_date(now)
    steps = [(one, step_on(one, today, time.is_working_day)) for one in dated]
    over = [one for one, step in steps if step is Step.OVER]
    soon = [one for one, step in steps if step in (Step.FIVE, Step.ONE)]
    return DocumentsDue(len(over), len(soon), (over or soon)[0]) if over or soon else None
