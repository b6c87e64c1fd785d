"""What docs/scale.md reckons with: each figure once, with its unit and where it comes from.

Measured ones are defaults; where `make bench` left newer ones (artefacts/bench.jsonl) these are taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from tests.load.figures import KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """On 2 cores of a virtual machine, PostgreSQL 15 with fsync on."""

    report_cpu_ms: float = 3.7
    """A report on the web: stored, read, answered. CPU of the desk's process (bench_load)."""
    report_cpu_ms_postgres: float = 8.5
    """The same on PostgreSQL, web and worker together: no group commit, a round trip a statement."""
    pressing: float = 0.5
    """A press or a short word costs so much of a report: reading the problem is half of it (bench_desk)."""
    postgres_cpu_ms: float = 2.5
    """An event's share of PostgreSQL's own CPU (bench_load)."""
    sqlite_reports_a_second: float = 231
    """One process on two cores (bench_desk)."""
    report_commits_one: float = 386
    """Accepted reports a second on one connection of PostgreSQL, each a commit."""
    report_commits_sixteen: float = 726
    """The same on sixteen."""
    bare_commits_sixteen: float = 7_985
    """pgbench, two INSERTs and COMMIT, 16 connections."""
    notify_commits_sixteen: float = 2_344
    """The same with pg_notify before the COMMIT: it holds one lock of the whole server until the commit is on disk."""
    notify_commits_sixty_four: float = 678
    """With 64 connections: the queue for that lock costs by itself."""
    events_a_ticket: float = 8
    """Reported, opened, claimed, asked, answered, solved in two steps, confirmed (bench_ticket_life)."""
    messages_a_ticket: float = 18
    """Everything that is said or changed for it, in all conversations (bench_ticket_life)."""
    ticket_kb_sqlite: float = 13.2
    """For good, with indexes, without attachments (bench_ticket_life)."""
    ticket_kb_postgres: float = 19.3
    ticket_wal_kb: float = 52
    """Written ahead for one ticket: what a standby receives and an archive keeps."""
    process_mb: float = 180
    """Resident, after 10,000 tickets."""
    idle_cpu_ms_s: float = 5
    """Of a `masa run` that nobody writes to: milliseconds of CPU each second."""
    digest_ms: float = 1.8
    """A unit's day at 1,000,000 tickets, read."""
    picture_cpu_s: float = 0.10
    """A summary's picture, drawn (the first in a process: 1 s)."""
    learning_cpu_s: float = 30
    """A night's learning from up to 20,000 examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What nobody measured here. A source where there is one."""

    tickets_a_person_month: float = 1.25
    """HDI's worked example for "tickets per user per month": 10,000 tickets of 8,000 users (thinkhdi.com, Metric of
    the Month, 2020). Ranges differ by what counts as a user; here: who has a computer at work."""
    talks_without_a_ticket: float = 0.5
    """For each ticket so many talks that end with the steps, two events each."""
    days_a_month: float = 21
    peak_hour_share: float = 0.2
    """Of a working day's events, in its busiest hour; evenly spread over eight hours it would be 0.125."""
    outage_share: float = 0.05
    """Of all who have a computer, when something that all use stops (document system, network): so many write ..."""
    outage_minutes: float = 5
    """... most of them within this time (exponentially fewer later)."""
    pressing_share: float = 0.7
    """Of them send it on to a technician, on average a minute later."""
    attachment_kb: float = 90
    """On average over all tickets: three in ten have a photo of 300 KB."""
    on_telegram: float = 0.5
    """Of all talks; the rest on the web."""
    connections_a_process: int = 10
    """Kept open to PostgreSQL: 4 to write, 5 to read, 1 to listen; 20 at the most."""
    connections_a_server: int = 1_000
    """What one PostgreSQL holds well (some MB each; snapshots grow with them)."""
    machine_cores: int = 32
    machine_gb: int = 128
    """One ordinary server."""
    dump_mb_s: float = 60
    """`pg_dump` of tables with a few indexes, compressed, to a disk of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """Their published limits."""

    telegram_a_second: float = 30
    """Of one bot, over all chats."""
    telegram_group_a_minute: float = 20
    slack_events_an_hour: float = 30_000
    """To one app from one workspace; what comes beyond is not delivered."""
    slack_channel_a_second: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    name: str
    houses: int
    desks: int
    """People with a computer."""
    units: int = 2
    """A house's."""


