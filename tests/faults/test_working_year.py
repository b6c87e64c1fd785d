"""Some weeks of a house, around a feast and a decree that lengthens it; `make faults` plays fifteen months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.faults.table_desk import TableDesk
from tests.faults.working_year import House, breaches, differing, minutes_of, warned_in_closed_minutes

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
