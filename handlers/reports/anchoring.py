"""Each day is closed by its anchor, as soon as the next one begins."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import UseCaseContext
from handlers.domain.anchors import MOST_HEADS, Anchor, next_anchor
from handlers.ports import UnitOfWork


def close_day(work: UseCaseContext) -> bool:
    """Once a day, whether anything happened or not. Whether more may wait than one anchor takes: the next is a
    transaction of its own, and the last of a day is not full. Days on which the desk was down are in the first anchor
    after them."""
    yesterday = work.working_time().local_date(work.now) - timedelta(days=1)
    before = work.uow.anchors.latest()
    if before is not None and before.day >= yesterday and before.heads < MOST_HEADS:
        return False
    heads = work.uow.anchors.waiting(MOST_HEADS)
    day = yesterday if before is None else max(before.day, yesterday)
    work.uow.anchors.add(next_anchor(before, day, work.now, heads), heads)
    return len(heads) == MOST_HEADS


def witnessed(uow: UnitOfWork) -> Anchor | None:
    """The newest, by which all of its day can be proved; None while more of the day waits to be anchored."""
    newest = uow.anchors.latest()
    return newest if newest is not None and newest.heads < MOST_HEADS else None
