"""Documents to be answered: their last days, rights, reminders; example 19 of the stores on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from handlers.context import Acting
from handlers.documents import page, tracking
from handlers.documents.page import DocumentWish
from handlers.documents.tracking import Said
from handlers.domain.document_tracks import DocumentKind, Result, last_day_of, working_days_left
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.officers import Office, Officer
from handlers.domain.page_changes import Outcome
from handlers.domain.store_events import Stream
from handlers.ports import UnitOfWork
from handlers.queries import document_tracks as queries
from handlers.reports.documents_due import documents_due
from tests.handlers.devices.house import House
from tests.handlers.document_house import CAME, at, recorded, told
from tests.scenarios.stage import shared_desk


def weekday(day: date) -> bool:
    return day.weekday() < 5 and day != date(2026, 10, 29)


@pytest.fixture
def house() -> House:
    return at(House(), CAME)


def refused(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as refusal:
        house.does(who, work)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("kind", "came", "last"),
    [
        (DocumentKind.PETITION, CAME, date(2026, 12, 12)),
        (DocumentKind.INFORMATION, CAME, date(2026, 12, 3)),
        (DocumentKind.INFORMATION_ELSEWHERE, date(2026, 10, 26), date(2026, 12, 8)),
        (DocumentKind.BOARD_QUESTION, CAME, date(2026, 11, 27)),
        (DocumentKind.UNDATED, CAME, None),
    ],
)
def test_the_law_gives_each_kind_its_last_day(kind: DocumentKind, came: date, last: date | None) -> None:
    assert last_day_of(kind, came, weekday) == last


def test_days_are_counted_to_the_working_day_before_a_weekend() -> None:
    saturday = date(2026, 12, 12)
    counted = [working_days_left(date(2026, 12, day), saturday, weekday) for day in (3, 4, 10, 11, 12, 13, 14)]
    assert counted == [6, 5, 1, 0, 0, 0, -1]


def test_a_new_last_day_is_reminded_of_anew(house: House) -> None:
    one = recorded(house)
    at(house, date(2026, 12, 10))
    assert list(told(house)) == ["mehmet"]
    house.does("mehmet", lambda acting: tracking.extend(acting, one.id, date(2026, 12, 21)))
    at(house, date(2026, 12, 11))
    assert list(told(house)) == ["mehmet"], "half of the longer time is over"
    at(house, date(2026, 12, 12))
    assert told(house) == {}, "a Saturday"
    at(house, date(2026, 12, 18))
    assert "1 iş günü kaldı" in told(house)["mehmet"]


def test_who_may_what(house: House) -> None:
    one = recorded(house, who="fatma")
    for who in ("ayse", "deniz", "admin"):
        with pytest.raises(NotAllowed):
            recorded(house, who=who, registry_no="9")
    with pytest.raises(NotFound):
        house.does("mehmet", lambda acting: tracking.end(acting, one.id, Result.DONE))
    with pytest.raises(NotAllowed):
        house.does("deniz", lambda acting: tracking.end(acting, one.id, Result.DONE))
    assert [len(house.does(who, queries.look).lines) for who in ("fatma", "kemal", "deniz", "mehmet")] == [1, 1, 1, 0]
    with pytest.raises(NotAllowed):
        house.does("ayse", queries.look)
    clerk = Officer(
        office=Office.EVRAK, person=house.ids["ayse"], starts=CAME, entered_by=house.ids["kemal"], entered_at=house.now
    )
    house.store.write(lambda uow: uow.officers.add(clerk))
    assert recorded(house, who="ayse", registry_no="45124").holder == house.ids["ayse"]
    passed = house.does("ayse", lambda acting: tracking.pass_on(acting, one.id, house.ids["mehmet"]))
    assert passed.holder == house.ids["mehmet"]
    assert refused(house, "ayse", lambda acting: tracking.pass_on(acting, one.id, house.ids["hasan"])) == (
        "document_holder"
    )
    said = Said(registry_no="7", kind=DocumentKind.UNDATED)
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: tracking.record(acting, said, house.ids["fatma"]))


def test_what_cannot_be(house: House) -> None:
    one = recorded(house)
    for about, reason in (
        ({"registry_no": "45 123"}, "document_known"),
        ({"registry_no": "acele"}, "document_number"),
        ({"registry_no": "1", "subject": "ÇOK GİZLİ yazı"}, "document_secret"),
        ({"registry_no": "1", "subject": "x" * 121}, "document_too_long"),
        ({"registry_no": "1", "dated": date(2026, 11, 13)}, "document_dated_later"),
        ({"registry_no": "1", "came_on": date(2026, 11, 13)}, "document_came_later"),
        ({"registry_no": "1", "kind": DocumentKind.DATED}, "document_no_day"),
        ({"registry_no": "1", "kind": DocumentKind.DATED, "last_day": CAME}, "document_last_day"),
        ({"registry_no": "1", "enclosures": 1000}, "document_enclosures"),
    ):
        said = Said(**{"kind": DocumentKind.PETITION, **about})  # type: ignore[arg-type]
        assert refused(house, "fatma", lambda acting, said=said: tracking.record(acting, said)) == reason  # type: ignore[misc]
    ended = house.does("mehmet", lambda acting: tracking.end(acting, one.id, Result.FILED))
    assert house.does("mehmet", lambda acting: tracking.end(acting, one.id, Result.FILED)) == ended, "pressed twice"
    assert refused(house, "mehmet", lambda acting: tracking.pass_on(acting, one.id, house.ids["fatma"])) == (
        "document_over"
    )
    again = house.does("mehmet", lambda acting: tracking.reopen(acting, one.id))
    assert again.is_open
    at(house, date(2026, 11, 30))
    assert refused(house, "mehmet", lambda acting: tracking.withdraw(acting, one.id)) == "document_old"


def test_its_history_has_codes_and_no_words(house: House) -> None:
    one = recorded(house, subject="İnternet hattı", sender="Yazı İşleri")
    said = Said(registry_no="45123", kind=one.kind, came_on=CAME, subject="Hattın yavaşlığı", sender="Yazı İşleri")
    house.does("mehmet", lambda acting: tracking.correct(acting, one.id, said))
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.DOCUMENT, one.id))
    assert [line.what for line in lines] == ["recorded", "corrected"]
    assert (dict(lines[1].before), dict(lines[1].after)) == ({}, {"words": "subject"})
    assert "İnternet" not in str(lines)
    shown = house.does("mehmet", lambda acting: queries.one(acting, one.id))
    assert [line.what for line in shown.history] == ["recorded", "corrected"]


def test_the_morning_counts_what_is_near(house: House) -> None:
    def due(uow: UnitOfWork) -> tuple[int, int, str] | None:
        found = documents_due(shared_desk(), uow, house.now)
        return None if found is None else (found.over, found.soon, found.nearest.registry_no)

    recorded(house)
    recorded(house, registry_no="2", kind=DocumentKind.DATED, last_day=date(2026, 12, 1))
    assert house.store.read(due) is None
    at(house, date(2026, 12, 4))
    assert house.store.read(due) == (1, 1, "2")


def test_what_a_page_asks_for(house: House) -> None:
    def asks(who: str, action: DocumentWish, **given: str) -> Outcome:
        def work(acting: Acting) -> Outcome:
            page.try_out(acting, action, given)
            return page.carry_out(acting, action, given)

        return house.does(who, work)

    said = {"registry_no": "45123", "kind": "petition", "came_on": "12.11.2026", "enclosures": "2"}
    assert asks("fatma", DocumentWish.RECORD, **said, holder=str(house.ids["mehmet"])) is Outcome.DONE
    key = str(house.store.read(lambda uow: uow.document_tracks.open()[0].id))
    assert asks("mehmet", DocumentWish.EXTEND, id=key, last_day="2026-12-20") is Outcome.DONE
    for wrong in ({"last_day": "31.02.2026"}, {"last_day": ""}):
        with pytest.raises(Invalid, match="document_day"):
            asks("mehmet", DocumentWish.EXTEND, id=key, **wrong)
    assert asks("mehmet", DocumentWish.PASS_ON, id=key, holder=str(house.ids["mehmet"])) is Outcome.NONE
    assert asks("mehmet", DocumentWish.END, id=key, result="answered", answer_no="46001") is Outcome.DONE
    assert asks("mehmet", DocumentWish.REOPEN, id=key) is Outcome.DONE
    assert asks("mehmet", DocumentWish.CORRECT, id=key, **{**said, "subject": "hat"}) is Outcome.DONE
    assert asks("fatma", DocumentWish.WITHDRAW, id=key) is Outcome.DONE
    with pytest.raises(NotFound):
        asks("mehmet", DocumentWish.END, id="x")
