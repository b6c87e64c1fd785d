"""Official records: of confirmed acts alone, and not of a day before they were."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.domain.handovers import HandoverState
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import handover, official_record

_OF_UNCONFIRMED = (
    select(handover.c.number)
    .join(official_record, official_record.c.handover == handover.c.id)
    .where(handover.c.state != HandoverState.CONFIRMED.value)
    .order_by(handover.c.id)
)


def of_confirmed_acts(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_OF_UNCONFIRMED):
        yield f"handover {number}", "stands in the official ledger and was not confirmed"
