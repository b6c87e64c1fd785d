"""How the systems stand, for everybody: no names, no tickets' words; only what was written to all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.context import UseCaseContext
from handlers.domain.maintenances import Maintenance
from handlers.domain.outages import Cause, Outage
from handlers.domain.systems import SystemState
from handlers.tickets import maintenances, outage_news, outages, systems

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOutage:
    id: int
    title: str
    system: str | None
    """Its id; None: of a subject that hints at no system."""
    state: SystemState
    since: datetime
    declared_at: datetime
    changed_at: datetime
    people: int
    lines: Sequence[Line]
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemStatus:
    id: str
    title: str
    state: SystemState


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    id: int
    title: str
    system: str
    starts: datetime
    ends: datetime
    entered_at: datetime
    text: str
    under_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Outages of one system that are over."""

    title: str
    count: int
    length: timedelta
    """Working time of all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    at: datetime
    institution: str
    systems: Sequence[SystemStatus]
    outages: Sequence[RunningOutage]
    """The worst first."""
    planned: Sequence[PlannedWork]
    """What goes on, and what comes; the earliest first."""
    past: Sequence[Past]
    """Of the last thirty days, the longest first."""

    @property
    def worst(self) -> SystemState:
        return max((one.state for one in self.outages), key=lambda one: one.rank, default=SystemState.WORKS)


def look(work: UseCaseContext) -> Status:
    running = [_running(work, one) for one in work.uow.outages.open()]
    return Status(
        at=work.now,
        institution=work.desk.institution,
        systems=[SystemStatus(id=one.id, title=one.title, state=state) for one, state, _ in systems.states(work)],
        outages=sorted(running, key=lambda one: (-one.state.rank, one.since)),
        planned=[_planned(work, one) for one in maintenances.coming(work)],
        past=_past(work),
    )


def _running(work: UseCaseContext, outage: Outage) -> RunningOutage:
    said = ((line.at, work.uow.tickets.entry(line.entry)[1].text) for line in outage.updates)
    lines = [Line(at=at, text=text) for at, text in said if text]
    return RunningOutage(
        id=outage.id,
        title=outage_news.title(work, outage),
        system=outage.system,
        state=outage.state,
        since=outage.since,
        declared_at=outage.declared_at,
        changed_at=lines[-1].at if lines else outage.declared_at,
        people=len(outages.with_those_beside(work.uow, outage)),
        lines=lines,
    )


def _planned(work: UseCaseContext, one: Maintenance) -> PlannedWork:
    system = systems.find(work, one.system)
    return PlannedWork(
        id=one.id,
        title=system.title if system else one.system,
        system=one.system,
        starts=one.starts,
        ends=one.ends,
        entered_at=one.entered_at,
        text=one.text,
        under_way=one.is_at(work.now),
    )


def _past(work: UseCaseContext) -> Sequence[Past]:
    """A slip of some minutes of which nobody knows a cause is none."""
    lengths: dict[str, list[timedelta]] = defaultdict(list)
    for one in work.uow.outages.ended_since(work.now - LOOKED_BACK):
        if one.ended_at is not None and (
            one.cause is not Cause.UNKNOWN or one.ended_at - one.since >= timedelta(minutes=5)
        ):
            unit = outages.head(work.uow, one).unit
            lengths[outage_news.title(work, one)].append(work.working_time(unit).elapsed(one.since, one.ended_at))
    found = [Past(title=title, count=len(times), length=sum(times, timedelta())) for title, times in lengths.items()]
    return sorted(found, key=lambda one: (-one.length, one.title))
