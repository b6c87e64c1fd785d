"""Lists of tickets: filtered, sorted, a page at a time, and nothing that whoever asks may not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from queue import SimpleQueue
from typing import Any

import pytest

from handlers.domain.people import PersonId
from handlers.domain.rights import Scope
from handlers.domain.states import ACTIVE, Change, Priority, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import Order
from handlers.domain.time_rules import Timing
from handlers.ports import Place, Transactions, UnitOfWork, Wanted
from handlers.ports.ticket_lists import Standing, changes_in
from storage.repositories import reading
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

HOUR = timedelta(hours=1)
ALL = (Scope(None, restricted=True),)
OF_UNIT = (Scope("donanim", restricted=False),)


@pytest.fixture
def people(store: Transactions) -> dict[str, PersonId]:
    def work(uow: UnitOfWork) -> dict[str, PersonId]:
        return {
            "ayse": add_person(uow, "ayse"),
            "hasan": add_person(uow, "hasan", department="Zabıta"),
            "mehmet": add_technician(uow, "mehmet"),
        }

    return store.write(work)


def opened(store: Transactions, by: PersonId, *, after: float = 0, **about: Any) -> TicketId:
    return store.write(lambda uow: open_ticket(uow, by, START + after * HOUR, **about)).id


def change(store: Transactions, ticket: TicketId, **about: Any) -> None:
    def work(uow: UnitOfWork) -> None:
        found = uow.tickets.get(ticket)
        for name, value in about.items():
            setattr(found, name, value)
        uow.tickets.save(found)

    store.write(work)


def due(store: Transactions, ticket: TicketId, *, claim: datetime | None = None, solve: datetime | None = None) -> None:
    timing = Timing(
        lines=1, claim_due_at=claim, solve_due_at=solve, spent=timedelta(), running_since=START,
        solve_target=8 * HOUR, missed=False,
    )  # fmt: skip
    store.write(lambda uow: uow.timings.keep(ticket, timing, None))


def page(store: Transactions, order: Order = Order.OLDEST, limit: int = 50, **wanted: Any) -> list[TicketId]:
    asked = Wanted(**{"scopes": ALL, "states": ACTIVE, **wanted})
    found = store.read(lambda uow: [row.ticket.id for row in uow.ticket_lists.page(asked, order, limit=limit)])
    assert store.read(lambda uow: uow.ticket_lists.count(asked, 1_000)) == len(found) or limit == len(found)
    return found


def test_whoever_sees_nothing_gets_nothing(store: Transactions, people: dict[str, PersonId]) -> None:
    opened(store, people["ayse"])
    assert page(store, scopes=()) == []
    assert page(store, states=frozenset()) == []
    assert page(store, units=frozenset()) == []


def test_a_security_matter_is_in_no_list_and_no_count_of_whom_it_is_not_for(
    store: Transactions, people: dict[str, PersonId]
) -> None:
    plain, secret = opened(store, people["ayse"]), opened(store, people["ayse"], restricted=True)
    elsewhere = opened(store, people["ayse"], unit="yazilim")
    held = opened(store, people["ayse"], restricted=True)
    change(store, held, holder=people["mehmet"], state=State.CLAIMED)
    assert page(store, scopes=OF_UNIT) == [plain]
    assert page(store, scopes=(Scope("donanim", restricted=False, held_by=people["mehmet"]),)) == [plain, held]
    assert page(store, scopes=(Scope("donanim", restricted=True),)) == [plain, secret, held]
    assert page(store, scopes=(Scope(None, restricted=False),)) == [plain, elsewhere]
    assert page(store, scopes=(*OF_UNIT, Scope("yazilim", restricted=True))) == [plain, elsewhere]
    assert page(store) == [plain, secret, elsewhere, held]


def test_each_filter_leaves_what_it_names(store: Transactions, people: dict[str, PersonId]) -> None:
    first = opened(store, people["ayse"])
    urgent = opened(store, people["hasan"], priority=Priority.URGENT, category=None)
    taken = opened(store, people["ayse"], unit="yazilim", category="ebys-giris")
    change(store, taken, holder=people["mehmet"], state=State.CLAIMED)
    waits = opened(store, people["hasan"])
    change(store, waits, holder=people["mehmet"], state=State.WAITING_PARTS)
    over = opened(store, people["ayse"])
    change(store, over, state=State.CLOSED, ended_at=START + HOUR)
    assert page(store) == [first, urgent, taken, waits]
    assert page(store, units=frozenset({"yazilim"})) == [taken]
    assert page(store, units=frozenset({"yazilim", "donanim"})) == [first, urgent, taken, waits]
    assert page(store, priorities=frozenset({Priority.URGENT, Priority.HIGH})) == [urgent]
    assert page(store, categories=frozenset({None})) == [urgent]
    assert page(store, categories=frozenset({None, "ebys-giris"})) == [urgent, taken]
    assert page(store, holders=frozenset({None})) == [first, urgent]
    assert page(store, holders=frozenset({people["mehmet"]})) == [taken, waits]
    assert page(store, departments=frozenset({"Zabıta"})) == [urgent, waits]
    assert page(store, departments=frozenset({"zabıta"})) == [], "spellings are for whoever asks"
    assert page(store, states=frozenset({State.OPEN})) == [first, urgent]
    assert page(store, opened_since=START) == [first, urgent, taken, waits]
    assert page(store, opened_since=START + HOUR) == []
    assert page(store, states=frozenset({State.WAITING_PARTS, State.WAITING_VENDOR})) == [waits]
    assert page(store, states=frozenset({State.CLOSED})) == [over]
    assert page(store, states=frozenset(State)) == [first, urgent, taken, waits, over]
    assert page(store, Order.NEWEST, states=frozenset(State), units=frozenset({"donanim"})) == [
        over, waits, urgent, first,
    ]  # fmt: skip


def test_what_stands_since_before_a_moment(store: Transactions, people: dict[str, PersonId]) -> None:
    before, since, never = (opened(store, people["ayse"]) for _ in range(3))
    change(store, before, state=State.WAITING_PARTS, changed_at=START - HOUR)
    change(store, since, state=State.WAITING_PARTS, changed_at=START + HOUR)
    change(store, never, changed_at=None)
    assert page(store, moved_before=START + HOUR) == [before, never]
    assert page(store, moved_before=START) == [before]


def test_words_are_found_among_what_else_is_asked_for(store: Transactions, people: dict[str, PersonId]) -> None:
    toner = opened(store, people["hasan"], text="Toner bitti, 3. kat 49.4c02")
    done = opened(store, people["hasan"], after=1, text="toner yine bitti")
    opened(store, people["ayse"], after=2, text="monitör")
    secret = opened(store, people["ayse"], after=3, text="toner", restricted=True)
    change(store, done, state=State.CLOSED, ended_at=START)
    assert page(store, words="TONER") == [toner]
    assert page(store, words="toner zabita", states=frozenset(State)) == [toner, done]
    assert page(store, words="toner 49.4c02", states=frozenset(State)) == [toner]
    assert page(store, words="3. kat") == [toner]
    assert page(store, words="toner", units=frozenset({"yazilim"})) == []
    assert page(store, words='% " NEAR(') == []
    assert page(store, words="toner", order=Order.NEWEST, notes=False) == [toner]
    assert secret not in page(store, words="toner", states=frozenset(State)), "as in the search"


@pytest.mark.parametrize("order", [Order.NEWEST, Order.URGENCY])
def test_words_of_many_tickets_and_of_few_are_found_alike(
    store: Transactions, people: dict[str, PersonId], order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word by word, by the index, and first the one and then the other: as somebody who reads all of them finds it."""

    def work(uow: UnitOfWork) -> dict[TicketId, str]:
        said: dict[TicketId, str] = {}
        for number in range(120):
            text = "Yazıcı kuyrukta" if number % 3 else "monitör 49.4c02"
            text += " toner" if number < 3 else f" dolap{number}"
            unit = "donanim" if number % 2 else "yazilim"
            one = open_ticket(uow, people["ayse"], START + number * HOUR, text=text, unit=unit, category=None)
            one.restricted = number % 10 == 0
            if number % 7 == 0:
                one.state, one.ended_at = State.CLOSED, START
            one.holder = people["mehmet"] if number % 5 == 0 else None
            uow.tickets.save(one)
            if not one.restricted:
                said[one.id] = text.replace("ı", "i").replace("ö", "o").lower()
        return said

    said = store.write(work)
    asked = {
        "yazıcı": ("yazici",), "yazıcı kuyruk": ("yazici", "kuyruk"), "kuyruk monitör": ("kuyruk", "monitor"),
        "toner": ("toner",), "kuyruk toner": ("kuyruk", "toner"), "49.4c02 mon": ("49.4c02", "mon"), "yok": ("yok",),
        "dolap14": ("dolap14",),
    }  # fmt: skip
    for most_read in (reading.MOST_READ, 12):
        monkeypatch.setattr(reading, "MOST_READ", most_read)
        for words, parts in asked.items():
            every = {one for one, text in said.items() if all(part in text for part in parts)}
            found = page(store, order, words=words, states=frozenset(State), limit=200)
            assert sorted(found) == sorted(every), words
            assert found == [one for one in page(store, order, states=frozenset(State), limit=200) if one in every]
            assert page(store, order, words=words, states=frozenset(State), limit=7) == found[:7]
            work_left = [one for one in page(store, order, units=frozenset({"donanim"}), limit=200) if one in every]
            assert page(store, order, words=words, units=frozenset({"donanim"}), limit=200) == work_left, words
            wanted = Wanted(scopes=ALL, states=frozenset(State), words=words)
            assert store.read(lambda uow, wanted=wanted: uow.ticket_lists.count(wanted, 500)) == len(every)
            assert store.read(lambda uow, wanted=wanted: uow.ticket_lists.count(wanted, 4)) == min(4, len(every))
            held = store.read(lambda uow, wanted=wanted: uow.ticket_lists.held(wanted))
            mine = page(store, order, holders=frozenset({people["mehmet"]}), states=frozenset(State), limit=200)
            assert held.get(people["mehmet"], 0) == len(every.intersection(mine)), words


