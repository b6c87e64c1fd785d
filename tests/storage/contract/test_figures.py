from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.domain.states import Priority, State
from handlers.domain.ticket import TicketId
from handlers.domain.time_rules import Timing
from handlers.ports import Transactions
from handlers.ports.figures import HourCount, Sameness, SolvedOnSubject
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = START + 30 * DAY


def hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def house(store: Transactions) -> dict[str, TicketId]:
    """Five tickets of two people; one of them a security matter, one opened by the desk itself."""

    def fill(uow):
        ayse = add_person(uow, "ayse", department="Mali Hizmetler")
        hasan = add_person(uow, "hasan", department="Zabıta")
        mehmet = add_technician(uow, "mehmet")
        solved = open_ticket(uow, ayse, START, category="yazici", facts={"oda": "312", "demirbas": "4711"})
        waits = open_ticket(uow, hasan, START + 10 * timedelta(minutes=1), category="toner", facts={"oda": "101"})
        secret = open_ticket(uow, hasan, START + 2 * HOUR, category="guvenlik", restricted=True)
        regular = open_ticket(uow, mehmet, START + DAY, category="yedek", draft="recurring:1:2026-11-24")
        other = open_ticket(uow, ayse, START + DAY, category="ebys", unit="yazilim")
        urgent = open_ticket(uow, ayse, START + DAY, category=None, priority=Priority.URGENT)
        for ticket in (solved, waits, secret):
            ticket.claim(by=mehmet, at=START + 3 * HOUR, channel="web")
        solved.wait(State.WAITING_VENDOR, "", by=mehmet, at=START + 4 * HOUR, channel="web")
        solved.wait(State.WAITING_PARTS, "", by=mehmet, at=START + 5 * HOUR, channel="web")
        solved.resume(by=mehmet, at=START + 7 * HOUR, channel="web")
        solved.resolve("x", by=mehmet, at=START + 8 * HOUR, channel="web")
        solved.reopen(by=ayse, at=START + DAY, channel="web", holder_stays=True)
        solved.resolve("y", by=mehmet, at=START + 2 * DAY, channel="web")
        waits.wait(State.WAITING_PARTS, "", by=mehmet, at=START + 6 * HOUR, channel="web")
        secret.wait(State.WAITING_REPORTER, "", by=mehmet, at=START + 6 * HOUR, channel="web")
        secret.transfer("yazilim", by=mehmet, at=START + 9 * HOUR, channel="web")
        secret.transfer("donanim", by=mehmet, at=START + 10 * HOUR, channel="web")
        named = {"solved": solved, "waits": waits, "secret": secret, "regular": regular, "other": other}
        named["urgent"] = urgent
        for ticket in named.values():
            uow.tickets.save(ticket)
        return {name: ticket.id for name, ticket in named.items()}

    return store.write(fill)


def test_what_came_and_went_by_the_hour(store: Transactions, house: dict[str, TicketId]) -> None:
    opened = store.read(lambda uow: uow.figures.opened_by_hour("donanim", START, END))
    assert opened == [
        HourCount(hour(START), 2),
        HourCount(hour(START + 2 * HOUR), 1),
        HourCount(hour(START + DAY), 2),
    ]
    shared = store.read(lambda uow: uow.figures.opened_by_hour("donanim", START, END, restricted=False))
    assert [count for _, count in shared] == [2, 2]
    assert store.read(lambda uow: uow.figures.opened_by_hour("donanim", START + DAY, END)) == opened[2:]
    assert store.read(lambda uow: uow.figures.opened_by_hour("donanim", START, START)) == []
    gone = store.read(lambda uow: uow.figures.resolved_by_hour("donanim", START, END))
    assert gone == [HourCount(hour(START + 2 * DAY), 1)]
    assert gone == store.read(lambda uow: uow.figures.resolved_by_hour("donanim", START, END, restricted=False))


def test_what_is_open_now(store: Transactions, house: dict[str, TicketId]) -> None:
    def counted(*, restricted: bool) -> set[tuple[State, bool, datetime, int]]:
        found = store.read(lambda uow: uow.figures.active("donanim", restricted=restricted))
        return {(one.state, one.urgent, one.hour, one.count) for one in found}

    shared = {
        (State.WAITING_PARTS, False, hour(START), 1),
        (State.OPEN, False, hour(START + DAY), 1),
        (State.OPEN, True, hour(START + DAY), 1),
    }
    assert counted(restricted=False) == shared
    assert counted(restricted=True) == shared | {(State.OPEN, False, hour(START + 2 * HOUR), 1)}


def test_what_was_open_then(store: Transactions, house: dict[str, TicketId]) -> None:
    def states(at: datetime, *, restricted: bool = True) -> dict[State, int]:
        return dict(store.read(lambda uow: uow.summaries.states_at("donanim", at, restricted=restricted)))

    assert states(START) == {}
    assert states(START + 6 * HOUR + timedelta(minutes=1)) == {State.WAITING_PARTS: 2, State.WAITING_REPORTER: 1}
    assert states(START + 6 * HOUR + timedelta(minutes=1), restricted=False) == {State.WAITING_PARTS: 2}
    assert states(END) == {State.WAITING_PARTS: 1, State.OPEN: 3}
    assert states(END, restricted=False) == {State.WAITING_PARTS: 1, State.OPEN: 2}


