"""Weeks that are kept say what their tickets say, whatever happened to them since: charts with and without are the
same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, literal_column, update

from bot import demo
from bot.runtime.week_figures_job import count_some
from handlers.calendar import holidays
from handlers.context import Acting, UseCaseContext
from handlers.domain.charts import Charts
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.queries import charts, week_figures
from handlers.tickets import recounting
from storage import Store
from storage.engine.prepared import prepared
from storage.maintenance.verify import WEEKS, verify
from storage.tables import figure_week
from tests.clock import FakeClock
from tests.scenarios.stage import counting, shared_desk
from tests.storage.builders import open_ticket
from tests.storage.stores import open_sqlite

_TAMPER = prepared(
    update(figure_week).values(
        content=func.replace(figure_week.c.content, literal_column("'repeated\":0'"), literal_column("'repeated\":7'"))
    )
)
_TAMPER_ALIKE = prepared(update(figure_week).values(alike=literal_column("'AAAA'")))
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DESK = shared_desk()
READERS = ("fatma", "kemal", "mehmet", "admin")
SUBJECTS = {"donanim": ("toner-kartus", "internet-yok", None), "yazilim": ("ebys-giris", "ag-yavas", None)}
WAITS = (State.WAITING_PARTS, State.WAITING_VENDOR, State.WAITING_REPORTER)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    clock = FakeClock(NOW)
    if request.param == "sqlite":
        opened = open_sqlite(tmp_path, clock)
    else:
        opened = Store.open(request.getfixturevalue("postgres_url"), clock=clock)
    opened.write(lambda uow: demo.seed(uow, DESK.catalogue.units))
    opened.write(lambda uow: holidays.keep_holidays(UseCaseContext(desk=DESK, uow=uow, now=NOW)))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def some_weeks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Of which as many of the year before are kept; on PostgreSQL each costs much more to ask for."""
    number = 52 + 1 if "sqlite-2" in request.node.name else 13
    monkeypatch.setattr(week_figures, "MOST_WEEKS", number)
    return number


