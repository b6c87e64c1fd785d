"""Counts: what is closed was closed by somebody, of each thing one line, and each device that was seen has it in its
history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select

from handlers.domain.counts import FEWEST_OF_BOARD, SeenBy
from handlers.domain.stock import Why
from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import inventory_count, inventory_count_line, inventory_counter, stock_move, store_event

_HALF = (
    select(inventory_count.c.number)
    .where(
        or_(
            inventory_count.c.closed_at.is_(None) != inventory_count.c.closed_by.is_(None),
            inventory_count.c.written_at.is_(None) != inventory_count.c.written_by.is_(None),
            and_(inventory_count.c.written_at.is_not(None), inventory_count.c.closed_at.is_(None)),
        )
    )
    .order_by(inventory_count.c.id)
)
_BOARD = (
    select(inventory_count.c.number)
    .outerjoin(
        inventory_counter,
        and_(inventory_counter.c.count == inventory_count.c.id, inventory_counter.c.board),
    )
    .group_by(inventory_count.c.number)
    .having(func.count(inventory_counter.c.id) < FEWEST_OF_BOARD)
)
_WITHOUT_HISTORY = (
    select(inventory_count.c.number, inventory_count_line.c.device)
    .join(inventory_count, inventory_count.c.id == inventory_count_line.c.count)
    .where(
        inventory_count_line.c.device.is_not(None),
        inventory_count_line.c.seen == 1,
        inventory_count_line.c.how != SeenBy.RECORD.value,
        ~select(store_event.c.id)
        .where(
            store_event.c.stream == Stream.DEVICE.value,
            store_event.c.key == inventory_count_line.c.device,
            store_event.c.ref == inventory_count.c.number,
        )
        .exists(),
    )
    .order_by(inventory_count_line.c.id)
)
_UNORDERED = (
    select(stock_move.c.number)
    .outerjoin(inventory_count, inventory_count.c.number == stock_move.c.document)
    .where(stock_move.c.why == Why.COUNTED.value, inventory_count.c.written_at.is_(None))
    .order_by(stock_move.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_HALF):
        yield f"count {number}", "was closed or written by nobody, or at no time"
    for (number,) in ground.rows(_BOARD):
        yield f"count {number}", f"has a board of fewer than {FEWEST_OF_BOARD}"
    for row in ground.rows(_WITHOUT_HISTORY):
        yield f"count {row.number}", f"saw device {row.device}, whose history does not say so"
    for (number,) in ground.rows(_UNORDERED):
        yield f"movement {number}", "is the difference of a count that the director did not order to be written"
