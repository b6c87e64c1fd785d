"""Numbers of each kind: gapless, anew in each year, whoever takes them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.domain.numbers import Series
from handlers.ports import Transactions, UnitOfWork
from tests.storage.builders import add_person, open_ticket


def taken(store: Transactions, series: Series, year: int) -> str:
    return str(store.write(lambda uow: uow.counters.next(series, year)))


def test_each_kind_and_year_is_counted_by_itself(store: Transactions) -> None:
    wanted = [(Series.HANDOVER, 2026), (Series.STOCK_MOVE, 2026), (Series.HANDOVER, 2027), (Series.HANDOVER, 2026)]
    numbers = [taken(store, series, year) for series, year in wanted]
    assert numbers == ["TB-2026-00001", "SH-2026-00001", "TB-2027-00001", "TB-2026-00002"]
    assert store.read(lambda uow: uow.counters.last(Series.HANDOVER, 2026)) == 2
    assert store.read(lambda uow: uow.counters.last(Series.COUNT, 2026)) == 0


def test_devices_are_not_numbered_by_year(store: Transactions) -> None:
    assert [taken(store, Series.DEVICE, year) for year in (2026, 2027)] == ["D-00001", "D-00002"]


def test_a_number_whose_work_failed_is_given_again(store: Transactions) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.counters.next(Series.HANDOVER, 2026)
        raise RuntimeError

    assert taken(store, Series.HANDOVER, 2026) == "TB-2026-00001"
    with pytest.raises(RuntimeError):
        store.write(fail)
    assert taken(store, Series.HANDOVER, 2026) == "TB-2026-00002"


def test_tickets_have_a_series_of_their_own(store: Transactions) -> None:
    taken(store, Series.HANDOVER, 2026)
    ticket = store.write(lambda uow: open_ticket(uow, add_person(uow, "ayse")))
    assert ticket.number == "2026-000001"
    assert store.read(lambda uow: uow.counters.last(Series.TICKET, 2026)) == 1


def test_two_who_take_numbers_at_once_get_different_ones(store: Transactions) -> None:
    with ThreadPoolExecutor(2) as threads:
        numbers = list(threads.map(lambda _: taken(store, Series.HANDOVER, 2026), range(20)))
    assert sorted(numbers) == [f"TB-2026-{place:05d}" for place in range(1, 21)]
