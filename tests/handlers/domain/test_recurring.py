"""Rules in words, and the days on which they fall."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.domain.errors import Invalid
from handlers.domain.recurring import OFFERED, Every, Rhythm, Shift, days, read, require_possible
from handlers.domain.working_time import WorkingTime
from handlers.spoken_time import rhythm_name
from knowledge.language.folding import folded
from tests.handlers.domain.calendars import ISTANBUL, calendar
from tests.scenarios.stage import shared_desk

FIRST, LAST = date(2026, 12, 1), date(2027, 6, 30)


def _falls(rule: str, shift: Shift = Shift.BEFORE, count: int = 5, first: date = FIRST) -> list[str]:
    known = calendar().of(None)
    found = days(read(folded(rule)), shift, first, WorkingTime(ISTANBUL, known), known, first, LAST)
    return [f"{day:%y-%m-%d}" for day in found][:count]


@pytest.mark.parametrize(
    ("rule", "shift", "falls"),
    [
        ("her iş günü", Shift.BEFORE, ["26-12-01", "26-12-02", "26-12-03", "26-12-04", "26-12-07"]),
        ("her Pazartesi", Shift.BEFORE, ["26-12-07", "26-12-14", "26-12-21", "26-12-28", "27-01-04"]),
        ("her cuma", Shift.BEFORE, ["26-12-04", "26-12-11", "26-12-18", "26-12-25", "26-12-31"]),
        ("her cuma", Shift.AFTER, ["26-12-04", "26-12-11", "26-12-18", "26-12-25", "27-01-04"]),
        ("her ayın ilk iş günü", Shift.BEFORE, ["26-12-01", "27-01-04", "27-02-01", "27-03-01", "27-04-01"]),
        ("ayın son iş günü", Shift.BEFORE, ["26-12-31", "27-01-29", "27-02-26", "27-03-31", "27-04-30"]),
        ("3 ayda bir, 15'inde", Shift.BEFORE, ["26-12-15", "27-03-15", "27-06-15"]),
        ("her ayın 31'i", Shift.BEFORE, ["26-12-31", "27-01-29", "27-02-26", "27-03-31", "27-04-30"]),
        ("her yıl 1 Ocak", Shift.BEFORE, ["26-12-31"]),
        ("her yıl 1 Ocak", Shift.AFTER, ["27-01-04"]),
        (
            "her bayram ve resmî tatilden önceki son iş günü",
            Shift.BEFORE,
            ["26-12-31", "27-03-08", "27-04-22", "27-04-30", "27-05-14"],
        ),
    ],
)
def test_the_days_of_a_rule(rule: str, shift: Shift, falls: list[str]) -> None:
    assert _falls(rule, shift) == falls


@pytest.mark.parametrize(
    "rule", ["her yıl 31 Şubat", "her yıl 31 Nisan", "her ayın 32'si", "13 ayda bir, 1'inde", "her yıl 0 Mayıs"]
)
def test_a_rule_that_never_comes(rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_possible(read(folded(rule)))
    assert refused.value.reason == "recurring_never"


@pytest.mark.parametrize("rule", ["", "ara sıra", "her", "her iş günü ve pazar", "31 Şubat"])
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(folded(rule))
    assert refused.value.reason == "recurring_unreadable"


def test_the_29th_of_february_is_possible() -> None:
    require_possible(Rhythm(Every.YEAR, 29, 2))


def test_what_is_offered_can_be_read_and_fits_the_catalogue() -> None:
    catalogue = shared_desk().catalogue
    for one in OFFERED:
        assert rhythm_name(read(folded(one.rule)))
        assert one.category is None or catalogue.categories[one.category].unit == one.unit
