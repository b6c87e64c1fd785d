"""What puts a name right, and what only looks so."""

from __future__ import annotations

import pytest

from handlers.chat.corrections_told import is_about_a_name, with_what_is_right


@pytest.mark.parametrize(
    ("known", "typed", "name"),
    [
        ("Ali Kara", "ismim Ali değil Veli", "Veli Kara"),
        ("Ali Kara", "soyadım Kara değil Karaca", "Ali Karaca"),
        ("Ali Kara", "adım Hakan Yücedağ, öyle geçsin kayda", "Hakan Yücedağ"),
        ("Ali Kara", "ben Mehmet Sönmez'im", "Mehmet Sönmez"),
        ("Ali Kara", "adımı yanlış yazmışım", None),
        ("Ali Kara", "ismim Ayşe değil Fatma", None),
        ("", "ismim Ali değil Veli", "Veli"),
    ],
)
def test_a_name_is_put_right(known: str, typed: str, name: str | None) -> None:
    assert is_about_a_name(typed)
    assert with_what_is_right(known, typed) == name


@pytest.mark.parametrize(
    "typed",
    ["2. adımı yapamadım", "ilk adımı yanlış yaptım", "yazıcı değil tarayıcı", "isim listesi lazım", "soyadım değişti",
     "adım adım anlatın", "bu adım değil mi", "312 değil 321"],
)  # fmt: skip
def test_a_step_or_a_thing_is_no_name(typed: str) -> None:
    assert not is_about_a_name(typed)
