"""What looking for outages costs a report: `python -m tests.load.bench_detection [--days 40] [--a-day 300]`."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from handlers.context import UseCaseContext
from handlers.domain.people import PersonId
from handlers.domain.symptoms import Symptom
from handlers.ports import UnitOfWork
from handlers.tickets import detection
from storage import Store
from tests.clock import FakeClock
from tests.load.figures import Sheet
from tests.scenarios.stage import empty_database, shared_desk
from tests.storage.builders import add_person

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
PEOPLE = 600
CHANCE = random.Random(4711)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--days", type=int, default=40)
    wanted.add_argument("--a-day", type=int, default=300)
    given = wanted.parse_args()
    sheet = Sheet(
        bench="bench_detection",
        name="detection",
        title="Looking for outages (SQLite)",
        columns=("what", "reports", "ms, median", "ms, 99 %"),
        note=f"{given.days} days of {given.a_day} reports behind them. Target: 5 ms a report.",
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "masa.db").write_bytes(empty_database())
        store = Store.open(f"sqlite:///{folder}/masa.db", clock=FakeClock(NOW))
        people = store.write(lambda uow: _fill(uow, given.days, given.a_day))
        ordinary = [CHANCE.choice(list(shared_desk().catalogue.categories)) for _ in range(300)]
        for what, subjects in (("ordinary reports", ordinary), ("600 of one outage", ["ebys-giris"] * PEOPLE)):
            took = store.write(lambda uow, subjects=subjects: _hear(uow, people, subjects))  # type: ignore[misc] # mypy does not see through the default
            took.sort()
            figures = (1000 * median(took), 1000 * took[int(0.99 * len(took))])
            sheet.add(what, len(took), *(round(ms, 2) for ms in figures))
        store.close()
    sheet.publish()


def _fill(uow: UnitOfWork, days: int, a_day: int) -> list[PersonId]:
    people = [add_person(uow, f"p{number}") for number in range(PEOPLE)]
    subjects = list(shared_desk().catalogue.categories.values())
    for back in range(1, days + 1):
        for _ in range(a_day):
            at = (NOW - timedelta(days=back)).replace(hour=CHANCE.randrange(5, 14), minute=CHANCE.randrange(60))
            subject = CHANCE.choice(subjects)
            local = at.astimezone(shared_desk().zone)
            uow.symptoms.note(
                Symptom(
                    at=at,
                    day=local.toordinal(),
                    half_hour=local.hour * 2 + local.minute // 30,
                    person=CHANCE.choice(people),
                    unit=subject.unit,
                    category=subject.id,
                )
            )
    return people


def _hear(uow: UnitOfWork, people: list[PersonId], subjects: list[str]) -> list[float]:
    took = []
    for place, category in enumerate(subjects):
        work = UseCaseContext(desk=shared_desk(), uow=uow, now=NOW + timedelta(seconds=place))
        subject = shared_desk().catalogue.categories[category]
        report = detection.Report(
            person=people[place % len(people)],
            unit=subject.unit,
            category=category,
            text="x",
            draft=f"{category}{place}",
        )
        begun = time.perf_counter()
        detection.heard(work, report)
        took.append(time.perf_counter() - begun)
    return took


if __name__ == "__main__":
    main()
