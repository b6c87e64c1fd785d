"""Lists of devices that were brought: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.context import Acting
from handlers.devices import imports, recording
from handlers.domain.brought_lists import Counts, RowFate, RowFault, RowKind
from handlers.domain.device_lists import DeviceImport, DeviceList, DeviceRow, ListedDevice, NearDepartment
from handlers.domain.devices import Description, Device, number_of
from handlers.domain.errors import NotFound
from handlers.people import personal_data
from handlers.ports import Attachment, DevicesWanted, Transactions
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.storage.builders import add_person

LATER = START + timedelta(days=8)


def listed(line: int, **about: object) -> ListedDevice:
    row = DeviceRow(line, {"serial": f"SN{line}", "brand": "HP"}, ("HP", f"SN{line}"))
    return replace(ListedDevice(row=row, kind=RowKind.NEW), **about)  # type: ignore[arg-type]


def test_a_list_is_kept_row_by_row_and_forgotten_after_its_time(store: Transactions) -> None:
    ambar = store.write(lambda uow: add_person(uow))
    one = DeviceImport(
        key="k1", owner=ambar, at=START, name="liste.xlsx", digest="d", header=("Marka", "Seri no"),
        faults=[RowFault(9, "Satır 9: bozuk", cells=("HP", "x"))], notes=["not"],
        departments=[NearDepartment("Mali Hizm", "Mali Hizmetler", 3)],
    )  # fmt: skip
    rows = [
        listed(2),
        listed(3, kind=RowKind.CHANGED, changes={"model": ("", "M404")}),
        listed(4, people=(ambar, ambar)),
    ]
    kept = store.write(lambda uow: uow.device_imports.add(one, rows))
    assert store.read(lambda uow: uow.device_imports.get("k1")) == kept
    assert store.read(lambda uow: list(uow.device_imports.rows(kept.id, 1, 1))) == [(1, rows[1])]
    assert store.read(lambda uow: [at for at, _ in uow.device_imports.of_kind(kept.id, RowKind.NEW, 0, 9)]) == [2]
    assert store.read(lambda uow: list(uow.device_imports.waiting(kept.id, 9))) == [(2, rows[2])]
    device = store.write(
        lambda uow: uow.devices.add(
            Device(number=number_of(1), description=Description(serial="SN3"), recorded_at=START)
        )
    )
    done = replace(rows[1], device=device.id, version=4, fate=RowFate.CHANGED, before={"place": None})
    store.write(lambda uow: uow.device_imports.save_rows(kept.id, [(1, done)]))
    assert store.read(lambda uow: list(uow.device_imports.rows(kept.id, 1, 1))) == [(1, done)]
    counts = store.read(lambda uow: uow.device_imports.counts(kept.id))
    assert counts == Counts({RowKind.NEW: 2, RowKind.CHANGED: 1}, {RowFate.CHANGED: 1})
    assert store.read(lambda uow: list(uow.device_imports.drafts(START, 5))) == [kept]
    assert store.read(lambda uow: uow.device_imports.taken_before("d")) is None
    begun = replace(kept, begun_at=START, faults=[])
    store.write(lambda uow: uow.device_imports.save(begun))
    assert store.read(lambda uow: uow.device_imports.taken_before("d")) == begun
    assert store.read(lambda uow: list(uow.device_imports.recent(5))) == [begun]
    assert store.write(lambda uow: uow.device_imports.drop("k1")) is False, "it was taken in"
    draft = store.write(lambda uow: uow.device_imports.add(replace(one, key="k2"), rows[:1]))
    assert store.write(lambda uow: uow.device_imports.forget(LATER, LATER)) == 1
    bare = store.read(lambda uow: uow.device_imports.get("k1"))
    assert (bare.notes, bare.departments, bare.header) == ([], [], ())
    for own in (kept.id, draft.id):
        assert store.read(lambda uow, own=own: list(uow.device_imports.rows(own, 0, 9))) == []  # type: ignore[misc]
    for missing in (lambda uow: uow.device_imports.get("k2"), lambda uow: uow.device_imports.save_rows(9, [(0, done)])):
        with pytest.raises(NotFound):
            store.write(missing)


def test_what_somebody_erased_leaves_every_list(store: Transactions) -> None:
    """The name as it was written, who may hold it, and what is put back; the devices stay, and so do others."""
    house = House(store)
    row = DeviceRow(2, {"serial": "SN00002X", "holder": "AYŞE YILMAZ", "note": "3. kat"}, ("SN00002X", "Ayşe Yilmaz"))
    undo = {"place": None, "custody": {"kind": "shared", "holder": None, "holder_text": "Ayşe  YILMAZ"}}
    ayse, hasan = house.ids["ayse"], house.ids["hasan"]
    rows = [
        ListedDevice(row=row, kind=RowKind.NEW, people=(hasan, ayse), changes={"holder": ("", "AYŞE YILMAZ")}),
        ListedDevice(row=replace(row, values={"serial": "SN3"}), kind=RowKind.CHANGED, before=undo),
        ListedDevice(
            row=DeviceRow(4, {"holder": "HASAN KAYA"}, ("Hasan Kaya",)), kind=RowKind.NEW, holder=hasan,
            changes={"holder": ("Ayşe Yılmaz", "HASAN KAYA"), "room": ("", "12")},
        ),
        ListedDevice(row=DeviceRow(5, {"holder": "AYŞE YILMAZER"}, ("AYŞE YILMAZER",)), kind=RowKind.NEW),
    ]  # fmt: skip
    one = DeviceImport(
        key="k1", owner=house.ids["ambar"], at=START, name="", digest="d", header=("Seri no", "Zimmetli"),
        faults=[RowFault(6, "Satır 6: AYŞE YILMAZ gitti", cells=("SN6", "AYŞE YILMAZ")), RowFault(7, "Satır 7: boş")],
        notes=["Satır 6: Ayşe Yılmaz adında iki kişi var", "Satır 8: başka"], chosen={0: ayse, 3: hasan},
    )  # fmt: skip
    kept = store.write(lambda uow: uow.device_imports.add(one, rows))
    done = replace(rows[1], fate=RowFate.CHANGED, version=3)
    store.write(lambda uow: uow.device_imports.save_rows(kept.id, [(1, done)]))
    house.does("ayse", personal_data.erase)
    left = [row for _, row in store.read(lambda uow: uow.device_imports.rows(kept.id, 0, 9))]
    assert left == [
        replace(
            rows[0], row=DeviceRow(2, {"serial": "SN00002X", "note": "3. kat"}, ("SN00002X", "")), people=(), changes={}
        ),
        replace(
            done, row=DeviceRow(2, {"serial": "SN3"}, ("SN00002X", "")),
            before={"place": None, "custody": {"kind": "shared", "holder": None, "holder_text": ""}},
        ),
        replace(rows[2], changes={"room": ("", "12")}),
        rows[3],
    ]  # fmt: skip
    assert store.read(lambda uow: list(uow.device_imports.waiting(kept.id, 9))) == []
    bare = store.read(lambda uow: uow.device_imports.get("k1"))
    assert (bare.faults, bare.notes, bare.chosen) == (
        [
            RowFault(6, "Satır 6: satır alınmadı; adı geçen kişi verilerini sildirdi.", cells=("SN6", "")),
            RowFault(7, "Satır 7: boş"),
        ],
        ["Satır 8: başka"],
        {3: hasan},
    )


def test_a_draft_is_dropped_with_its_rows(store: Transactions) -> None:
    ambar = store.write(lambda uow: add_person(uow))
    one = DeviceImport(key="k1", owner=ambar, at=START, name="", digest="d")
    kept = store.write(lambda uow: uow.device_imports.add(one, [listed(2)]))
    assert store.write(lambda uow: uow.device_imports.drop("k1")) is True
    assert store.read(lambda uow: list(uow.device_imports.rows(kept.id, 0, 9))) == []


def test_what_codes_a_photo_had_is_kept_with_it(store: Transactions) -> None:
    photo = Attachment(
        id="a" * 32, name="etiket.jpg", media_type="image/jpeg", size=3, sha256="x", uploader=None,
        conversation="web:p:x", at=START, codes=("7K3M9Q2X", "8690001003005"),
    )  # fmt: skip
    store.write(lambda uow: uow.attachments.add(photo))
    assert store.read(lambda uow: uow.attachments.get("a" * 32)) == photo


def test_a_list_is_taken_in_and_back_on_every_store(store: Transactions) -> None:
    """Worked example 10, where it is kept for good."""
    house = House(store)
    rows = [
        DeviceRow(
            line, {"serial": f"SN{line:05}X", "kind": "yazici", "brand": "HP", "room": "312", "department": "Fen"}
        )
        for line in range(2, 7)
    ]
    brought = DeviceList(rows=rows, header=("Seri no",))

    def bring(acting: Acting, key: str) -> list[RowKind]:
        compared = imports.compare(acting, brought)
        imports.bring(acting, key, brought, compared, name="liste.xlsx", digest="d")
        return [one.kind for one in compared.rows]

    assert house.does("ambar", lambda acting: bring(acting, "k1")) == [RowKind.NEW] * 5
    assert house.does("ambar", lambda acting: imports.take_in_part(acting, "k1", 0)) == 5
    assert house.does("ambar", lambda acting: bring(acting, "k2")) == [RowKind.SAME] * 5
    assert house.does("ambar", lambda acting: imports.take_in_part(acting, "k2", 0)) == 0
    first = store.read(lambda uow: uow.devices.by_number(1))
    assert first is not None
    house.does("mehmet", lambda acting: recording.move(acting, first.id, "105"))
    assert house.does("ambar", lambda acting: imports.take_back_part(acting, "k1", 0)) == 4
    left = store.read(lambda uow: uow.devices.page(DevicesWanted()))
    assert [str(one.number) for one in left] == ["D-00001"]


def test_a_preview_of_many_rows_asks_as_often_as_one_of_few(store: Transactions) -> None:
    house = House(store)
    rows = [DeviceRow(line, {"serial": f"SN{line:05}X", "brand": "HP", "room": "312"}) for line in range(2, 32)]
    first = DeviceList(rows=rows)

    def bring(acting: Acting) -> None:
        imports.bring(acting, "k1", first, imports.compare(acting, first), name="", digest="d")
        imports.take_in_part(acting, "k1", 0)

    house.does("ambar", bring)
    moved = [replace(row, values={**row.values, "room": "105", "department": "Fen İşl."}) for row in rows]

    def asked(acting: Acting, count: int) -> int:
        statements: list[object] = []
        if isinstance(acting.uow, SqlUnitOfWork):
            run = acting.uow.transaction._run
            acting.uow.transaction._run = lambda *given: statements.append(given[0]) or run(*given)  # type: ignore[method-assign,func-returns-value]
        compared = imports.compare(acting, DeviceList(rows=moved[:count]))
        assert [one.kind for one in compared.rows] == [RowKind.CHANGED] * count
        return len(statements)

    assert house.does("ambar", lambda acting: asked(acting, 30)) == house.does("ambar", lambda acting: asked(acting, 2))
