"""The list of müdürlükler: added to, renamed, merged, closed, and each taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from handlers.context import Acting
from handlers.domain.departments import UNKNOWN, Department
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.people import Person, Role
from handlers.people import departments
from handlers.queries import departments as page
from tests.clock import START
from tests.fakes.departments import FakeDepartments
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk

T = TypeVar("T")


class House:
    """Ayşe and Can of Mali Hizmetler, Veli of "mali hizmtler" and an admin."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.now = START
        self.finance = self.does(lambda acting: departments.add(acting, "Mali Hizmetler"))
        self.parks = self.does(lambda acting: departments.add(acting, "Park ve Bahçeler"))
        for handle, department in (("ayse", "Mali Hizmetler"), ("can", "Mali Hizmetler"), ("veli", "mali hizmtler")):
            self.store.write(lambda uow, h=handle, d=department: uow.people.add(Person(handle=h, department=d)))

    def does(self, work: Callable[[Acting], T], role: Role = Role.ADMIN) -> T:
        def with_person(uow: object) -> T:
            people = uow.people  # type: ignore[attr-defined]
            person = people.by_handle(role.value) or people.add(Person(handle=role.value, role=role))
            return work(Acting(desk=shared_desk(), uow=uow, now=self.now, person=person, channel="web", event_key="k"))  # type: ignore[arg-type]

        return self.store.write(with_person)

    def of(self, handle: str) -> str:
        person = self.store.read(lambda uow: uow.people.by_handle(handle))
        assert person is not None
        return person.department

    def one(self, key: Department) -> Department:
        return self.store.read(lambda uow: uow.departments.get(key.id))

    def listed(self) -> list[str]:
        return [one.department.name for one in self.does(page.look).listed]

    def audited(self) -> list[tuple[str, str]]:
        lines = self.store.read(lambda uow: uow.audit.page(limit=50, who=None, since=None, until=None, before=None))
        return [(line.what, line.about) for line in reversed(lines)]


@pytest.fixture
def house() -> House:
    return House()


def test_renamed_its_people_come_along_and_the_old_name_is_known(house: House) -> None:
    assert house.does(lambda acting: departments.rename(acting, house.finance.id, "Strateji ve Mali İşler"))
    assert (house.of("ayse"), house.of("veli")) == ("Strateji ve Mali İşler", "mali hizmtler")
    assert [old.name for old in house.one(house.finance).former_names] == ["Mali Hizmetler"]
    with pytest.raises(Invalid, match="department_taken"):
        house.does(lambda acting: departments.add(acting, "mali hizmetler md."))
    assert house.does(lambda acting: departments.rename(acting, house.finance.id, "Mali Hizmetler"))
    assert house.of("ayse") == "Mali Hizmetler"
    assert [old.name for old in house.one(house.finance).former_names] == ["Strateji ve Mali İşler"]
    assert not house.does(lambda acting: departments.rename(acting, house.finance.id, " Mali  Hizmetler "))


def test_written_in_other_letters_only_it_has_no_older_name(house: House) -> None:
    house.does(lambda acting: departments.rename(acting, house.finance.id, "MALİ HİZMETLER MÜDÜRLÜĞÜ"))
    assert house.one(house.finance).former_names == ()
    assert house.of("can") == "MALİ HİZMETLER MÜDÜRLÜĞÜ"


def test_short_names(house: House) -> None:
    house.does(
        lambda acting: departments.set_short_names(acting, house.finance.id, "mali hiz., MHM ,mhm, Mali Hizmetler")
    )
    assert house.one(house.finance).short_names == ("mali hiz.", "MHM", "mhm")
    with pytest.raises(Invalid, match="department_taken"):
        house.does(lambda acting: departments.set_short_names(acting, house.parks.id, "mhm"))
    many = ", ".join(f"ad {letter}" for letter in "abcdefghijklmn")
    with pytest.raises(Invalid, match="too_many_short_names"):
        house.does(lambda acting: departments.set_short_names(acting, house.parks.id, many))
    house.does(lambda acting: departments.set_short_names(acting, house.finance.id, ""))
    assert house.one(house.finance).short_names == ()


