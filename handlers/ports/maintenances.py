"""Work on systems that is announced beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.maintenances import Maintenance
from handlers.domain.people import PersonId


class Maintenances(Protocol):
    """None is ever deleted: it is withdrawn."""

    def add(self, maintenance: Maintenance) -> Maintenance:
        """With its id."""

    def save(self, maintenance: Maintenance) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Maintenance:
        """Also a withdrawn one. Raises NotFound."""

    def between(self, since: datetime, until: datetime) -> Sequence[Maintenance]:
        """Those not withdrawn that begin by `until` and end after `since`, the earliest first."""

    def entered_by(self, person: PersonId) -> Sequence[Maintenance]:
        """However long ago, withdrawn ones too."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
