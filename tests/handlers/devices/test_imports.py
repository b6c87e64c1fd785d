"""A list of devices is shown with what it would do, taken in, and taken back (worked example 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.documents import device_list
from handlers.context import Acting
from handlers.devices import describing, imports, labels, recording
from handlers.devices.import_rows import ComparedRows
from handlers.devices.imports import NO_CHOICES, Choices
from handlers.domain.brought_lists import Counts, RowFate, RowKind
from handlers.domain.device_lists import TAKEN_BACK_WITHIN
from handlers.domain.devices import CustodyKind, Description, Device, number_of
from handlers.domain.errors import Invalid, NotAllowed, Stale
from handlers.ports import DevicesWanted, UnitOfWork
from handlers.queries import device_imports
from tests.handlers.devices.house import House
from tests.storage.builders import add_person

MESSY = Path(__file__).parents[2] / "bot" / "documents" / "inventory-messy.xlsx"
TODAY = date(2026, 12, 1)
HEAD = "Sicil no;Seri no;Cinsi;Marka;Model;Birim;Zimmetli;Oda;Firma;MAC\n"
ROW = "255.02.01.01.02.01/18/00252;5CD8123ABC;Dizüstü;HP;ProBook;Mali Hizmetler;AYŞE YILMAZ;312;ABC Bilişim;\n"
ANOTHER = ";PHB7654321;Yazıcı;HP;M404dn;Fen İşleri;HASAN KAYA;105;;\n"


class Brings:
    """A house whose storekeeper brings lists."""

    def __init__(self) -> None:
        self.house = House()
        self.house.store.write(self._list_departments)
        self._made = 0

    @staticmethod
    def _list_departments(uow: object) -> None:
        from handlers.people import departments

        departments.begin_list(uow, ["Mali Hizmetler", "Fen İşleri", "Destek Hizmetleri"])  # type: ignore[arg-type]

    def bring(self, rows: str, who: str = "ambar") -> tuple[str, ComparedRows]:
        self._made += 1
        key, brought = f"k{self._made}", device_list.brought(HEAD + rows, TODAY)

        def work(acting: Acting) -> ComparedRows:
            compared = imports.compare(acting, brought)
            imports.bring(acting, key, brought, compared, name="liste.xlsx", digest=rows)
            return compared

        return key, self.house.does(who, work)

    def take_in(self, key: str, choices: Choices = NO_CHOICES, who: str = "ambar") -> int:
        return self.house.does(who, lambda acting: imports.take_in_part(acting, key, 0, choices))

    def take_back(self, key: str) -> int:
        return self.house.does("ambar", lambda acting: imports.take_back_part(acting, key, 0))

    def counts(self, key: str) -> Counts:
        return self.house.store.read(lambda uow: uow.device_imports.counts(uow.device_imports.get(key).id))

    def devices(self) -> Sequence[Device]:
        return self.house.store.read(lambda uow: list(reversed(uow.devices.page(DevicesWanted(), limit=99))))


def test_a_list_is_new_then_the_same_and_only_what_differs_is_a_change() -> None:
    desk = Brings()
    key, compared = desk.bring(ROW + ANOTHER)
    assert [one.kind for one in compared.rows] == [RowKind.NEW, RowKind.NEW]
    assert desk.devices() == [], "a preview writes nothing"
    assert desk.take_in(key) == 2
    first, second = desk.devices()
    assert (str(first.number), first.description.asset_no, first.description.kind) == (
        "D-00001", "255.02.01.01.02.01/18/00252", "dizustu"
    )  # fmt: skip
    assert (first.custody.kind, first.custody.holder) == (CustodyKind.PERSON, desk.house.ids["ayse"])
    assert first.place is not None
    assert second.custody.holder == desk.house.ids["hasan"]

    again, same = desk.bring(ROW + ANOTHER)
    assert [one.kind for one in same.rows] == [RowKind.SAME, RowKind.SAME], "the same file twice changes nothing"
    assert desk.take_in(again) == 0
    assert desk.devices() == [first, second]

    other, changed = desk.bring(
        ROW.replace("ABC Bilişim", "DEF Ltd").replace("255.02.01.01.02.01/18/00252", "255.2.1.1.2.1-18-252")
    )
    assert [dict(one.changes) for one in changed.rows] == [{"supplier": ("ABC Bilişim", "DEF Ltd")}]
    assert desk.take_in(other) == 1
    assert desk.devices()[0].description.supplier == "DEF Ltd"


def test_empty_cells_change_nothing_and_a_press_twice_is_one() -> None:
    desk = Brings()
    key, _ = desk.bring(ROW)
    assert (desk.take_in(key), desk.take_in(key)) == (1, 0)
    _, compared = desk.bring(";5CD8123ABC;;HP;;;;;;\n")
    assert [one.kind for one in compared.rows] == [RowKind.SAME]


def test_two_numbers_of_two_devices_keep_a_row_out() -> None:
    desk = Brings()
    desk.take_in(desk.bring(ROW + ANOTHER)[0])
    _, compared = desk.bring("255.02.01.01.02.01/18/00252;PHB7654321;;HP;;;;;;\n")
    assert [one.says for one in compared.faults] == [
        "Satır 2: sicil no D-00001'i, seri no D-00002'yi gösteriyor; satır alınmadı."
    ]
    assert compared.rows == []


def test_people_are_chosen_where_two_have_the_name_and_never_guessed() -> None:
    desk = Brings()
    twin = desk.house.store.write(
        lambda uow: add_person(uow, "ayse2", name="Ayşe Yılmaz", department="Destek Hizmetleri", staff_no="5230")
    )
    desk.house.store.write(lambda uow: uow.people.save(_numbered(uow.people.get(desk.house.ids["ayse"]))))
    rows = ROW.replace("Mali Hizmetler", "Fen İşleri") + ANOTHER.replace("HASAN KAYA", "VELİ YOK")
    key, compared = desk.bring(rows)
    assert compared.notes == [
        "Satır 2: AYŞE YILMAZ adında iki kişi var (4711, 5230). Zimmet yazılmadı; “Kişi seçilecekler”de bekliyor.",
        "Satır 3: VELİ YOK personel listesinde yok; ad olarak saklandı, zimmet sayılmadı.",
    ]
    desk.take_in(key, Choices(people={0: twin}))
    first, second = desk.devices()
    assert first.custody.holder == twin
    assert (second.custody.holder, second.custody.holder_text) == (None, "VELİ YOK")
    by_office, _ = desk.bring(ROW.replace("5CD8123ABC", "5CD8123ABD").replace("/00252", "/00253"))
    desk.take_in(by_office)
    assert desk.devices()[2].custody.holder == desk.house.ids["ayse"], "one of the two is of that müdürlük"


def _numbered(person: object) -> object:
    person.staff_no = "4711"  # type: ignore[attr-defined]
    return person


def test_a_spelling_is_confirmed_once_and_known_from_then_on() -> None:
    desk = Brings()
    key, compared = desk.bring(ROW.replace("Mali Hizmetler", "Malii Hzmetler"))
    assert [(one.written, one.near, one.rows) for one in compared.departments] == [
        ("Malii Hzmetler", "Mali Hizmetler", 1)
    ]
    assert compared.notes == [
        (
            "Satır 2: “Malii Hzmetler” listede yok. En yakını Mali Hizmetler. "
            "Aynıysa bir kez onaylayın, takma ad olarak saklanır."
        )
    ]
    desk.take_in(key, Choices(departments=frozenset({"Malii Hzmetler"})))
    assert desk.devices()[0].department == "Mali Hizmetler"
    assert desk.bring(ROW.replace("Mali Hizmetler", "MALİİ HZMETLER"))[1].departments == []


def test_taking_back_puts_everything_as_it_was_but_what_somebody_touched() -> None:
    desk = Brings()
    desk.take_in(desk.bring(ROW)[0])
    before = desk.devices()[0]
    rows = ROW.replace("312", "214").replace("AYŞE YILMAZ", "HASAN KAYA").replace("ProBook", "ProBook 450") + ANOTHER
    key, _ = desk.bring(rows + ANOTHER.replace("PHB7654321", "PHB7654322"))
    assert desk.take_in(key) == 3
    touched = desk.devices()[2]
    desk.house.does(
        "mehmet",
        lambda acting: recording.correct(acting, touched.id, replace(touched.description, note="fanı ses yapıyor")),
    )
    assert desk.take_back(key) == 2
    after = desk.devices()
    assert [str(one.number) for one in after] == ["D-00001", "D-00003"]
    assert replace(after[0], version=before.version) == before
    assert dict(desk.counts(key).fates) == {RowFate.TAKEN_BACK: 2, RowFate.KEPT: 1}
    assert desk.take_back(key) == 0
    page = desk.house.does("ambar", lambda acting: device_imports.look(acting, key))
    assert page.stays == ["D-00003"]
    with pytest.raises(Invalid, match="list_taken_back"):
        desk.take_in(key)


def test_what_has_a_label_stays() -> None:
    desk = Brings()
    key, _ = desk.bring(ROW)
    desk.take_in(key)
    desk.house.does("ambar", lambda acting: labels.issue(acting, [desk.devices()[0].id]))
    assert desk.take_back(key) == 0
    assert len(desk.devices()) == 1


def test_what_was_changed_is_put_back_though_it_has_a_label() -> None:
    desk = Brings()
    desk.take_in(desk.bring(ROW)[0])
    before = desk.devices()[0]
    desk.house.does("ambar", lambda acting: labels.issue(acting, [before.id]))
    key, _ = desk.bring(ROW.replace("ProBook", "ProBook 450"))
    desk.take_in(key)
    assert desk.devices()[0].description.model == "ProBook 450"
    assert desk.take_back(key) == 1
    assert desk.devices()[0].description == before.description


def test_a_row_that_is_refused_changes_nothing_of_its_device() -> None:
    """Whoever was chosen left meanwhile."""
    desk = Brings()
    desk.take_in(desk.bring(ROW.replace("AYŞE YILMAZ", ""))[0])
    twin = desk.house.store.write(lambda uow: add_person(uow, "ayse2", name="Ayşe Yılmaz", department="Mali Hizmetler"))
    before = desk.devices()[0]
    key, compared = desk.bring(ROW.replace("ProBook", "ProBook 450"))
    assert twin in compared.rows[0].people

    def leaves(uow: UnitOfWork) -> None:
        person = uow.people.get(twin)
        person.left_at = desk.house.now
        uow.people.save(person)

    desk.house.store.write(leaves)
    assert desk.take_in(key, Choices(people={0: twin})) == 0
    assert dict(desk.counts(key).fates) == {RowFate.REFUSED: 1}
    assert desk.devices() == [before]
    said = desk.house.store.read(lambda uow: uow.device_imports.get(key)).faults
    assert [one.says for one in said] == ["Satır 2: Ayşe Yılmaz ayrılmış görünüyor; zimmet verilemez."]


def test_choices_hold_for_every_part_whoever_asks_for_it() -> None:
    """The page of whoever chose died before it had handed in all parts: the others are asked for without choices."""
    desk = Brings()
    twin = desk.house.store.write(lambda uow: add_person(uow, "ayse2", name="Ayşe Yılmaz", department="Mali Hizmetler"))
    key, _ = desk.bring(ROW)
    desk.house.does("ambar", lambda acting: imports.say_yes(acting, key, Choices(people={0: twin})))
    assert desk.take_in(key, who="fatma") == 1
    assert desk.devices()[0].custody.holder == twin


def test_what_another_writes_down_at_this_moment_undoes_the_part_and_no_number_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Brings()
    key, _ = desk.bring(ROW)

    def meanwhile(acting: Acting, description: Description, own: Device | None = None) -> None:
        assert own is None
        acting.uow.devices.add(Device(number=number_of(9), description=description, recorded_at=acting.now))

    with monkeypatch.context() as patched:
        patched.setattr(describing, "require_free", meanwhile)
        with pytest.raises(Stale):
            desk.take_in(key)
    assert (desk.devices(), dict(desk.counts(key).fates)) == ([], {})
    assert desk.take_in(key) == 1
    assert [str(one.number) for one in desk.devices()] == ["D-00001"]


def test_what_is_said_of_many_rows_stands_once() -> None:
    desk = Brings()
    rows = "".join(
        ANOTHER.replace("PHB7654321", f"PHB765432{place}").replace("HASAN KAYA", "VELİ ÖZ") for place in "123"
    )
    key, _ = desk.bring(rows + ANOTHER.replace("HASAN KAYA", "ALİ ÖZ").replace("PHB7654321", "PHB7654329"))
    assert desk.house.store.read(lambda uow: uow.device_imports.get(key)).notes == [
        "Satır 2: VELİ ÖZ personel listesinde yok; ad olarak saklandı, zimmet sayılmadı. (aynısı 2 satırda daha)",
        "Satır 5: ALİ ÖZ personel listesinde yok; ad olarak saklandı, zimmet sayılmadı.",
    ]


def test_after_a_week_nothing_is_taken_back_and_names_are_forgotten() -> None:
    desk = Brings()
    key, _ = desk.bring(ROW)
    desk.take_in(key)
    desk.house.now += TAKEN_BACK_WITHIN + timedelta(seconds=1)
    with pytest.raises(Invalid, match="list_too_old"):
        desk.take_back(key)
    desk.bring(ANOTHER)
    kept = desk.house.store.read(lambda uow: uow.device_imports.get(key))
    assert not desk.house.store.read(lambda uow: uow.device_imports.rows(kept.id, 0, 9))


@pytest.mark.parametrize("who", ["mehmet", "sevgi", "kemal", "deniz", "kayit", "ayse"])
def test_only_the_lead_of_donanim_and_the_storekeeper_bring_lists(who: str) -> None:
    with pytest.raises(NotAllowed):
        Brings().bring(ROW, who)


def test_the_messy_list_of_a_house_comes_back_with_why() -> None:
    desk = Brings()
    brought = device_list.read(MESSY, TODAY)

    def work(acting: Acting) -> Sequence[tuple[str, ...]]:
        compared = imports.compare(acting, brought)
        kept = imports.bring(acting, "messy", brought, compared, name="inventory.xlsx", digest="d")
        return imports.handed_back(kept)

    head, *rows = desk.house.does("fatma", work)
    assert head[-1] == "Sorun"
    assert [row[0] for row in rows] == ["2", "3", "4"]
    assert all(row[-1].startswith("Satır ") for row in rows)
    assert desk.take_in("messy", who="fatma") == 1
    assert desk.devices()[0].department == "Mali Hizmetler"
    assert desk.devices()[0].description == Description(
        kind="dizustu", brand="HP", model="ProBook", serial="5CD8123ABC", asset_no="255.02.01.01.02.01/18/00252",
        ips=("10.0.0.15",), bought_on=date(2018, 7, 17), price="4.572,83", warranty_until=date(2021, 7, 17),
    )  # fmt: skip
