"""Which month somebody means."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.domain.errors import Invalid
from handlers.reports.backup_book import month_of

TODAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("", date(2026, 12, 1)),
        ("bu ay", date(2026, 12, 1)),
        ("geçen ay", date(2026, 11, 1)),
        ("Kasım", date(2026, 11, 1)),
        ("ŞUBAT 2025", date(2025, 2, 1)),
        ("2026-3", date(2026, 3, 1)),
        ("03.2026", date(2026, 3, 1)),
        ("aralık", date(2026, 12, 1)),
    ],
)
def test_a_month_as_people_say_it(words: str, month: date) -> None:
    assert month_of(words, TODAY) == month


def test_a_name_without_a_year_is_the_last_one_that_has_begun() -> None:
    assert month_of("aralık", date(2027, 1, 4)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("dün", "month_unreadable"),
        ("2026-13", "month_unreadable"),
        ("1026-01", "month_unreadable"),
        ("kasım 0001", "month_unreadable"),
        ("2027-01", "month_ahead"),
        ("ocak 2027", "month_ahead"),
    ],
)
def test_what_is_none(words: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        month_of(words, TODAY)
    assert refused.value.reason == why
