"""The worked examples: due times of two years of the Turkish calendar, decrees, elapsed spans, nights on call."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.working_time import WorkingTime
from tests.handlers.domain.calendars import DECREES, ISTANBUL, PATTERNS, working

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "worktime_examples.json").read_text())
MINUTE = timedelta(minutes=1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def each(section: str) -> pytest.MarkDecorator:
    rows = EXAMPLES[section]
    return pytest.mark.parametrize("row", rows, ids=[row["id"] for row in rows])


def _named(names: list[str]) -> WorkingTime:
    special = [DECREES[name] for name in names if name in DECREES]
    return working(*special, patterns=tuple(PATTERNS[name] for name in names if name not in DECREES))


@each("add_working_time")
def test_due(row: dict[str, Any]) -> None:
    time, start, due = _named(row["calendar"]), moment(row["start"]), moment(row["due"])
    assert time.add(start, row["minutes"] * MINUTE) == due
    assert time.elapsed(start, due) == row["minutes"] * MINUTE


@each("administrative_leave")
def test_a_decree_moves_what_is_due(row: dict[str, Any]) -> None:
    start, minutes = moment(row["start"]), row["minutes"] * MINUTE
    assert working().add(start, minutes) == moment(row["due_before"])
    assert _named(row["leaves"]).add(start, minutes) == moment(row["due_after"])


@each("elapsed")
def test_elapsed(row: dict[str, Any]) -> None:
    names = row["calendar"].replace(" + ", ", ").split(", ")
    assert _named(names).elapsed(moment(row["from"]), moment(row["to"])) == row["minutes"] * MINUTE


@each("on_call")
def test_an_emergency_counts_the_hours_of_whoever_is_on_call(row: dict[str, Any]) -> None:
    start, minutes = moment(row["start"]), row["minutes"] * MINUTE
    begins, ends = (moment(text) for text in row["duty"])
    assert working(duty=((begins, ends),)).add(start, minutes) == moment(row["due"])
    assert working().add(start, minutes) == moment(row["due_without_duty"])


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_hours_of_each_month(year: int) -> None:
    begins = [datetime(year, month, 1, tzinfo=ISTANBUL) for month in range(1, 13)]
    ends = [*begins[1:], datetime(year + 1, 1, 1, tzinfo=ISTANBUL)]
    hours = [working().elapsed(*month) / timedelta(hours=1) for month in zip(begins, ends, strict=True)]
    assert hours == EXAMPLES["working_hours_of_each_month_olagan"][str(year)]
