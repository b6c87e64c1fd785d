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


# How much of a text's length (which is 1) each block has: letter groups survive typos, words are surer.
_WORD_SHARE = 0.57
_LETTER_SHARE = 0.82
_STEM = 5
_GROUPS = (3, 4)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text, words first, then letter groups from `split` on.

    `owner` tells which word each came from; `values` how much the clause of that word counts.
    """

    words: tuple[Word, ...]
    ids: Ids
    values: Floats
    owner: Ids
    split: int

    def weighed(self, row_of: Ids, idf: Floats) -> tuple[Ids, Floats, Ids]:
        """Rows, values and owners of the known features: rare ones weigh more, each block has its fixed share."""
        rows = row_of[self.ids]
        known = np.flatnonzero(rows >= 0)
        rows = rows[known]
        values = self.values[known] * idf[rows]
        split = int(np.searchsorted(known, self.split))
        for part, share in ((values[:split], _WORD_SHARE), (values[split:], _LETTER_SHARE)):
            length = float(np.sqrt(np.dot(part, part)))
            if length:
                part *= share / length
        return rows, values, self.owner[known]


def _hash(kind: str, text: str) -> int:
    return crc32((kind + text).encode("utf-8", "ignore")) & _MASK


@lru_cache(maxsize=30_000)
def _word_ids(word: str) -> tuple[int, ...]:
    if len(word) < _STEM:
        return (_hash("w", word),)
    return _hash("w", word), _hash("s", word[:_STEM])


@lru_cache(maxsize=30_000)
def _letter_ids(word: str) -> tuple[int, ...]:
    if word.isdigit():
        return ()
    framed = f"<{word}>"
    return tuple(_hash("n", framed[i : i + n]) for n in _GROUPS for i in range(len(framed) - n + 1))


@lru_cache(maxsize=60_000)
def _pair_id(first: str, second: str) -> int:
    return _hash("p", f"{first} {second}")


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
    """The features of a text as it was typed."""
    seen = visible(text)
    found = words(seen)
    weights = clause_weights(seen, found)
    word_block: dict[int, tuple[float, int]] = {}
    letter_block: dict[int, tuple[float, int]] = {}
    before = ""
    for index, (word, weight) in enumerate(zip(found, weights, strict=True)):
        for feature in _word_ids(word.plain):
            _raise(word_block, feature, weight, index)
        for feature in _letter_ids(word.plain):
            _raise(letter_block, feature, weight, index)
        stem = word.plain[:_STEM]
        if index:
            _raise(word_block, _pair_id(before, stem), min(weight, weights[index - 1]), index)
        before = stem
    both = [*word_block.items(), *letter_block.items()]
    return Features(
        words=tuple(found),
        ids=np.array([feature for feature, _ in both], dtype=np.int32),
        values=np.array([value for _, (value, _) in both], dtype=np.float32),
        owner=np.array([index for _, (_, index) in both], dtype=np.int32),
        split=len(word_block),
    )


def _raise(block: dict[int, tuple[float, int]], feature: int, value: float, index: int) -> None:
    known = block.get(feature)
    if known is None or known[0] < value:
        block[feature] = (value, index)
