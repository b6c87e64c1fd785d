"""Each button has one name, and one meaning."""

from __future__ import annotations

from itertools import combinations

import pytest

from handlers.chat import buttons


def test_a_name_that_stands_twice_stops_the_start() -> None:
    with pytest.raises(ValueError, match="claim"):
        buttons._each_once({"claim": print, "day": print}, {"claim": repr})


def test_no_table_has_the_button_of_another() -> None:
    tables = (buttons._PLAIN, buttons._FURTHER, buttons._ON_CALENDAR, buttons._ON_DRAFT, buttons._ON_TICKET)
    assert all(tables)
    assert [one.keys() & other.keys() for one, other in combinations(tables, 2) if one.keys() & other.keys()] == []
