"""Which doors get a card."""

from __future__ import annotations

import pytest

from handlers.domain.errors import Invalid
from handlers.queries.door_cards import MOST, Door, doors_of, is_number, named


def test_the_rooms_of_the_staff_list_are_doors_each_once_in_order() -> None:
    rooms = [
        "3. kat 312",
        "B-12",
        "3. kat",
        "oda 214",
        "1. kat oda no: 101",
        "312",
        "",
        "Ek bina 2. kat 205a",
        "Zemin, 14",
    ]
    assert doors_of(rooms) == [
        Door("14", "Zemin"),
        Door("101", "1. kat"),
        Door("205A", "Ek bina 2. kat"),
        Door("214"),
        Door("312", "3. kat"),
        Door("B-12"),
    ]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("101-103, 214", ["101", "102", "103", "214"]),
        ("7 - 9;b-14\n012", ["7", "8", "9", "B-14", "012"]),
        ("001-003", ["001", "002", "003"]),
        ("214 214", ["214"]),
    ],
)
def test_doors_are_named_as_people_write_them(words: str, numbers: list[str]) -> None:
    assert [door.number for door in named(words)] == numbers


@pytest.mark.parametrize(
    ("words", "why"),
    [("toplantı salonu", "door_unreadable"), ("120-101", "door_unreadable"), (f"1-{MOST + 1}", "too_many_doors")],
)
def test_what_names_no_doors_is_said(words: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        named(words)
    assert refused.value.reason == why


@pytest.mark.parametrize(
    ("typed", "sound"), [("312", True), ("B-14", True), ('"><script>', False), ("3 12", False), ("", False)]
)
def test_what_a_link_brings_is_a_number_or_nothing(typed: str, sound: bool) -> None:
    assert is_number(typed) is sound
