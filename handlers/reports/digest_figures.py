"""The figures of a unit's day: what came and went, what waits and since when, compared with the days before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol

from handlers.context import Desk
from handlers.department_names import DepartmentNames
from handlers.domain.anchors import Anchor
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import DayKind, WorkingTime
from handlers.ports import Tally, UnitOfWork
from handlers.reports.documents_due import DocumentsDue
from handlers.reports.ending import EndingSoon

HIDDEN_SUBJECT = "Gizli güvenlik kaydı"
MAX_OLDEST_TICKETS = MAX_CATEGORIES = 5
"""So many of the oldest tickets, and of the most frequent categories, are named."""
COMPARED_DAYS = 5
DRAWN_DAYS = 7


class Times(Protocol):
    """When the clock speaks, in local time of working days."""

    @property
    def digest_at(self) -> time: ...
    @property
    def morning_at(self) -> time: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    state: State
    """`open`: nobody has claimed them."""
    count: int
    since: datetime | None
    days: int
    """Working days that the oldest of them waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    number: str
    category: str | None
    state: State
    priority: Priority
    opened_at: datetime
    days: int
    """Its age in working days."""
    holder: str
    """Short name; for lead and director only."""
    restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One working day, with what came since the working day before."""

    day: date
    opened: int
    resolved: int
    active: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """With the average of the last working days; zeros while the desk is new."""

    days: int
    opened_average: float
    resolved_average: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    unit: UnitId
    day: date
    since: datetime
    until: datetime
    opened: int
    resolved: int
    solved_by_tip: int
    active: int
    unclaimed: int
    waits: tuple[Wait, ...]
    """Longest wait first."""
    oldest: tuple[OpenTicket, ...]
    by_category: tuple[tuple[str | None, int], ...]
    by_department: tuple[tuple[str, int, int], ...]
    resolved_by: tuple[tuple[str, int], ...]
    """For lead and director only."""
    comparison: Comparison | None
    """None for a summary in the middle of the day."""
    days: tuple[DayFigures, ...]
    """Oldest first, the last one is this day; empty for a summary in the middle of the day."""
    in_between: bool
    """The day's summary is still to come."""

    @property
    def waiting(self) -> int:
        """Everything that nobody is working on now."""
        return sum(wait.count for wait in self.waits)

    @property
    def quiet(self) -> bool:
        return not (self.opened or self.resolved or self.solved_by_tip)

    @property
    def covers_more(self) -> bool:
        """Whether it reaches back further than the evening before."""
        return self.since.date() < self.day - timedelta(days=1)

    @property
    def drawable(self) -> bool:
        return any(figures.opened or figures.resolved or figures.active for figures in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Targets that are long past (`handlers.reports.overdue`)."""

    unclaimed: int
    unsolved: int
    oldest_unclaimed: OpenTicket | None
    oldest_unsolved: OpenTicket | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the templates `digest` (one unit), `digest_units` and `morning` show, for one kind of reader."""

    digests: Sequence[Digest]
    names: bool = False
    """Of technicians: to lead and director, in private."""
    secrets: bool = False
    """Subjects of security matters."""
    held: Sequence[tuple[str, int]] = ()
    emergencies: Sequence[OpenTicket] = ()
    """That nobody has claimed: they come before everything else."""
    overdue: Overdue | None = None
    """Targets that are long past; for the director."""
    documents: DocumentsDue | None = None
    """To be answered soon, or too late already; to leads and the director, in private."""
    in_place_of: str = ""
    """Whose it is, where its reader deputises for them."""
    ending: EndingSoon | None = None
    """Süreli kayıtlar; the morning's, where names are."""
    anchor: Anchor | None = None
    """The newest; to the director and the auditor, who thereby can prove what had been written by that day."""

    def subject(self, desk: Desk, category: str | None, restricted: bool = False) -> str:
        hidden = restricted or desk.is_restricted(category)
        return HIDDEN_SUBJECT if hidden and not self.secrets else desk.title(category)

    @property
    def waits(self) -> Sequence[Wait]:
        """Of all units together, longest wait first."""
        every = sorted((wait for digest in self.digests for wait in digest.waits), key=lambda wait: -wait.days)
        first: dict[State, Wait] = {}
        for wait in every:
            known = first.get(wait.state)
            first[wait.state] = replace(known, count=known.count + wait.count) if known else wait
        return tuple(first.values())


def compose(
    desk: Desk,
    uow: UnitOfWork,
    unit: UnitId,
    *,
    day: date,
    since: datetime,
    until: datetime,
    times: Times | None = None,
) -> Digest:
    """What happened in [since, until). With `times` also the working days before, to compare and to draw."""
    time = desk.time_rules(uow).working_time()
    tally = uow.summaries.tally(unit, since, until)
    before = _days_before(uow, unit, day, time, times) if times else []
    today = DayFigures(day=day, opened=tally.opened, resolved=tally.resolved, active=tally.active)
    return Digest(
        unit=unit,
        day=day,
        since=since.astimezone(time.zone),
        until=until.astimezone(time.zone),
        opened=tally.opened,
        resolved=tally.resolved,
        solved_by_tip=tally.solved_by_tip,
        active=tally.active,
        unclaimed=tally.unclaimed,
        waits=_waits(tally, time, until),
        oldest=tuple(open_ticket(uow, ticket, time, until) for ticket in tally.oldest[:MAX_OLDEST_TICKETS]),
        by_category=tuple(tally.by_category[:MAX_CATEGORIES]),
        by_department=tuple(DepartmentNames.of(uow).counted(tally.by_department)),
        resolved_by=tuple((short_name(uow, person), count) for person, count in tally.resolved_by),
        comparison=_comparison(before[-COMPARED_DAYS:]) if times else None,
        days=(*before, today) if times else (),
        in_between=times is None or until < due_at(time, day, times),
    )


def unclaimed_emergencies(
    desk: Desk, uow: UnitOfWork, units: Iterable[UnitId], now: datetime
) -> tuple[OpenTicket, ...]:
    """Of each unit the oldest."""
    return tuple(
        open_ticket(uow, ticket, desk.time_rules(uow).working_time(), now)
        for unit in units
        for ticket in uow.tickets.queue(unit, limit=MAX_OLDEST_TICKETS)
        if ticket.priority is Priority.URGENT
    )


def due_at(time: WorkingTime, day: date, times: Times) -> datetime:
    """When that day's summary is due: at `digest_at`; on a half day when work ends, where that is earlier."""
    ends = time.ends(day) if time.kind(day) is DayKind.HALF else None
    return time.at(day, min(times.digest_at, ends) if ends is not None else times.digest_at)


def _days_before(uow: UnitOfWork, unit: UnitId, day: date, time: WorkingTime, times: Times) -> list[DayFigures]:
    """Oldest first."""
    days = [*reversed(time.previous_working_days(day, DRAWN_DAYS))]
    found = []
    for begin, end in pairwise(days):
        since, until = due_at(time, begin, times), due_at(time, end, times)
        opened, resolved = uow.summaries.opened_and_resolved(unit, since, until)
        active = uow.summaries.active_at(unit, until)
        found.append(DayFigures(day=end, opened=opened, resolved=resolved, active=active))
    return found


def _comparison(days: Sequence[DayFigures]) -> Comparison:
    opened, resolved = sum(day.opened for day in days), sum(day.resolved for day in days)
    return Comparison(days=len(days), opened_average=opened / len(days), resolved_average=resolved / len(days))


def _waits(tally: Tally, time: WorkingTime, now: datetime) -> tuple[Wait, ...]:
    counts = {State.OPEN: tally.unclaimed} | {State(state): count for state, count in tally.waits.items()}
    waits = []
    for state, count in counts.items():
        since = tally.waits_since.get(state)
        if count:
            days = time.working_days_between(since, now) if since else 0
            waits.append(Wait(state=state, count=count, since=since, days=days))
    return tuple(sorted(waits, key=lambda wait: (-wait.days, wait.state)))


def open_ticket(uow: UnitOfWork, ticket: Ticket, time: WorkingTime, now: datetime) -> OpenTicket:
    return OpenTicket(
        number=ticket.number,
        category=ticket.category,
        state=ticket.state,
        priority=ticket.priority,
        opened_at=ticket.opened_at,
        days=time.working_days_between(ticket.opened_at, now),
        holder=short_name(uow, ticket.holder) if ticket.holder else "",
        restricted=ticket.restricted,
    )


def short_name(uow: UnitOfWork, person: PersonId) -> str:
    return uow.people.get(person).short_name


def as_json(digest: Digest) -> dict[str, object]:
    """For `masa digest --json`. Without names; a security matter without its subject."""
    comparison = digest.comparison
    return {
        "date": digest.day.isoformat(),
        "unit": digest.unit,
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "opened": digest.opened,
        "resolved": digest.resolved,
        "active": digest.active,
        "unclaimed": digest.unclaimed,
        "waits": {wait.state.value: wait.count for wait in digest.waits if wait.state.waiting},
        "waits_since": {wait.state.value: wait.since.isoformat() for wait in digest.waits if wait.since},
        "solved_by_tip": digest.solved_by_tip,
        "oldest": [
            {
                "number": ticket.number,
                "category": None if ticket.restricted else ticket.category,
                "opened_at": ticket.opened_at.isoformat(),
                "state": ticket.state.value,
                "working_days": ticket.days,
            }
            for ticket in digest.oldest
        ],
        "by_category": [{"category": category, "opened": count} for category, count in digest.by_category],
        "by_department": [
            {"department": department, "opened": opened, "resolved": resolved}
            for department, opened, resolved in digest.by_department
        ],
        "change": None
        if comparison is None
        else {
            "days": comparison.days,
            "opened_average": round(comparison.opened_average, 1),
            "resolved_average": round(comparison.resolved_average, 1),
            "opened": round(digest.opened - comparison.opened_average, 1),
            "resolved": round(digest.resolved - comparison.resolved_average, 1),
        },
    }