def test_what_is_due_is_what_counts_now(store: Transactions, people: dict[str, PersonId]) -> None:
    late, soon, later, without = (opened(store, people["ayse"]) for _ in range(4))
    due(store, late, solve=START - HOUR)
    due(store, soon, claim=START + HOUR, solve=START + 8 * HOUR)
    due(store, later, solve=START + 30 * HOUR)
    assert page(store, due_until=START) == [late]
    assert page(store, due_after=START, due_until=START + 9 * HOUR) == [soon]
    assert page(store, Order.DUE) == [late, soon, later, without]
    urgent = opened(store, people["ayse"], priority=Priority.URGENT)
    assert page(store, Order.DUE) == [late, soon, later, urgent, without], "of what has no time the urgent one first"
    change(store, urgent, state=State.CLOSED, ended_at=START)
    listed = store.read(lambda uow: uow.ticket_lists.page(Wanted(scopes=ALL, states=ACTIVE), Order.DUE))
    assert [(row.due, row.of_claim) for row in listed] == [
        (START - HOUR, False), (START + HOUR, True), (START + 30 * HOUR, False), (None, False),
    ]  # fmt: skip


@pytest.mark.parametrize("order", list(Order))
def test_pages_together_are_the_whole_list(store: Transactions, people: dict[str, PersonId], order: Order) -> None:
    for number in range(23):
        priority = list(Priority)[number % 4]
        ticket = opened(store, people["ayse"], after=number // 3, priority=priority)
        if number % 5:
            due(store, ticket, solve=START + (number % 3) * HOUR)
        if number % 4 == 0:
            change(store, ticket, changed_at=START + (40 - number // 2) * HOUR)
    wanted = Wanted(scopes=ALL, states=ACTIVE)

    def walk(uow: UnitOfWork) -> list[TicketId]:
        found: list[TicketId] = []
        after: Place | None = None
        while rows := uow.ticket_lists.page(wanted, order, after=after, limit=4):
            found += [row.ticket.id for row in rows]
            after = rows[-1].place
        return found

    walked = store.read(walk)
    assert walked == page(store, order)
    assert len(set(walked)) == 23
    if order is Order.URGENCY:
        tickets = store.read(lambda uow: [uow.tickets.get(one) for one in walked])
        assert [one.urgency for one in tickets] == sorted(one.urgency for one in tickets)


def test_what_was_finished_lately(store: Transactions, people: dict[str, PersonId]) -> None:
    opened(store, people["ayse"])
    before, since = opened(store, people["ayse"]), opened(store, people["ayse"])
    change(store, before, state=State.RESOLVED, resolved_at=START)
    change(store, since, state=State.RESOLVED, resolved_at=START + 2 * HOUR)
    wanted = {"states": frozenset(State), "finished_after": START + HOUR}
    assert page(store, Order.NEWEST, **wanted) == [since]


def test_a_count_goes_no_further_than_it_must(store: Transactions, people: dict[str, PersonId]) -> None:
    for _ in range(5):
        opened(store, people["ayse"])
    wanted = Wanted(scopes=ALL, states=ACTIVE)
    assert store.read(lambda uow: [uow.ticket_lists.count(wanted, most) for most in (1, 4, 9)]) == [1, 4, 5]


def test_how_many_each_holds_of_what_is_asked_for(store: Transactions, people: dict[str, PersonId]) -> None:
    zeynep = store.write(lambda uow: add_technician(uow, "zeynep"))
    mine = [opened(store, people["ayse"]) for _ in range(3)]
    for ticket in mine:
        change(store, ticket, holder=people["mehmet"], state=State.CLAIMED)
    change(store, mine[2], restricted=True)
    change(store, opened(store, people["ayse"]), holder=zeynep, state=State.CLAIMED)
    change(store, opened(store, people["ayse"]), holder=zeynep, state=State.CLOSED, ended_at=START)
    opened(store, people["ayse"])

    def held(**wanted: Any) -> Mapping[PersonId, int]:
        asked = Wanted(**{"scopes": ALL, "states": ACTIVE, **wanted})
        return store.read(lambda uow: dict(uow.ticket_lists.held(asked)))

    assert held() == {people["mehmet"]: 3, zeynep: 1}
    assert held(scopes=OF_UNIT) == {people["mehmet"]: 2, zeynep: 1}
    assert held(holders=frozenset({zeynep, people["ayse"]})) == {zeynep: 1}
    assert held(scopes=()) == {}


def test_a_row_is_the_ticket_as_the_same_work_knows_it(store: Transactions, people: dict[str, PersonId]) -> None:
    own = opened(store, people["ayse"])

    def work(uow: UnitOfWork) -> Sequence[Ticket]:
        known = uow.tickets.get(own)
        (row,) = uow.ticket_lists.page(Wanted(scopes=ALL, states=ACTIVE), Order.NEWEST)
        return [known, row.ticket]

    one, other = store.read(work)
    assert one is other
    assert store.read(lambda uow: uow.tickets.history(own))[0].what is Change.OPENED


def test_the_versions_are_of_what_may_be_read(store: Transactions, people: dict[str, PersonId]) -> None:
    plain, secret = opened(store, people["ayse"]), opened(store, people["ayse"], restricted=True)
    elsewhere = opened(store, people["ayse"], unit="yazilim")
    change(store, plain, holder=people["mehmet"], state=State.CLAIMED)
    asked = [plain, secret, elsewhere, TicketId(4711)]
    assert store.read(lambda uow: uow.ticket_lists.versions(OF_UNIT, asked)) == {plain: 2}
    assert store.read(lambda uow: uow.ticket_lists.versions(ALL, asked)) == {plain: 2, secret: 1, elsewhere: 1}
    assert store.read(lambda uow: uow.ticket_lists.versions((), asked)) == {}


def test_what_is_new_is_what_was_opened_after_the_last(store: Transactions, people: dict[str, PersonId]) -> None:
    assert store.read(lambda uow: uow.ticket_lists.newest()) == 0
    opened(store, people["ayse"])
    last = store.read(lambda uow: uow.ticket_lists.newest())
    assert page(store, newer_than=last) == []
    new, _ = opened(store, people["ayse"]), opened(store, people["ayse"], restricted=True)
    assert page(store, newer_than=last, scopes=OF_UNIT) == [new]


def test_whoever_looks_at_a_unit_hears_of_its_tickets(store: Transactions, people: dict[str, PersonId]) -> None:
    """Of what came, of what changed, and of what was sent to another unit."""
    heard: SimpleQueue[frozenset[str]] = SimpleQueue()
    store.on_commit(heard.put)

    def tickets() -> set[str]:
        """Of the next commit: a thread of the store tells it."""
        return {one for one in heard.get(timeout=20) if one.startswith("tickets:")}

    own = opened(store, people["ayse"])
    assert tickets() == {changes_in("donanim")}
    change(store, own, facts={"oda": "4"})
    assert tickets() == {changes_in("donanim")}

    def transfer(uow: UnitOfWork) -> None:
        found = uow.tickets.get(own)
        found.transfer("yazilim", by=people["mehmet"], at=START, channel="web")
        uow.tickets.save(found)

    store.write(transfer)
    assert tickets() == {changes_in("donanim"), changes_in("yazilim")}


def test_what_changed_is_told_by_how_tickets_stand(store: Transactions, people: dict[str, PersonId]) -> None:
    own, secret = opened(store, people["ayse"]), opened(store, people["ayse"], restricted=True)
    newer = [opened(store, people["ayse"], unit="yazilim") for _ in range(3)]
    change(store, own, holder=people["mehmet"], state=State.CLAIMED)

    def stand(*tickets: TicketId, **newer: Any) -> Mapping[TicketId, Standing]:
        return store.read(lambda uow: uow.ticket_lists.standing(tickets, **newer))

    found = stand(own, secret, TicketId(4711))
    assert found == {
        own: Standing(2, "donanim", False, people["mehmet"]),
        secret: Standing(1, "donanim", True, None),
    }
    assert [found[one].is_within(OF_UNIT) for one in (own, secret)] == [True, False]
    assert not found[own].is_within(())
    assert set(stand(own, newer_than=secret, most=2)) == {own, *newer[1:]}
    assert set(stand(newer_than=newer[-1], most=2)) == set()
