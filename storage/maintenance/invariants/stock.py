"""The depot: no item's movements ever summed up to less than nothing, each is undone once at most and by its opposite,
and each stands in its item's history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from handlers.domain.stock import Why
from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import pending_use, stock_item, stock_move, store_event

_MOVES = (
    select(stock_move.c.item, stock_move.c.number, stock_move.c.delta, stock_item.c.code)
    .join(stock_item, stock_item.c.id == stock_move.c.item)
    .order_by(stock_move.c.item, stock_move.c.id)
)
_other = stock_move.alias("other")
_UNDOING = (
    select(stock_move.c.number)
    .outerjoin(_other, _other.c.id == stock_move.c.undoes)
    .where(
        or_(
            (stock_move.c.why == Why.UNDONE.value) != stock_move.c.undoes.is_not(None),
            stock_move.c.item != _other.c.item,
            stock_move.c.delta != -_other.c.delta,
            _other.c.undoes.is_not(None),
        )
    )
    .order_by(stock_move.c.id)
)
_UNDONE_TWICE = (
    select(_other.c.number)
    .join(stock_move, stock_move.c.undoes == _other.c.id)
    .group_by(_other.c.number)
    .having(func.count() > 1)
)
_WITHOUT_HISTORY = (
    select(stock_move.c.number)
    .where(
        ~select(store_event.c.id)
        .where(
            store_event.c.stream == Stream.STOCK.value,
            store_event.c.key == stock_move.c.item,
            store_event.c.ref == stock_move.c.number,
        )
        .exists()
    )
    .order_by(stock_move.c.id)
)
_SETTLED_BY_ANOTHER = (
    select(pending_use.c.id)
    .join(stock_move, stock_move.c.id == pending_use.c.settled_by)
    .where(or_(stock_move.c.item != pending_use.c.item, stock_move.c.delta != -pending_use.c.quantity))
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    sums: dict[int, int] = {}
    for row in ground.rows(_MOVES):
        ground.advance(1)
        sums[row.item] = sums.get(row.item, 0) + row.delta
        if sums[row.item] < 0:
            yield f"item {row.code}", f"stood at {sums[row.item]} after {row.number}"
    for (number,) in ground.rows(_UNDOING):
        yield f"movement {number}", "undoes nothing, or is not the opposite of what it undoes"
    for (number,) in ground.rows(_UNDONE_TWICE):
        yield f"movement {number}", "was undone twice"
    for (number,) in ground.rows(_WITHOUT_HISTORY):
        yield f"movement {number}", "does not stand in its item's history"
    for (key,) in ground.rows(_SETTLED_BY_ANOTHER):
        yield f"pending use {key}", "was settled by a movement that is not of it"
