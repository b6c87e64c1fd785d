"""When the weekly report is due, and to whom."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.web.panel.chart_plots import sentence
from handlers.context import UseCaseContext
from handlers.domain.charts import ThisWeek
from handlers.domain.officers import Office, Officer
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.domain.stock import Item
from handlers.messages import plain
from handlers.ports import UnitOfWork
from handlers.reports import weekly
from handlers.reports.weekly import Made
from tests.handlers.reports.digest_rig import DIRECTOR, LEAD, MONDAY, DigestRig, at

HALF_PAST_EIGHT = time(8, 30)
TUESDAY = date(2026, 11, 24)


def due(rig: DigestRig, day: date, clock: str, when: time | None = HALF_PAST_EIGHT) -> list[weekly.Due]:
    return rig.store.read(lambda uow: weekly.due(rig.desk, uow, at(day, clock), when))


def posts(rig: DigestRig, day: date, clock: str) -> list[str]:
    week = ThisWeek(opened=3, solved=2, waited_for=None, waited=at(day, clock) - at(day, clock), subject=None)
    posted = []
    for item in due(rig, day, clock):
        made = {reader.address: Made(week, None) for reader in item.readers}
        work = rig.store.write(
            lambda uow, item=item, made=made: weekly.post(  # type: ignore[misc] # mypy does not see through the default
                UseCaseContext(desk=rig.desk, uow=uow, now=at(day, clock)), item, made
            )
        )
        posted += [str(item.run)] * work
    return posted


@pytest.mark.parametrize(
    ("day", "clock", "is_due"),
    [
        (MONDAY, "08:29", False),
        (MONDAY, "08:30", True),
        (MONDAY, "11:59", True),
        (MONDAY, "12:00", False),
        (TUESDAY, "09:00", True),  # the desk was down
        (date(2026, 11, 22), "09:00", False),
        (date(2026, 10, 29), "09:00", False),  # Cumhuriyet Bayramı
    ],
)
def test_it_is_due_in_the_morning_of_a_working_day(rig: DigestRig, day: date, clock: str, is_due: bool) -> None:
    assert bool(due(rig, day, clock)) is is_due


def test_it_is_about_the_week_before(rig: DigestRig) -> None:
    item = due(rig, TUESDAY, "09:00")[0]
    assert (item.monday, item.until) == (date(2026, 11, 16), at(MONDAY, "00:00") - weekly.INSTANT)


def test_it_can_be_turned_off(rig: DigestRig) -> None:
    assert due(rig, MONDAY, "09:00", None) == []


def test_leads_hear_of_their_unit_and_the_director_of_all_once(rig: DigestRig) -> None:
    found = {
        item.unit: [reader.address for reader in item.readers if "web" in reader.address]
        for item in due(rig, MONDAY, "09:00")
    }
    assert found == {"donanim": [LEAD], None: [DIRECTOR]}  # nobody leads yazılım
    assert posts(rig, MONDAY, "09:00") == ["weekly:donanim:2026-11-23", "weekly:director:2026-11-23"]
    assert posts(rig, MONDAY, "09:01") == posts(rig, TUESDAY, "09:00") == []
    assert len(due(rig, date(2026, 11, 30), "09:00")) == 2
    (said,) = rig.said(LEAD, "weekly")
    assert "Haftalık rapor · 16–22 Kasım · Donanım ve Teknik Destek" in said
    assert "3 kayıt geldi, 2 kayıt tamamlandı." in said


def test_what_the_depot_is_short_of_comes_along(rig: DigestRig) -> None:
    def stock(uow: UnitOfWork) -> None:
        begun = at(MONDAY, "00:00")
        for code, minimum in (("TN-2421", 5), ("DR-2400", 0)):
            uow.stock.add_item(Item(code=code, name="Toner", minimum=minimum, recorded_at=begun))
        ordered = Item(code="TN-9", name="Toner", minimum=5, ordered_until=MONDAY, recorded_at=begun)
        uow.stock.add_item(ordered)
        held = {"office": Office.AMBAR, "person": rig.who("zeynep"), "entered_by": rig.who("kemal")}
        uow.officers.add(Officer(**held, starts=MONDAY, entered_at=begun))  # type: ignore[arg-type] # fields by name

    rig.store.write(stock)
    posts(rig, MONDAY, "09:00")
    for place in (LEAD, DIRECTOR, "web:p:zeynep"):
        (said,) = rig.said(place, "stock_low_week")
        assert "TN-2421 · Toner: 0 kaldı (en az 5)" in said
        assert "DR-2400" not in said
        assert "TN-9" not in said, "it is on its way"


@pytest.mark.parametrize(
    ("state", "what"),
    [
        (State.WAITING_PARTS, "malzeme"),
        (State.WAITING_APPROVAL, "onay"),
        (State.WAITING_ACCESS, "personele ulaşılamaması"),
    ],
)
def test_what_keeps_them_waiting_is_a_phrase(rig: DigestRig, state: State, what: str) -> None:
    week = ThisWeek(opened=12, solved=9, waited_for=state, waited=timedelta(hours=3), subject="toner-kartus")
    monday = date(2026, 11, 16)
    said = rig.desk.texts.render(
        "weekly", desk=rig.desk, week=week, monday=monday, sunday=monday, units=["donanim"], page=""
    )
    assert "12 kayıt geldi, 9 kayıt tamamlandı." in plain(said)
    assert f"En çok bekleten: {what} (3 sa" in plain(said)
    assert f"; en çok bekleten: {what} (3 sa, " in sentence(week, rig.desk.title)


def test_nobody_there_nothing_due(rig: DigestRig) -> None:
    def leave(uow):
        for role in (Role.LEAD, Role.DIRECTOR):
            for person in uow.people.in_role(role, None) or uow.people.in_role(role, "donanim"):
                person.leave(at(MONDAY, "07:00"))
                uow.people.save(person)

    rig.store.write(leave)
    assert due(rig, MONDAY, "09:00") == []
