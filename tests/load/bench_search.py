"""What a search takes as the archive grows: `python -m tests.load.bench_search [--sizes 1000 100000 1000000]`."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from handlers.context import Acting
from handlers.domain.people import PersonId
from handlers.ports import UnitOfWork
from handlers.queries.search import Limits, Results, search
from storage import Store
from tests.clock import FakeClock
from tests.load.figures import Sheet
from tests.load.seed import NOW, READER, seed
from tests.scenarios.stage import shared_desk

SIZES = (1_000, 100_000, 1_000_000)
RUNS = 15
LIMITS = Limits(tickets=30, people=12, articles=8)
TECHNICIAN = PersonId(1)
QUESTIONS = (
    ("two letters of a word that every ticket has", TECHNICIAN, "ya"),
    ("a word that every ticket has", TECHNICIAN, "yazıcı"),
    ("two of them", TECHNICIAN, "yazıcı kuyrukta"),
    ("a reporter", TECHNICIAN, "kisi1500"),
    ("a reporter and a word", TECHNICIAN, "kisi1500 yazıcı"),
    ("a müdürlük", TECHNICIAN, "müdürlük 07"),
    ("a number", TECHNICIAN, "2026-000500"),
    ("a short number", TECHNICIAN, "500"),
    ("a sign", TECHNICIAN, "%"),
    ("nothing like it, and what was meant", TECHNICIAN, "yazıcu hortum"),
    ("what a reporter finds among their own", PersonId(READER), "yazıcı"),
)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes: list[int] = wanted.parse_args().sizes
    sheet = Sheet(
        bench="bench_search",
        name="sqlite",
        title="A search, ms, median and slowest of 15 (SQLite)",
        columns=("asked for", *(part for size in sizes for part in (f"{size:,} tickets", "slowest"))),
        note="As the panel asks: at most 30 tickets, 12 people, 8 articles, marked. Target: 100 ms at a million.",
    )
    found = [_measure(size) for size in sizes]
    for place, (what, _, _) in enumerate(QUESTIONS):
        sheet.add(what, *(round(figure, 1) for times in found for figure in times[place]))
    sheet.publish()


def _measure(size: int) -> list[tuple[float, float]]:
    """Median and slowest of each question, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = seed(Path(folder) / "masa.db", size)
        with Store.open(url, clock=FakeClock(NOW)) as store:
            return [_asked(store, who, typed) for _, who, typed in QUESTIONS]


def _asked(store: Store, who: PersonId, typed: str) -> tuple[float, float]:
    look = partial(_search, who=who, typed=typed)
    store.read(look)
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        results = store.read(look)
        times.append(1000 * (time.perf_counter() - begun))
        if results.too_slow:
            break
    return statistics.median(times), max(times)


def _search(uow: UnitOfWork, *, who: PersonId, typed: str) -> Results:
    acting = Acting(desk=shared_desk(), uow=uow, now=NOW, person=uow.people.get(who), channel="web", event_key="")
    return search(acting, typed, LIMITS)


if __name__ == "__main__":
    main()
