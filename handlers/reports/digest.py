"""The daily summary of a unit, and what is left in the morning.

Composed from a reader's unit of work, posted once a unit and local day. A stretch ends where the next one begins: the
mark that makes a posting unique (`digest:donanim:2026-11-22`) carries the end of its stretch, so weekends, evenings,
holidays and days on which the desk was down are in the next summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol

from handlers.context import Desk, Work
from handlers.domain.people import PersonId, Role, UnitId
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import NOON, WorkingTime
from handlers.ports import Attachment, Tally, UnitOfWork
from handlers.tickets import cards

HIDDEN_SUBJECT = "Gizli güvenlik kaydı"
OLDEST = FREQUENT = 5
COMPARED_DAYS = 5
DRAWN_DAYS = 7
LOOKED_BACK = 31
"""How far back the summary before a past day is looked for."""
IN_HAND = 500
"""So many active tickets of a unit are looked at for who holds how many."""


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
class View:
    """What the templates `digest` (one unit), `digest_units` and `morning` show, for one kind of reader."""

    digests: Sequence[Digest]
    names: bool = False
    """Of technicians: to lead and director, in private."""
    secrets: bool = False
    """Subjects of security matters."""
    held: Sequence[tuple[str, int]] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A conversation that gets a summary."""

    address: str
    names: bool
    """Of technicians, and subjects of security matters: to lead and director in private."""
    album: str
    """The conversation for which the picture is kept: who may look into that one may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A summary that is to be posted, once."""

    mark: str
    template: str
    until: datetime
    targets: tuple[Target, ...]
    digests: tuple[Digest, ...]
    """One a unit; the director's has all units."""
    held: tuple[tuple[str, int], ...] = ()
    """The morning's: who holds how many; for the lead only."""

    @property
    def albums(self) -> tuple[str, ...]:
        """For each of these conversations a copy of the picture is kept; none where there is nothing to draw."""
        if not any(digest.drawable for digest in self.digests):
            return ()
        return tuple(dict.fromkeys(target.album for target in self.targets))


# --- composing ------------------------------------------------------------------------------------
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
    time = desk.working_time
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
        oldest=tuple(_open_ticket(uow, ticket, time, until) for ticket in tally.oldest[:OLDEST]),
        by_category=tuple(tally.by_category[:FREQUENT]),
        by_department=tuple(tally.by_department),
        resolved_by=tuple((_short_name(uow, person), count) for person, count in tally.resolved_by),
        comparison=_comparison(before[-COMPARED_DAYS:]) if times else None,
        days=(*before, today) if times else (),
        in_between=times is None or until < time.at(day, times.digest_at),
    )


def _days_before(uow: UnitOfWork, unit: UnitId, day: date, time: WorkingTime, times: Times) -> list[DayFigures]:
    """Oldest first."""
    days = [*reversed(time.previous_working_days(day, DRAWN_DAYS))]
    found = []
    for begin, end in pairwise(days):
        since, until = time.at(begin, times.digest_at), time.at(end, times.digest_at)
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
            days = working_days_between(time, since, now) if since else 0
            waits.append(Wait(state=state, count=count, since=since, days=days))
    return tuple(sorted(waits, key=lambda wait: (-wait.days, wait.state)))


def _open_ticket(uow: UnitOfWork, ticket: Ticket, time: WorkingTime, now: datetime) -> OpenTicket:
    return OpenTicket(
        number=ticket.number,
        category=ticket.category,
        state=ticket.state,
        priority=ticket.priority,
        opened_at=ticket.opened_at,
        days=working_days_between(time, ticket.opened_at, now),
        holder=_short_name(uow, ticket.holder) if ticket.holder else "",
        restricted=ticket.restricted,
    )


def _short_name(uow: UnitOfWork, person: PersonId) -> str:
    return uow.people.get(person).short_name


def working_days_between(time: WorkingTime, since: datetime, until: datetime) -> int:
    """Whole working days from one to the other, half days counted half; 0: on the same day, or over a weekend."""
    day, last = time.local_date(since), time.local_date(until)
    halves = 0
    while day < last:
        day += timedelta(days=1)
        halves += time.kind(day)
    return halves // 2


def stretch(desk: Desk, uow: UnitOfWork, about: str, day: date, times: Times) -> tuple[datetime, datetime]:
    """From the end of the summary before to the end of this day's (where it was posted: as it was then).

    `about`: a unit, or `director`.
    """
    posted = uow.once.latest(f"digest:{about}:{day}")
    until = posted[1] if posted else desk.working_time.at(day, times.digest_at)
    return _end_of_last(desk, uow, about, day, times), until


def _end_of_last(desk: Desk, uow: UnitOfWork, about: str, day: date, times: Times) -> datetime:
    newest = uow.once.latest(f"digest:{about}:")
    if newest is not None and _day_of(newest[0]) < day:
        return newest[1]
    for back in range(1, LOOKED_BACK + 1):
        if earlier := uow.once.latest(f"digest:{about}:{day - timedelta(days=back)}"):
            return earlier[1]
    (working_day,) = desk.working_time.previous_working_days(day, 1)
    return desk.working_time.at(working_day, times.digest_at)


