"""Reports as they are compared with others, and what was proposed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.symptoms import Proposal, Symptom


class Symptoms(Protocol):
    """A group of them is named by its categories and, where one is given, its place."""

    def note(self, symptom: Symptom) -> Symptom:
        """In place of what was noted of the same draft; when that came stays."""

    def drop(self, draft: str) -> None:
        """A report that came to nothing."""

    def people(self, since: datetime, categories: Collection[str], place: str = "") -> int:
        """How many different people, with what came since then."""

    def among(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 200
    ) -> Sequence[Symptom]:
        """What came since then, oldest first."""

    def departments(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 6
    ) -> Sequence[tuple[str, int]]:
        """Those with the most different people of what came since then, and how many; a person's without one is ""."""

    def without_subject(self, since: datetime, unit: UnitId, limit: int = 50) -> Sequence[Symptom]:
        """What came since then of that unit, oldest first."""

    def by_day(self, half_hour: int, since_day: int, categories: Collection[str], place: str = "") -> Mapping[int, int]:
        """How many different people in that half-hour of each day since that one; days without any are left out."""

    def of_person(self, person: PersonId) -> Sequence[Symptom]: ...
    def forget(self, person: PersonId) -> None: ...
    def forget_before(self, at: datetime) -> None: ...
    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""

    def propose(self, proposal: Proposal) -> Proposal:
        """With its id."""

    def save_proposal(self, proposal: Proposal) -> None:
        """Raises NotFound."""

    def proposal(self, key: int) -> Proposal:
        """Raises NotFound."""

    def proposals(self, since: datetime) -> Sequence[Proposal]:
        """Changed or answered since then, what changed last at the end."""
