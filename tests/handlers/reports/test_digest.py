"""When the daily summary comes: once a unit and day whatever the clock does, and what is left in the morning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.config import Schedule
from handlers.context import UseCaseContext, no_holidays
from handlers.domain.calendar import WorkPattern
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.ports import UnitOfWork
from handlers.reports import digest
from handlers.tickets import recounting
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, LEAD, MONDAY, ROOM, TIMES, DigestRig, at
from tests.scenarios.stage import shared_desk


def in_zone(zone: ZoneInfo) -> DigestRig:
    """A desk in a place where every day is a working day."""
    everyday = WorkPattern(first_day=date(2020, 1, 1), week=(((time(8), time(17)),),) * 7)
    return DigestRig(replace(shared_desk(), zone=zone, public_holidays=no_holidays), patterns=(everyday,))


def posted(marks: Sequence[str], kind: str = "digest") -> list[str]:
    return [mark for mark in marks if mark.startswith(f"{kind}:donanim:")]


# --- when -----------------------------------------------------------------------------------------
def test_not_before_its_time_and_once(rig: DigestRig) -> None:
    assert rig.tick(at(FRIDAY, "16:59")) == []
    assert len(rig.tick(at(FRIDAY, "17:00"))) == 3
    assert rig.tick(at(FRIDAY, "17:01")) == []
    assert rig.tick(at(FRIDAY, "23:59")) == []


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 10, 29), date(2026, 5, 27)])
def test_none_on_a_day_off(rig: DigestRig, day: date) -> None:
    assert rig.tick(at(day, "17:00")) == []
    assert rig.tick(at(day, "08:15")) == []


def test_evenings_and_the_weekend_are_in_mondays(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "16:00"))
    rig.tick(at(FRIDAY, "17:00"))
    rig.opens(at(FRIDAY, "17:30"))
    rig.opens(at(FRIDAY + timedelta(days=1), "03:00"))
    rig.opens(at(MONDAY, "16:59"))
    rig.tick(at(MONDAY, "17:00"))
    friday, monday = rig.said(ROOM, "digest")
    assert friday.startswith("📥 Açılan: 1\n")
    assert monday.startswith("📥 Açılan: 3\n")
    assert "(20 Kasım Cuma akşamından beri)" in monday


def test_a_holiday_is_in_the_one_after(rig: DigestRig) -> None:
    half, off, after = date(2026, 10, 28), date(2026, 10, 29), date(2026, 10, 30)
    rig.tick(at(half, "17:00"))
    rig.opens(at(off, "12:00"))
    assert posted(rig.tick(at(after, "17:00")))
    assert rig.said(ROOM, "digest")[-1].startswith("📥 Açılan: 1\n")


def test_on_a_half_day_it_comes_when_work_ends(rig: DigestRig) -> None:
    half, after = date(2026, 10, 28), date(2026, 10, 30)
    rig.opens(at(half, "11:00"))
    assert rig.tick(at(half, "11:59"))[-1:] != [f"digest:director:{half}"]
    assert posted(rig.tick(at(half, "12:00"))) == [f"digest:donanim:{half}"]
    assert "şu ana kadar" not in rig.said(ROOM, "digest")[-1]
    rig.opens(at(half, "16:00"))
    assert posted(rig.tick(at(half, "17:00"))) == []
    rig.tick(at(after, "17:00"))
    last = rig.said(ROOM, "digest")[-1]
    assert last.startswith("📥 Açılan: 1\n")
    assert "(28 Ekim Çarşamba öğlesinden beri)" in last


def test_a_summary_that_comes_earlier_than_that_stays_where_it_is(rig: DigestRig) -> None:
    half = date(2026, 10, 28)
    assert posted(rig.tick(at(half, "11:00"), Schedule(digest_at=time(11, 0)))) == [f"digest:donanim:{half}"]


def test_a_late_start_catches_up_with_the_same_day(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "10:00"))
    rig.opens(at(FRIDAY, "19:00"))
    assert posted(rig.tick(at(FRIDAY, "21:30")))
    assert rig.tick(at(FRIDAY, "21:31")) == []
    assert rig.said(ROOM)[0].startswith("📥 Açılan: 1\n")  # what came after 17:00 is Monday's
    rig.tick(at(MONDAY, "17:00"))
    assert rig.said(ROOM)[1].startswith("📥 Açılan: 1\n")


def test_a_day_on_which_the_desk_was_down_is_in_the_next(rig: DigestRig) -> None:
    wednesday = date(2026, 11, 18)
    rig.tick(at(wednesday, "17:00"))
    rig.opens(at(date(2026, 11, 19), "10:00"))
    rig.tick(at(FRIDAY, "17:00"))
    assert rig.said(ROOM, "digest")[-1].startswith("📥 Açılan: 1\n")
    assert "(18 Kasım Çarşamba akşamından beri)" in rig.said(ROOM)[-1]


def test_the_stretch_of_an_early_one_ends_where_the_next_begins(rig: DigestRig) -> None:
    """An operator posts at three; what comes until five is in the next."""
    rig.opens(at(FRIDAY, "14:00"))

    def early(uow: UnitOfWork) -> bool:
        now = at(FRIDAY, "15:00")
        item = digest.unit_digest(rig.desk, uow, "donanim", FRIDAY, now, TIMES)
        assert item is not None
        return digest.post(UseCaseContext(desk=rig.desk, uow=uow, now=now), item)

    assert rig.store.write(early)
    assert "şu ana kadar" in rig.said(ROOM)[0]
    rig.opens(at(FRIDAY, "16:00"))
    assert posted(rig.tick(at(FRIDAY, "17:00"))) == []
    rig.tick(at(MONDAY, "17:00"))
    assert rig.said(ROOM)[-1].startswith("📥 Açılan: 1\n")
    assert rig.digest(FRIDAY).until == at(FRIDAY, "15:00")
    assert rig.digest(MONDAY).since == at(FRIDAY, "15:00")


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_makes_no_second_one(rig: DigestRig, hours: int) -> None:
    assert posted(rig.tick(at(FRIDAY, "17:10")))
    for minutes in range(0, 180, 7):
        assert rig.tick(at(FRIDAY, "17:10") + timedelta(hours=hours, minutes=minutes)) == []


def test_a_clock_set_back_over_midnight_makes_no_second_one(rig: DigestRig) -> None:
    shortly_after_midnight = Schedule(digest_at=time(0, 10), morning_at=time(8, 15))
    thursday = FRIDAY - timedelta(days=1)
    rig.tick(at(FRIDAY, "00:10"), shortly_after_midnight)
    assert rig.tick(at(thursday, "23:30"), shortly_after_midnight) == []
    assert rig.tick(at(FRIDAY, "00:11"), shortly_after_midnight) == []


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30)),  # skipped
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30)),  # twice
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30)),  # midnight skipped
        ("Africa/Cairo", date(2026, 10, 29), time(23, 30)),  # twice before midnight
        ("America/New_York", date(2026, 11, 1), time(1, 0)),
    ],
)
def test_one_a_day_where_the_clocks_change(zone: str, day: date, clock: time) -> None:
    rig = in_zone(ZoneInfo(zone))
    times = Schedule(digest_at=clock, morning_at=time(12, 0))
    now = at(day - timedelta(days=1), "00:00", ZoneInfo(zone))
    marks = []
    for _ in range(4 * 25 * 2):
        now += timedelta(minutes=30)
        marks += posted(rig.tick(now, times))
    days = [day + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [mark for mark in marks if mark[-10:] <= str(days[-1])] == [f"digest:donanim:{one}" for one in days]


def test_a_unit_without_a_room_waits_for_one(rig: DigestRig) -> None:
    def unbind(uow: UnitOfWork) -> None:
        for room in uow.conversations.rooms("yazilim"):
            room.unit = None
            uow.conversations.save(room)

    rig.store.write(unbind)
    assert "digest:yazilim:2026-11-20" not in rig.tick(at(FRIDAY, "17:00"))


# --- the morning ----------------------------------------------------------------------------------
def test_what_is_due_and_not_posted_is_known_without_being_made(
    rig: DigestRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unposted(now: datetime) -> list[str]:
        return rig.store.read(lambda uow: digest.unposted(rig.desk, uow, now, TIMES))

    evening = at(FRIDAY, "17:00")
    assert unposted(evening - timedelta(minutes=1)) == []
    assert unposted(at(date(2026, 11, 22), "18:00")) == [], "a Sunday"
    with monkeypatch.context() as broken:
        broken.setattr(digest, "compose", None)
        due = unposted(evening)
    assert due == ["donanim", "yazilim", "director"]
    assert rig.tick(evening) == [f"digest:{about}:{FRIDAY}" for about in due]
    assert unposted(evening + timedelta(hours=1)) == []
    assert unposted(at(FRIDAY, "17:30") - timedelta(days=1)) == [], "the clock went back behind a later one"


def test_what_is_left_in_the_morning(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY - timedelta(days=1), "09:00"))
    rig.claims(rig.opens(at(FRIDAY, "10:00")), "mehmet", at(FRIDAY, "10:10"))
    rig.waits(rig.opens(at(FRIDAY, "11:00")), State.WAITING_VENDOR, "mehmet", at(FRIDAY, "11:30"))
    assert rig.tick(at(MONDAY, "08:14")) == []
    assert posted(rig.tick(at(MONDAY, "08:15")), "morning")
    (room,) = rig.said(ROOM)
    assert room.splitlines()[:2] == [
        "☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 2 iş günü)",
        "🔧 Üzerinde çalışılan: 1 · Bekletilen: 1 (firma 1)",
    ]
    assert len(room.splitlines()) == 3
    assert "Mehmet" not in room
    (lead,) = rig.said(LEAD)
    assert lead.splitlines()[2] == "👤 Mehmet K. 2"
    assert rig.tick(at(MONDAY, "08:16")) == []


def test_a_morning_with_nothing_left(rig: DigestRig) -> None:
    rig.tick(at(MONDAY, "08:15"))
    assert rig.said(ROOM) == ["☀️ Günaydın. Dünden kalan iş yok."]


def test_the_mornings_is_not_sent_in_the_afternoon(rig: DigestRig) -> None:
    assert rig.tick(at(MONDAY, "12:29"))
    assert DigestRig().tick(at(MONDAY, "12:30")) == []


# --- ages -----------------------------------------------------------------------------------------
def test_nobody_holds_the_role_of_director(rig: DigestRig) -> None:
    def leave(uow: UnitOfWork) -> None:
        for person in uow.people.in_role(Role.DIRECTOR):
            person.leave(at(FRIDAY, "08:00"))
            uow.people.save(person)

    rig.store.write(leave)
    assert rig.tick(at(FRIDAY, "17:00")) == ["digest:donanim:2026-11-20", "digest:yazilim:2026-11-20"]


# --- targets that are long past ---------------------------------------------------------------------
def counted(rig: DigestRig, now: datetime) -> None:
    rig.store.write(lambda uow: recounting.count_outdated(UseCaseContext(desk=rig.desk, uow=uow, now=now)))


def long_past(rig: DigestRig, address: str = DIRECTOR) -> list[str]:
    (text,) = rig.said(address, "digest_units" if address == DIRECTOR else "digest")
    return [line for line in text.splitlines() if line.startswith("⛔")]


def test_the_director_reads_how_many_nobody_takes_and_how_many_are_a_day_late(rig: DigestRig) -> None:
    """Claim within 4 hours, solved within 24: twice the one, and a day more than the other."""
    unclaimed = rig.opens(at(FRIDAY, "08:00"))
    late = rig.opens(at(date(2026, 11, 16), "16:59"))
    rig.claims(late, "mehmet", at(date(2026, 11, 17), "09:00"))
    rig.opens(at(FRIDAY, "08:01"))
    counted(rig, at(FRIDAY, "17:00"))
    rig.tick(at(FRIDAY, "17:00"))
    title = "Yazıcı yazdırmıyor"
    nobody, too_late = long_past(rig)
    assert nobody.startswith("⛔ Üstlenilmeyen: 1 kayıt, üstlenme hedefinin iki katını geçti")
    assert nobody.endswith(f"(en eskisi {unclaimed.number} · {title})")
    assert too_late.startswith("⛔ Geciken: 1 kayıt, çözüm hedefini bir iş gününden çok aştı")
    assert too_late.endswith(f"(en eskisi {late.number} · {title}, Mehmet K.)")
    assert long_past(rig, LEAD) == []


def test_of_what_is_not_so_long_past_the_director_reads_nothing(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "08:01"))
    late = rig.opens(at(date(2026, 11, 16), "17:00"))
    rig.claims(late, "mehmet", at(date(2026, 11, 17), "09:00"))
    rig.resolves(rig.opens(at(date(2026, 11, 2), "10:00")), "mehmet", at(FRIDAY, "16:00"))
    counted(rig, at(FRIDAY, "16:59"))
    rig.tick(at(FRIDAY, "17:00"))
    assert len(long_past(rig)) == 1, "a day late to the minute counts"
