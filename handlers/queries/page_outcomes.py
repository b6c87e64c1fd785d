"""What came of what a page asked for (decision 0060)."""

from __future__ import annotations

from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import Outcome
from handlers.ports import UnitOfWork


def outcome_of(uow: UnitOfWork, key: str) -> Outcome | None:
    """By the key of its event; None: nothing yet, or it never came."""
    return next((one for one in Outcome if uow.once.has(asked_by_page(key, one))), None)
