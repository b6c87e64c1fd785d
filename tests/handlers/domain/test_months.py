"""Months and their figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.domain.months import Month, figures_of
from handlers.domain.time_rules import Timing

HOUR = timedelta(hours=1)


def timing(hours: float, *, target: int | None = 8, missed: bool = False) -> Timing:
    return Timing(
        lines=3,
        claim_due_at=None,
        solve_due_at=None,
        spent=hours * HOUR,
        running_since=None,
        solve_target=None if target is None else target * HOUR,
        missed=missed,
    )


@pytest.mark.parametrize(
    ("month", "first", "before", "following"),
    [
        ("2026-11", date(2026, 11, 1), "2026-10", "2026-12"),
        ("2026-12", date(2026, 12, 1), "2026-11", "2027-01"),
        ("2027-01", date(2027, 1, 1), "2026-12", "2027-02"),
        ("2028-02", date(2028, 2, 1), "2028-01", "2028-03"),
    ],
)
def test_months_follow_each_other(month: str, first: date, before: str, following: str) -> None:
    it = Month.parse(month)
    assert (str(it), it.first_day, str(it.before), str(it.following)) == (month, first, before, following)


@pytest.mark.parametrize("typed", ["2026-13", "2026", "kasım", "2026-00", "-"])
def test_what_is_no_month(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Month.parse(typed)


def test_the_share_is_of_those_that_had_a_target() -> None:
    solved = [timing(n, missed=n > 8) for n in range(1, 11)] + [timing(99, target=None)]
    figures = figures_of(20, solved)
    assert (figures.opened, figures.solved, figures.with_target, figures.in_target) == (20, 11, 10, 8)
    assert figures.share == 80
    assert (figures.median, figures.ninth) == (6 * HOUR, 10 * HOUR)


def test_of_few_nothing_is_told_but_how_many_they_are() -> None:
    figures = figures_of(3, [timing(2)] * 9)
    assert (figures.share, figures.median, figures.ninth) == (None, None, None)
    assert (figures.solved, figures.with_target) == (9, 9)
    empty = figures_of(0, [])
    assert (empty.median_s, empty.ninth_s, empty.share) == (None, None, None)


def test_a_hundred_is_said_only_where_none_was_late() -> None:
    assert figures_of(0, [timing(1, missed=n == 0) for n in range(1000)]).share == 99
