"""The choices of the working week, as a house is set up."""

from __future__ import annotations

from itertools import product

import pytest

from handlers.domain.errors import Invalid
from handlers.domain.working_time import length
from handlers.first_run import DAYS, FRIDAYS, LUNCHES, Hours
from handlers.spoken_time import week_name


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Hours("0800", "1200", "same"), "Pazartesi–Cuma 08.00–12.00, 13.00–17.00"),
        (Hours("0830", "1230", "1400"), "Pazartesi–Perşembe 08.30–12.30, 13.30–17.30 · Cuma 08.30–12.30, 14.00–17.30"),
        (Hours("0730", "none", "same"), "Pazartesi–Cuma 07.30–16.30"),
    ],
)
def test_what_was_chosen_is_a_week(chosen: Hours, said: str) -> None:
    assert week_name(chosen.week) == said


def test_every_choice_goes_with_every_other() -> None:
    for day, lunch, friday in product(DAYS, LUNCHES, FRIDAYS):
        week = Hours(day, lunch, friday).week
        assert [bool(one) for one in week] == [True] * 5 + [False] * 2
        assert all(start < end for windows in week for start, end in windows)
        assert all(length(windows).total_seconds() >= 7 * 3600 for windows in week[:5])


@pytest.mark.parametrize("chosen", [Hours("", "1200", "same"), Hours("0800", "x", "same"), Hours("0800", "1200", "")])
def test_what_is_none_of_the_choices(chosen: Hours) -> None:
    with pytest.raises(Invalid, match="setup_choose"):
        _ = chosen.week
