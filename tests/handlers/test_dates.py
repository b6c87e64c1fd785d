"""Days and hours as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest

from handlers.dates import read
from handlers.domain.errors import Invalid

TODAY = date(2026, 11, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "days", "hours", "rest"),
    [
        ("6 Şubat", ["2027-02-06"], None, ""),
        ("6 subat 2026", ["2026-02-06"], None, ""),
        ("6 ŞUBAT Valilik kararı 2026/3", ["2027-02-06"], None, "Valilik kararı 2026/3"),
        ("25 Kasım", ["2026-11-25"], None, ""),
        ("06.02.2026", ["2026-02-06"], None, ""),
        ("4/12", ["2026-12-04"], None, ""),
        ("2-4 Aralık", ["2026-12-02", "2026-12-03", "2026-12-04"], None, ""),
        ("31 Aralık - 2 Ocak köprü", ["2026-12-31", "2027-01-01", "2027-01-02"], None, "köprü"),
        ("bugün 14.00'ten sonra kar", ["2026-11-30"], ("14:00", None), "kar"),
        ("yarın 14:00 sonrası", ["2026-12-01"], ("14:00", None), ""),
        ("yarın öğleden sonra", ["2026-12-01"], ("13:00", None), ""),
        ("7 Ocak 13.00'e kadar", ["2027-01-07"], (None, "13:00"), ""),
        ("12 Aralık 09.00-13.00 sayım", ["2026-12-12"], ("09:00", "13:00"), "sayım"),
        ("12 Aralık 9-13", ["2026-12-12"], ("09:00", "13:00"), ""),
        ("cuma kar tatili", ["2026-12-04"], None, "kar tatili"),
        ("29 Şubat 2028", ["2028-02-29"], None, ""),
        ("haftaya pazartesi", ["2026-12-07"], None, ""),
        ("haftaya bugün", ["2026-12-07"], None, ""),
        ("gelecek hafta cuma doktor", ["2026-12-11"], None, "doktor"),
        ("öbür gün", ["2026-12-02"], None, ""),
        ("haftaya", [f"2026-12-{day:02}" for day in range(7, 12)], None, ""),
        ("yarından itibaren 3 gün", ["2026-12-01", "2026-12-02", "2026-12-03"], None, ""),
        ("3 Aralık'tan itibaren 2 gün yıllık", ["2026-12-03", "2026-12-04"], None, "yıllık"),
        ("3 Aralık'tan 5 Aralık'a kadar", ["2026-12-03", "2026-12-04", "2026-12-05"], None, ""),
        ("3 aralıktan 5 aralığa", ["2026-12-03", "2026-12-04", "2026-12-05"], None, ""),
        ("30 aralıktan 2 ocağa kadar", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"], None, ""),
        ("30 Kasım'dan 1 Aralık'a", ["2026-11-30", "2026-12-01"], None, ""),
        ("salıdan perşembeye", ["2026-12-01", "2026-12-02", "2026-12-03"], None, ""),
        ("çarşamba-cuma", ["2026-12-02", "2026-12-03", "2026-12-04"], None, ""),
        ("bugün 14.10 sonrası", ["2026-11-30"], ("14:10", None), ""),
        ("cuma 14.10'dan sonra", ["2026-12-04"], ("14:10", None), ""),
    ],
)
def test_what_is_typed(typed: str, days: list[str], hours: tuple[str | None, str | None] | None, rest: str) -> None:
    said = read(typed, TODAY)
    assert [day.isoformat() for day in said.days] == days
    starts, ends = hours or (None, None)
    assert (said.starts, said.ends) == (_clock(starts), _clock(ends))
    assert said.rest == rest


def _clock(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "day_missing"),
        ("Valilik kararı", "day_missing"),
        ("31 Şubat", "no_such_day"),
        ("45 Mart", "no_such_day"),
        ("7-3 Aralık", "days_reversed"),
        ("5 Aralık 15.00-14.00", "hours_reversed"),
        ("5 Aralık 14-14", "hours_reversed"),
        ("5 Aralık 25.00-26.00", "no_such_hour"),
        ("5 Aralık 99 sonrası", "no_such_hour"),
    ],
)
def test_what_cannot_be_meant(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(typed, TODAY)
    assert refused.value.reason == reason
