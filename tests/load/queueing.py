"""Jobs that queue at stations, first come first served: a small discrete-event simulation."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count


@dataclass(slots=True, eq=False)
class Station:
    """So many servers behind one queue."""

    name: str
    servers: int
    busy: int = 0
    worked: float = 0.0
    """Seconds, of all servers together."""
    longest: int = 0
    """The longest queue that there was."""
    queue: deque[Job] = field(default_factory=deque)


@dataclass(slots=True, eq=False)
class Job:
    arrives: float
    steps: Sequence[tuple[Station, float]]
    """Where it goes, one after the other, and how many seconds it is served there."""
    ended: list[float] = field(default_factory=list)
    """When each step was done."""

    @property
    def step(self) -> tuple[Station, float]:
        return self.steps[len(self.ended)]


def run(jobs: Iterable[Job]) -> float:
    """Until all are done; when the last one was, in seconds."""
    order = count()
    events = [(job.arrives, next(order), job, False) for job in jobs]
    heapq.heapify(events)
    now = 0.0

    def begin(job: Job) -> None:
        station, seconds = job.step
        station.busy += 1
        station.worked += seconds
        heapq.heappush(events, (now + seconds, next(order), job, True))

    def come(job: Job) -> None:
        station, _ = job.step
        if station.busy < station.servers:
            begin(job)
        else:
            station.queue.append(job)
            station.longest = max(station.longest, len(station.queue))

    while events:
        now, _, job, done = heapq.heappop(events)
        if done:
            station, _ = job.step
            station.busy -= 1
            job.ended.append(now)
            if station.queue:
                begin(station.queue.popleft())
            if len(job.ended) == len(job.steps):
                continue
        come(job)
    return now
