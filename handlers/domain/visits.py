"""A visit (ziyaret), as the history says it: somebody is on the way, found nobody, or comes when it was agreed on.

What was said last of it can be taken back, until its reporter has answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from handlers.domain.states import Aspect, Change, State, TicketEvent
from handlers.domain.working_time import NoWorkingTimeError, Span, WorkingTime

LENGTH = timedelta(minutes=30)
"""Half an hour: what is offered, and what is kept free of others."""
NOTICE = timedelta(hours=1)
"""So much before it at least it is offered."""
REMINDED = timedelta(minutes=15)
"""So long before it whoever comes is reminded."""
ON_THE_WAY_FOR = timedelta(hours=2)
"""Longer nobody is on the way."""
CLOSED_TOO_OFTEN = 3
"""So often in vain it is a lead's matter too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    set_off_at: datetime | None = None
    minutes: int = 0
    """How long they need from then on."""
    closed: int = 0
    """How often nobody was there."""
    offered: tuple[datetime, ...] = ()
    """Times among which its reporter may choose."""
    agreed: datetime | None = None
    line: int = 0
    """Of the history, that said so."""
    undo: Visit | None = None
    """As it was before what can be taken back."""

    def is_on_the_way(self, now: datetime) -> bool:
        return self.set_off_at is not None and now - self.set_off_at <= ON_THE_WAY_FOR


def visit(history: Sequence[TicketEvent]) -> Visit:
    stands = Visit()
    for line, event in enumerate(history, start=1):
        stands = _after(stands, event, line, history[line - 2] if line > 1 else None)
    return stands


def _after(it: Visit, event: TicketEvent, line: int, before: TicketEvent | None) -> Visit:
    match event.what:
        case Change.SET_OFF:
            minutes = int(event.after or 0)
            undo = it.undo if it.set_off_at is not None else replace(it, undo=None)
            return Visit(set_off_at=event.at, minutes=minutes, closed=it.closed, line=line, undo=undo)
        case Change.FOUND_CLOSED:
            return Visit(closed=it.closed + 1, line=line, undo=replace(it, undo=None))
        case Change.VISIT_OFFERED:
            after_closed = before is not None and before.what is Change.FOUND_CLOSED and before.at == event.at
            undo = it.undo if after_closed else replace(it, undo=None)
            return replace(it, offered=read_times(event.after), agreed=None, set_off_at=None, line=line, undo=undo)
        case Change.VISIT_AGREED:
            (agreed,) = read_times(event.after)
            return replace(it, offered=(), agreed=agreed, set_off_at=None, line=line, undo=None)
        case Change.VISIT_REFUSED:
            return replace(it, offered=(), agreed=None, line=line, undo=None)
        case Change.VISIT_WITHDRAWN:
            return replace(it.undo or it, line=line, undo=None)
        case Change.RESUMED if event.who is None:
            return it  # its time has come
        case Change.RESUMED:
            return replace(it, offered=())
        case Change.ASSIGNED:
            return replace(it, set_off_at=None, undo=None)
        case what if what.alters in (Aspect.STATE, Aspect.UNIT) and not _waits(event):
            return Visit(closed=it.closed, line=line)
        case _:
            return it


def _waits(event: TicketEvent) -> bool:
    return event.what.enters_state and State(event.after or "").waiting


# --- times ----------------------------------------------------------------------------------------
def written_times(times: Sequence[datetime]) -> str:
    """As a history keeps them."""
    return " ".join(at.astimezone(UTC).isoformat(timespec="minutes") for at in times)


def read_times(written: str | None) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(one) for one in (written or "").split())


def two_times(now: datetime, working: WorkingTime, taken: Sequence[Span]) -> tuple[datetime, ...]:
    """The next half-hour that is worked and free, and one in another half of a day; fewer where there are none."""
    try:
        first = next(_free(now + NOTICE, working, taken), None)
        if first is None:
            return ()
        ends = next(end for start, end in _windows(first, working) if start <= first < end)
        second = next(_free(ends, working, taken), None)
    except (NoWorkingTimeError, StopIteration):
        return ()
    return (first,) if second is None else (first, second)


def reminded_at(agreed: datetime, working: WorkingTime) -> datetime | None:
    """When whoever comes is reminded: a quarter of an hour before it, or when work begins."""
    try:
        return min(working.next_opening(agreed - REMINDED), agreed)
    except NoWorkingTimeError:
        return None


_TRIED = 400
"""Half-hours that are looked at: some weeks of work."""


def _free(since: datetime, working: WorkingTime, taken: Sequence[Span]) -> Iterator[datetime]:
    for at in islice(_half_hours(since, working), _TRIED):
        if all(at >= ends or at + LENGTH <= starts for starts, ends in taken):
            yield at


def _half_hours(since: datetime, working: WorkingTime) -> Iterator[datetime]:
    at = working.next_opening(since)
    while True:
        for start, end in _windows(at, working):
            slot = start
            while slot + LENGTH <= end:
                if slot >= since:
                    yield slot
                slot += LENGTH
        at = working.next_opening(working.at(working.local_date(at) + timedelta(days=1), time.min))


def _windows(at: datetime, working: WorkingTime) -> list[tuple[datetime, datetime]]:
    day = working.local_date(at)
    return [(working.at(day, start), working.at(day, end)) for start, end in working.windows(day)]
