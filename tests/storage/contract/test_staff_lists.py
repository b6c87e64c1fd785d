"""Lists that were brought, and people as a whole list asks for them: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.brought_lists import Counts, RowFate, RowFault, RowKind
from handlers.domain.errors import NotFound
from handlers.domain.people import Person
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow, Standing
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

ROW = StaffRow(2, "1", "Işıl Öz", "Zabıta", None, "1453", "")


def listed(number: int, **about: object) -> ListedRow:
    row = replace(ROW, line=number + 2, staff_no=str(number))
    return replace(ListedRow(row=row, kind=RowKind.NEW), **about)  # type: ignore[arg-type]


def test_a_list_is_kept_row_by_row_and_forgotten_after_its_time(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow))
    one = StaffImport(
        key="k1", owner=ayse, at=START, name="p.csv", digest="d", faults=[RowFault(3, "boş", "Can")], notes=["not"]
    )
    rows = [listed(0), listed(1, kind=RowKind.CHANGED, person=ayse), listed(2)]
    kept = store.write(lambda uow: uow.staff_imports.add(one, rows))
    assert store.read(lambda uow: uow.staff_imports.get("k1")) == kept
    assert store.read(lambda uow: list(uow.staff_imports.rows(kept.id, 1, 1))) == [(1, rows[1])]
    assert store.read(lambda uow: [at for at, _ in uow.staff_imports.of_kind(kept.id, RowKind.NEW, 0, 9)]) == [2]
    assert store.read(lambda uow: uow.staff_imports.taken_before("d")) is None
    standing = store.read(lambda uow: Standing.of(uow.people.get(ayse)))
    done = replace(rows[1], fate=RowFate.CHANGED, before=standing, after=standing)
    store.write(lambda uow: uow.staff_imports.save_row(kept.id, 1, done))
    assert store.read(lambda uow: list(uow.staff_imports.rows(kept.id, 1, 1))) == [(1, done)]
    counts = store.read(lambda uow: uow.staff_imports.counts(kept.id))
    assert counts == Counts({RowKind.NEW: 2, RowKind.CHANGED: 1}, {RowFate.CHANGED: 1})
    assert store.read(lambda uow: list(uow.staff_imports.drafts(START, 5))) == [kept]
    assert store.read(lambda uow: list(uow.staff_imports.drafts(START + timedelta(1), 5))) == []
    begun = replace(kept, begun_at=START, faults=[RowFault(3, "boş")])
    store.write(lambda uow: uow.staff_imports.save(begun))
    assert store.read(lambda uow: uow.staff_imports.taken_before("d")) == begun
    assert store.read(lambda uow: list(uow.staff_imports.recent(5))) == [begun]
    assert store.write(lambda uow: uow.staff_imports.forget_person(ayse)) == 1
    ((_, bare),) = store.read(lambda uow: list(uow.staff_imports.rows(kept.id, 1, 1)))
    assert (bare.row.name, bare.before, bare.fate) == ("", None, RowFate.CHANGED)
    assert store.write(lambda uow: uow.staff_imports.drop("k1")) is False, "it was taken in"
    dropped = store.write(lambda uow: uow.staff_imports.add(replace(one, key="k0"), [listed(0)]))
    assert store.write(lambda uow: uow.staff_imports.drop("k0")) is True
    assert store.read(lambda uow: uow.staff_imports.counts(dropped.id).total) == 0
    preview = replace(one, key="k2", at=START - timedelta(days=2))
    store.write(lambda uow: uow.staff_imports.add(preview, [listed(0)]))
    assert store.write(lambda uow: uow.staff_imports.forget(START - timedelta(days=9), START - timedelta(days=1))) == 1
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.staff_imports.get("k2"))
    assert store.read(lambda uow: uow.staff_imports.counts(kept.id)).total == 3
    store.write(lambda uow: uow.staff_imports.forget(START + timedelta(days=9), START))
    assert store.read(lambda uow: uow.staff_imports.counts(kept.id)).total == 0
    assert store.read(lambda uow: uow.staff_imports.get("k1")) == begun, "when which list came is remembered"


def test_people_are_found_by_many_numbers_at_once(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow, "ayse", staff_no="1"))
    gone = store.write(lambda uow: add_person(uow, "eski", staff_no="2", left_at=START))
    found = store.read(lambda uow: uow.people.of_staff_nos(["1", "2", "3", ""]))
    assert {number: one.id for number, one in found.items()} == {"1": ayse, "2": gone}
    known = store.read(lambda uow: [(one.id, one.staff_no, one.gone) for one in uow.people.directory()])
    assert known == [(ayse, "1", False), (gone, "2", True)]


def test_only_somebody_of_whom_nothing_is_kept_can_be_as_if_never_added(store: Transactions) -> None:
    used = store.write(lambda uow: add_person(uow, "ayse"))
    reporter = store.write(lambda uow: uow.people.add(Person(handle="veli")).id)
    store.write(lambda uow: open_ticket(uow, reporter))
    bare = store.write(lambda uow: uow.people.add(Person(handle="kimse")).id)
    brought = StaffImport(key="k", owner=used, at=START, name="", digest="d")
    rows = [listed(0, person=bare), listed(1, twin=bare)]
    kept = store.write(lambda uow: uow.staff_imports.add(brought, rows))
    removed = [store.write(lambda uow, one=one: uow.people.remove_unused(one)) for one in (used, reporter, bare, bare)]
    assert removed == [False, False, True, False]
    left = store.read(lambda uow: [(one.person, one.twin) for _, one in uow.staff_imports.rows(kept.id, 0, 9)])
    assert left == [(None, None)] * 2, "a list that names them lets go"
    assert store.read(lambda uow: uow.people.by_handle("kimse")) is None
