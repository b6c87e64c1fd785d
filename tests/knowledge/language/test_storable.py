"""What every database and platform takes."""

import pytest

from knowledge.language.storable import storable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ayşe 😀", "Ayşe 😀"),
        ("\ud83d\ude00 tamam", "😀 tamam"),
        ("yarım \ud83d", "yarım \ufffd"),
        ("\udc00a", "\ufffda"),
        ("a\x00b", "a\ufffdb"),
        ("\ufeffson", "\ufeffson"),
        ("", ""),
    ],
)
def test_halves_of_letters_and_nul_do_not_stay(typed: str, kept: str) -> None:
    assert storable(typed) == kept
    storable(typed).encode()
