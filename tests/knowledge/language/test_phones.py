"""By which digits a number is known."""

from __future__ import annotations

import pytest

from knowledge.language.phones import phone_key


@pytest.mark.parametrize(
    "written",
    [
        "905445556677",
        "+90 544 555 66 77",
        "0090 (544) 5556677",
        "0 (544) 555 66 77",
        "0.544.555.66.77",
        "0544/5556677",
        "544-555-66-77",
        "0544 555 66 77 / 2210",
        "0544 555 66 77 dahili 2210",
        "2210 / 0544 555 66 77",
        "0326 214 00 00 - 2210, cep: 0544 555 66 77",
    ],
)
def test_a_mobile_number_is_itself_whatever_stands_beside_it(written: str) -> None:
    assert phone_key(written) == "5445556677"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("0326 214 00 00 Dahili: 2210", "3262140000"),
        ("2210", "2210"),
        ("", ""),
        ("+49 151 2345 6789", "1512345678" + "9"),
    ],
)
def test_others(written: str, key: str) -> None:
    assert phone_key(written) == key[-10:]
