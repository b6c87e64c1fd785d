"""What all work with, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.domain.people import UnitId


class SystemState(StrEnum):
    """From good to bad, by the sign and word in `handlers.terms`."""

    WORKS = "works"
    PLANNED = "planned"
    """Work on it was announced, and goes on now."""
    SLOW = "slow"
    PARTIAL = "partial"
    DOWN = "down"

    @property
    def rank(self) -> int:
        return list(SystemState).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """`categories`: a fault of one of them may be a fault of the system."""

    id: str
    title: str
    unit: UnitId
    categories: tuple[str, ...] = ()
    dropped: bool = False
    """This house has none."""
