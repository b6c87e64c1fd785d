"""Documents to be answered: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.documents import tracking
from handlers.domain.document_tracks import DocumentId, DocumentKind, DocumentTrack, Result
from handlers.domain.errors import Invalid, NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.document_house import CAME, at, recorded, told
from tests.storage.builders import add_person, open_ticket


def track(uow: UnitOfWork, who: PersonId, registry_no: str, **about: Any) -> DocumentTrack:
    number = uow.counters.next(Series.DOCUMENT, 2026)
    said: dict[str, Any] = {"came_on": CAME, "kind": DocumentKind.PETITION, "last_day": date(2026, 12, 12), **about}
    return uow.document_tracks.add(
        DocumentTrack(number=number, registry_no=registry_no, holder=who, made_by=who, made_at=START, **said)
    )


def test_a_document_comes_back_and_its_number_stands_once_a_year(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow, "ayse"))
    ticket = store.write(lambda uow: open_ticket(uow, ayse)).id
    kept = store.write(lambda uow: track(uow, ayse, "E-451 23", ticket=ticket, sender="Yazı İşleri", enclosures=2))
    assert store.read(lambda uow: uow.document_tracks.get(kept.id)) == kept
    assert store.read(lambda uow: uow.document_tracks.numbered("ET-2026-00001")) == kept
    assert store.read(lambda uow: uow.document_tracks.numbered("ET-2026-00009")) is None
    assert store.read(lambda uow: uow.document_tracks.of_ticket(ticket)) == [kept]
    with pytest.raises(Stale):
        store.write(lambda uow: track(uow, ayse, "e451-23"))
    later = store.write(lambda uow: track(uow, ayse, "E451-23", came_on=date(2027, 1, 4)))
    assert store.read(lambda uow: uow.document_tracks.registered("e 45123")) == [later, kept]
    gone = store.write(lambda uow: uow.document_tracks.save(replace(kept, withdrawn_at=START)))
    assert gone.version == 1
    assert store.read(lambda uow: uow.document_tracks.of_ticket(ticket)) == []
    again = store.write(lambda uow: track(uow, ayse, "E-45123"))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.document_tracks.save(replace(gone, withdrawn_at=None)))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.document_tracks.save(replace(kept, subject="internet", withdrawn_at=START)))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.document_tracks.get(DocumentId(99)))
    assert store.read(lambda uow: uow.document_tracks.of_year(2026)) == [gone, later, again]


def test_what_waits_what_ended_and_whose_it_is(store: Transactions) -> None:
    ayse, mehmet = store.write(lambda uow: (add_person(uow, "ayse"), add_person(uow, "mehmet")))

    def fill(uow: UnitOfWork) -> list[DocumentTrack]:
        undated = track(uow, ayse, "1", kind=DocumentKind.UNDATED, last_day=None)
        return [undated, track(uow, mehmet, "2"), track(uow, ayse, "3", last_day=date(2026, 12, 1))]

    undated, other, first = store.write(fill)
    assert store.read(lambda uow: uow.document_tracks.open()) == [first, other, undated]
    assert store.read(lambda uow: uow.document_tracks.open(ayse)) == [first, undated]
    over = replace(first, result=Result.ANSWERED, answer_no="46001", ended_at=START, ended_by=mehmet)
    ended = store.write(lambda uow: uow.document_tracks.save(over))
    assert store.read(lambda uow: uow.document_tracks.open(ayse)) == [undated]
    assert store.read(lambda uow: uow.document_tracks.ended()) == [ended]
    assert store.read(lambda uow: uow.document_tracks.ended(mehmet)) == []
    assert store.read(lambda uow: uow.document_tracks.count_of(mehmet)) == 2
    store.write(lambda uow: uow.document_tracks.move(mehmet, ayse))
    assert [one.id for one in store.read(lambda uow: uow.document_tracks.open(ayse))] == [other.id, undated.id]


def test_example_19(store: Transactions) -> None:
    """A dilekçe came on 12.11.2026: its last day is a Saturday. The last reminder is on Thursday, it is over from
    Monday."""
    house = at(House(store), CAME)
    one = recorded(house)
    assert (str(one.number), one.last_day) == ("ET-2026-00001", date(2026, 12, 12))
    heard = {}
    day = CAME
    while day < date(2026, 12, 16):
        day += timedelta(days=1)
        at(house, day)
        said = told(house)
        assert told(house) == {}, "once a day"
        if said:
            heard[f"{day:%d.%m}"] = said
    assert list(heard) == ["27.11", "04.12", "10.12", "14.12", "15.12", "16.12"]
    assert "1 iş günü kaldı" in heard["10.12"]["mehmet"]
    assert "son gün 12 Aralık Cumartesi; 5 iş günü kaldı" in heard["04.12"]["mehmet"]
    assert [sorted(heard[day]) for day in ("10.12", "14.12", "15.12", "16.12")] == [
        ["mehmet"],
        ["mehmet"],
        ["fatma", "mehmet"],
        ["fatma", "kemal", "mehmet"],
    ]
    assert "1 iş günü geçti" in heard["14.12"]["mehmet"]
    assert "Mehmet adlı kişide" in heard["16.12"]["kemal"]
    with pytest.raises(Invalid, match="document_answer"):
        house.does("mehmet", lambda acting: tracking.end(acting, one.id, Result.ANSWERED))
    done = house.does("mehmet", lambda acting: tracking.end(acting, one.id, Result.ANSWERED, "46001"))
    assert (done.result, done.answer_no) == (Result.ANSWERED, "46001")
    at(house, date(2026, 12, 17))
    assert told(house) == {}
