"""Documents to be answered: each stands in its history as it is, answered ones have their answer, and no last day is
before the document came."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ScalarSelect, and_, func, or_, select

from handlers.domain.document_tracks import DocumentKind, Result
from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import document_track, store_event

_HALF = (
    select(document_track.c.number)
    .where(
        or_(
            document_track.c.result.is_(None) != document_track.c.ended_at.is_(None),
            document_track.c.result.is_(None) != document_track.c.ended_by.is_(None),
            (document_track.c.result == Result.ANSWERED.value) & (document_track.c.answer_no == ""),
        )
    )
    .order_by(document_track.c.id)
)
_DAYS = (
    select(document_track.c.number)
    .where(
        or_(
            document_track.c.last_day <= document_track.c.came_on,
            document_track.c.dated > document_track.c.came_on,
            and_(document_track.c.last_day.is_(None), document_track.c.kind != DocumentKind.UNDATED.value),
        )
    )
    .order_by(document_track.c.id)
)
_LINES = and_(store_event.c.stream == Stream.DOCUMENT.value, store_event.c.key == document_track.c.id)


def _last_of(*whats: str) -> ScalarSelect[int]:
    return (
        select(func.coalesce(func.max(store_event.c.id), 0))
        .where(_LINES, store_event.c.what.in_(whats))
        .correlate(document_track)
        .scalar_subquery()
    )


_AGAINST_HISTORY = (
    select(document_track.c.number)
    .where(
        or_(
            ~select(store_event.c.id).where(_LINES, store_event.c.what == "recorded").exists(),
            document_track.c.result.is_not(None) != (_last_of("ended") > _last_of("reopened")),
            document_track.c.withdrawn_at.is_not(None) != (_last_of("withdrawn") > 0),
        )
    )
    .order_by(document_track.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_HALF):
        yield f"document {number}", "is half ended, or answered without the number of its answer"
    for (number,) in ground.rows(_DAYS):
        yield f"document {number}", "its last day cannot be"
    for (number,) in ground.rows(_AGAINST_HISTORY):
        yield f"document {number}", "is not as its history says"
