"""A list of tickets under a name of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.domain.people import PersonId

MOST_VIEWS = 30
LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    owner: PersonId
    title: str
    query: str
    """As `handlers.domain.ticket_filter` writes it."""
    saved_at: datetime
    id: int = 0
