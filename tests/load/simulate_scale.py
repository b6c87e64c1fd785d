"""How far one desk goes, and what breaks first: `python -m tests.load.simulate_scale [--write]`.

Reckons with the figures of `tests.load.scale_inputs` and plays the worst minutes of a year as a queueing simulation,
seeded. Prints the tables of docs/scale.md; `--write` puts them there.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.load.figures import ROOT, percentiles, shown
from tests.load.queueing import Job, Station, run
from tests.load.scale_inputs import (
    COUNTRY,
    METROPOLITAN,
    Assumed,
    Measured,
    Place,
    Platforms,
    bursts,
    differing,
    measured,
)

PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- tables of the simulation -->", "<!-- end of the tables -->"
PLACES = (METROPOLITAN, COUNTRY)
WORKING_DAYS = 250
WITHIN_MS = 500
"""What an answer may take, 99 of 100."""
Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What one place brings and takes."""

    place: Place
    of: Measured
    assumed: Assumed
    platforms: Platforms

    # --- what comes ---
    @property
    def tickets_a_day(self) -> float:
        return self.place.desks * self.assumed.tickets_a_person_month / self.assumed.days_a_month

    @property
    def events_a_day(self) -> float:
        return self.tickets_a_day * (self.of.events_a_ticket + 2 * self.assumed.talks_without_a_ticket)

    @property
    def peak_events_a_second(self) -> float:
        """On average over the busiest hour of a usual day."""
        return self.events_a_day * self.assumed.peak_hour_share / 3600

    @property
    def outage_reports(self) -> int:
        return round(self.place.desks * self.assumed.outage_share)

    @property
    def outage_a_second(self) -> float:
        """In its first moments, reports and presses."""
        return self.outage_reports / (self.assumed.outage_minutes * 60) * (1 + self.assumed.pressing_share)

    # --- what it takes ---
    def busy_cores(self, events_a_second: float) -> float:
        """Desk and PostgreSQL together. Of the events of a life one in eight is a problem to be read."""
        reading = 1 / self.of.events_a_ticket
        desk_ms = (reading + (1 - reading) * self.of.pressing) * self.of.report_cpu_ms_postgres
        return events_a_second * (desk_ms + self.of.postgres_cpu_ms) / 1000

    @property
    def gb_a_year(self) -> float:
        """Of the database; WORKING_DAYS a year."""
        return self.tickets_a_day * WORKING_DAYS * self.of.ticket_kb_postgres / 2**20

    @property
    def attachments_gb_a_year(self) -> float:
        return self.tickets_a_day * WORKING_DAYS * self.assumed.attachment_kb / 2**20

    @property
    def wal_gb_a_day(self) -> float:
        return self.tickets_a_day * self.of.ticket_wal_kb / 2**20

    def dump_minutes(self, years: int) -> float:
        return self.gb_a_year * years * 1024 / self.assumed.dump_mb_s / 60


def reckonings(found: Measured) -> list[Reckoning]:
    return [Reckoning(place, found, Assumed(), Platforms()) for place in PLACES]


# --- the worst minutes ----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Setup:
    """What the events go through. On SQLite one process, of which the interpreter uses one core at a time; commits
    are grouped and cost next to nothing. On PostgreSQL so many processes, half as many cores for the server.

    News are announced after the commit; `notify`: were it inside, every commit of the server would go through one lock.
    """

    name: str
    processes: int = 1
    sqlite: bool = False
    notify: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    setup: Setup
    events: int
    acknowledged_ms: list[float | None]
    """p50, p99."""
    answered_ms: list[float | None]
    busy: list[float]
    """Share of the time of the desk, the database and the commit, over the ten busiest minutes."""


