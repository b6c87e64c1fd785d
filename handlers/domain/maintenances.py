"""Work on a system that is announced beforehand (planlı çalışma)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    system: str
    starts: datetime
    ends: datetime
    text: str
    """What is done; erased with what its writer wrote."""
    departments: tuple[str, ...] = ()
    """Whom it hits; none: everybody."""
    entered_by: PersonId
    entered_at: datetime
    withdrawn_at: datetime | None = None
    id: int = 0

    def is_at(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.starts <= at < self.ends

    def hits(self, department: str) -> bool:
        return not self.departments or department in self.departments
