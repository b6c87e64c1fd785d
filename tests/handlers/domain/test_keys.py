from __future__ import annotations

import pytest

from handlers.calendar.setting_forms import key_of
from handlers.domain.errors import NotFound
from handlers.domain.keys import key_from


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("7", 7),
        ("2147483647", 2147483647),
        ("2147483648", None),
        ("9" * 15, None),
        ("-1", None),
        ("²", None),
        ("", None),
    ],
)
def test_a_key_is_one_that_a_row_can_have(typed: str, key: int | None) -> None:
    assert key_from(typed) == key
    if key is None:
        with pytest.raises(NotFound):
            key_of({"id": typed})
    else:
        assert key_of({"id": typed}) == key
