"""Handovers: what was confirmed is the text that was kept, each confirmed line stands in its device's history, and each
order was decided by somebody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import and_, or_, select

from handlers.domain.handovers import Direction, HandoverState, How, OrderState
from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import (
    depot_order,
    depot_order_line,
    handover,
    handover_code,
    handover_line,
    standing_order,
    store_event,
)

_ALL = select(handover.c.number, handover.c.text, handover.c.digest).order_by(handover.c.id)
_ENDED = handover.c.state != HandoverState.WAITING.value
_HALF = (
    select(handover.c.number)
    .where(
        or_(
            handover.c.ended_at.is_not(None) != _ENDED,
            (handover.c.direction == Direction.RETURN.value) != handover.c.receiver.is_(None),
            and_(
                handover.c.state == HandoverState.CONFIRMED.value,
                handover.c.direction != Direction.RETURN.value,
                or_(handover.c.receiver_at.is_(None), handover.c.how.is_(None)),
            ),
            and_(
                handover.c.state == HandoverState.CONFIRMED.value,
                handover.c.direction == Direction.SWAP.value,
                handover.c.giver_at.is_(None),
            ),
        )
    )
    .order_by(handover.c.id)
)
_WAITS = and_(handover.c.state == HandoverState.WAITING.value, handover_line.c.problem.is_(None))
_LINES = (
    select(handover.c.number, handover_line.c.device)
    .join(handover, handover.c.id == handover_line.c.handover)
    .where(handover_line.c.waiting != _WAITS)
    .order_by(handover_line.c.id)
)
_WITHOUT_HISTORY = (
    select(handover.c.number, handover_line.c.device)
    .join(handover, handover.c.id == handover_line.c.handover)
    .where(
        handover.c.state == HandoverState.CONFIRMED.value,
        handover_line.c.problem.is_(None),
        ~select(store_event.c.id)
        .where(
            store_event.c.stream == Stream.DEVICE.value,
            store_event.c.key == handover_line.c.device,
            store_event.c.ref == handover.c.number,
        )
        .exists(),
    )
    .order_by(handover_line.c.id)
)
_UNORDERED = (
    select(handover.c.number)
    .join(handover_line, handover_line.c.handover == handover.c.id)
    .join(depot_order, depot_order.c.id == handover_line.c.depot_order)
    .where(
        or_(
            depot_order.c.state != OrderState.GIVEN.value,
            depot_order.c.receiver != handover.c.receiver,
            depot_order.c.outside != handover.c.outside,
            ~select(depot_order_line.c.id)
            .where(
                depot_order_line.c.depot_order == depot_order.c.id, depot_order_line.c.device == handover_line.c.device
            )
            .exists(),
        )
    )
    .order_by(handover_line.c.id)
)
_UNDECIDED = (
    select(depot_order.c.number)
    .where(
        or_(
            (depot_order.c.state == OrderState.ASKED.value) != depot_order.c.decided_by.is_(None),
            depot_order.c.decided_by.is_(None) != depot_order.c.decided_at.is_(None),
        )
    )
    .order_by(depot_order.c.id)
)

_OUTSIDE = (
    select(handover.c.number)
    .where(
        or_(
            (handover.c.outside != "") != handover.c.due_back.is_not(None),
            and_(handover.c.outside != "", handover.c.how.is_not(None), handover.c.how != How.PAPER.value),
            and_(handover.c.page != "", or_(handover.c.how.is_(None), handover.c.how != How.PAPER.value)),
        )
    )
    .order_by(handover.c.id)
)
_CODES = (
    select(handover.c.number)
    .outerjoin(handover_code, handover_code.c.handover == handover.c.id)
    .where(handover.c.how == How.CODE.value, handover_code.c.used_at.is_(None))
    .order_by(handover.c.id)
)
_SIGNED = (
    select(depot_order.c.number)
    .outerjoin(standing_order, standing_order.c.id == depot_order.c.standing)
    .where(
        or_(
            depot_order.c.signed_by.is_(None) != depot_order.c.signed_at.is_(None),
            and_(
                depot_order.c.signed_at.is_not(None),
                or_(
                    depot_order.c.state != OrderState.GIVEN.value,
                    and_(depot_order.c.document == "", depot_order.c.page == ""),
                ),
            ),
            and_(
                depot_order.c.standing.is_not(None),
                or_(standing_order.c.id.is_(None), depot_order.c.state != OrderState.GIVEN.value),
            ),
        )
    )
    .order_by(depot_order.c.id)
)
_STANDING = (
    select(standing_order.c.id)
    .where(or_(standing_order.c.ends < standing_order.c.starts, standing_order.c.document == ""))
    .order_by(standing_order.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_ALL):
        ground.advance(1)
        if hashlib.sha256(row.text.encode()).hexdigest() != row.digest:
            yield f"handover {row.number}", "its text is not the one that was confirmed"
    for (number,) in ground.rows(_HALF):
        yield f"handover {number}", "is half confirmed, or over and not ended"
    for row in ground.rows(_LINES):
        yield f"handover {row.number}", f"device {row.device} waits in it, or does not, against what became of it"
    for row in ground.rows(_WITHOUT_HISTORY):
        yield f"handover {row.number}", f"does not stand in the history of device {row.device}"
    for (number,) in ground.rows(_UNORDERED):
        yield f"handover {number}", "left the depot by an order that was not given for it"
    for (number,) in ground.rows(_UNDECIDED):
        yield f"depot order {number}", "was decided by nobody"
    for (number,) in ground.rows(_OUTSIDE):
        yield f"handover {number}", "is for somebody outside and has no day, or was not signed on paper"
    for (number,) in ground.rows(_CODES):
        yield f"handover {number}", "was confirmed by a code that nobody used"
    for (number,) in ground.rows(_SIGNED):
        yield f"depot order {number}", "is signed by nobody, by nothing, or before it was given"
    for (key,) in ground.rows(_STANDING):
        yield f"standing order {key}", "has no document, or ends before it begins"
