"""Gösterge and the one screen of what is open now: whose figures they are, and what is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest

from bot.web.panel.chart_plots import plots_of
from handlers.context import Acting, UseCaseContext
from handlers.domain.charts import Charts
from handlers.domain.errors import NotAllowed
from handlers.domain.states import Priority, State
from handlers.ports import UnitOfWork
from handlers.queries import charts, overview
from handlers.tickets import recounting
from tests.handlers.reports.digest_rig import FRIDAY, MONDAY, DigestRig, at

T = TypeVar("T")
NOW = at(MONDAY, "15:00")
SECRET = {"category": "bilgi-guvenligi", "restricted": True}


@pytest.fixture
def rig() -> DigestRig:
    return DigestRig()


def seen(rig: DigestRig, handle: str, look: Callable[[Acting], T], now: datetime = NOW) -> T:
    def read(uow: UnitOfWork) -> T:
        person = uow.people.by_handle(handle)
        assert person is not None
        return look(Acting(desk=rig.desk, uow=uow, now=now, person=person, channel="web", event_key=""))

    return rig.store.read(read)


def drawn(rig: DigestRig, handle: str = "kemal", **how: object) -> Charts:
    return seen(rig, handle, lambda acting: charts.look(acting, **how))  # type: ignore[arg-type] # as the test says it


@pytest.mark.parametrize(
    ("handle", "units"),
    [
        ("mehmet", ["donanim"]),
        ("ali", ["yazilim"]),
        ("fatma", ["donanim"]),
        ("kemal", ["donanim", "yazilim"]),
        ("denetci", ["donanim", "yazilim"]),
        ("admin", ["donanim", "yazilim"]),
    ],
)
def test_figures_are_of_the_own_unit_or_of_all(rig: DigestRig, handle: str, units: list[str]) -> None:
    assert drawn(rig, handle).units == units
    assert [one.unit for one in seen(rig, handle, overview.look).units] == units


def test_who_reports_sees_none_and_nobody_another_units(rig: DigestRig) -> None:
    with pytest.raises(NotAllowed):
        drawn(rig, "ayse")
    with pytest.raises(NotAllowed):
        drawn(rig, "mehmet", only="yazilim")
    assert drawn(rig, only="yazilim").units == ["yazilim"]


def test_an_empty_house_has_empty_charts(rig: DigestRig) -> None:
    found = drawn(rig)
    assert [one.all for one in found.open_ones] == [0] * 12
    assert sum(one.opened + one.solved for one in found.weeks) == 0
    assert (found.lengths, found.waits, found.repeated, found.crossing.cells, found.grid.all) == ([], [], [], [], 0)
    assert found.this_week.waited_for is None


def test_what_comes_and_goes(rig: DigestRig) -> None:
    old = rig.opens(at(FRIDAY, "10:00"))
    rig.resolves(old, "mehmet", at(MONDAY, "09:00"))
    rig.opens(at(MONDAY, "09:30"))
    rig.opens(at(date(2025, 11, 24), "09:00"))
    found = drawn(rig, "fatma", weeks=4)
    assert [(one.opened, one.solved) for one in found.weeks] == [(0, 0), (0, 0), (1, 0), (1, 1)]
    assert [one.opened_before for one in found.weeks] == [0, 0, 0, 1]
    assert [one.running for one in found.weeks] == [False, False, False, True]
    assert [(one.queued, one.held, one.waiting) for one in found.open_ones][-2:] == [(2, 0, 0), (2, 0, 0)]
    assert (found.this_week.opened, found.this_week.solved) == (1, 1)
    assert [band.all for band in found.ages] == [1, 0, 0, 0, 1]


def test_of_a_week_that_is_over_the_open_ones_are_those_of_its_end(rig: DigestRig) -> None:
    """Read on Monday morning, after one was completed and three came."""
    rig.resolves(rig.opens(at(FRIDAY, "10:00")), "mehmet", at(MONDAY, "09:00"))
    rig.waits(rig.opens(at(FRIDAY, "11:00")), State.WAITING_PARTS, "mehmet", at(MONDAY, "09:10"))
    for minute in range(3):
        rig.opens(at(MONDAY, f"09:3{minute}"), category="toner-kartus", facts={"oda": "312"})
    found = drawn(rig, "fatma", until=at(MONDAY, "00:00") - timedelta(microseconds=1))
    last = found.open_ones[-1]
    assert (last.at, last.queued, last.held, last.waiting) == (date(2026, 11, 22), 2, 0, 0)
    assert (found.running, found.weeks[-1].running, found.weeks[-1].opened, found.weeks[-1].solved) == (
        False,
        False,
        2,
        0,
    )
    assert (found.this_week.opened, found.repeated, found.waits) == (2, [], [])
    assert (found.today, sum(band.all for band in found.ages)) == (MONDAY, 4)
    plots = {plot.name: plot for plot in plots_of(found, rig.desk.title, lambda **_: "")}
    assert plots["acik-is-yuku"].said.startswith("Dönemin sonunda 2 açık kayıt;")
    assert plots["acik-is-yuku"].bars[-1].label == "22 Kas"
    assert plots["acik-yas"].said == "23 Kas sabahı 4 açık kaydın 0 tanesi 5 iş gününden eski."
    assert "Son hafta sürüyor." not in plots["gelen-tamamlanan"].notes


def test_waits_are_told_in_working_time(rig: DigestRig) -> None:
    waits = rig.opens(at(FRIDAY, "09:00"), category="toner-kartus")
    rig.waits(waits, State.WAITING_PARTS, "mehmet", at(FRIDAY, "16:00"))
    found = drawn(rig, "fatma", weeks=4)
    (parts,) = found.waits
    assert (parts.state, parts.all) == (State.WAITING_PARTS, timedelta(hours=7))  # an hour on Friday, six on Monday
    week = found.this_week
    assert (week.waited_for, week.waited, week.subject) == (State.WAITING_PARTS, timedelta(hours=6), "toner-kartus")


def test_a_length_is_told_from_ten_on(rig: DigestRig) -> None:
    for minute in range(10):
        category = "yazici-yazdirmiyor" if minute else "toner-kartus"
        ticket = rig.opens(at(MONDAY, f"09:0{minute}"), category=category)
        rig.resolves(ticket, "mehmet", at(MONDAY, f"11:0{minute}"))
    few, other = drawn(rig, "fatma").lengths
    assert (few.category, few.count, few.few, few.median, few.share) == ("yazici-yazdirmiyor", 9, True, None, None)
    assert (other.count, other.target is not None) == (1, True)
    last = rig.opens(at(MONDAY, "09:30"), category="yazici-yazdirmiyor")
    rig.resolves(last, "mehmet", at(MONDAY, "10:00"))
    told = drawn(rig, "fatma").lengths[0]
    assert (told.few, told.median, told.ninth, told.share) == (False, timedelta(hours=2), timedelta(hours=2), 100)


def test_the_same_room_three_times(rig: DigestRig) -> None:
    for minute in range(3):
        rig.opens(at(MONDAY, f"10:0{minute}"), "hasan", category="toner-kartus", facts={"oda": "312"})
    rig.opens(at(MONDAY, "10:30"), "hasan", category="ag-yavas", facts={"oda": "312"})
    (found,) = drawn(rig).repeated
    assert (found.kind, found.what, found.category, found.count) == ("oda", "312", "toner-kartus", 3)


def test_a_room_and_a_person_with_the_same_last_ticket_are_two(rig: DigestRig) -> None:
    """They tell the same only where every ticket is the same."""
    told = [("hasan", ""), ("hasan", ""), ("ayse", "312"), ("ayse", "312"), ("hasan", "312")]
    for minute, (who, room) in enumerate(told):
        facts = {"oda": room} if room else {}
        rig.opens(at(MONDAY, f"10:0{minute}"), who, category="toner-kartus", facts=facts)
    found = drawn(rig).repeated
    assert [(one.kind, one.count) for one in found] == [("kisi", 3), ("oda", 3)]
    assert len({one.newest for one in found}) == 1


@pytest.mark.parametrize(
    ("handle", "counted"), [("fatma", 1), ("kemal", 1), ("denetci", 1), ("mehmet", 0), ("admin", 0)]
)
def test_security_matters_are_counted_for_whom_they_concern_and_never_described(
    rig: DigestRig, handle: str, counted: int
) -> None:
    for minute in range(3):
        secret = rig.opens(at(MONDAY, f"09:0{minute}"), facts={"oda": "99", "demirbas": "7"}, **SECRET)
    rig.waits(secret, State.WAITING_VENDOR, "mehmet", at(MONDAY, "10:00"))
    found, now = drawn(rig, handle, weeks=4), seen(rig, handle, overview.look)
    assert now.open == sum(band.all for band in found.ages) == found.open_ones[-1].all == 3 * counted
    assert found.weeks[-1].opened == found.grid.all == 3 * counted
    assert [one.state for one in found.waits] == [State.WAITING_VENDOR] * counted
    assert found.this_week.subject is None
    assert (found.crossing.subjects, found.repeated, found.lengths) == ([], [], [])


def test_the_one_screen(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "09:00"), priority=Priority.URGENT)
    rig.waits(rig.opens(at(MONDAY, "09:00")), State.WAITING_PARTS, "mehmet", at(MONDAY, "10:00"))
    back = rig.opens(at(date(2026, 11, 19), "09:00"), unit="yazilim", category="ebys-giris")
    rig.resolves(back, "ali", at(FRIDAY, "10:00"))
    rig.store.write(lambda uow: _reopens(uow, back.id, rig.who("ayse")))
    rig.store.write(lambda uow: recounting.count_outdated(UseCaseContext(desk=rig.desk, uow=uow, now=NOW)))
    now = seen(rig, "kemal", overview.look)
    assert (now.open, now.queued, now.waiting, now.urgent, now.reopened) == (3, 1, 1, 1, 1)
    assert (now.older, now.late) == (2, 1)
    assert (now.opened_today, now.solved_today) == (1, 0)
    assert [(day, opened) for day, opened, _ in now.days if opened] == [
        (date(2026, 11, 19), 1),
        (FRIDAY, 1),
        (MONDAY, 1),
    ]
    assert [(one.unit, one.open) for one in now.units] == [("donanim", 2), ("yazilim", 1)]


def _reopens(uow: UnitOfWork, ticket: int, by: int) -> None:
    found = uow.tickets.get(ticket)
    found.reopen(by=by, at=at(MONDAY, "08:30"), channel="web", holder_stays=True)  # type: ignore[arg-type] # an id
    uow.tickets.save(found)
