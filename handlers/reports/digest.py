"""When the daily summary of a unit, and what is left in the morning, are due, and who gets them.

Composed from a reader's unit of work, posted once a unit and local day. A stretch ends where the next one begins: the
record that makes a posting unique (`JobRun`) carries the end of its stretch, so weekends, evenings, holidays and days
on which the desk was down are in the next summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.context import Desk, UseCaseContext
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.ports import Attachment, UnitOfWork
from handlers.reports import anchoring
from handlers.reports.digest_figures import (
    Digest,
    Times,
    View,
    compose,
    due_at,
    short_name,
    unclaimed_emergencies,
)
from handlers.reports.documents_due import documents_due
from handlers.reports.ending import ending_soon
from handlers.reports.overdue import overdue
from handlers.tickets import cards, presence

DIRECTOR = "director"
"""Whose summary has all units; stands where otherwise a unit does."""
MORNING_OVER = time(12, 30)
"""What is left in the morning is not sent any more after it."""
MAX_HELD_TICKETS = 500
"""So many active tickets of a unit are looked at for who holds how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A conversation that gets a summary."""

    address: str
    names: bool
    """Of technicians: to lead and director, and who deputises for them, in private."""
    secrets: bool
    """Subjects of security matters: to the same, of deputies only where that was said."""
    album: str
    """The conversation for which the picture is kept: who may look into that one may see it."""
    in_place_of: str = ""
    """Whose summary it is, where that is not its reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A summary that is to be posted, once."""

    run: JobRun
    template: str
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


def stretch(desk: Desk, uow: UnitOfWork, about: str, day: date, times: Times) -> tuple[datetime, datetime]:
    """From the end of the summary before to the end of this day's (where it was posted: as it was then).

    `about`: a unit, or `director`.
    """
    until = uow.job_runs.until(JobName.DIGEST, about, day) or due_at(desk.time_rules(uow).working_time(), day, times)
    return _end_of_last(desk, uow, about, day, times), until


def _end_of_last(desk: Desk, uow: UnitOfWork, about: str, day: date, times: Times) -> datetime:
    if (last := uow.job_runs.latest(JobName.DIGEST, about, before=day)) is not None:
        return last.until
    time = desk.time_rules(uow).working_time()
    (working_day,) = time.previous_working_days(day, 1)
    return due_at(time, working_day, times)


# --- what is due ----------------------------------------------------------------------------------
def due(desk: Desk, uow: UnitOfWork, now: datetime, times: Times) -> list[Due]:
    """Everything that the clock owes by now and has not posted yet; asked each minute, in a reader.

    A late start catches up with the same local day. The morning's is not sent any more after noon.
    """
    time = desk.time_rules(uow).working_time()
    today = time.local_date(now)
    if not time.is_working_day(today):
        return []
    found: list[Due | None] = []
    if now >= due_at(time, today, times):
        units = [unit for unit in desk.units if not _later_one(uow, JobName.DIGEST, unit, today)]
        found += [unit_digest(desk, uow, unit, today, now, times) for unit in units]
        if not _later_one(uow, JobName.DIGEST, DIRECTOR, today):
            found.append(director_digest(desk, uow, today, now, times))
    late = MORNING_OVER if times.morning_at < MORNING_OVER else times.morning_at.replace(hour=23, minute=59)
    if time.at(today, times.morning_at) <= now < time.at(today, late):
        units = [unit for unit in desk.units if not _later_one(uow, JobName.MORNING, unit, today)]
        found += [_morning(desk, uow, unit, today, now) for unit in units]
        if not _later_one(uow, JobName.MORNING, DIRECTOR, today):
            found.append(_morning_of_director(desk, uow, today, now))
    return [item for item in found if item is not None]


def unposted(desk: Desk, uow: UnitOfWork, now: datetime, times: Times) -> list[str]:
    """Whose summary of today was due by `now` and stands nowhere yet. None is composed: whoever watches the desk must
    not stumble over what keeps one from being made."""
    time = desk.time_rules(uow).working_time()
    today = time.local_date(now)
    if not time.is_working_day(today) or now < due_at(time, today, times):
        return []
    work = UseCaseContext(desk=desk, uow=uow, now=now)
    readers = {**{unit: _targets(work, unit) for unit in desk.units}, DIRECTOR: _director_targets(work)}
    return [
        about
        for about, targets in readers.items()
        if targets
        and uow.job_runs.until(JobName.DIGEST, about, today) is None
        and not _later_one(uow, JobName.DIGEST, about, today)
    ]


def _later_one(uow: UnitOfWork, job: JobName, scope: str, day: date) -> bool:
    """Whether a later day had its own already: then it is the clock that went back."""
    newest = uow.job_runs.latest(job, scope)
    return newest is not None and newest.day > day


def unit_digest(desk: Desk, uow: UnitOfWork, unit: UnitId, day: date, now: datetime, times: Times) -> Due | None:
    """None where that day's was posted, or where nobody would read it.

    Its stretch ends when it is due, or now where that is still to come (an operator posts it early).
    """
    targets = _targets(UseCaseContext(desk=desk, uow=uow, now=now), unit)
    if not targets or uow.job_runs.until(JobName.DIGEST, unit, day) is not None:
        return None
    since, until = stretch(desk, uow, unit, day, times)
    until = min(until, now)
    if since >= until:
        return None  # the clock was set back behind the last one
    digest = compose(desk, uow, unit, day=day, since=since, until=until, times=times)
    run = JobRun(JobName.DIGEST, unit, day, until)
    return Due(run=run, template="digest", targets=targets, digests=(digest,))


def director_digest(desk: Desk, uow: UnitOfWork, day: date, now: datetime, times: Times) -> Due | None:
    work = UseCaseContext(desk=desk, uow=uow, now=now)
    targets = _director_targets(work)
    if not targets or uow.job_runs.until(JobName.DIGEST, DIRECTOR, day) is not None:
        return None
    since, until = stretch(desk, uow, DIRECTOR, day, times)
    until = min(until, now)
    if since >= until:
        return None
    digests = tuple(compose(desk, uow, unit, day=day, since=since, until=until, times=times) for unit in desk.units)
    run = JobRun(JobName.DIGEST, DIRECTOR, day, until)
    return Due(run=run, template="digest_units", targets=targets, digests=digests)


def _morning(desk: Desk, uow: UnitOfWork, unit: UnitId, day: date, now: datetime) -> Due | None:
    targets = _targets(UseCaseContext(desk=desk, uow=uow, now=now), unit)
    if not targets or uow.job_runs.until(JobName.MORNING, unit, day) is not None:
        return None
    digest = compose(desk, uow, unit, day=day, since=now, until=now)
    held: dict[PersonId, int] = {}
    for ticket in uow.tickets.active_in(unit, limit=MAX_HELD_TICKETS):
        if ticket.holder:
            held[ticket.holder] = held.get(ticket.holder, 0) + 1
    names = tuple((short_name(uow, person), count) for person, count in sorted(held.items(), key=lambda it: -it[1]))
    run = JobRun(JobName.MORNING, unit, day, now)
    return Due(run=run, template="morning", targets=targets, digests=(digest,), held=names)


def _morning_of_director(desk: Desk, uow: UnitOfWork, day: date, now: datetime) -> Due | None:
    """Only where something ends soon."""
    if uow.job_runs.until(JobName.MORNING, DIRECTOR, day) is not None or ending_soon(uow, day) is None:
        return None
    targets = _director_targets(UseCaseContext(desk=desk, uow=uow, now=now))
    run = JobRun(JobName.MORNING, DIRECTOR, day, now)
    return Due(run=run, template="morning_terms", targets=targets, digests=()) if targets else None


def _targets(work: UseCaseContext, unit: UnitId) -> tuple[Target, ...]:
    """The unit's rooms without names; its leads, and who deputises for one now, with names, in private. All of them may
    look into the first room."""
    rooms = [room.address for room in work.uow.conversations.rooms(unit) if not room.blocked]
    return (
        *(Target(address=room, names=False, secrets=False, album=rooms[0]) for room in rooms),
        *_private(work, Role.LEAD, unit, album=rooms[0] if rooms else None),
    )


def _director_targets(work: UseCaseContext) -> tuple[Target, ...]:
    return _private(work, Role.DIRECTOR, None, album=None)


def _private(work: UseCaseContext, role: Role, unit: UnitId | None, *, album: str | None) -> tuple[Target, ...]:
    """Once each; of whoever has the role and deputises for another of it, their own."""
    found: dict[str, Target] = {}

    def add(reader: Person, *, secrets: bool, in_place_of: str) -> None:
        own = cards.private_addresses_of(work, reader)
        for place in own:
            kept_for = album or own[0]
            target = Target(address=place, names=True, secrets=secrets, album=kept_for, in_place_of=in_place_of)
            found.setdefault(place, target)

    for leader in work.uow.people.in_role(role, unit):
        add(leader, secrets=True, in_place_of="")
    for deputy, right in presence.deputising(work, role, unit):
        whose = work.uow.people.get(right.of[0])
        add(deputy, secrets=right.restricted, in_place_of=whose.name or whose.handle)
    return tuple(found.values())


# --- posting --------------------------------------------------------------------------------------
def post(work: UseCaseContext, item: Due, pictures: Mapping[str, Attachment] | None = None) -> bool:
    """Say it wherever it is to be said, in a writer's transaction; False where somebody else did already.

    `pictures`: for each of `item.albums` the kept picture; what is missing is left out.
    """
    if not work.uow.job_runs.add(item.run):
        return False
    pictures = pictures or {}
    for kept in pictures.values():
        work.uow.attachments.add(kept)
    units = [digest.unit for digest in item.digests]
    emergencies = unclaimed_emergencies(work.desk, work.uow, units, work.now)
    long_past = overdue(work.desk, work.uow, units, work.now) if item.run.scope == DIRECTOR else None
    of_unit = None if item.run.scope == DIRECTOR else item.run.scope
    is_morning = item.run.job is JobName.MORNING
    ending = ending_soon(work.uow, item.run.day, of_unit) if is_morning else None
    papers = documents_due(work.desk, work.uow, work.now) if any(target.names for target in item.targets) else None
    for target in item.targets:
        picture = pictures.get(target.album)
        work.say(
            target.address,
            item.template,
            files=[picture.id] if picture is not None else (),
            view=View(
                digests=item.digests,
                names=target.names,
                secrets=target.secrets,
                in_place_of=target.in_place_of,
                held=item.held,
                emergencies=emergencies,
                overdue=long_past,
                ending=ending if target.names else None,
                documents=papers if target.names else None,
                anchor=anchoring.witnessed(work.uow) if item.run.scope == DIRECTOR else None,
            ),
        )
    return True
