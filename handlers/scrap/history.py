"""The lines of a proposal's history: codes, ids and days; never what people wrote."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.people import PersonId
from handlers.domain.scrap import ScrapProposal
from handlers.domain.store_events import StoreEvent, Stream, Values


def note(
    acting: Acting,
    what: str,
    proposal: ScrapProposal,
    after: Values | None = None,
    *,
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        after=after or {},
        ref=str(proposal.number),
        acting_for=acting_for,
    )
    acting.uow.store_events.append(Stream.SCRAP, proposal.id, event)
