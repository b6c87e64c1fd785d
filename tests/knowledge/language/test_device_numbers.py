"""One number of a device is one, however somebody writes it: what the store of devices compares by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.device_numbers import (
    GROUPS,
    JOINED,
    OfficialNumber,
    asset_key,
    is_same_asset,
    official_number,
    own_name,
    own_number,
    own_numbers,
    serial_key,
    year_and_place,
)

WANTED = "255.02.01.01.02.01/18/00252"
GROUP = st.integers(1, 99)
NUMBERS = st.builds(
    lambda code, year, place: OfficialNumber(("255", *(f"{group:02}" for group in code)), f"{year:02}", f"{place:05}"),
    st.lists(GROUP, min_size=2, max_size=5),
    st.integers(0, 99),
    st.integers(1, 99_999),
)


def spellings(number: OfficialNumber) -> list[str]:
    """The ways in which people and systems write one."""
    code, bare = list(number.code), [part.lstrip("0") or "0" for part in number.code]
    year, place = number.year, number.place
    century = f"20{year}"
    return [
        str(number),
        f"{'.'.join(bare)}/{year}/{int(place)}",
        f"{'.'.join(code)}/{century}/{place}",
        "-".join([*code, year, place]),
        f"{'.'.join(code)}-{year}-{int(place)}",
        " ".join([*code, year, place]),
        f"{'.'.join(code)} {year} {place}",
        f"{'.'.join(code)} / {year} / {place}",
        f"{'.'.join(code)}{year}{place}",
        f"{'.'.join(code)}/{year}{place}",
        f" {number}. ",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        WANTED,
        "255.02.01.01.02.01-18-252",
        "255.2.1.1.2.1/18/252",
        "255 02 01 01 02 01 18 00252",
        "255.02.01.01.02.011800252",
        "25502010102011800252",
        "255.02.01.01.02.01/18/00252.",
        "255.02.01.01.02.01/2018/252",
    ],
)
def test_all_spellings_of_the_official_number_are_one(typed: str) -> None:
    assert str(official_number(typed)) == asset_key(typed) == WANTED


@pytest.mark.parametrize(
    "typed",
    ["", "255", "18.02.2025", "4711", "2018000024", "192.168.10.25", "255.02.01.0034", "255.02.01.01/0034", "D-00042"],
)
def test_what_has_no_code_and_year_is_no_official_number(typed: str) -> None:
    assert official_number(typed) is None


@given(NUMBERS)
def test_every_number_is_known_in_every_spelling(number: OfficialNumber) -> None:
    assert {asset_key(typed) for typed in spellings(number)} == {str(number)}
    assert official_number(str(number)) == number


@given(NUMBERS)
def test_one_run_of_digits_is_known_by_its_length(number: OfficialNumber) -> None:
    assert official_number("".join([*number.code, number.year, number.place])) == number


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_never_one(one: OfficialNumber, other: OfficialNumber) -> None:
    same = {asset_key(typed) for typed in spellings(one)} & {asset_key(typed) for typed in spellings(other)}
    assert bool(same) == (one == other)


@given(NUMBERS)
def test_each_spelling_stands_whole_in_a_text(number: OfficialNumber) -> None:
    groups = re.compile(rf"(?<![\d./-])(?:{GROUPS}|{JOINED})(?!\d)")
    for typed in spellings(number):
        if " / " in typed or typed.startswith(" ") or len(number.code) < 4:
            continue
        found = groups.search(f"yazıcı bozuk {typed}, oda 312")
        assert found is not None
        assert asset_key(found[0]) == str(number)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2021-00432", "2021/432", True),
        ("BİM-0042", "bim 42", True),
        ("0412", "412", True),
        ("2021-00432", "202100432", False),
        ("BİM-0042", "0042", False),
        ("1453", "14530", False),
        ("yok", "yok", False),
    ],
)
def test_other_numbers_of_the_house_are_compared_by_their_groups(one: str, other: str, same: bool) -> None:
    assert is_same_asset(one, other) is same


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(typed: str) -> None:
    key = asset_key(typed)
    assert asset_key(key) == key
    serial = serial_key(typed)
    assert serial is None or serial_key(serial) == serial


@given(st.integers(1, 999_999))
def test_our_number_is_known_however_it_is_asked_for(number: int) -> None:
    ways = (own_name(number), f"d{number}", f"D-{number}", f"d {number:05}", f"D - {number}.")
    assert {own_number(typed) for typed in ways} == {number}
    assert own_number(str(number)) is None, "a bare number is a ticket's"


@pytest.mark.parametrize(
    ("plain", "numbers"),
    [
        ("d42 kagit sikistiriyor", (42,)),
        ("d-00042 ile d 17, yine d42", (42, 17)),
        ("oda d12 yazici bozuk", ()),
        ("d-12 nolu oda", ()),
        ("d12 odasinda internet yok", ()),
        ("d-100 karayolu uzerindeki bina", ()),
        ("blok d5", ()),
        ("hd42 kamera", ()),
        ("d0", ()),
    ],
)
def test_rooms_and_roads_are_no_devices(plain: str, numbers: tuple[int, ...]) -> None:
    assert own_numbers(plain) == numbers


@pytest.mark.parametrize("typed", ["18/252", "18/00252", "2018/252", "18-252."])
def test_the_end_of_an_official_number(typed: str) -> None:
    assert year_and_place(typed) == ("18", "00252")


@pytest.mark.parametrize("typed", ["252", "18.02.2025", "18/252/3", ""])
def test_what_is_no_end_of_one(typed: str) -> None:
    assert year_and_place(typed) is None


@pytest.mark.parametrize("typed", ["5cd8123abc", "5CD-8123-ABC", " 5CD 8123 ABC ", "5CD8123ABC"])
def test_spellings_of_a_serial_are_one(typed: str) -> None:
    assert serial_key(typed) == "5CD8123ABC"


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", "yok", "N/A", "None", "0", "00000000", "123456789", "0123456789", "To be filled by O.E.M.",
        "Default string", "System Serial Number", "Not Specified", "INVALID", "xxxxxxx", "Not Applicable",
    ],
)  # fmt: skip
def test_what_boards_and_lists_have_in_its_place_is_no_serial(typed: str) -> None:
    assert serial_key(typed) is None


def test_a_long_line_costs_no_more_than_its_length() -> None:
    assert own_numbers("d 1" * 20_000) == ()
    assert official_number("255." * 20_000) is None
