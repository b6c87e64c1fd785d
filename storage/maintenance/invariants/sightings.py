"""What agents saw: each is kept under what it says of itself, was seen first before it was seen last, and is of a
device where it says by what."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from handlers.domain.sightings import Link
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.sightings import COLUMNS, SightingRow, search_text, sighting_of
from storage.tables import page_count, sighting, sighting_key

_SIGHTINGS = select(*COLUMNS, sighting.c.search).order_by(sighting.c.id)
_KEYS = select(*sighting_key.c).order_by(sighting_key.c.sighting)
_LINKS = (
    select(sighting.c.id)
    .where(
        or_(
            (sighting.c.link.is_(None)) & (sighting.c.device.is_not(None)),
            (sighting.c.link != Link.PERSON.value) & (sighting.c.device.is_(None)),
            (sighting.c.link == Link.PERSON.value) & (sighting.c.linked_by.is_(None)),
            (sighting.c.ignored_at.is_(None)) != (sighting.c.ignored_by.is_(None)),
        )
    )
    .order_by(sighting.c.id)
)
_COUNTED_EARLY = (
    select(page_count.c.sighting, page_count.c.month)
    .join(sighting, sighting.c.id == page_count.c.sighting)
    .where(or_(page_count.c.at < sighting.c.first_seen, page_count.c.at > sighting.c.last_seen, page_count.c.total < 0))
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    keys: dict[int, set[tuple[str, str]]] = {}
    for row in ground.rows(_KEYS):
        keys.setdefault(row.sighting, set()).add((row.kind, row.key))
    for row in ground.rows(_SIGHTINGS):
        ground.advance(1)
        values = row._asdict()
        search = values.pop("search")
        where, one = f"sighting {row.id}", sighting_of(SightingRow(**values))
        if keys.pop(row.id, set()) != {(key.kind.value, key.key) for key in one.keys}:
            yield where, "is kept under what it does not say of itself, or not under what it does"
        if one.first_seen > one.last_seen:
            yield where, "was seen last before it was seen first"
        if search != search_text(one.seen):
            yield where, "is not searched by what it says of itself"
    for key in keys:
        yield f"sighting {key}", "has numbers, and there is no such sighting"
    for row in ground.rows(_LINKS):
        yield f"sighting {row.id}", "is of a device by nothing, or of none by something"
    for row in ground.rows(_COUNTED_EARLY):
        yield f"sighting {row.sighting}", f"counted its pages of {row.month} when it was not seen"
