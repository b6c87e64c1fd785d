"""Each day is closed by its anchor, as soon as the next one begins."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import UseCaseContext
from handlers.domain.anchors import MOST_HEADS, next_anchor


def close_day(work: UseCaseContext) -> None:
    """Once a day, whether anything happened or not; where more waits than one anchor takes, again at the next tick.
    Days on which the desk was down are in the first anchor after them."""
    yesterday = work.working_time().local_date(work.now) - timedelta(days=1)
    before = work.uow.anchors.latest()
    if before is not None and before.day >= yesterday and before.heads < MOST_HEADS:
        return
    heads = work.uow.anchors.waiting(MOST_HEADS)
    if before is not None and before.day >= yesterday and not heads:
        return
    day = yesterday if before is None else max(before.day, yesterday)
    work.uow.anchors.add(next_anchor(before, day, work.now, heads), heads)