def test_what_somebody_typed_is_merged_and_taken_back(house: House) -> None:
    (unlisted,) = house.does(page.look).unlisted
    assert (unlisted.written, unlisted.people, unlisted.near) == ("mali hizmtler", 1, "Mali Hizmetler")
    shown = house.does(lambda acting: departments.merge_preview(acting, "mali hizmtler", house.finance.id))
    assert [one.handle for one in shown.people] == ["veli"]
    merged = house.does(lambda acting: departments.merge(acting, "mali hizmtler", house.finance.id))
    assert house.of("veli") == "Mali Hizmetler"
    assert house.does(page.look).unlisted == []
    assert house.does(lambda acting: departments.take_merge_back(acting, merged.id))
    assert house.of("veli") == "mali hizmtler"
    assert [one.written for one in house.does(page.look).unlisted] == ["mali hizmtler"]
    assert house.listed() == ["Mali Hizmetler", "Park ve Bahçeler"]


def test_two_of_the_list_become_one_and_two_again(house: House) -> None:
    house.does(lambda acting: departments.merge(acting, "Mali Hizmetler", house.parks.id))
    assert (house.of("ayse"), house.listed()) == ("Park ve Bahçeler", ["Park ve Bahçeler"])
    with pytest.raises(Invalid, match="department_has_past"):
        house.does(lambda acting: departments.remove(acting, house.parks.id))
    with pytest.raises(Invalid, match="department_gone"):
        house.does(lambda acting: departments.merge(acting, "mali hizmtler", house.finance.id))

    def moves_on(acting: Acting) -> None:
        ayse = acting.uow.people.by_handle("ayse")
        assert ayse is not None
        ayse.department = "Zabıta"
        acting.uow.people.save(ayse)

    house.does(moves_on)
    house.does(lambda acting: departments.take_merge_back(acting, house.finance.id))
    assert (house.of("ayse"), house.of("can")) == ("Zabıta", "Mali Hizmetler")
    assert not house.does(lambda acting: departments.take_merge_back(acting, house.finance.id))


def test_after_fourteen_days_a_merge_stays(house: House) -> None:
    house.does(lambda acting: departments.merge(acting, "Mali Hizmetler", house.parks.id))
    house.now = START + timedelta(days=15)
    with pytest.raises(Invalid, match="department_merge_old"):
        house.does(lambda acting: departments.take_merge_back(acting, house.finance.id))
    ((_, into, fresh),) = house.does(page.look).merged
    assert (into, fresh) == ("Park ve Bahçeler", False)


def test_added_whoever_typed_it_otherwise_is_of_it(house: House) -> None:
    house.does(lambda acting: departments.add(acting, "Mali Hizmtler"))
    assert house.of("veli") == "Mali Hizmtler"
    added = house.does(lambda acting: acting.uow.departments.all())[-1]
    house.does(lambda acting: departments.remove(acting, added.id))
    assert [one.written for one in house.does(page.look).unlisted] == ["Mali Hizmtler"]


def test_closed_and_open_again(house: House) -> None:
    assert house.does(lambda acting: departments.close(acting, house.parks.id))
    assert not house.does(lambda acting: departments.close(acting, house.parks.id))
    shown = house.does(page.look)
    assert ([one.department.name for one in shown.closed], list(shown.names)) == (
        ["Park ve Bahçeler"],
        ["Mali Hizmetler"],
    )
    assert house.does(lambda acting: departments.reopen(acting, house.parks.id))
    assert not house.does(lambda acting: departments.reopen(acting, house.parks.id))
    assert [what for what, _ in house.audited()[-2:]] == ["department_closed", "department_reopened"]


@pytest.mark.parametrize("name", ["", "  ", "123", "?!", "a" * 81, UNKNOWN])
def test_what_is_no_name(house: House, name: str) -> None:
    with pytest.raises(Invalid, match="department_name_bad"):
        house.does(lambda acting: departments.add(acting, name))


def test_what_does_not_go_together(house: House) -> None:
    with pytest.raises(Invalid, match="department_same"):
        house.does(lambda acting: departments.merge(acting, "mali hizmetler", house.finance.id))
    with pytest.raises(NotFound):
        house.does(lambda acting: departments.merge(acting, "hiç kimse", house.finance.id))


def test_an_older_page_does_not_merge_what_nobody_named(house: House) -> None:
    """Mali Hizmetler became Park ve Bahçeler; who still sees it by itself and merges it does not merge the parks."""
    fen = house.does(lambda acting: departments.add(acting, "Fen İşleri"))
    shown = house.does(lambda acting: departments.merge_preview(acting, "Mali Hizmetler", fen.id)).mark
    house.does(lambda acting: departments.merge(acting, "Mali Hizmetler", house.parks.id))
    for mark in (shown, ""):
        with pytest.raises(Invalid, match="department_merged"):
            house.does(lambda acting, m=mark: departments.merge(acting, "Mali Hizmetler", fen.id, m))  # type: ignore[misc]
    assert house.one(house.parks).open
    assert house.of("ayse") == "Park ve Bahçeler"


