"""Service forms: approved ones have a form or why there is none, and who approved them; each stands in its history;
what is at a firm left, and says what became of its disk."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_, select

from handlers.domain.services import VisitState
from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import service_visit, store_event, vendor_wait

_APPROVED = service_visit.c.state == VisitState.APPROVED.value
_HALF = (
    select(service_visit.c.number)
    .where(
        or_(
            and_(service_visit.c.approved_by.is_not(None), service_visit.c.approved_at.is_not(None)) != _APPROVED,
            and_(
                service_visit.c.state.in_([VisitState.APPROVED.value, VisitState.SUBMITTED.value]),
                service_visit.c.form == "",
                service_visit.c.without_form == "",
            ),
        )
    )
    .order_by(service_visit.c.id)
)
_WITHOUT_HISTORY = (
    select(service_visit.c.number)
    .where(
        ~select(store_event.c.id)
        .where(store_event.c.stream == Stream.SERVICE.value, store_event.c.key == service_visit.c.id)
        .exists()
    )
    .order_by(service_visit.c.id)
)
_GONE = (
    select(vendor_wait.c.id)
    .where(
        or_(
            and_(vendor_wait.c.back_at.is_not(None), vendor_wait.c.left_at.is_(None)),
            and_(
                vendor_wait.c.left_at.is_not(None),
                or_(vendor_wait.c.disk.is_(None), vendor_wait.c.device.is_(None), vendor_wait.c.was.is_(None)),
            ),
        )
    )
    .order_by(vendor_wait.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_HALF):
        yield f"service form {number}", "is half approved, or has neither a form nor why there is none"
    for (number,) in ground.rows(_WITHOUT_HISTORY):
        yield f"service form {number}", "has no history"
    for (key,) in ground.rows(_GONE):
        yield f"wait {key}", "is of a device that left without a word of its disk, or is back without having left"
