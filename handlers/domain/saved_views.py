"""A list of tickets under a name of one's own, or of a unit's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.domain.people import PersonId, UnitId

MOST_VIEWS = 30
LONGEST_TITLE = 40
EVERY_UNIT: UnitId = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    owner: PersonId
    title: str
    query: str
    """As `handlers.domain.ticket_filter` writes it."""
    saved_at: datetime
    unit: UnitId = ""
    """Whose it is; empty: the owner's alone, `EVERY_UNIT`: of all."""
    id: int = 0
