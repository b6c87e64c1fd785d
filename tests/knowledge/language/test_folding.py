"""In what form two spellings are one."""

import sys

import pytest

from knowledge.language.folding import folded, one_line


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("AYŞE IŞIK", "ayse isik"),
        ("İĞÜŞÖÇ ığüşöç", "igusoc igusoc"),
        ("hâlâ Kâğıt", "hala kagit"),
        ("s\u0327ifre", "sifre"),
        ("Ayşe’nin ‘yazıcı’sı “bozuk”", "ayse'nin 'yazici'si \"bozuk\""),
        ("3–5 — bitti…", "3-5 - bitti "),
        ("ya\u00adzı\u200bcı\ufeff", "yazici"),
        ("Əliyev Søren Łukasz Straße Æro", "eliyev soren lukasz strasse aero"),
        ("café ﬁş", "cafe fis"),
        ("Привет", "привет"),
        ("yarım \ud83d", "yarim "),
        ("", ""),
    ],
)
def test_two_spellings_are_one(typed: str, form: str) -> None:
    assert folded(typed) == form


def test_folding_twice_changes_nothing_whatever_the_letter() -> None:
    def changed(letters: str) -> bool:
        return folded(folded(letters)) != folded(letters)

    lines = ["".join(map(chr, range(first, first + 256))) for first in range(0, sys.maxunicode, 256)]
    assert [letter for line in lines if changed(line) for letter in line if changed(letter)] == []
    assert not any(map(changed, lines))


def test_one_line() -> None:
    assert one_line(" 312\nyeni \t bina ") == "312 yeni bina"