def test_waits_and_what_ended_them(store: Transactions, house: dict[str, TicketId]) -> None:
    found = store.read(lambda uow: uow.figures.waits("donanim", START, END))
    assert [(one.state, one.began, one.category) for one in found[:2]] == [
        (State.WAITING_VENDOR, START + 4 * HOUR, "yazici"),
        (State.WAITING_PARTS, START + 5 * HOUR, "yazici"),
    ]
    assert [one.ended for one in found[:2]] == [START + 5 * HOUR, START + 7 * HOUR]
    assert {(one.state, one.ended, one.category) for one in found[2:]} == {
        (State.WAITING_PARTS, None, "toner"),
        (State.WAITING_REPORTER, START + 9 * HOUR, None),
    }
    shared = store.read(lambda uow: uow.figures.waits("donanim", START + 5 * HOUR, END, restricted=False))
    assert [one.category for one in shared] == ["yazici", "toner"]
    later = store.read(lambda uow: uow.figures.waits("donanim", START + DAY, END))
    assert [one.category for one in later] == ["toner"]
    assert store.read(lambda uow: uow.figures.waits("donanim", START + 400 * DAY, START + 500 * DAY)) == []
    assert store.read(lambda uow: uow.figures.waits("yazilim", START, END)) == []


def test_how_often_something_was_opened_again(store: Transactions, house: dict[str, TicketId]) -> None:
    assert store.read(lambda uow: uow.figures.reopened("donanim", START, END)) == 1
    assert store.read(lambda uow: uow.figures.reopened("donanim", START, END, restricted=False)) == 1
    assert store.read(lambda uow: uow.figures.reopened("donanim", START, START + DAY)) == 0
    assert store.read(lambda uow: uow.figures.reopened("yazilim", START, END)) == 0


def test_how_long_it_took(store: Transactions, house: dict[str, TicketId]) -> None:
    def solved():
        return store.read(lambda uow: list(uow.figures.solved("donanim", START, END)))

    def out_of_date():
        found = store.read(lambda uow: uow.figures.solved_out_of_date("donanim", START, END))
        return [(one.ticket, one.category) for one in found]

    assert (solved(), out_of_date()) == ([], [(house["solved"], "yazici")])

    def keep(uow):
        timing = Timing(
            lines=len(uow.tickets.history(house["solved"])),
            claim_due_at=None,
            solve_due_at=None,
            spent=3 * HOUR,
            running_since=None,
            solve_target=2 * HOUR,
            missed=True,
        )
        uow.timings.keep(house["solved"], timing, None)

    store.write(keep)
    assert solved() == [SolvedOnSubject("yazici", has_target=True, missed=True, seconds=[10_800])]
    assert out_of_date() == []
    assert store.read(lambda uow: uow.figures.solved("donanim", START, START + DAY)) == []


def test_subjects_of_departments(store: Transactions, house: dict[str, TicketId]) -> None:
    of = store.read(lambda uow: uow.figures.opened_of("donanim", START, END))
    assert {(one.category, one.department, one.number) for one in of} == {
        ("yazici", "Mali Hizmetler", 1),
        ("toner", "Zabıta", 1),
        (None, "Mali Hizmetler", 1),
        ("yedek", "Mali Hizmetler", 1),
    }


def test_the_same_once_more(store: Transactions, house: dict[str, TicketId]) -> None:
    """Of a device, of a subject in a room, of a subject of a person; with whatever letters."""

    def more(uow):
        ayse = uow.people.by_handle("ayse").id
        told = {"hata": 'o "oda":"7" dedi', "oda": 'çatı "B"', "demirbas": "4711"}
        places = [("yazici", {"oda": "312", "demirbas": "4711"}), ("ag", told), ("ag", told)]
        opened = [
            open_ticket(uow, ayse, START + n * HOUR, category=what, facts=facts)
            for n, (what, facts) in enumerate(places, start=1)
        ]
        open_ticket(uow, ayse, START + HOUR, category="ag", facts=told, restricted=True)
        open_ticket(uow, ayse, START + HOUR, category="ag", facts=told, draft="recurring:1:2026-11-25")
        return ayse, [one.id for one in opened]

    ayse, (printer, _, net) = store.write(more)

    def repeated(by: Sameness, often: int = 2) -> list[tuple[str, str | None, int, int]]:
        every = store.read(lambda uow: uow.figures.repeated("donanim", START, END, often, 20))
        return sorted((one.what, one.category, one.count, one.newest) for one in every if one.by is by)

    def number(often: int) -> int:
        return store.read(lambda uow: uow.figures.count_repeated("donanim", START, END, often))

    assert repeated(Sameness.DEVICE) == [("4711", None, 4, net)]
    assert repeated(Sameness.DEVICE, 5) == []
    (_, *named), other = repeated(Sameness.ROOM)[::-1]
    assert (named, other) == (["ag", 2, net], ("312", "yazici", 2, printer))
    assert repeated(Sameness.PERSON) == []  # the tickets of the rooms
    assert (number(2), number(4), number(5)) == (3, 1, 0)
    more_of_ayse = store.write(lambda uow: open_ticket(uow, ayse, START + 4 * HOUR, category="ag").id)
    assert repeated(Sameness.PERSON) == [(str(ayse), "ag", 3, more_of_ayse)]
    most = store.read(lambda uow: uow.figures.repeated("donanim", START, END, 2, 2))
    assert [(one.by, one.count) for one in most] == [(Sameness.DEVICE, 4), (Sameness.PERSON, 3)]