def play(of: Measured, setup: Setup, arrivals: list[tuple[float, float]], seed: int = 4711) -> Played:
    """`arrivals`: when (seconds), and how much of a report it costs. Each is stored (committed: acknowledged) and
    handled (committed: answered)."""
    chance = random.Random(seed)
    desk = Station("desk", setup.processes)
    engine = Station("PostgreSQL", 1 if setup.sqlite else max(2, setup.processes // 2))
    log = Station("commit", 1 if setup.sqlite or setup.notify else 16)
    desk_ms = of.report_cpu_ms if setup.sqlite else of.report_cpu_ms_postgres
    engine_ms = 0.0 if setup.sqlite else of.postgres_cpu_ms
    if setup.sqlite:
        commit_ms = 0.4
    else:
        commit_ms = 1000 / of.notify_commits_sixty_four if setup.notify else 16_000 / of.bare_commits_sixteen

    def job(at: float, weight: float) -> Job:
        steps: list[tuple[Station, float]] = []
        for share in (0.25, 0.75):  # storing it, handling it
            steps += [(desk, desk_ms * weight * share), (engine, engine_ms / 2), (log, commit_ms)]
        return Job(at, [(station, ms / 1000 * chance.lognormvariate(-0.08, 0.4)) for station, ms in steps])

    jobs = [job(*arrival) for arrival in arrivals]
    run(jobs)
    busiest = [one for one in jobs if one.arrives < 600]
    span = max(one.ended[-1] for one in busiest) - min(one.arrives for one in busiest)
    worked = [
        sum(seconds for one in busiest for at, seconds in one.steps if at is station) / station.servers / span
        for station in (desk, engine, log)
    ]
    return Played(
        setup=setup,
        events=len(jobs),
        acknowledged_ms=percentiles(((one.ended[2] - one.arrives) * 1000 for one in jobs), 50, 99),
        answered_ms=percentiles(((one.ended[-1] - one.arrives) * 1000 for one in jobs), 50, 99),
        busy=worked,
    )


def outage(reckoning: Reckoning, seed: int = 4711) -> list[tuple[float, float]]:
    """Reports come exponentially fewer; most are sent on to a technician a minute later."""
    chance, assumed = random.Random(seed), reckoning.assumed
    arrivals = []
    for _ in range(reckoning.outage_reports):
        at = chance.expovariate(1 / (assumed.outage_minutes * 60))
        arrivals.append((at, 1.0))
        if chance.random() < assumed.pressing_share:
            arrivals.append((at + chance.expovariate(1 / 60), reckoning.of.pressing))
    return arrivals


def processes_that_hold(of: Measured, arrivals: list[tuple[float, float]]) -> Played:
    """The fewest with which 99 of 100 are answered in time."""
    processes = 1
    while True:
        found = play(of, Setup("the fewest processes", processes), arrivals)
        slowest = found.answered_ms[1]
        if slowest is None or slowest <= WITHIN_MS or processes >= 512:
            return found
        processes += 1


# --- tables ---------------------------------------------------------------------------------------
def table(title: str, columns: tuple[str, ...], rows: list[Row]) -> str:
    lines = [f"**{title}**", "", f"| {' | '.join(columns)} |", f"|---{'|---:' * (len(columns) - 1)}|"]
    lines += [f"| {' | '.join(shown(cell) for cell in row)} |" for row in rows]
    return "\n".join([*lines, ""])


def demand(found: list[Reckoning]) -> str:
    rows: list[Row] = [
        ("people with a computer", *(one.place.desks for one in found)),
        ("tickets a day", *(round(one.tickets_a_day) for one in found)),
        ("events a day", *(round(one.events_a_day) for one in found)),
        ("messages a day", *(round(one.tickets_a_day * one.of.messages_a_ticket) for one in found)),
        ("events/s in the busiest hour", *(one.peak_events_a_second for one in found)),
        ("reports when something all use stops", *(one.outage_reports for one in found)),
        ("events/s in the first minute of that", *(one.outage_a_second for one in found)),
    ]
    return table("What comes", ("", *(one.place.name for one in found)), rows)


def supply(found: list[Reckoning]) -> str:
    rows: list[Row] = [
        ("cores busy in the busiest hour", *(one.busy_cores(one.peak_events_a_second) for one in found)),
        ("commits/s in the busiest hour", *(2 * one.peak_events_a_second for one in found)),
        ("database, GB a year", *(one.gb_a_year for one in found)),
        ("attachments, GB a year", *(one.attachments_gb_a_year for one in found)),
        ("written ahead, GB a day", *(one.wal_gb_a_day for one in found)),
        ("tickets after ten years", *(round(one.tickets_a_day * WORKING_DAYS * 10) for one in found)),
        ("`pg_dump` after one year, minutes", *(one.dump_minutes(1) for one in found)),
        ("`pg_dump` after ten years, minutes", *(one.dump_minutes(10) for one in found)),
    ]
    return table("What it takes", ("", *(one.place.name for one in found)), rows)


def worst_minutes(found: list[Reckoning]) -> str:
    metropolitan, country = (outage(one) for one in found)
    of = found[0].of
    plays = [
        play(of, Setup("metropolitan, SQLite", sqlite=True), metropolitan),
        play(of, Setup("metropolitan, PostgreSQL", 2), metropolitan),
        play(of, Setup("country, were it one house on SQLite", sqlite=True), country),
        play(of, Setup("country, one PostgreSQL", 24), country),
        play(of, Setup("the same, were NOTIFY in each transaction", 24, notify=True), country),
        processes_that_hold(of, country),
    ]
    rows: list[Row] = [
        (
            play.setup.name,
            play.setup.processes,
            play.events,
            *play.acknowledged_ms,
            *play.answered_ms,
            *(f"{share:.0%}" for share in play.busy),
        )
        for play in plays
    ]
    columns = (
        "", "processes", "events", "ack p50 ms", "p99", "answer p50 ms", "p99", "desk busy", "PostgreSQL", "commit"
    )  # fmt: skip
    return table("When something all use stops", columns, rows)


def held_against(of: Measured) -> str:
    """The simulation beside what was measured; empty without a benchmark."""
    chance = random.Random(4711)
    rows: list[Row] = []
    for burst in bursts():
        arrivals = [(chance.uniform(0, burst.seconds), 1.0) for _ in range(burst.reports)]
        sqlite = burst.name == "SQLite"
        played = play(of, Setup(burst.name, 1 if sqlite else 2, sqlite=sqlite), arrivals)
        rows.append((burst.name, burst.reports, burst.seconds, *played.answered_ms, *burst.answered_ms))
    columns = ("", "reports", "in s", "answer p50 ms, simulated", "p99", "p50 measured", "p99")
    return (
        table("The simulation beside a burst that was really sent (2 cores for everything)", columns, rows)
        if rows
        else ""
    )


def limits(found: list[Reckoning]) -> str:
    """Demand over capacity, the fullest first: over 1 it breaks."""
    rows: list[Row] = [(what, where, need, have, need / have) for what, where, need, have in _limits(*found)]
    columns = ("", "where", "needed", "there is", "× full")
    return table("What is full first", columns, sorted(rows, key=lambda row: -float(row[-1] or 0)))


def _limits(big: Reckoning, country: Reckoning) -> Iterator[tuple[str, str, float, float]]:
    of, assumed, platforms = big.of, big.assumed, big.platforms
    installation, all_ = "metropolitan, outage", "country, outage"
    pressed = assumed.pressing_share / (1 + assumed.pressing_share)
    cards = big.outage_a_second * pressed
    spoken = 2 * assumed.on_telegram
    yield "cards a minute into one Telegram group", installation, cards * 60, platforms.telegram_group_a_minute
    yield "messages/s of one Telegram bot", installation, spoken * big.outage_a_second, platforms.telegram_a_second
    yield "events/s on one SQLite", installation, big.outage_a_second, of.sqlite_reports_a_second
    yield "tickets/s numbered without a gap", installation, cards, of.report_commits_one
    slack = big.peak_events_a_second * 3600 * 2
    yield "Slack events in the busiest hour, if all were there", "metropolitan", slack, platforms.slack_events_an_hour
    yield (
        "messages/s, if all shared one Telegram bot",
        all_,
        spoken * country.outage_a_second,
        platforms.telegram_a_second,
    )
    houses = country.place.houses
    connections = houses * assumed.connections_a_process
    yield "connections of a process a house", "country, one PostgreSQL", connections, assumed.connections_a_server
    yield "GB of memory of a process a house", "country, one machine", houses * of.process_mb / 1024, assumed.machine_gb
    yield "cores that these idle away", "country, one machine", houses * of.idle_cpu_ms_s / 1000, assumed.machine_cores
    yield (
        "commits/s, were NOTIFY in each, 16 connections",
        all_,
        2 * country.outage_a_second,
        of.notify_commits_sixteen,
    )
    yield "the same, 64 connections", all_, 2 * country.outage_a_second, of.notify_commits_sixty_four
    summary_s = of.digest_ms / 1000 + of.picture_cpu_s
    minutes = houses * (country.place.units + 1) * summary_s / 60
    yield "minutes until all summaries of 17:00 are out, one clock", "country, one schema", minutes, 15
    yield "core hours of the night's learning", "country", houses * of.learning_cpu_s / 3600, 2 * assumed.machine_cores


def layouts(found: list[Reckoning]) -> str:
    _, country = found
    assumed, of = country.assumed, country.of
    houses = country.place.houses
    rows: list[Row] = []
    for name, processes, databases in (
        ("a SQLite file and a process a house (works today)", houses, 0),
        ("a PostgreSQL database and a process a house (works today)", houses, houses),
        ("one schema with a house id, processes shared (to be built)", 24, 1),
    ):
        connections = processes * assumed.connections_a_process if databases else 0
        servers = -(-connections // assumed.connections_a_server)
        rows.append((name, processes, processes * of.process_mb / 1024, databases, connections, servers))
    columns = ("", "processes", "their memory, GB", "databases", "connections", "PostgreSQL servers")
    return table("1,400 houses, three ways", columns, rows)


def tables() -> str:
    of = measured()
    found = reckonings(of)
    replaced = ", ".join(f"`{name}`" for name in differing(of)) or "none"
    parts = [demand(found), supply(found), worst_minutes(found), limits(found), layouts(found), held_against(of)]
    return "\n".join([*parts, f"Figures taken from newer benchmarks than the script's defaults: {replaced}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    text = tables()
    if parser.parse_args().write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
