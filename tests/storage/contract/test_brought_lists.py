"""What lists of staff and of devices have alike: the same from every store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers.domain.brought_lists import RowKind
from handlers.domain.device_lists import DeviceImport, DeviceRow, ListedDevice
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow
from handlers.ports import Transactions, UnitOfWork
from handlers.ports.brought_lists import BroughtLists
from tests.clock import START
from tests.storage.builders import add_person

DAY = timedelta(days=1)


def staff(uow: UnitOfWork, owner: PersonId) -> BroughtLists[StaffImport, ListedRow]:
    row = ListedRow(row=StaffRow(2, "1", "Işıl Öz", "Zabıta", None, None, None), kind=RowKind.NEW)
    uow.staff_imports.add(
        StaffImport(key="k", owner=owner, at=START, name="", digest="d", begun_at=START + DAY), [row]
    )  # fmt: skip
    return uow.staff_imports


def devices(uow: UnitOfWork, owner: PersonId) -> BroughtLists[DeviceImport, ListedDevice]:
    row = ListedDevice(row=DeviceRow(2, {"serial": "SN00002X"}), kind=RowKind.NEW)
    uow.device_imports.add(
        DeviceImport(key="k", owner=owner, at=START, name="", digest="d", begun_at=START + DAY, notes=["not"]), [row]
    )  # fmt: skip
    return uow.device_imports


@pytest.mark.parametrize("kept", [staff, devices])
def test_rows_stay_as_long_as_the_list_may_be_taken_back(
    store: Transactions, kept: Callable[[UnitOfWork, PersonId], BroughtLists[StaffImport, ListedRow]]
) -> None:
    """Counted from when it was taken in, which is up to a day after it was brought."""
    owner = store.write(lambda uow: add_person(uow))

    def forget(uow: UnitOfWork) -> list[tuple[int, list[str]]]:
        lists, left = kept(uow, owner), []
        for before in (START + DAY, START + DAY + timedelta(seconds=1)):
            lists.forget(before, START + 9 * DAY)
            one = lists.get("k", to_change=True)
            left.append((len(lists.rows(one.id, 0, 9)), list(one.notes)))
        return left

    words = ["not"] if kept is devices else []
    assert store.write(forget) == [(1, words), (0, [])]
