"""What a month of a unit was like, in few figures, and the lock under which they stay as they were when signed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.time_rules import Timing

FEW = 10
"""Of fewer than so many tickets neither a share nor a median is told: one of them would be the figure."""
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """`2026-11`. Raises ValueError."""
        year, number = text.split("-")
        return cls.of(date(int(year), int(number), 1))

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def following(self) -> Month:
        return Month.of(self.first_day + timedelta(days=31))

    @property
    def before(self) -> Month:
        return Month.of(self.first_day - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """Of the tickets that were opened and of those that were solved in a month, in working time without waits."""

    opened: int
    solved: int
    with_target: int
    """Of the solved ones."""
    in_target: int
    """Of these."""
    median_s: int | None
    """Of all solved ones, in seconds; None of none."""
    ninth_s: int | None
    """Nine of ten took no longer."""

    @property
    def share(self) -> int | None:
        """In target, of a hundred; rounded down: 100 is said only where none was late. None of few."""
        return 100 * self.in_target // self.with_target if self.with_target >= FEW else None

    @property
    def median(self) -> timedelta | None:
        """None of few."""
        return None if self.median_s is None or self.solved < FEW else self.median_s * _SECOND

    @property
    def ninth(self) -> timedelta | None:
        return None if self.ninth_s is None or self.solved < FEW else self.ninth_s * _SECOND


def figures_of(opened: int, solved: Iterable[Timing]) -> MonthFigures:
    """`solved`: how the solved ones stood in the end."""
    timings = list(solved)
    lengths = sorted(timing.spent // _SECOND for timing in timings)
    targeted = [timing for timing in timings if timing.solve_target is not None]
    return MonthFigures(
        opened=opened,
        solved=len(timings),
        with_target=len(targeted),
        in_target=sum(not timing.missed for timing in targeted),
        median_s=ranked(lengths, 50),
        ninth_s=ranked(lengths, 90),
    )


@dataclass(frozen=True, slots=True)
class Waited:
    """How long tickets waited for one thing."""

    state: State
    spent: timedelta
    """In working time."""
    tickets: int


def waits_of(
    histories: Iterable[Sequence[TicketEvent]], elapsed: Callable[[datetime, datetime], timedelta]
) -> Sequence[Waited]:
    """For what these waited, the longest first. `elapsed`: how long a stretch is."""
    spent: dict[State, timedelta] = {}
    tickets: Counter[State] = Counter()
    for history in histories:
        moves = [(event.at, state) for event in history if (state := event.what.leads_to(event.after)) is not None]
        own = {state: timedelta() for _, state in moves if state.waiting}
        for (begun, state), (ended, _) in pairwise(moves):
            if state.waiting:
                own[state] += elapsed(begun, ended)
        for state, length in own.items():
            spent[state] = spent.get(state, timedelta()) + length
        tickets.update(own.keys())
    found = [Waited(state, length, tickets[state]) for state, length in spent.items()]
    return sorted(found, key=lambda one: (-one.spent, one.state))


def reasons_of(histories: Iterable[Sequence[TicketEvent]]) -> Sequence[tuple[str | None, int]]:
    """Why these were late, as whoever completed each said last; None: nobody did. The most frequent first."""
    counted: Counter[str | None] = Counter()
    for history in histories:
        counted[next((one.reason for one in reversed(history) if one.what is Change.EXPLAINED), None)] += 1
    return sorted(counted.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))


def ranked(ordered: list[int], percent: int) -> int | None:
    """The smallest that so many of a hundred do not exceed: always one that there was."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLock:
    """Figures as they were when a lead or the director signed them."""

    unit: UnitId
    month: Month
    figures: MonthFigures
    locked_at: datetime
    locked_by: PersonId
    undone_at: datetime | None = None
    undone_by: PersonId | None = None
    id: int = 0

    @property
    def seal(self) -> str:
        """A hash of all that was signed: whether it still is what it was can be told from it."""
        return seal_of(self.unit, str(self.month), asdict(self.figures), self.locked_at, self.locked_by)


def seal_of(unit: str, month: str, figures: dict[str, int | None], locked_at: datetime, locked_by: int) -> str:
    at = locked_at.astimezone(UTC).isoformat()
    signed = json.dumps([unit, month, figures, at, locked_by], sort_keys=True, separators=(",", ":"))
    return sha256(signed.encode()).hexdigest()
