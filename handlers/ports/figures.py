"""What the charts are drawn from, counted by the store.

A ticket counts in the unit where it lies now. `restricted`: whether security matters are counted, too; what names a
subject, a place or a person never has them. Hours are whole hours of UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple, Protocol

from handlers.domain.people import UnitId
from handlers.domain.states import State
from handlers.domain.ticket import TicketId

LONGEST_WAIT = timedelta(days=366)


class HourCount(NamedTuple):
    hour: datetime
    number: int


@dataclass(frozen=True, slots=True)
class ActiveCount:
    """Active tickets that were opened in one hour."""

    state: State
    urgent: bool
    hour: datetime
    count: int


@dataclass(frozen=True, slots=True)
class SolvedOnSubject:
    """Solved ones of a subject that are alike in what came of their target."""

    category: str | None
    has_target: bool
    missed: bool
    seconds: Sequence[int]
    """Of working time, without waits, as they were last counted."""


@dataclass(frozen=True, slots=True)
class SolvedTicket:
    """One of which time is counted differently by now."""

    ticket: TicketId
    category: str | None
    has_target: bool
    missed: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class WaitSpan:
    state: State
    began: datetime
    ended: datetime | None
    """None: it lasts."""
    category: str | None
    """None also of a security matter."""
    ticket: TicketId


class SubjectOfDepartment(NamedTuple):
    category: str | None
    department: str
    """As it was written."""
    number: int


class Sameness(Enum):
    """What can tell that it is the same once more."""

    DEVICE = "cihaz"
    """By the number on it, whatever the subject."""
    ROOM = "oda"
    """And subject."""
    PERSON = "kisi"
    """And subject."""


@dataclass(frozen=True, slots=True)
class Repetition:
    by: Sameness
    what: str
    """Number of the device, room, id of the person."""
    category: str | None
    """None of a device."""
    count: int
    newest: TicketId


class Figures(Protocol):
    def opened_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]: ...
    def resolved_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]: ...
    def active(self, unit: UnitId, *, restricted: bool = True) -> Sequence[ActiveCount]:
        """As they are now."""

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedOnSubject]:
        """Those of which time is counted and up to date; without security matters."""

    def solved_out_of_date(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedTicket]:
        """The others."""

    def waits(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        *,
        restricted: bool = True,
        waiting: Sequence[TicketId] | None = None,
    ) -> Sequence[WaitSpan]:
        """That went on in that stretch, those that began first before the others; none that began longer before it than
        `LONGEST_WAIT`. `waiting`: where it is known which tickets waited as it began, among which may be others."""

    def reopened(self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True) -> int:
        """How often something was opened again."""

    def opened_of(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SubjectOfDepartment]:
        """Without security matters."""

    def repeated(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        often: int,
        most: int,
        *,
        by: Sequence[Sameness] = tuple(Sameness),
    ) -> Sequence[Repetition]:
        """What was opened so often or oftener; without security matters and what the desk opens by itself. The most
        frequent first, no more than `most`: the same tickets that device and room tell are told of the first alone, in
        the order of `Sameness`."""

    def count_repeated(self, unit: UnitId, since: datetime, until: datetime, often: int) -> int:
        """How many of them there are."""

    def alike(self, unit: UnitId, since: datetime, until: datetime) -> str:
        """What `repeated` and `count_repeated` must know of a week that is over, for `WeeksOfFigures.keep`: read by the
        store alone."""
