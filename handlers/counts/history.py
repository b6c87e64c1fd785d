"""The lines of a count's history: codes, ids and quantities; never what people wrote."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.counts import Count
from handlers.domain.people import PersonId
from handlers.domain.store_events import StoreEvent, Stream, Values


def note(
    acting: Acting, what: str, count: Count, after: Values | None = None, *, acting_for: tuple[PersonId, ...] = ()
) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        after=after or {},
        ref=str(count.number),
        acting_for=acting_for,
    )
    acting.uow.store_events.append(Stream.COUNT, count.id, event)
