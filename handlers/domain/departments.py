"""The müdürlükler of the house: what each is called, was called and is called for short, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from handlers.domain.people import PersonId

DepartmentId = NewType("DepartmentId", int)
MERGE_KEPT = timedelta(days=14)
"""So long a merge can be taken back."""
UNKNOWN = "müdürlüğü bilinmiyor"
"""Stands in a müdürlük's place where somebody else opened the ticket and did not say one."""


@dataclass(frozen=True, slots=True)
class FormerName:
    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """It is one with another now."""

    into: DepartmentId
    at: datetime
    people: tuple[PersonId, ...] = ()
    """Who came with it: taken back, they return."""
    listed: bool = True
    """Whether it stood in the list before; False: somebody had typed it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """Persons and tickets name it by its name of that day; each name belongs to one müdürlük, in any spelling."""

    name: str
    short_names: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    closed_at: datetime | None = None
    merge: Merge | None = None
    id: DepartmentId = DepartmentId(0)

    @property
    def open(self) -> bool:
        return self.closed_at is None and self.merge is None

    @property
    def names(self) -> tuple[str, ...]:
        """Each that is its own, the present one first."""
        return (self.name, *self.short_names, *(one.name for one in self.former_names))
