"""Texts with places in them: what may be written, and what comes of it."""

from __future__ import annotations

import pytest

from handlers.domain.canned_replies import FIELDS, blanks, filled, require_usable
from handlers.domain.errors import Invalid

KNOWN = {"ad": "Ayşe", "oda": "3. kat 312", "teknisyen": "Mehmet Kaya"}


@pytest.mark.parametrize(
    ("text", "answers", "said"),
    [
        ("{ad}, {oda} için geliyorum.", (), "Ayşe, 3. kat 312 için geliyorum."),
        ("{ad|Merhaba}, {konu|kaydınız} için", (), "Ayşe, kaydınız için"),
        ("{ konu | işiniz } bitti", (), "işiniz bitti"),
        ("{kayit} bitti", (), f"{FIELDS['kayit']} bitti"),
        ("{bos:parça adı} geldi, {bos:parça adı} takılacak", ("Fuser",), "Fuser geldi, Fuser takılacak"),
        ("{bos:parça|parça} geldi {bos:gün}", ("", "yarın"), "parça geldi yarın"),
        ("{bos:parça} geldi", ("",), "parça geldi"),
        ("{bos:ne}", ("{ad} {{ 7*7 }} {oda|x}",), "{ad} {{ 7*7 }} {oda|x}"),
        ("hiç alan yok", (), "hiç alan yok"),
    ],
)
def test_no_place_is_left_a_hole_and_what_fills_it_is_never_read_again(
    text: str, answers: tuple[str, ...], said: str
) -> None:
    assert filled(text, KNOWN, answers) == said


def test_what_is_asked_is_asked_once() -> None:
    assert blanks("{ad} {bos:parça} {bos: gün | yarın} {bos:parça}") == ["parça", "gün"]


@pytest.mark.parametrize(
    ("name", "text", "refused"),
    [
        ("yolda", "{ad}, {oda|odanız} {bos:gün}", None),
        ("toner-geldi-2", "x", None),
        ("", "x", "canned_name"),
        ("-x", "x", "canned_name"),
        ("x" * 25, "x", "canned_name"),
        ("yolda", " ", "canned_text"),
        ("yolda", "x" * 1001, "canned_text"),
        ("yolda", "{musteri}", "canned_field"),
        ("yolda", "{bos:}", "canned_field"),
        ("yolda", "{}", "canned_field"),
        ("yolda", "{ad", "canned_field"),
        ("yolda", "{{ 7*7 }}", "canned_field"),
        ("yolda", "{{ad}}", "canned_field"),
        ("yolda", "{ad.__class__}", "canned_field"),
    ],
)
def test_what_may_be_written(name: str, text: str, refused: str | None) -> None:
    if refused is None:
        require_usable(name, text)
        return
    with pytest.raises(Invalid) as error:
        require_usable(name, text)
    assert error.value.reason == refused
