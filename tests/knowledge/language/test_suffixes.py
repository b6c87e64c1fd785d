"""Endings as they are said."""

from __future__ import annotations

import pytest

from knowledge.language.suffixes import also, dative, locative, of_them, question, which_one


@pytest.mark.parametrize(
    ("name", "to", "at"),
    [
        ("Zeynep", "Zeynep'e", "Zeynep'te"),
        ("Mehmet Kaya", "Mehmet Kaya'ya", "Mehmet Kaya'da"),
        ("Ali", "Ali'ye", "Ali'de"),
        ("Fatma Şahin", "Fatma Şahin'e", "Fatma Şahin'de"),
        ("7 Aralık", "7 Aralık'a", "7 Aralık'ta"),
        ("3 Eylül", "3 Eylül'e", "3 Eylül'de"),
        ("29 MAYIS", "29 MAYIS'a", "29 MAYIS'ta"),
        ("", "", ""),
        ("D-00107", "D-00107'ye", "D-00107'de"),
        ("D-00040", "D-00040'a", "D-00040'ta"),
        ("2026-000003", "2026-000003'e", "2026-000003'te"),
        ("D-00100", "D-00100'e", "D-00100'de"),
        ("28.12.2026", "28.12.2026'ya", "28.12.2026'da"),
        ("28.12.2027", "28.12.2027'ye", "28.12.2027'de"),
        ("01.03.2030", "01.03.2030'a", "01.03.2030'da"),
        ("Brd", "Brd'e", "Brd'de"),
    ],
)
def test_a_name_with_its_ending(name: str, to: str, at: str) -> None:
    assert (dative(name), locative(name)) == (to, at)


@pytest.mark.parametrize("said", ["Fatma Şahin de", "Ali Kaya da", "Zeynep Arslan da", ""])
def test_they_too(said: str) -> None:
    assert also(said.rpartition(" ")[0]) == said


@pytest.mark.parametrize("asked", ["3–7 Aralık mı", "5 Ekim mi", "1 Eylül mü", "30 Ağustos mu"])
def test_a_question_of_it(asked: str) -> None:
    assert question(asked.rpartition(" ")[0]) == asked


OF_THEM = ["1'i", "2'si", "4'ü", "6'sı", "9'u", "10'u", "16'sı", "20'si", "30'u", "40'ı", "100'ü"]


@pytest.mark.parametrize("said", OF_THEM)
def test_how_many_of_them(said: str) -> None:
    assert of_them(int(said.partition("'")[0])) == said


@pytest.mark.parametrize(
    "said", ["1.'sini", "2.'sini", "3.'sünü", "6.'sını", "9.'sunu", "10.'sunu", "40.'sını", "100.'sünü"]
)
def test_the_which_one_is_taken(said: str) -> None:
    assert which_one(int(said.partition(".")[0])) == said