def test_what_is_merged_is_the_two_that_were_shown(house: House) -> None:
    shown = house.does(lambda acting: departments.merge_preview(acting, "mali hizmtler", house.finance.id)).mark
    house.does(lambda acting: departments.add(acting, "mali hizmtler"))
    with pytest.raises(Invalid, match="department_merge_other"):
        house.does(lambda acting: departments.merge(acting, "mali hizmtler", house.finance.id, shown))


@pytest.mark.parametrize("written", ["1234", "?!", "uzun " * 20])
def test_whatever_was_typed_can_be_merged(house: House, written: str) -> None:
    house.store.write(lambda uow: uow.people.add(Person(handle="zeki", department=written)))
    written = house.of("zeki")
    merged = house.does(lambda acting: departments.merge(acting, written, house.parks.id))
    assert house.of("zeki") == "Park ve Bahçeler"
    assert written not in [one.written for one in house.does(page.look).unlisted]
    house.does(lambda acting: departments.take_merge_back(acting, merged.id))
    assert house.of("zeki") == written


def test_those_that_are_added_together_are_all_added_or_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departments, "MOST", 3)
    with pytest.raises(Invalid, match="too_many_departments"):
        house.does(lambda acting: departments.require_addable(acting, ["Zabıta", "Fen İşleri"]))

    def all_but(acting: Acting) -> None:
        with pytest.raises(Invalid, match="too_many_departments"):
            departments.add_all(acting, ["Zabıta", "Fen İşleri"])

    house.does(all_but)
    assert house.listed() == ["Mali Hizmetler", "Park ve Bahçeler"]
    house.does(lambda acting: departments.merge(acting, "Mali Hizmetler", house.parks.id))
    assert house.does(lambda acting: departments.add_all(acting, ["Zabıta", "Fen İşleri"])) == 2


def test_a_name_that_another_wrote_at_the_same_moment_leaves_the_transaction(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row was written before that was known: only without it may anything be kept."""

    def taken(*_: object) -> None:
        raise Stale("department", "zabita")

    monkeypatch.setattr(FakeDepartments, "add", taken)
    monkeypatch.setattr(FakeDepartments, "save", taken)
    with pytest.raises(Stale):
        house.does(lambda acting: departments.add(acting, "Zabıta"))
    with pytest.raises(Stale):
        house.does(lambda acting: departments.rename(acting, house.parks.id, "Parklar"))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_the_list_is_the_admins(house: House, role: Role) -> None:
    for work in (
        lambda acting: departments.add(acting, "Fen İşleri"),
        lambda acting: departments.rename(acting, house.finance.id, "X Y"),
        lambda acting: departments.set_short_names(acting, house.finance.id, "x"),
        lambda acting: departments.merge(acting, "mali hizmtler", house.finance.id),
        lambda acting: departments.take_merge_back(acting, house.finance.id),
        lambda acting: departments.close(acting, house.finance.id),
        lambda acting: departments.reopen(acting, house.finance.id),
        lambda acting: departments.remove(acting, house.finance.id),
    ):
        with pytest.raises(NotAllowed):
            house.does(work, role)  # type: ignore[arg-type]


def test_a_staff_list_makes_the_list_once() -> None:
    store = FakeStore()
    written = ["mali hizmetler", "Mali Hizmetler", "Mali Hizmetler", "Zabıta", UNKNOWN, "", "a" * 90]
    assert store.write(lambda uow: departments.begin_list(uow, written)) == 2
    assert store.write(lambda uow: departments.begin_list(uow, ["Fen İşleri"])) == 0
    names = store.read(lambda uow: [one.name for one in uow.departments.all()])
    assert names == ["Mali Hizmetler", "Zabıta"]


def test_a_name_of_the_staff_list_goes_without_its_ending() -> None:
    found = departments.spelled_by_most(["Kent Tarımı Müdürlüğü", "Kent Tarımı", "Kent Tarımı Müdürlüğü", "Hal MÜD."])
    assert list(found.values()) == ["Kent Tarımı", "Hal"]
    assert departments.without_ending("Müdürlüğü") == "Müdürlüğü"