METROPOLITAN = Place(name="a metropolitan municipality", houses=1, desks=10_000)
"""20,000 staff, half of them at a computer (assumed: the rest drive, sweep, guard)."""
COUNTRY = Place(name="all 1,400 municipalities", houses=1_400, desks=250_000)
"""About 190,000 people in municipalities and 646,000 in their companies (press reports of the official figures, 2022
and March 2025); three in ten at a computer (assumed)."""


def measured() -> Measured:
    """The defaults, with what the newest benchmarks found in their place."""
    newest = {(sheet["bench"], sheet["name"]): sheet for sheet in _kept()}
    cost = [
        _cell(newest, "bench_load", "sustained_cost", ("PostgreSQL, 1 worker", kind), "CPU ms an event")
        for kind in ("web", "worker")
    ]
    found: dict[str, float | None] = {
        "report_cpu_ms_postgres": None if None in cost else sum(value or 0.0 for value in cost),
        "report_cpu_ms": _cell(newest, "bench_load", "sustained_cost", ("SQLite", "web"), "CPU ms an event"),
        "postgres_cpu_ms": _cell(
            newest, "bench_load", "sustained_cost", ("PostgreSQL, 2 workers", "postgres"), "CPU ms an event"
        ),
        "events_a_ticket": _cell(newest, "bench_ticket_life", "traces", ("PostgreSQL",), "events"),
        "messages_a_ticket": _cell(newest, "bench_ticket_life", "traces", ("PostgreSQL",), "messages"),
        "ticket_kb_sqlite": _cell(newest, "bench_ticket_life", "traces", ("SQLite",), "KB for good"),
        "ticket_kb_postgres": _cell(newest, "bench_ticket_life", "traces", ("PostgreSQL",), "KB for good"),
        "ticket_wal_kb": _cell(newest, "bench_ticket_life", "traces", ("PostgreSQL",), "KB of WAL"),
    }
    return replace(Measured(), **{name: value for name, value in found.items() if value is not None})


def differing(found: Measured) -> list[str]:
    """The names of those that a benchmark replaced."""
    return [field.name for field in fields(Measured) if getattr(found, field.name) != field.default]


@dataclass(frozen=True, slots=True)
class Burst:
    """One that was really sent (bench_load), to hold the simulation against."""

    name: str
    reports: int
    seconds: float
    answered_ms: tuple[float, float]
    """p50, p99."""


def bursts() -> list[Burst]:
    """Of the newest run; one where not all was answered is left out."""
    sheets = [sheet for sheet in _kept() if (sheet["bench"], sheet["name"]) == ("bench_load", "burst")]
    if not sheets:
        return []
    seconds = re.search(r" in (\d+) s", sheets[-1]["title"])
    found = []
    for row in sheets[-1]["rows"]:
        cells = dict(zip(sheets[-1]["columns"][:5], row[:5], strict=True))
        if seconds and cells["answered"] == cells["sent"]:
            found.append(Burst(row[0], cells["sent"], float(seconds[1]), (row[-3], row[-1])))
    return found


def _kept() -> list[dict[str, Any]]:
    if not KEPT.exists():
        return []
    return [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()]


def _cell(
    newest: Mapping[tuple[str, str], Mapping[str, Any]], bench: str, name: str, row: tuple[str, ...], column: str
) -> float | None:
    sheet = newest.get((bench, name))
    if sheet is None or column not in sheet["columns"]:
        return None
    place = sheet["columns"].index(column)
    cells = (found[place] for found in sheet["rows"] if tuple(found[: len(row)]) == row)
    value = next(cells, None)
    return float(value) if isinstance(value, int | float) else None
