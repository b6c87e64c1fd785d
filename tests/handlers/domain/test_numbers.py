"""Numbers as the desk writes them, and reads them back."""

from __future__ import annotations

import pytest

from handlers.domain.numbers import EVER, Number, Series

WRITTEN = [
    (Number(Series.TICKET, 2026, 123), "2026-000123"),
    (Number(Series.HANDOVER, 2026, 31), "TB-2026-00031"),
    (Number(Series.DEPOT_ORDER, 2026, 12), "CE-2026-00012"),
    (Number(Series.STOCK_MOVE, 2026, 412), "SH-2026-00412"),
    (Number(Series.COUNT, 2026, 2), "SY-2026-02"),
    (Number(Series.SCRAP_PROPOSAL, 2026, 3), "HT-2026-003"),
    (Number(Series.SERVICE_VISIT, 2026, 12), "SF-2026-00012"),
    (Number(Series.DOCUMENT, 2026, 87), "ET-2026-00087"),
    (Number(Series.ROUTINE_RUN, 2026, 231), "DI-2026-00231"),
    (Number(Series.PRIVACY_CASE, 2026, 4), "KV-2026-004"),
    (Number(Series.ANNOUNCEMENT, 2026, 14), "DU-2026-00014"),
    (Number(Series.TRAINING, 2026, 5), "EG-2026-00005"),
    (Number(Series.DEVICE, EVER, 42), "D-00042"),
    (Number(Series.TERM, EVER, 17), "SK-00017"),
    (Number(Series.COUNT, 2026, 123), "SY-2026-123"),
]


@pytest.mark.parametrize(("number", "written"), WRITTEN)
def test_it_is_written_and_read(number: Number, written: str) -> None:
    assert str(number) == written
    assert Number.parse(written) == number


@pytest.mark.parametrize(
    "other", ["", "TB-00031", "D-2026-00042", "2026", "TB-2026-00000", "XX-2026-00001", "TB-2026-1 "]
)
def test_what_is_no_number(other: str) -> None:
    assert Number.parse(other) is None


def test_every_series_has_been_written_here() -> None:
    assert {number.series for number, _ in WRITTEN} == set(Series)
