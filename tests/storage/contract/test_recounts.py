"""A decree over many tickets, watched: how far it is, on every store, and after a death in the middle."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from handlers.context import UseCaseContext
from handlers.domain.calendar import SpecialDay, SpecialKind
from handlers.messages import plain
from handlers.ports import Transactions, UnitOfWork
from handlers.tickets import recounting
from tests.clock import START
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_room, open_ticket

HERE = "web:p:kemal"
LEAVE = SpecialDay(day=date(2026, 11, 23), kind=SpecialKind.ADMIN_LEAVE, title="İdari izin")


@pytest.fixture
def decreed(store: Transactions, monkeypatch: pytest.MonkeyPatch) -> Transactions:
    """Thirteen tickets, for all of which time is counted differently by now."""
    monkeypatch.setattr(recounting, "COUNTED_AT_ONCE", 3)
    monkeypatch.setattr(recounting, "TOLD_EVERY", 5)

    def fill(uow: UnitOfWork) -> None:
        add_person(uow, "kemal")
        add_room(uow)
        ayse = add_person(uow, "ayse")
        for _ in range(13):
            open_ticket(uow, ayse, START)

    store.write(fill)
    while counted(store):
        pass

    def decree(uow: UnitOfWork) -> None:
        uow.calendars.add_days([LEAVE])
        uow.timings.count_anew(START - timedelta(days=1))

    store.write(decree)
    return store


def work(uow: UnitOfWork, now: datetime = START) -> UseCaseContext:
    return UseCaseContext(desk=shared_desk(), uow=uow, now=now)


def counted(store: Transactions) -> int:
    return store.write(lambda uow: recounting.count_outdated(work(uow)))


def shown(store: Transactions) -> list[str]:
    """As it stands there now, message by message."""
    return store.read(lambda uow: [plain(message.text) for message in uow.timeline.page(HERE)])


def watch(store: Transactions) -> None:
    store.write(lambda uow: recounting.watch(work(uow), HERE))


def test_one_line_is_edited_until_all_are_counted(decreed: Transactions) -> None:
    watch(decreed)
    lines = shown(decreed)
    while counted(decreed):
        lines += shown(decreed)
    assert list(dict.fromkeys(lines)) == [
        "Süreler yeniden sayılıyor: 0 / 13 kayıt …",
        "Süreler yeniden sayılıyor: 6 / 13 kayıt …",
        "Süreler yeniden sayılıyor: 12 / 13 kayıt …",
        "Süreler yeniden sayıldı: 13 kayıt.",
    ]
    assert decreed.read(lambda uow: (uow.timings.count_outdated(), list(uow.recounts.running()))) == (0, [])


def test_a_death_in_the_middle_neither_loses_nor_repeats_a_line(decreed: Transactions) -> None:
    watch(decreed)
    counted(decreed)

    def dies(uow: UnitOfWork) -> None:
        recounting.count_outdated(work(uow))
        raise OSError("killed")

    with pytest.raises(OSError, match="killed"):
        decreed.write(dies)
    assert shown(decreed) == ["Süreler yeniden sayılıyor: 0 / 13 kayıt …"]
    assert decreed.read(lambda uow: uow.timings.count_outdated()) == 10
    counted(decreed)
    assert shown(decreed) == ["Süreler yeniden sayılıyor: 6 / 13 kayıt …"]
    while counted(decreed):
        pass
    assert shown(decreed) == ["Süreler yeniden sayıldı: 13 kayıt."]


def test_a_second_decree_of_the_same_person_begins_the_line_anew(decreed: Transactions) -> None:
    watch(decreed)
    counted(decreed)
    decreed.write(lambda uow: uow.timings.count_anew(START - timedelta(days=1)))
    watch(decreed)
    assert shown(decreed)[-1] == "Süreler yeniden sayılıyor: 0 / 13 kayıt …"
    assert len(decreed.read(lambda uow: uow.recounts.running())) == 1


def test_of_few_nothing_is_said(decreed: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "COUNTED_AT_ONCE", 13)
    watch(decreed)
    assert shown(decreed) == []
    assert not decreed.read(lambda uow: recounting.is_watched(work(uow)))
