"""Announcements: each stands in its history, and whoever is said to have read one stands there, too."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Exists, and_, or_, select

from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import announcement, announcement_reader, store_event

_LINES = and_(store_event.c.stream == Stream.ANNOUNCEMENT.value, store_event.c.key == announcement.c.id)


def _line(what: str) -> Exists:
    return select(store_event.c.id).where(_LINES, store_event.c.what == what).exists()


_AGAINST_HISTORY = (
    select(announcement.c.number)
    .where(or_(~_line("sent"), announcement.c.withdrawn_at.is_not(None) != _line("withdrawn")))
    .order_by(announcement.c.id)
)
_UNWRITTEN = (
    select(announcement.c.number, announcement_reader.c.person)
    .join(announcement, announcement.c.id == announcement_reader.c.announcement)
    .where(
        announcement_reader.c.read_at.is_not(None),
        ~select(store_event.c.id)
        .where(_LINES, store_event.c.what == "read", store_event.c.at == announcement_reader.c.read_at)
        .exists(),
    )
    .order_by(announcement.c.id, announcement_reader.c.person)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_AGAINST_HISTORY):
        yield f"announcement {number}", "is not as its history says"
    for row in ground.rows(_UNWRITTEN):
        yield f"announcement {row.number}", f"person {row.person} is said to have read it, and its history does not"
