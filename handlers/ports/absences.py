"""Who is away, and what becomes of their tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.absences import Absence, Choice
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class Absences(Protocol):
    """None is ever deleted: it is withdrawn, and stands in no list any more."""

    def add(self, absence: Absence) -> Absence:
        """With its id."""

    def save(self, absence: Absence) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Absence:
        """Also a withdrawn one. Raises NotFound."""

    def between(self, since: datetime, until: datetime) -> Sequence[Absence]:
        """Those that begin by `until` and end after `since`, the earliest first; with the same moment twice, who is
        away then."""

    def to_begin(self, now: datetime) -> Sequence[Absence]:
        """Those that began by now, and nothing was done yet of what was chosen."""

    def choose(self, absence: int, ticket: TicketId, choice: Choice) -> None:
        """For one ticket; a later choice takes the place of an earlier one."""

    def choices(self, absence: int) -> Mapping[TicketId, Choice]: ...
    def count_of(self, person: PersonId) -> int:
        """However long ago, withdrawn ones too."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
