"""What a count found of malzeme becomes movements: the book says from then on what was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.domain.stock import ItemId, StockMove, Why
from handlers.stock import history, moving


def correct(
    acting: Acting,
    key: ItemId,
    difference: int,
    *,
    counted_at: datetime,
    number: str,
    acting_for: tuple[PersonId, ...] = (),
) -> list[StockMove]:
    """`difference`: so many more (or less) were there than the book said. What was askıda by then is used from the same
    movement, so that it counts for whom it was used and nothing is taken twice. `number`: the count's.

    Whoever calls asks who may. Raises Invalid(`count_moved_since`) where less is left now than is missing.
    """
    item = acting.uow.stock.item(key, to_change=True)
    waiting = [one for one in acting.uow.stock.pending([key]) if one.at <= counted_at]
    delta = difference + sum(one.quantity for one in waiting)
    left = acting.uow.stock.left_of(key)
    if left + difference < 0:
        raise Invalid("count_moved_since", code=item.code, left=left, missing=-difference)
    made: list[StockMove] = []
    if delta:
        move = StockMove(
            number=moving.next_number(acting),
            delta=delta,
            why=Why.COUNTED,
            who=acting.person.id,
            item=key,
            at=acting.now,
            document=number,
        )
        made.append(moving.put(acting, move, acting_for))
    for use in waiting:
        move = StockMove(
            number=moving.next_number(acting),
            delta=-use.quantity,
            why=Why.USED,
            who=use.who,
            ticket=use.ticket,
            device=use.device,
            department=use.department,
            item=key,
            at=acting.now,
            document=number,
        )
        taken = moving.put(acting, move, acting_for)
        acting.uow.stock.save_pending(replace(use, settled_by=taken.id))
        history.note_pending(acting, key, "pending_counted", use.quantity, acting_for=acting_for)
        made.append(taken)
    return made
