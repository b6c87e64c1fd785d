"""A house at work, played through the real use cases with a clock that is moved: `python -m tests.faults.working_year`.

Tickets come at all hours, people claim, wait, raise, solve, are told that it is still broken, and are on leave; decrees
are written down before their day, on it and after it; one wants to hear what follows from each day. The
clock's jobs run around every opening and closing and in between. Afterwards no warning stands at a closed
minute, and what the desk keeps of every ticket's time is what another count of it says (`tests.faults.minutes`).

`make faults` plays 20,000 tickets in fifteen months: 24 minutes of one core; a tenth of them (`--tickets 2000`) shows
what goes wrong often. Files in memory (TMPDIR) spare the waiting for the disk.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import random
import tempfile
import time as stopwatch
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from handlers.calendar import days as special_days
from handlers.context import Acting
from handlers.domain.calendar import SpecialKind
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.people import end_of_day
from handlers.ports import UnitOfWork
from handlers.tickets import closing, opening, waits, work
from storage.tables import message
from tests.faults.minutes import DAY, ISTANBUL, Decree, Minutes, recount
from tests.faults.table_desk import TableDesk

SUBJECTS = (
    ("yazici-yazdirmiyor", "ariza"),
    ("internet-yok", "ariza"),
    ("toner-kartus", "talep"),
    ("telefon-santral", "ariza"),
)
PRIORITIES = (Priority.NORMAL,) * 6 + (Priority.HIGH,) * 2 + (Priority.LOW,)
WARNINGS = ("warn_one", "warn_many", "work_unclaimed", "work_unclaimed_many", "end_of_day")
LOOKED_AT = (*(f"{hour:02}:00" for hour in range(24)), "07:59", "08:01", "08:30", "11:59", "12:01", "12:59", "16:59")


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ISTANBUL).astimezone(UTC)


DECREES = (
    Decree(date(2026, 1, 7), at("2026-01-07T13:40"), starts=14 * 60),
    Decree(date(2026, 2, 6), at("2026-02-05T09:00")),
    Decree(date(2026, 5, 25), at("2026-05-20T10:00")),
    Decree(date(2026, 5, 26), at("2026-05-20T10:00")),
    Decree(date(2026, 8, 3), at("2026-08-05T09:30")),
    Decree(date(2026, 12, 2), at("2026-12-01T15:00"), starts=10 * 60, ends=15 * 60),
    Decree(date(2026, 12, 12), at("2026-12-10T09:00"), starts=9 * 60, ends=13 * 60, worked=True),
    Decree(date(2027, 3, 12), at("2027-03-12T09:00")),
)
"""As they were published in both years: on the day itself, days before, and written down too late."""


@dataclass
class House:
    desk: TableDesk
    seed: int
    chance: random.Random = field(init=False)
    opened_with: dict[int, tuple[str, Priority]] = field(default_factory=dict)
    """Kind and priority of each ticket."""
    _queue: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    steps: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # a play, no secret

    def live(self, first: date, last: date, tickets: int) -> None:
        """So many tickets between the two days, most on working days."""
        days = [first + timedelta(days=n) for n in range((last - first).days)]
        weights = [10 if day.weekday() < 5 else 1 for day in days]
        for day in self.chance.choices(days, weights, k=tickets):
            self._at(self._moment(day, self.chance.choice((7, 8, 9, 9, 10, 11, 12, 13, 14, 15, 16, 21))), self._opens)
        for decree in DECREES:
            if first <= decree.known_at.astimezone(ISTANBUL).date() < last:
                self._at(decree.known_at, lambda now, decree=decree: self._decrees(decree))  # type: ignore[misc] # a default is no argument
        for day in days:
            for clock in LOOKED_AT:
                self._at(datetime.combine(day, time.fromisoformat(clock), ISTANBUL), lambda now: None)
        self.desk.clock.set(datetime.combine(first, time.min, ISTANBUL).astimezone(UTC))
        self._acts("mehmet", lambda acting: end_of_day.wish(acting, wanted=True))
        self.desk.later(timedelta())
        self._play(datetime.combine(last, time.min, ISTANBUL))

    def _play(self, until: datetime) -> None:
        while self._queue and self._queue[0][0] < until:
            now = self._queue[0][0]
            self.desk.clock.set(now)
            while self._queue and self._queue[0][0] == now:
                heapq.heappop(self._queue)[2](now)
                self.steps += 1
            self.desk.later(timedelta())

    def _at(self, moment: datetime, what: Callable[[datetime], None]) -> None:
        heapq.heappush(self._queue, (moment.astimezone(UTC), next(self._order), what))

    def _moment(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour, self.chance.randrange(60)), ISTANBUL)

    # --- what people do -------------------------------------------------------------------------
    def _acts(self, who: str, do: Callable[[Acting], object]) -> None:
        def in_one_transaction(uow: UnitOfWork) -> None:
            person = uow.people.by_handle(who)
            assert person is not None
            now = self.desk.clock.now()
            do(
                Acting(
                    desk=self.desk.desk, uow=uow, now=now, person=person, channel="api", event_key=f"api:{self.steps}"
                )
            )

        self.desk.store.write(in_one_transaction)

    def _decrees(self, decree: Decree) -> None:
        kind = SpecialKind.WORKED if decree.worked else SpecialKind.ADMIN_LEAVE
        starts = time(decree.starts // 60) if decree.starts else None
        ends = time(decree.ends // 60) if decree.ends < DAY else None
        self._acts(
            "kemal",
            lambda acting: special_days.add(
                acting, special_days.proposed(acting, [decree.day], kind, "karar", starts=starts, ends=ends)
            ),
        )

    def _opens(self, now: datetime) -> None:
        category, kind = self.chance.choice(SUBJECTS)
        priority = self.chance.choice(PRIORITIES)
        reporter = self.chance.choice(("ayse", "hasan"))
        found: list[Ticket] = []

        def do(acting: Acting) -> None:
            who = acting.uow.people.by_handle(reporter)
            assert who is not None
            new = opening.NewTicket(
                written=(opening.Written("çalışmıyor"),),
                reporter=who.id,
                category=category,
                priority=priority,
                untold=True,
                learns=False,
            )
            found.append(opening.open_ticket(acting, new))

        self._acts("fatma", do)
        self.opened_with[found[0].id] = kind, priority
        self._at(self._later(now, 3), lambda at: self._goes_on(found[0].id, reporter, at))

    def _later(self, now: datetime, hours: float) -> datetime:
        return now + timedelta(minutes=1 + round(self.chance.expovariate(1 / hours) * 60))

    def _goes_on(self, key: int, reporter: str, now: datetime) -> None:
        """Whatever somebody does next to that ticket, as it stands."""
        ticket = self.desk.store.read(lambda uow: uow.tickets.get(key))
        if ticket.state in (State.CLOSED, State.CANCELLED):
            return
        worker, next_in = self._worker(ticket, now), 60.0
        if ticket.state is State.OPEN:
            self._acts(worker, lambda acting: work.claim(acting, acting.uow.tickets.get(key)))
        elif ticket.state is State.RESOLVED:
            broken = self.chance.random() < 0.05
            done = closing.reopen if broken else closing.confirm
            self._acts(reporter, lambda acting: done(acting, acting.uow.tickets.get(key)))
        elif ticket.state.waiting:
            self._acts("fatma", lambda acting: work.resume(acting, acting.uow.tickets.get(key)))
        else:
            next_in = self._works(key, now)
        self._at(self._later(now, next_in), lambda at: self._goes_on(key, reporter, at))

    def _works(self, key: int, _now: datetime) -> float:
        turn = self.chance.random()
        if turn < 0.15:
            state = self.chance.choice((State.WAITING_VENDOR, State.WAITING_PARTS))
            self._acts("fatma", lambda acting: waits.wait(acting, acting.uow.tickets.get(key), state))
            return 40.0
        if turn < 0.25:
            raised = self.chance.choice((Priority.LOW, Priority.NORMAL, Priority.HIGH))
            self._acts("fatma", lambda acting: work.prioritise(acting, acting.uow.tickets.get(key), raised))
        else:
            self._acts("fatma", lambda acting: closing.resolve(acting, acting.uow.tickets.get(key), "bitti"))
        return 14.0

    def _worker(self, ticket: Ticket, now: datetime) -> str:
        """Of the unit; each is on leave for a week in five."""
        staff = ("mehmet", "zeynep", "fatma") if ticket.unit == "donanim" else ("ali",)
        week = now.isocalendar().week
        there = [who for place, who in enumerate(staff) if (week + place) % 5]
        return self.chance.choice(there or staff)


# --- what came of it ----------------------------------------------------------------------------------
def warned_in_closed_minutes(house: House, first: date, last: date) -> tuple[int, list[str]]:
    """How many warnings there were, and those that fell on a minute that was closed as far as anybody knew then."""
    query = select(message.c.kind, message.c.at).where(message.c.kind.in_(WARNINGS))
    rows = house.desk.store.read(lambda uow: list(uow.transaction.execute(query)))  # type: ignore[attr-defined] # storage's
    known = sorted({decree.known_at for decree in DECREES})
    calendars = [
        Minutes(first - timedelta(days=7), last + timedelta(days=60), [d for d in DECREES if d.known_at <= moment])
        for moment in (datetime.min.replace(tzinfo=UTC), *known)
    ]
    closed = [
        f"{row.kind} at {row.at.astimezone(ISTANBUL)}"
        for row in rows
        if not calendars[sum(moment <= row.at for moment in known)].is_open(row.at)
    ]
    return len(rows), closed


def differing(house: House, minutes: Minutes) -> tuple[int, int, list[str]]:
    """How many tickets there are, how many were ever late, and where the desk's count is not the other's."""

    def look(uow: UnitOfWork) -> tuple[int, int, list[str]]:
        found, late = [], 0
        for key, (kind, priority) in house.opened_with.items():
            kept, history = uow.timings.of(uow.tickets.get(key).id), uow.tickets.history(uow.tickets.get(key).id)
            told = recount(history, kind, priority, minutes)
            late += told.missed
            if kept is None:
                found.append(f"{key}: never counted")
                continue
            ours = (kept.spent.total_seconds() / 60, kept.running_since, kept.missed)
            theirs = (told.spent, told.since, told.missed)
            if ours != theirs or (told.due is not None and kept.solve_due_at != told.due):
                found.append(f"{key}: {ours} {kept.solve_due_at}, counted otherwise {theirs} {told.due}")
        return len(house.opened_with), late, found

    return house.desk.store.read(look)


def breaches(house: House) -> list[str]:
    """Of the invariants, but that reports are answered: here they come without a conversation."""
    return [breach for breach in house.desk.wrong() if not breach.endswith("its opening was told to nobody")]


def minutes_of(first: date, last: date) -> Minutes:
    """With every decree that was written down by the end."""
    end = datetime.combine(last, time.min, ISTANBUL)
    return Minutes(first - timedelta(days=7), last + timedelta(days=400), [d for d in DECREES if d.known_at < end])


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--tickets", type=int, default=20_000)
    wanted.add_argument("--first", type=date.fromisoformat, default=date(2026, 1, 2))
    wanted.add_argument("--last", type=date.fromisoformat, default=date(2027, 4, 1))
    wanted.add_argument("--seed", type=int, default=1)
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(TableDesk(Path(folder)), given.seed)
        begun = stopwatch.monotonic()
        house.live(given.first, given.last, given.tickets)
        took = stopwatch.monotonic() - begun
        warnings, closed = warned_in_closed_minutes(house, given.first, given.last)
        tickets, late, others = differing(house, minutes_of(given.first, given.last))
        wrong = breaches(house)
        house.desk.close()
    print(f"{tickets} tickets, {house.steps} steps in {took:.0f} s, seed {given.seed}")
    print(f"{warnings} warnings, {len(closed)} of them in a closed minute")
    print(f"{late} tickets late at some time, {len(others)} counted otherwise, {len(wrong)} breaches")
    for line in _some([*closed, *others, *wrong]):
        print(f"  {line}")
    if closed or others or wrong:
        raise SystemExit(1)


def _some(lines: Sequence[str]) -> Sequence[str]:
    return lines[:20]


if __name__ == "__main__":
    main()
