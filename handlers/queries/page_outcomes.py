"""What came of what a page asked for (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import Outcome
from handlers.ports import UnitOfWork


def outcomes_of(uow: UnitOfWork, keys: Sequence[str]) -> Mapping[str, Outcome]:
    """By the keys of their events, asked for at once; of one that is missing nothing came yet, or it never came."""
    marks = {asked_by_page(key, one): (key, one) for key in keys for one in Outcome}
    return dict(marks[mark] for mark in uow.once.brought(marks.keys()))


def outcome_of(uow: UnitOfWork, key: str) -> Outcome | None:
    """The same of one."""
    return outcomes_of(uow, [key]).get(key)


def settled(uow: UnitOfWork, key: str) -> tuple[Outcome | None, bool]:
    """What came of it, and whether nothing more will. In this order: what ends between the two questions has left its
    outcome by the second, and is not taken for one that failed."""
    over = uow.inbox.is_finished(key)
    return outcome_of(uow, key), over
