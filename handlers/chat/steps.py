"""The steps of an article one by one: which one somebody asks about."""

from __future__ import annotations

import re

from knowledge.language.folding import folded

_STEP = re.compile(r"^[^\S\n]*+(\d++)[.)][^\S\n]*+(.*)$", re.MULTILINE)
_PLACE = re.compile(r"\b(\d)(?:\.|'?(?:inci|nci|uncu|ncu|ci|cu))?\s*+(?:adim|madde|basamak)|\b(?:adim|madde)\s*+(\d)\b")
_ORDINALS = ("birinci", "ikinci", "ucuncu", "dorduncu", "besinci", "altinci")
_WORD = re.compile(r"[a-z0-9]{4,}")
_LETTERS = 5
"""Of a word's beginning: what follows is mostly a suffix."""
_ASKING = frozenset(
    {"hangi", "nasil", "nerede", "nerde", "neresi", "nered", "yapac", "yapil", "yapiy", "adimi", "acaba"}
)
"""Beginnings of words that ask, whatever about."""


def count(text: str) -> int:
    return len(_STEP.findall(text))


def asked_about(text: str, asked: str) -> tuple[int, str] | None:
    """Place and words of the step that was asked about: by its number ("2. adım", "ikinci"), else the one that has most
    words of the question; None where none has any."""
    steps = [(int(place), words.strip()) for place, words in _STEP.findall(text)]
    named = _named(folded(asked))
    if named is not None:
        return next((step for step in steps if step[0] == named), None)
    wanted = _beginnings(asked) - _ASKING
    best = max(steps, key=lambda step: len(wanted & _beginnings(step[1])), default=None)
    return best if best is not None and wanted & _beginnings(best[1]) else None


def first(text: str) -> tuple[int, str] | None:
    found = _STEP.search(text)
    return (int(found[1]), found[2].strip()) if found else None


def _named(plain: str) -> int | None:
    for place, ordinal in enumerate(_ORDINALS, start=1):
        if re.search(rf"\b{ordinal}", plain):
            return place
    found = _PLACE.search(plain)
    return int(found[1] or found[2]) if found else None


def _beginnings(text: str) -> set[str]:
    return {word[:_LETTERS] for word in _WORD.findall(folded(text))}