class Lives:
    """What may happen to tickets, by chance, between a year and half an hour ago."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.chance = store, random.Random(seed)

    def some(self, number: int, since: timedelta) -> None:
        for _ in range(number):
            self.store.write(lambda uow: self._opened(uow, NOW - since * self.chance.random()))

    def changes(self, number: int) -> None:
        """Of tickets of any age, now and then as if it had happened long ago."""
        for _ in range(number):
            self.store.write(self._changed)

    def up_to_date(self) -> None:
        self.store.write(lambda uow: recounting.count_outdated(UseCaseContext(desk=DESK, uow=uow, now=NOW)))

    def _opened(self, uow: UnitOfWork, at: datetime) -> None:
        chance = self.chance
        unit = chance.choice(list(SUBJECTS))
        reporter = uow.people.by_handle(chance.choice(("ayse", "hasan")))
        facts = {"oda": chance.choice(("312", "4"))} if chance.random() < 0.6 else {}
        one = open_ticket(
            uow,
            reporter.id,
            at,
            unit=unit,
            category=chance.choice(SUBJECTS[unit]),
            restricted=chance.random() < 0.15,
            facts=facts | ({"demirbas": "4711"} if chance.random() < 0.2 else {}),
        )
        self._on(uow, one, at)
        uow.tickets.save(one)

    def _on(self, uow: UnitOfWork, one: Ticket, at: datetime) -> None:
        who = uow.people.by_handle("mehmet" if one.unit == "donanim" else "ali").id
        for step in range(self.chance.randint(0, 5)):
            at += timedelta(hours=20 * self.chance.random() ** 2 * (1 if step % 2 else 12))
            if at > NOW - timedelta(minutes=30):
                return
            self._step(one, who, at)

    def _step(self, one: Ticket, who, at: datetime) -> None:
        match one.state:
            case State.OPEN:
                one.claim(by=who, at=at, channel="web")
            case State.RESOLVED if one.may_reopen(at):
                one.reopen(by=who, at=at, channel="web", holder_stays=True)
            case State.CLAIMED if self.chance.random() < 0.5:
                one.resolve("bitti", by=who, at=at, channel="web")
            case State.CLAIMED:
                one.wait(self.chance.choice(WAITS), "", by=who, at=at, channel="web")
            case state if state.waiting:
                one.resume(by=who, at=at, channel="web")

    def _changed(self, uow: UnitOfWork) -> None:
        chance = self.chance
        one = chance.choice(list(uow.summaries.list(limit=500)))
        who = uow.people.by_handle("kemal").id
        at = NOW - timedelta(days=40) * chance.random() ** 3
        if chance.random() < 0.3 and one.state.active:
            one.transfer("yazilim" if one.unit == "donanim" else "donanim", by=who, at=at, channel="web")
        elif chance.random() < 0.3 and one.state.active:
            subjects = [subject for subject in SUBJECTS[one.unit] if subject not in (None, one.category)]
            one.recategorise(chance.choice(subjects), one.unit, by=who, at=at, channel="web")
        elif chance.random() < 0.3:
            one.restricted = not one.restricted
        else:
            self._step(one, who, at)
        uow.tickets.save(one)


def drawn(store: Store, handle: str, weeks: int) -> Charts:
    def look(uow: UnitOfWork) -> Charts:
        person = uow.people.by_handle(handle)
        return charts.look(Acting(desk=DESK, uow=uow, now=NOW, person=person, channel="web", event_key=""), weeks)

    return store.read(look)


def kept(store: Store) -> int:
    def ends(uow: UnitOfWork) -> int:
        return sum(len(uow.week_figures.ends(unit, NOW - timedelta(days=900))) for unit in DESK.units)

    return store.read(ends)


def require_same(store: Store, *asked: tuple[str, int]) -> None:
    """With what is kept, and counted all now."""
    with_weeks, repeated_with = [drawn(store, *one) for one in asked], repeated(store)
    store.write(lambda uow: uow.week_figures.forget())
    assert repeated(store) == repeated_with
    for one, before in zip(asked, with_weeks, strict=True):
        after = drawn(store, *one)
        for field in fields(Charts):
            assert (one, field.name, getattr(after, field.name)) == (one, field.name, getattr(before, field.name))


def repeated(store: Store) -> list[object]:
    """Of stretches that begin and end in the middle of a week, too."""
    asked = [(ago, days, often) for ago, days in ((-1, 91), (3, 40), (10, 3), (17, 200)) for often in (2, 3)]

    def ask(uow: UnitOfWork) -> list[object]:
        found: list[object] = []
        for unit in DESK.units:
            for ago, days, often in asked:
                until = NOW - timedelta(days=ago)
                stretch = unit, until - timedelta(days=days), until, often
                found += [uow.figures.repeated(*stretch, 20), uow.figures.count_repeated(*stretch)]
        return found

    return store.read(ask)


@pytest.mark.parametrize("seed", [1, 2])
def test_charts_are_the_same_with_and_without_what_is_kept(store: Store, seed: int, some_weeks: int) -> None:
    if seed == 2 and some_weeks < 52:
        pytest.skip("one life is enough on PostgreSQL, where each question costs more")
    asked = [(handle, weeks) for handle in READERS for weeks in (12, 52) if weeks < some_weeks]
    lives = Lives(store, seed)
    lives.some(60, timedelta(days=30))
    lives.some(60, timedelta(days=7 * some_weeks))
    lives.up_to_date()
    assert count_some(store, DESK, FakeClock(NOW), 1_000) == kept(store) > some_weeks
    lives.changes(25)
    lives.some(5, timedelta(days=20))
    require_same(store, *asked)
    lives.up_to_date()
    count_some(store, DESK, FakeClock(NOW), 1_000)
    assert kept(store) > some_weeks
    assert count_some(store, DESK, FakeClock(NOW)) == 0
    assert list(verify(store, now=NOW, counting=counting(), invariants=(WEEKS,))) == []
    require_same(store, *asked)


def test_todays_work_takes_no_week_away_and_another_calendar_all_since(store: Store) -> None:
    lives = Lives(store, 4)
    lives.some(20, timedelta(days=60))
    lives.up_to_date()
    count_some(store, DESK, FakeClock(NOW), 1_000)
    every = kept(store)
    today = store.write(lambda uow: open_ticket(uow, uow.people.by_handle("ayse").id, NOW))
    store.write(lambda uow: lives._on(uow, uow.tickets.get(today.id), NOW))
    assert kept(store) == every
    store.write(lambda uow: uow.timings.count_anew(NOW - timedelta(days=10)))
    assert kept(store) == every - 2 * 2


def test_what_was_tampered_with_is_found(store: Store) -> None:
    Lives(store, 5).some(9, timedelta(days=60))
    Lives(store, 5).up_to_date()
    every = count_some(store, DESK, FakeClock(NOW), 1_000)
    for tampered in (_TAMPER, _TAMPER_ALIKE):
        store.write(lambda uow, tampered=tampered: uow.transaction.run(tampered, {}))
        breach, *others = verify(store, now=NOW, counting=counting(), invariants=(WEEKS,))
        assert "masa db reindex" in breach.what
        assert len(others) == every - 1
        store.write(lambda uow: uow.week_figures.forget())
        assert count_some(store, DESK, FakeClock(NOW), 1_000) == every
