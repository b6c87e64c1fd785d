"""Locking and unlocking a month from a page: tried before it is taken in, done as `/ay` does it (decision 0060)."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.idempotency import asked_by_page
from handlers.domain.months import Month
from handlers.domain.page_changes import Outcome
from handlers.domain.people import UnitId
from handlers.reports import months


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMonth:
    unit: UnitId
    month: Month
    unlocks: bool = False
    reason: str = ""
    """Of unlocking it."""


def try_out(acting: Acting, asked: AskedMonth) -> None:
    """Whether it would be done now; nothing is changed. Raises NotAllowed, Invalid(`month_runs`, `month_not_locked`,
    `month_reason`)."""
    if asked.unlocks:
        months.require_unlockable(acting, asked.unit, asked.month, asked.reason)
    else:
        months.require_lockable(acting, asked.unit, asked.month)


def carry_out(acting: Acting, asked: AskedMonth) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        if asked.unlocks:
            done = months.unlock(acting, asked.unit, asked.month, asked.reason)
        else:
            done = months.lock(acting, asked.unit, asked.month)
        outcome = Outcome.NONE if done is Effect.NONE else Outcome.DONE
    except (NotAllowed, Invalid):
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome
