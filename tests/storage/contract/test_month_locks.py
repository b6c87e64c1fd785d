"""Months whose figures were signed: the same from every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.months import Month, MonthFigures, MonthLock
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.time_rules import Timing
from handlers.ports import Transactions
from tests.clock import START
from tests.handlers.domain.calendars import at
from tests.storage.builders import add_person, add_technician, open_ticket

HOUR = timedelta(hours=1)
FIGURES = MonthFigures(opened=12, solved=11, with_target=10, in_target=9, median_s=None, ninth_s=28800)
OCTOBER = Month(2026, 10)


@pytest.fixture
def fatma(store: Transactions) -> PersonId:
    return store.write(lambda uow: add_person(uow, "fatma"))


def signed(by: PersonId, unit: str = "donanim", month: Month = OCTOBER) -> MonthLock:
    return MonthLock(unit=unit, month=month, figures=FIGURES, locked_at=START + timedelta(microseconds=7), locked_by=by)


def test_what_was_signed_comes_back_with_the_same_seal(store: Transactions, fatma: PersonId) -> None:
    lock = signed(fatma)
    assert store.write(lambda uow: uow.month_locks.add(lock))
    found = store.read(lambda uow: uow.month_locks.standing("donanim", OCTOBER))
    assert found == replace(lock, id=found.id)
    assert found.seal == lock.seal
    assert found.seal != replace(lock, figures=replace(FIGURES, in_target=10)).seal


def test_one_stands_at_a_time_of_a_unit_and_month(store: Transactions, fatma: PersonId) -> None:
    locks = [signed(fatma), signed(fatma), signed(fatma, "yazilim"), signed(fatma, month=Month(2026, 11))]
    assert [store.write(lambda uow, one=one: uow.month_locks.add(one)) for one in locks] == [True, False, True, True]


def test_one_that_is_undone_makes_room_for_another(store: Transactions, fatma: PersonId) -> None:
    store.write(lambda uow: uow.month_locks.add(signed(fatma)))
    standing = store.read(lambda uow: uow.month_locks.standing("donanim", OCTOBER))
    undone = replace(standing, undone_at=START + HOUR, undone_by=fatma)
    store.write(lambda uow: uow.month_locks.undo(undone))
    assert store.read(lambda uow: uow.month_locks.standing("donanim", OCTOBER)) is None
    assert store.write(lambda uow: uow.month_locks.add(signed(fatma)))
    for missing in (undone, replace(undone, id=99)):
        with pytest.raises(NotFound):
            store.write(lambda uow, missing=missing: uow.month_locks.undo(missing))


def test_the_solved_of_a_stretch_with_what_is_kept_of_their_time(store: Transactions) -> None:
    def fill(uow):
        ayse, mehmet = add_person(uow, "ayse"), add_technician(uow, "mehmet")
        tickets = [open_ticket(uow, ayse, START) for _ in range(4)]
        for hours, ticket in enumerate(tickets[:3], start=1):
            ticket.claim(by=mehmet, at=START, channel="web")
            ticket.resolve("toner", by=mehmet, at=START + hours * HOUR, channel="web")
        tickets[1].reopen(by=ayse, at=START + 5 * HOUR, channel="web", holder_stays=True)
        for ticket in tickets:
            uow.tickets.save(ticket)
        return [ticket.id for ticket in tickets]

    first, _, third, _ = store.write(fill)

    def solved(since: int, until: int) -> Sequence[tuple[TicketId, Timing | None]]:
        return store.read(lambda uow: uow.timings.solved("donanim", START + since * HOUR, START + until * HOUR))

    assert solved(0, 9) == [(first, None), (third, None)], "nothing was counted yet"
    assert solved(1, 3) == [(first, None)], "the first moment is in it, the last is not"
    assert store.read(lambda uow: uow.timings.solved("yazilim", START, at("2028-01-01T00:00"))) == []
