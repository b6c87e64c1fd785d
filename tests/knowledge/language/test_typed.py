"""Text of every keyboard in one form."""

from __future__ import annotations

import pytest

from knowledge.language.typed import typed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("/not\u00a07 toner", "/not 7 toner"),
        ("/not\u202f7\u2009toner", "/not 7 toner"),
        ("iki\r\nsatır\u2028üç\x0bdört\rbeş", "iki\nsatır\nüç\ndört\nbeş"),
        ("2026\u2013000042", "2026-000042"),
        ("2026\u2011000042 \u2014 acil", "2026-000042 \u2014 acil"),
        ("KMNPQ\u2212RST45", "KMNPQ-RST45"),
        ("／durum ４２", "/durum 42"),
        ("٤٢", "42"),
        ("\ufeff/sira\u200b", "/sira"),
        ("ya\u00adzıcı", "yazıcı"),
        ("1️⃣ kâğıt 👨‍💻", "1️⃣ kâğıt 👨‍💻"),
        ("sade", "sade"),
        ("²½", "²½"),
    ],
)
def test_what_looks_alike_becomes_one(text: str, plain: str) -> None:
    assert typed(text) == plain
    assert typed(plain) == plain
