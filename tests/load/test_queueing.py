"""The simulation itself, against what is known of queues."""

from __future__ import annotations

import random

import pytest

from tests.load.queueing import Job, Station, run


def test_one_after_the_other_at_one_server() -> None:
    desk = Station("desk", 1)
    jobs = [Job(0.0, [(desk, 2.0)]), Job(1.0, [(desk, 2.0)])]
    assert run(jobs) == 4.0
    assert [job.ended for job in jobs] == [[2.0], [4.0]]
    assert (desk.worked, desk.longest) == (4.0, 1)


def test_two_servers_work_at_once_and_steps_follow() -> None:
    desk, door = Station("desk", 2), Station("door", 1)
    jobs = [Job(0.0, [(desk, 2.0), (door, 1.0)]) for _ in range(2)]
    assert run(jobs) == 4.0
    assert [job.ended for job in jobs] == [[2.0, 3.0], [2.0, 4.0]]


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_the_mean_time_in_an_m_m_1_queue(load: float) -> None:
    """1 / (μ - λ)."""
    chance, desk, now = random.Random(4711), Station("desk", 1), 0.0
    jobs = []
    for _ in range(60_000):
        now += chance.expovariate(load)
        jobs.append(Job(now, [(desk, chance.expovariate(1.0))]))
    run(jobs)
    mean = sum(job.ended[-1] - job.arrives for job in jobs) / len(jobs)
    assert mean == pytest.approx(1 / (1 - load), rel=0.1)
