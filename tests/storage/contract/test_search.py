"""The search: people, words with mistakes in them, and what takes too long. (Tickets: `test_tickets.py`.)"""

from __future__ import annotations

import pytest

from handlers.domain.people import PersonId
from handlers.domain.ticket import Entry, EntryKind, TicketId
from handlers.ports import SearchTooSlow, Transactions
from storage import Store
from storage.engine.time_limit import TookTooLong
from storage.repositories import search
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.fixture
def house(store: Transactions) -> Transactions:
    def fill(uow):
        add_person(uow, "hasan", name="Hasan Demir", department="Zabıta Müdürlüğü", room="118", phone="0532 111 22 33")
        add_person(uow, "isil", name="Işıl Şahin", department="Mali Hizmetler", room="312", phone="1453")
        add_person(uow, "zabit", name="Zabit Kaya", department="Fen İşleri", room="7")
        left = uow.people.get(add_person(uow, "hasan2", name="Hasan Ayrılan", department="Zabıta Müdürlüğü"))
        left.leave(START)
        uow.people.save(left)
        add_technician(uow, "mehmet", name="Mehmet Kaya")

    store.write(fill)
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("hasan", ["hasan"]),
        ("HASAN zabita", ["hasan"]),
        ("ışıl", ["isil"]),
        ("IŞIL", ["isil"]),
        ("isil sahin", ["isil"]),
        ("zabı", ["zabit", "hasan"]),
        ("312", ["isil", "mehmet"]),
        ("2233", ["hasan"]),
        ("1453", ["isil"]),
        ("“kaya”", ["mehmet", "zabit"]),
        ("asan", []),
        ("22 33", []),
        ("%", []),
        ("h_san", []),
        ('"', []),
        ("", []),
        ("NEAR(hasan demir)", []),
        ("hasan OR isil", []),
        ("-hasan", []),
    ],
)
def test_people_are_found_by_how_their_words_begin(house: Transactions, asked: str, found: list[str]) -> None:
    assert [one.handle for one in house.read(lambda uow: uow.search.people(asked))] == found


def test_no_more_people_than_asked_for(house: Transactions) -> None:
    assert len(house.read(lambda uow: uow.search.people("kaya", limit=1))) == 1


def test_the_vocabulary_is_of_who_is_there(house: Transactions) -> None:
    words = house.read(lambda uow: uow.search.vocabulary())
    assert words >= {"Hasan", "Demir", "Zabıta", "Müdürlüğü", "Işıl", "Şahin", "Mali"}
    assert "Ayrılan" not in words


@pytest.mark.parametrize(
    "asked", ["yazici", "ya", "YAZICI", "yazıcıdan", "2026-000001", "000001", "fuser", "hasan dem"]
)
def test_tickets_are_found_by_how_their_words_begin(house: Transactions, asked: str) -> None:
    def fill(uow) -> TicketId:
        ticket = open_ticket(uow, uow.people.by_handle("hasan").id, text="YAZICIDAN ses geliyor")
        done = Entry(kind=EntryKind.RESOLUTION, at=START, author=ticket.reporter, text="Fuser değişti")
        uow.tickets.add_entry(ticket.id, done)
        return ticket.id

    ticket = house.write(fill)
    assert [one.id for one in house.read(lambda uow: uow.search.tickets(asked, units=None, reporter=None)).tickets] == [
        ticket
    ]


SERIAL = "PF4C8271X"


def test_a_number_is_found_by_any_part_of_it(house: Transactions) -> None:
    def fill(uow) -> list[TicketId]:
        hasan = uow.people.by_handle("hasan").id
        in_text = open_ticket(uow, hasan, text=f"bozuk: {SERIAL}, acele")
        in_fact = open_ticket(uow, hasan, text="bozuk", facts={"cihaz": f"Yazıcı {SERIAL}"})
        in_entry = open_ticket(uow, hasan, text="bozuk")
        reply = Entry(kind=EntryKind.REPLY, at=START, author=hasan, text=f"({SERIAL})")
        uow.tickets.add_entry(in_entry.id, reply)
        return [in_entry.id, in_fact.id, in_text.id]

    def find(asked: str, units: list[str] | None = None, reporter: PersonId | None = None) -> list[TicketId]:
        found = house.read(lambda uow: uow.search.tickets(asked, units=units, reporter=reporter))
        return [one.id for one in found.tickets]

    all_three = house.write(fill)
    hasan = house.read(lambda uow: uow.people.by_handle("hasan").id)
    for asked in ("4C82", "8271", "71x", "f4c8271x", "PF4", "pf", "hasan 4c82", "“4c82”"):
        for units, reporter in ((None, None), (["donanim"], None), ([], hasan)):
            assert find(asked, units, reporter) == all_three, (asked, units)
        assert not find(asked, ["yazilim"]), asked
    for asked in ("4c83", "c8", "71", "4c82 toner", "f4c-8271", "0001", "2_7", "4c%1", "ıf4c"):
        assert not find(asked), asked