# --- what is due ----------------------------------------------------------------------------------
def due(desk: Desk, uow: UnitOfWork, now: datetime, times: Times) -> list[Due]:
    """Everything that the clock owes by now and has not posted yet; asked each minute, in a reader.

    A late start catches up with the same local day. The morning's is not sent any more after noon.
    """
    time = desk.working_time
    today = time.local_date(now)
    if not time.is_working_day(today):
        return []
    found: list[Due | None] = []
    if now >= time.at(today, times.digest_at):
        units = [unit for unit in desk.units if not _later_one(uow, f"digest:{unit}:", today)]
        found += [unit_digest(desk, uow, unit, today, now, times) for unit in units]
        if not _later_one(uow, "digest:director:", today):
            found.append(director_digest(desk, uow, today, now, times))
    late = NOON if times.morning_at < NOON else times.morning_at.replace(hour=23, minute=59)
    if time.at(today, times.morning_at) <= now < time.at(today, late):
        units = [unit for unit in desk.units if not _later_one(uow, f"morning:{unit}:", today)]
        found += [_morning(desk, uow, unit, today, now) for unit in units]
    return [item for item in found if item is not None]


def unposted(desk: Desk, uow: UnitOfWork, now: datetime, times: Times) -> list[str]:
    """Marks of today's summaries that were due by `now` and stand nowhere yet. None is composed: whoever watches the
    desk must not stumble over what keeps one from being made."""
    time = desk.working_time
    today = time.local_date(now)
    if not time.is_working_day(today) or now < time.at(today, times.digest_at):
        return []
    work = Work(desk=desk, uow=uow, now=now)
    readers = {**{unit: _targets(work, unit) for unit in desk.units}, "director": _director_targets(work)}
    return [
        mark
        for about, targets in readers.items()
        if targets
        and not uow.once.latest(mark := f"digest:{about}:{today}")
        and not _later_one(uow, f"digest:{about}:", today)
    ]


def _later_one(uow: UnitOfWork, prefix: str, day: date) -> bool:
    """Whether a later day had its own already: then it is the clock that went back."""
    newest = uow.once.latest(prefix)
    return newest is not None and _day_of(newest[0]) > day


def _day_of(mark: str) -> date:
    return date.fromisoformat(mark.rpartition(":")[2])


def unit_digest(desk: Desk, uow: UnitOfWork, unit: UnitId, day: date, now: datetime, times: Times) -> Due | None:
    """None where that day's was posted, or where nobody would read it.

    Its stretch ends at `digest_at`, or now where that is still to come (an operator posts it early).
    """
    mark = f"digest:{unit}:{day}"
    targets = _targets(Work(desk=desk, uow=uow, now=now), unit)
    if not targets or uow.once.latest(mark):
        return None
    since, until = stretch(desk, uow, unit, day, times)
    until = min(until, now)
    if since >= until:
        return None  # the clock was set back behind the last one
    digest = compose(desk, uow, unit, day=day, since=since, until=until, times=times)
    return Due(mark=mark, template="digest", until=until, targets=targets, digests=(digest,))


def director_digest(desk: Desk, uow: UnitOfWork, day: date, now: datetime, times: Times) -> Due | None:
    mark = f"digest:director:{day}"
    work = Work(desk=desk, uow=uow, now=now)
    targets = _director_targets(work)
    if not targets or uow.once.latest(mark):
        return None
    since, until = stretch(desk, uow, "director", day, times)
    until = min(until, now)
    if since >= until:
        return None
    digests = tuple(compose(desk, uow, unit, day=day, since=since, until=until, times=times) for unit in desk.units)
    return Due(mark=mark, template="digest_units", until=until, targets=targets, digests=digests)


def _morning(desk: Desk, uow: UnitOfWork, unit: UnitId, day: date, now: datetime) -> Due | None:
    mark = f"morning:{unit}:{day}"
    targets = _targets(Work(desk=desk, uow=uow, now=now), unit)
    if not targets or uow.once.latest(mark):
        return None
    digest = compose(desk, uow, unit, day=day, since=now, until=now)
    held: dict[PersonId, int] = {}
    for ticket in uow.tickets.active_in(unit, limit=IN_HAND):
        if ticket.holder:
            held[ticket.holder] = held.get(ticket.holder, 0) + 1
    names = tuple((_short_name(uow, person), count) for person, count in sorted(held.items(), key=lambda it: -it[1]))
    return Due(mark=mark, template="morning", until=now, targets=targets, digests=(digest,), held=names)


def _targets(work: Work, unit: UnitId) -> tuple[Target, ...]:
    """The unit's rooms without names; its leads with names, in private. All of them may look into the first room."""
    rooms = [room.address for room in work.uow.conversations.rooms(unit) if not room.blocked]
    leads = work.uow.people.in_role(Role.LEAD, unit)
    private = [cards.private_addresses_of(work, lead) for lead in leads]
    return (
        *(Target(address=room, names=False, album=rooms[0]) for room in rooms),
        *(Target(address=place, names=True, album=(rooms or own)[0]) for own in private for place in own),
    )


def _director_targets(work: Work) -> tuple[Target, ...]:
    directors = work.uow.people.in_role(Role.DIRECTOR)
    places = [cards.private_addresses_of(work, director) for director in directors]
    return tuple(Target(address=place, names=True, album=own[0]) for own in places for place in own)


# --- posting --------------------------------------------------------------------------------------
def post(work: Work, item: Due, pictures: Mapping[str, Attachment] | None = None) -> bool:
    """Say it wherever it is to be said, in a writer's transaction; False where somebody else did already.

    `pictures`: for each of `item.albums` the kept picture; what is missing is left out.
    """
    if not work.uow.once.first(item.mark, item.until):
        return False
    pictures = pictures or {}
    for kept in pictures.values():
        work.uow.attachments.add(kept)
    for target in item.targets:
        picture = pictures.get(target.album)
        work.say(
            target.address,
            item.template,
            files=[picture.id] if picture is not None else (),
            view=View(digests=item.digests, names=target.names, secrets=target.names, held=item.held),
        )
    return True


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
