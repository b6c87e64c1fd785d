"""Vekâlet (bylaw 8/6, 12-B-3): somebody acts with the right of a lead or the director, for a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.domain.people import Lent, PersonId, Role, UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    person: PersonId
    """Whose right it is."""
    deputy: PersonId
    role: Role
    unit: UnitId | None
    starts: datetime
    ends: datetime
    """From this moment on it is over."""
    document: str = ""
    """Number of the document behind it (EBYS); a director's has one."""
    document_day: date | None = None
    """Its date; a director's has one, unless it was written down before that was asked."""
    restricted: bool = False
    """Security matters, too."""
    entered_at: datetime
    ended_at: datetime | None = None
    """It was ended earlier."""
    id: int = 0

    @property
    def reference(self) -> str:
        """`2026/1412 (28.11.2026)`; empty without a document."""
        day = "" if self.document_day is None else f" ({self.document_day:%d.%m.%Y})"
        return f"{self.document}{day}" if self.document else ""

    @property
    def until(self) -> datetime:
        return self.ends if self.ended_at is None else max(min(self.ends, self.ended_at), self.starts)

    def is_at(self, at: datetime) -> bool:
        return self.starts <= at < self.until


def lent(deputies: Sequence[Deputy], away: Collection[PersonId]) -> dict[PersonId, tuple[Lent, ...]]:
    """Of those that hold now, what each deputy may do beside their own. Where a deputy is away, their own deputy may it
    too, and both stand in the history."""
    found: dict[PersonId, tuple[Lent, ...]] = {}

    def lend(to: PersonId, right: Lent) -> None:
        found[to] = (*found.get(to, ()), right)

    for one in deputies:
        right = Lent(role=one.role, unit=one.unit, of=(one.person,), restricted=one.restricted)
        lend(one.deputy, right)
        if one.deputy not in away:
            continue
        for other in deputies:
            if other.person == one.deputy and other.deputy not in (one.person, one.deputy):
                further = Lent(
                    role=one.role,
                    unit=one.unit,
                    of=(one.person, one.deputy),
                    restricted=one.restricted and other.restricted,
                )
                lend(other.deputy, further)
    return found
