"""What people type of a place: building, floor and room; and what it means among those that there are."""

from __future__ import annotations

import pytest

from handlers import place_names
from handlers.domain.places import Place, PlaceId, PlaceMerge, Spot
from knowledge.language.place_keys import building_key, floor_key, room_key
from tests.clock import START
from tests.fakes.store import FakeStore


@pytest.mark.parametrize(
    ("written", "spot"),
    [
        ("312", Spot(room="312")),
        ("oda 312", Spot(room="312")),
        ("312 nolu oda", Spot(room="312")),
        ("3. kat 312", Spot(floor="3", room="312")),
        ("3.KAT, 312", Spot(floor="3", room="312")),
        ("üçüncü kat 312", Spot(floor="3", room="312")),
        ("zemin kat", Spot(floor="zemin")),
        ("zemin kat B-14", Spot(floor="zemin", room="B-14")),
        ("Ek bina 2. kat 204", Spot("Ek bina", "2", "204")),
        ("Ek Hizmet Binası 204", Spot("Ek Hizmet Binası", "", "204")),
        ("B blok 14", Spot("B blok", "", "14")),
        ("3. kat arşiv", Spot(floor="3", room="arşiv")),
        ("arşiv odası", Spot(room="arşiv odası")),
        ("", Spot()),
        ("x" * 80, Spot()),
    ],
)
def test_what_is_read(written: str, spot: Spot) -> None:
    assert place_names.read(written) == spot


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Spot("EK BİNA", "3", "312"), Spot("ek binası", "03", "312 nolu oda")),
        (Spot(room="B-14"), Spot(room="b14")),
        (Spot(room="Arşiv odası"), Spot(room="ARŞİV")),
    ],
)
def test_spellings_of_one(one: Spot, other: Spot) -> None:
    keys = lambda spot: (building_key(spot.building), floor_key(spot.floor), room_key(spot.room))  # noqa: E731
    assert keys(one) == keys(other)


def test_what_is_shown() -> None:
    assert str(Spot("Ek bina", "3", "312")) == "Ek bina · 3. kat · 312"
    assert str(Spot(floor="zemin")) == "zemin kat"


@pytest.fixture
def store() -> FakeStore:
    """312 on the third floor; 12 on the first and on the second; 204 in the annexe; 99, which is 312 now."""
    store = FakeStore()
    spots = [Spot("", "3", "312"), Spot("", "1", "12"), Spot("", "2", "12"), Spot("Ek bina", "", "204")]

    def fill(uow: object) -> None:
        kept = [uow.places.add(Place(spot=spot)) for spot in spots]  # type: ignore[attr-defined]
        uow.places.add(Place(spot=Spot(room="99"), merge=PlaceMerge(kept[0].id, START)))  # type: ignore[attr-defined]

    store.write(fill)
    return store


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("312", ["3. kat · 312"]),
        ("3. kat oda 312", ["3. kat · 312"]),
        ("4. kat 312", []),
        ("12", ["1. kat · 12", "2. kat · 12"]),
        ("2. kat 12", ["2. kat · 12"]),
        ("3. kat 12", []),
        ("204", []),
        ("ek bina 204", ["Ek bina · 204"]),
        ("ek bina 2. kat 204", ["Ek bina · 204"]),
        ("99", ["3. kat · 312"]),
        ("3. kat", []),
        ("", []),
    ],
)
def test_which_may_be_meant(store: FakeStore, written: str, found: list[str]) -> None:
    meant = store.read(lambda uow: place_names.candidates(uow, place_names.read(written)))
    assert [str(one.spot) for one in meant] == found


def test_a_circle_of_merges_has_an_end() -> None:
    places = {
        PlaceId(key): Place(id=PlaceId(key), spot=Spot(room=str(key)), merge=PlaceMerge(PlaceId(into), START))
        for key, into in ((1, 2), (2, 3), (3, 2))
    }
    assert place_names.standing(places.__getitem__, places[PlaceId(1)]).id == 3


@pytest.mark.parametrize("written", ["312", "oda B-14", "3. kat", "Ek bina zemin kat", "Ek Hizmet Binası 3. kat 214a"])
def test_what_is_added_by_itself_says_a_door_or_a_floor(written: str) -> None:
    assert place_names.is_said(place_names.read(written))


@pytest.mark.parametrize(
    "written",
    [
        "arşiv",
        "yanımda",
        "",
        "Mali hizmetler Hasan bey hasta, 2. katta",
        "TC 10000000146",
        "10000000146",
        "3. kat 10000000146",
        "sifrem 1453 hasan",
        "3. kat arşiv",
        "Hasan bey hasta olduğu için ek bina 312",
        "0532 123 45 67 ek bina 3. kat",
    ],
)
def test_prose_around_a_number_is_no_place(written: str) -> None:
    assert not place_names.is_said(place_names.read(written))
