"""Turkish text as it is typed, brought to one plain form in which two spellings of a word are equal.

Everything is compared in lower-case ASCII: people type "yazıcı", "YAZICI", "yazici" and "YAZİCİ" for one thing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from knowledge.language.folding import folded

MAX_TEXT_LETTERS = 1200
"""Characters of a message that are read: whoever writes more has said it by then."""

_LONGEST_WORD = 40
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+")
_RUN = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LAST_DOUBLE = re.compile(r"([a-z])\1$")


def visible(text: str, letters: int = MAX_TEXT_LETTERS) -> str:
    """The text without lone surrogates and piled-up marks, composed (NFC), cut to so many characters."""
    text = text[: letters * 2]
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode("utf-8")
        text = _MARKS.sub("", unicodedata.normalize("NFC", text))
    return text[:letters]


@lru_cache(maxsize=20_000)
def _plain_word(word: str) -> str:
    """One word in its comparable form: folded, "yardııım" and "drumm" without their echo."""
    word = folded(word[:_LONGEST_WORD])
    word = _RUN.sub(r"\1", word)
    return _LAST_DOUBLE.sub(r"\1", word) if len(word) > 3 else word


class Word(NamedTuple):
    """One word of a message: its plain form, and where it stands in the visible text."""

    plain: str
    start: int
    end: int


def words(seen: str) -> list[Word]:
    """The words of a visible text. What follows an apostrophe is a suffix ("Kyocera'ya") and is left out,
    unless the part before it is a single letter."""
    return list(_words(seen))


@lru_cache(maxsize=8)
def _words(seen: str) -> tuple[Word, ...]:
    """One message asks for its words three times."""
    found = []
    for match in _WORD.finditer(seen):
        raw = match.group()
        if not raw.isalnum():
            stem, _, suffix = raw.replace("’", "'").partition("'")
            raw = stem if len(stem) > 1 or not suffix else stem + suffix
        plain = _plain_word(raw)
        if plain:
            found.append(Word(plain, match.start(), match.end()))
    return tuple(found)


def plain(text: str) -> str:
    """The whole text as its plain words with single spaces: the key under which equal messages are equal."""
    return " ".join(word.plain for word in words(visible(text)))


_BREAK = re.compile(
    r"(?<![.!?;\n])[.!?;\n]+(?=\s|$)|,\s++|[.…]{2,}|\s-\s++"
    r"|(?<!\s)\s++(?=(?:ama|amma|fakat|ancak|yaln[ıi]z|lakin|derken|oysa|halbuki|hâlbuki|gerçi|gercı|gerci|yoksa|fakat)\b)",
    re.IGNORECASE,
)


def clauses(seen: str) -> Iterator[tuple[int, int]]:
    """Start and end of each clause of a visible text: cut at punctuation and before "ama", "yalnız", "derken" …"""
    start = 0
    for match in _BREAK.finditer(seen):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(seen):
        yield start, len(seen)
