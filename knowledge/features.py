"""From words to numbers: hashed words, their beginnings, neighbours, letter groups and consonants."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.courtesy import about
from knowledge.text import Word, visible, words

BITS = 21
BUCKETS = 1 << BITS
_MASK = BUCKETS - 4

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

KINDS = 4
WORDS, PAIRS, LETTERS, CONSONANTS = range(KINDS)
"""The kinds of features: what an id leaves divided by `KINDS`."""
KIND_WEIGHTS = np.array([1.0, 0.7, 0.6, 0.5])
"""What each kind counts beside a word."""

_STEM = 5
_GROUPS = (3, 4)
_LONGEST = 24
"""Letters of a word that are read: no Turkish word of an office is longer."""
_CONSONANT_GROUPS = (3,)
_VOWELS = str.maketrans("", "", "aeiou")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text, word by word: those of word `i` begin at `starts[i]`."""

    words: tuple[Word, ...]
    ids: Ids
    starts: Ids


def _hash(kind: int, text: str) -> int:
    return crc32(text.encode("utf-8", "ignore"), kind) & _MASK | kind


def consonants(word: str) -> str:
    """What is left of a word that is typed without vowels: "yazici" and "yzc" are one."""
    return word.translate(_VOWELS)


def _groups(kind: int, framed: str, lengths: tuple[int, ...]) -> list[int]:
    return [_hash(kind, framed[i : i + n]) for n in lengths for i in range(len(framed) - n + 1)]


@lru_cache(maxsize=40_000)
def _of_word(word: str) -> tuple[int, ...]:
    found = [_hash(WORDS, word)]
    if len(word) > _STEM:
        found.append(_hash(WORDS, f"{word[:_STEM]}-"))
    if not word.isdigit():
        bare = consonants(word)
        found += _groups(LETTERS, f" {word} ", _GROUPS)
        found.append(_hash(CONSONANTS, f" {bare} "))
        found += _groups(CONSONANTS, f" {bare} ", _CONSONANT_GROUPS)
    return tuple(found)


@lru_cache(maxsize=60_000)
def _beside(before: str, word: str) -> Ids:
    """The features of a word, and of its standing behind another."""
    word = word[:_LONGEST]
    pair = _hash(PAIRS, f"{before[:_STEM]} {word[:_STEM]}")
    return np.array((*_of_word(word), pair), dtype=np.int32)


def features(text: str) -> Features:
    """The features of a text as it was typed, without what is no evidence of its subject."""
    seen = visible(text)
    return of_words(about(seen, words(seen)))


def of_words(found: Sequence[Word]) -> Features:
    parts, before = [], ""
    for word in found:
        parts.append(_beside(before, word.plain))
        before = word.plain
    starts = np.zeros(len(parts), dtype=np.int32)
    if len(parts) > 1:
        np.cumsum([len(part) for part in parts[:-1]], out=starts[1:])
    return Features(tuple(found), np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32), starts)
