from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Change, State
from handlers.domain.ticket import TicketId
from handlers.ports import Transactions
from storage import Store
from tests.clock import START
from tests.handlers.domain.changes import BEFORE, CASES, THEN, play
from tests.storage.builders import add_person, add_technician, open_ticket
from tests.storage.stores import broken

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = START + DAY


@pytest.fixture
def month(store: Transactions) -> tuple[PersonId, list[TicketId]]:
    """Five tickets of one day; what happened to them on the days after."""

    def fill(uow):
        ayse = add_person(uow, "ayse", department="Mali Hizmetler")
        hasan = add_person(uow, "hasan", department="Zabıta")
        mehmet = add_technician(uow, "mehmet")
        reporters = [ayse, ayse, hasan, hasan, ayse]
        subjects = ["yazici", "yazici", "ag", None, "ag"]
        tickets = [
            open_ticket(uow, who, START + n * HOUR, category=what)
            for n, (who, what) in enumerate(zip(reporters, subjects, strict=True))
        ]
        solved, waits, reopened, sent, cancelled = tickets
        solved.claim(by=mehmet, at=START + 5 * HOUR, channel="web")
        solved.resolve("toner", by=mehmet, at=START + 6 * HOUR, channel="web")
        solved.confirm(by=ayse, at=TOMORROW, channel="web")
        waits.claim(by=mehmet, at=START + 5 * HOUR, channel="web")
        waits.wait(State.WAITING_PARTS, "toner", by=mehmet, at=START + 7 * HOUR, channel="web")
        waits.resume(by=mehmet, at=TOMORROW + HOUR, channel="web")
        reopened.claim(by=mehmet, at=START + 5 * HOUR, channel="web")
        reopened.resolve("x", by=mehmet, at=START + 8 * HOUR, channel="web")
        reopened.reopen(by=hasan, at=TOMORROW + HOUR, channel="web", holder_stays=False)
        sent.restricted = True
        sent.assign(mehmet, by=mehmet, at=TOMORROW + HOUR, channel="web")
        cancelled.cancel("other", by=ayse, at=TOMORROW + 2 * HOUR, channel="web")
        for ticket in tickets:
            uow.tickets.save(ticket)
        uow.feedback.tip_solved(START + HOUR, "donanim", "yazici", "Zabıta")
        uow.feedback.tip_solved(START + DAY, "donanim", "yazici", "Zabıta")
        uow.feedback.tip_solved(START, "yazilim", "ebys", "Zabıta")
        return mehmet, [ticket.id for ticket in tickets]

    return store.write(fill)


def test_the_day_as_it_ended(store: Transactions, month: tuple[PersonId, list[TicketId]]) -> None:
    mehmet, ids = month
    tally = store.read(lambda uow: uow.summaries.tally("donanim", START, TOMORROW))
    assert (tally.opened, tally.resolved, tally.solved_by_tip) == (5, 1, 1)
    assert (tally.active, tally.unclaimed) == (3, 2)
    assert tally.waits == {"waiting_parts": 1}
    assert tally.waits_since == {"open": START + 3 * HOUR, "waiting_parts": START + 7 * HOUR}
    assert [ids.index(ticket.id) for ticket in tally.oldest] == [1, 3, 4]
    assert list(tally.by_category) == [("ag", 2), ("yazici", 2), (None, 1)]
    assert list(tally.by_department) == [("Mali Hizmetler", 3, 1), ("Zabıta", 2, 0)]
    assert list(tally.resolved_by) == [(mehmet, 1)]


def test_what_was_spent_on_a_subject(store: Transactions, month: tuple[PersonId, list[TicketId]]) -> None:
    """Of everybody together, without what was taken back, and without security matters."""
    mehmet, ids = month

    def spend(uow):
        said = {0: [("30", None, None), ("45", None, None), (None, "30", "5")], 1: [("5", None, None)]}
        said |= {2: [("60", None, None)], 3: [("500", None, None)]}
        for place, events in said.items():
            ticket = uow.tickets.get(ids[place])
            for after, before, line in events:
                ticket.log(Change.SPENT, by=mehmet, at=TOMORROW, channel="web", after=after, before=before, reason=line)
            uow.tickets.save(ticket)

    store.write(spend)
    spent = store.read(lambda uow: uow.summaries.efforts(["donanim", "yazilim"], START))
    assert [(one.category, one.minutes, one.tickets) for one in spent] == [("ag", 60, 1), ("yazici", 50, 2)]
    assert store.read(lambda uow: uow.summaries.efforts(["donanim"], START + 2 * HOUR))[0].minutes == 60
    assert store.read(lambda uow: uow.summaries.efforts(["yazilim"], START)) == []
    assert store.read(lambda uow: uow.summaries.efforts([], START)) == []


