"""Who is on call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId
from handlers.domain.rota import Duty


class Rota(Protocol):
    """None is ever deleted: it is withdrawn. Each change makes emergencies' time count anew: the calendar's version is
    another one, as it is of the rota, too."""

    def add(self, duty: Duty) -> Duty:
        """With its id."""

    def save(self, duty: Duty) -> None:
        """Raises NotFound."""

    def get(self, key: int, *, to_change: bool = False) -> Duty:
        """Also a withdrawn one; `to_change`: nobody else changes it meanwhile. Raises NotFound."""

    def standing(self) -> Sequence[Duty]:
        """All that were not withdrawn, the earliest first."""

    def between(self, since: datetime, until: datetime) -> Sequence[Duty]:
        """Of them those that begin by `until` and end after `since`."""

    def count_of(self, person: PersonId) -> int:
        """However long ago, withdrawn ones too."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
