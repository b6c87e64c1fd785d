"""People who were made one by hand, as long as that may be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId
from handlers.domain.people_joins import PeopleJoin


class PeopleJoins(Protocol):
    def add(self, join: PeopleJoin) -> None:
        """In place of an older one of that guest."""

    def newest(self, person: PersonId) -> PeopleJoin | None:
        """Of those by which somebody became that person."""

    def remove(self, guest: PersonId) -> None: ...
    def forget(self, before: datetime) -> int:
        """Older ones; how many."""

    def forget_person(self, person: PersonId) -> int:
        """Those that have a word of them, as guest or as who they turned out to be; how many."""