def test_parts_of_numbers_keep_to_notes_secrets_and_what_is_left_of_a_ticket(house: Transactions) -> None:
    def find(asked: str, *, notes: bool = True) -> list[TicketId]:
        found = house.read(lambda uow: uow.search.tickets(asked, units=None, reporter=None, notes=notes))
        return [one.id for one in found.tickets]

    def fill(uow) -> tuple[TicketId, TicketId]:
        hasan = uow.people.by_handle("hasan").id
        noted, long = open_ticket(uow, hasan, text="bozuk"), open_ticket(uow, hasan, text="ab1" * 14)
        note = Entry(kind=EntryKind.NOTE, at=START, author=hasan, text=f"yedeği {SERIAL}")
        uow.tickets.add_entry(noted.id, note)
        open_ticket(uow, hasan, text=SERIAL, restricted=True)
        return noted.id, long.id

    noted, long = house.write(fill)
    assert (find("4c82"), find("4c82", notes=False)) == ([noted], [])
    assert (find("ab1a"), find("b1ab")) == ([long], []), "longer than a number is"

    def edit(uow) -> None:
        ticket = uow.tickets.get(long)
        ticket.text = "XK99317"
        uow.tickets.save(ticket)

    house.write(edit)
    assert find("9931") == [long]

    def erase(uow) -> None:
        hasan = uow.people.by_handle("hasan").id
        for one in (noted, long):
            ticket = uow.tickets.get(one)
            ticket.cancel("other", by=hasan, at=START, channel="web")
            uow.tickets.save(ticket)
        uow.tickets.erase_written_by(hasan)

    house.write(erase)
    assert (find("9931"), find("4c82")) == ([], [])


def test_notes_are_searched_only_for_those_who_read_them(house: Transactions) -> None:
    def fill(uow) -> None:
        ticket = open_ticket(uow, uow.people.by_handle("hasan").id)
        note = Entry(kind=EntryKind.NOTE, at=START, author=ticket.reporter, text="bobin istendi")
        uow.tickets.add_entry(ticket.id, note)

    house.write(fill)
    for notes, asked, found in ((True, "bobin", 1), (False, "bobin", 0), (False, "vermiyor", 1)):
        tickets = house.read(
            lambda uow, asked=asked, notes=notes: (
                uow.search.tickets(asked, units=None, reporter=None, notes=notes).tickets
            )
        )
        assert len(tickets) == found, asked


@pytest.mark.parametrize(
    "asked", ["NEAR(yazici ses)", "yazici*", "-yazici", "yaz%", "y_zici", "yazici OR xyz", "words:yazici", "^yazici"]
)
def test_no_sign_means_anything(house: Transactions, asked: str) -> None:
    house.write(lambda uow: open_ticket(uow, uow.people.by_handle("hasan").id, text="yazici ses"))
    assert list(house.read(lambda uow: uow.search.tickets(asked, units=None, reporter=None)).tickets) == []


def test_a_question_that_takes_too_long_is_stopped_and_nothing_else(store: Transactions) -> None:
    if not isinstance(store, Store):
        pytest.skip("nothing takes long in the fake")

    def work(uow) -> str:
        person = add_person(uow, "ayse")
        with pytest.raises(TookTooLong), uow.transaction.asking_for(0.05):
            uow.transaction.connection.exec_driver_sql(ENDLESS[uow.transaction.dialect])
        return uow.people.get(person).handle

    assert store.write(work) == "ayse"
    assert store.read(lambda uow: uow.people.by_handle("ayse")) is not None
    with store._readers.connect() as connection:  # what was a limit there is none for whoever comes next
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_too_slow_is_said_as_such(store: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
    if not isinstance(store, Store):
        pytest.skip("nothing takes long in the fake")

    def stop(*_: object) -> None:
        raise TookTooLong

    monkeypatch.setattr(search.SqlSearch, "_found", stop)
    with pytest.raises(SearchTooSlow):
        store.read(lambda uow: uow.search.tickets("yazıcı", units=None, reporter=None))
