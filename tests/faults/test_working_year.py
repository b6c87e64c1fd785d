"""Some weeks of a house, around a feast and a decree that lengthens it; `make faults` plays fifteen months."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from handlers.context import Acting
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.tickets import waits, work
from handlers.tickets.opening import NewTicket, Written, open_ticket
from tests.faults.table_desk import TableDesk
from tests.faults.working_year import House, at, breaches, differing, minutes_of, warned_in_closed_minutes

FIRST, LAST = date(2026, 5, 18), date(2026, 6, 3)


def test_no_warning_falls_on_a_closed_minute_and_another_count_says_the_same(tmp_path: Path) -> None:
    house = House(TableDesk(tmp_path), seed=7)
    try:
        house.live(FIRST, LAST, tickets=40)
        warnings, closed = warned_in_closed_minutes(house, FIRST, LAST)
        assert closed == []
        assert warnings > 10
        tickets, late, others = differing(house, minutes_of(FIRST, LAST))
        assert others == []
        assert (tickets, late > 0) == (40, True)
        assert breaches(house) == []
    finally:
        house.desk.close()


def test_what_was_used_up_to_the_minute_is_due_at_that_minute_in_both_counts(tmp_path: Path) -> None:
    """Nothing is left on Friday evening, it waits on Saturday and goes on on Sunday: due it was on Friday."""
    house = House(TableDesk(tmp_path), seed=1)
    desk = house.desk
    found: list[int] = []

    def opens(acting: Acting) -> None:
        reporter = acting.uow.people.by_handle("ayse")
        assert reporter is not None
        new = NewTicket(
            written=(Written("çalışmıyor"),),
            reporter=reporter.id,
            category="internet-yok",
            priority=Priority.HIGH,
            untold=True,
            learns=False,
        )
        found.append(open_ticket(acting, new).id)

    def of(acting: Acting) -> Ticket:
        return acting.uow.tickets.get(found[0])

    try:
        for moment, who, does in (
            ("2026-06-12T08:00", "fatma", opens),
            ("2026-06-12T08:00", "fatma", lambda acting: work.claim(acting, of(acting))),
            ("2026-06-13T12:00", "fatma", lambda acting: waits.wait(acting, of(acting), State.WAITING_PARTS)),
            ("2026-06-14T17:03", "fatma", lambda acting: work.resume(acting, of(acting))),
        ):
            desk.clock.set(at(moment))
            house._acts(who, does)
            desk.later(timedelta())
        house.opened_with[found[0]] = "ariza", Priority.HIGH
        kept = desk.store.read(lambda uow: uow.timings.of(uow.tickets.get(found[0]).id))
        assert kept is not None
        assert (kept.solve_due_at, kept.missed) == (at("2026-06-12T17:00"), False)
        assert differing(house, minutes_of(date(2026, 6, 12), date(2026, 6, 15)))[2] == []
    finally:
        desk.close()