def test_the_next_day(store: Transactions, month: tuple[PersonId, list[TicketId]]) -> None:
    _, ids = month
    tally = store.read(lambda uow: uow.summaries.tally("donanim", TOMORROW, TOMORROW + DAY))
    assert (tally.opened, tally.resolved, tally.active, tally.unclaimed, tally.waits) == (0, 0, 3, 1, {})
    assert tally.waits_since == {"open": TOMORROW + HOUR}
    assert [ids.index(ticket.id) for ticket in tally.oldest] == [1, 2, 3]


def test_an_empty_unit(store: Transactions) -> None:
    tally = store.read(lambda uow: uow.summaries.tally("yazilim", START, TOMORROW))
    assert (tally.opened, tally.active, tally.oldest, tally.by_category) == (0, 0, [], [])


@pytest.mark.parametrize(
    ("at", "active"),
    [(START, 0), (START + 2 * HOUR, 2), (TOMORROW, 4), (TOMORROW + DAY, 3)],
)
def test_the_queue_of_an_earlier_day(
    store: Transactions, month: tuple[PersonId, list[TicketId]], at: datetime, active: int
) -> None:
    """By the tickets as they are now: the one that was reopened counts as never finished."""
    assert store.read(lambda uow: uow.summaries.active_at("donanim", at)) == active


def test_opened_and_resolved(store: Transactions, month: tuple[PersonId, list[TicketId]]) -> None:
    assert store.read(lambda uow: uow.summaries.opened_and_resolved("donanim", START, TOMORROW)) == (5, 1)
    assert store.read(lambda uow: uow.summaries.opened_and_resolved("donanim", START + HOUR, TOMORROW)) == (4, 1)


def test_the_register_has_every_ticket_and_no_security_text(
    store: Transactions, month: tuple[PersonId, list[TicketId]]
) -> None:
    rows = store.read(lambda uow: list(uow.summaries.register(START, TOMORROW)))
    assert [row.number for row in rows] == [f"2026-{n:06d}" for n in range(1, 6)]
    first = rows[0]
    assert (first.reporter, first.department, first.room, first.holder) == ("Ayse", "Mali Hizmetler", "312", "Mehmet")
    assert (first.state, first.resolution, first.ended_at) == ("closed", "toner", TOMORROW)
    assert (rows[3].restricted, rows[3].text) == (True, "")
    assert store.read(lambda uow: list(uow.summaries.register(TOMORROW, TOMORROW + DAY))) == []


# --- every change -----------------------------------------------------------------------------------
@pytest.fixture
def changed(store: Transactions) -> Mapping[Change, UnitId]:
    """One ticket a kind of change, alone in its unit; where it can, each went on later, so that what it was must be
    read from its history."""

    def fill(uow):
        ayse = add_person(uow, "ayse")
        add_technician(uow, "zeynep")
        mehmet = add_technician(uow, "mehmet")
        units = {}
        for change, case in CASES.items():
            ticket = open_ticket(uow, ayse, unit=f"unit-{change}")
            play(case, ticket, mehmet)
            if ticket.state.active:
                ticket.cancel("other", by=mehmet, at=START + 2 * THEN, channel="web")
            elif ticket.may_reopen(START + 2 * THEN):
                ticket.reopen(by=ayse, at=START + 2 * THEN, channel="web", holder_stays=True)
            uow.tickets.save(ticket)
            units[change] = ticket.unit
        return units

    return store.write(fill)


def test_what_was_after_any_change_is_counted_so_for_ever(
    store: Transactions, changed: Mapping[Change, UnitId]
) -> None:
    for change, unit in changed.items():
        case = CASES[change]
        tally = store.read(lambda uow, unit=unit: uow.summaries.tally(unit, START, START + THEN + HOUR))
        since = START + (THEN if case.moves else BEFORE if case.ready else THEN - THEN)
        shown = case.state.waiting or case.state is State.OPEN
        assert tally.active == case.state.active, change
        assert tally.unclaimed == (case.state is State.OPEN), change
        assert tally.waits == ({case.state.value: 1} if case.state.waiting else {}), change
        assert tally.waits_since == ({case.state.value: since} if shown else {}), change


def test_the_check_of_all_histories_knows_every_change(store: Transactions, changed: Mapping[Change, UnitId]) -> None:
    if isinstance(store, Store):
        assert broken(store) == []
