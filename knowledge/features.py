"""From words to numbers: hashed words, stems, word pairs and letter groups, weighed by their clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.text import Word, clauses, visible, words

BITS = 20
BUCKETS = 1 << BITS
_MASK = BUCKETS - 1

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

# Words around the point: they say hello, please and thanks in a fault as in anything else.
_COURTESY_WORDS = """
merhaba merhabalar selam selamlar slm mrb mrhb gunaydin iyi gunler calismalar aksamlar kolay gelsin
hayirli isler arkadaslar arkadasim abi abim abla hocam ustam kardes kardesim hanim bey beyler sayin
yetkili lutfen rica ederim ederiz arz tesekkurler tesekkur tskler sagol sagolun simdiden acil acele
ivedi gereginin geregini hususunda bilgilerinize saygilarimla saygilar mumkunse zahmet olmazsa ya
yaa valla vallahi hani iste yani acaba galiba sanirim herhalde
"""
COURTESY = frozenset(_COURTESY_WORDS.split())

_FINE = re.compile(
    r"\b(?:sorunsuz|sikintisiz|problemsiz|calisiyor|calisiyo|yerinde|duzgun|normal|saglam|mukemmel|"
    r"(?:sorun|sikinti|problem|derdim|derdimiz|ariza) (?:yok|yoktu|olmadi|gormedim)|"
    r"bi sikinti yok|gayet iyi|hizlandi|aciliyor|aciliyo|girebiliyorum|girebiliyom)\b"
)
_COMPLAINT = re.compile(
    r"(?:m[iu]yo|m[iu]yor|m[ae]d[iu]|m[ae]z|mamis|memis|amiyo|emiyo|yapamad|bozuk|bozul|hata|ariz|yok$"
    r"|degil|gitti|koptu|dustu)"
)
_TURN = frozenset(["ama", "amma", "fakat", "ancak", "yalniz", "lakin", "derken", "oysa", "halbuki"])


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text. `owner` tells which word each came from, `weight` how much its clause counts."""

    words: tuple[Word, ...]
    ids: Ids
    values: Floats
    owner: Ids


def _hash(kind: str, text: str) -> int:
    return crc32((kind + text).encode("ascii", "ignore")) & _MASK


@lru_cache(maxsize=30_000)
def _word_ids(word: str) -> tuple[int, ...]:
    ids = [_hash("w", word)]
    if len(word) > 4 and not word.isdigit():
        ids.append(_hash("s", word[:5]))
    return tuple(ids)


@lru_cache(maxsize=30_000)
def _letter_ids(word: str) -> tuple[int, ...]:
    if word.isdigit():
        return ()
    framed = f"<{word}>"
    return tuple(_hash("n", framed[i : i + size]) for size in (3, 4, 5) for i in range(len(framed) - size + 1))


def _stem(word: str) -> str:
    return word[:5]


def clause_weights(seen: str, found: Sequence[Word]) -> list[float]:
    """How much each word counts: little in a clause that says what works, more after "ama" or "derken"."""
    weights = [1.0] * len(found)
    spans = list(clauses(seen))
    if len(spans) > 1:
        position = 0
        for start, end in spans:
            first = position
            while position < len(found) and found[position].start < end:
                position += 1
            if first == position or found[first].start < start:
                continue
            said = " ".join(word.plain for word in found[first:position])
            weight = 1.0
            if found[first].plain in _TURN:
                weight = 1.4
            elif _FINE.search(said) and not _COMPLAINT.search(said):
                weight = 0.4
            for index in range(first, position):
                weights[index] = weight
    for index, word in enumerate(found):
        if word.plain in COURTESY:
            weights[index] *= 0.25
    return weights


def features(text: str) -> Features:
    """Features of a text: one block of words, stems and pairs, one of letter groups, each of length one."""
    seen = visible(text)
    found = words(seen)
    weights = clause_weights(seen, found)
    word_block: dict[int, tuple[float, int]] = {}
    letter_block: dict[int, tuple[float, int]] = {}
    for index, (word, weight) in enumerate(zip(found, weights, strict=True)):
        for feature in _word_ids(word.plain):
            _raise(word_block, feature, weight, index)
        for feature in _letter_ids(word.plain):
            _raise(letter_block, feature, weight, index)
        if index:
            pair = _hash("p", _stem(found[index - 1].plain) + " " + _stem(word.plain))
            _raise(word_block, pair, min(weight, weights[index - 1]), index)
    ids: list[int] = []
    values: list[float] = []
    owner: list[int] = []
    for block in (word_block, letter_block):
        for feature, (value, index) in block.items():
            ids.append(feature)
            values.append(value)
            owner.append(index)
    return Features(
        tuple(found),
        np.array(ids, dtype=np.int32),
        np.array(values, dtype=np.float32),
        np.array(owner, dtype=np.int32),
    )


def _raise(block: dict[int, tuple[float, int]], feature: int, value: float, index: int) -> None:
    known = block.get(feature)
    if known is None or known[0] < value:
        block[feature] = (value, index)
