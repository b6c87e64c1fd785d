"""Which known phrases are nearest to a text: an inverted index over hashed words, their beginnings and consonants.

It stays quick with many phrases: the rarest features of a text are looked up first, and once enough places have
been read the common ones are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.features import BUCKETS, CONSONANTS, KIND_WEIGHTS, KINDS, WORDS, Features, Floats, Ids, features

_MAX_PLACES = 4_000
"""Places of the index that one search reads; the rarest features come first."""

_FULL = np.float32(255)

Places = NDArray[np.uint16] | NDArray[np.uint32]
Weighed = tuple[Ids, Floats]
"""Rows and values, of length one together, of the features by which a text is searched."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The buckets that are known, in order, the first being row 1, and what each row counts: the rarer the more."""

    buckets: Ids
    counts: Floats

    @classmethod
    def of(cls, texts: Sequence[Features], least: int = 1) -> "Vocabulary":
        """All features that stand in so many texts at least."""
        seen = np.zeros(BUCKETS, dtype=np.int32)
        for found in texts:
            seen[found.ids] += 1
        known = np.flatnonzero(seen >= least).astype(np.int32)
        rarity = np.log((1 + len(texts)) / (1 + seen[known])) + 1
        return cls(known, np.concatenate(([0], rarity * KIND_WEIGHTS[known % KINDS])).astype(np.float32))

    def rows(self, ids: Ids) -> Ids:
        """The row of each bucket, 0 where nothing is known of it."""
        places = np.searchsorted(self.buckets, ids)
        known = self.buckets.take(places, mode="clip") == ids if len(self.buckets) else np.zeros(len(ids), np.bool_)
        return np.where(known, places + 1, 0).astype(np.int32)


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """`starts[row]:starts[row + 1]` are the phrases that have that feature, with what it counts in each, in 255ths."""

    vocabulary: Vocabulary
    starts: Ids
    phrase: Places
    value: NDArray[np.uint8]
    size: int

    def similarities(self, found: Features) -> Floats:
        """How like the text every phrase is, 0 to 1 (cosine, without the text's commonest features if many)."""
        rows, values = weighed(found, self.vocabulary)
        lengths = self.starts[rows + 1] - self.starts[rows]
        if int(lengths.sum()) > _MAX_PLACES:
            order = np.argsort(lengths, kind="stable")
            order = order[np.cumsum(lengths[order]) <= _MAX_PLACES]
            rows, values, lengths = rows[order], values[order], lengths[order]
        total = int(lengths.sum())
        if not total:
            return np.zeros(self.size, dtype=np.float32)
        begin = np.repeat(self.starts[rows] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        places = begin + np.arange(total)
        weights = self.value[places] * np.repeat(values / _FULL, lengths)
        return np.bincount(self.phrase[places], weights=weights, minlength=self.size).astype(np.float32)

    def weighed(self) -> list[Weighed]:
        """What each phrase stands in the index with."""
        order = np.argsort(self.phrase, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))[order]
        ends = np.cumsum(np.bincount(self.phrase, minlength=self.size))[:-1]
        return list(zip(np.split(rows, ends), np.split(self.value[order] / _FULL, ends), strict=True))

    def nearest(self, found: Features, count: int) -> list[tuple[int, float]]:
        """The nearest phrases with their likeness, best first, among equals in their order."""
        like = self.similarities(found)
        count = min(count, self.size)
        best = np.argpartition(-like, count - 1)[:count] if count < self.size else np.arange(self.size)
        best = best[np.lexsort((best, -like[best]))]
        return [(int(index), float(like[index])) for index in best if like[index] > 0]


def weighed(found: Features, vocabulary: Vocabulary) -> Weighed:
    kinds = found.ids % KINDS
    rows = vocabulary.rows(found.ids[(kinds == WORDS) | (kinds == CONSONANTS)])
    rows = np.unique(rows[rows > 0])
    values = vocabulary.counts[rows]
    return rows, values / max(float(np.sqrt(np.dot(values, values))), 1e-9)


def build(texts: Sequence[Features], vocabulary: Vocabulary) -> PhraseIndex:
    """An index over phrases whose features are at hand."""
    return index_of([weighed(found, vocabulary) for found in texts], vocabulary)


def index_of(phrases: Sequence[Weighed], vocabulary: Vocabulary) -> PhraseIndex:
    """An index over phrases that are weighed already."""
    rows = np.concatenate([np.zeros(0, dtype=np.int32), *(rows for rows, _ in phrases)])
    values = np.concatenate([np.zeros(0, dtype=np.float32), *(values for _, values in phrases)])
    phrase = np.repeat(np.arange(len(phrases), dtype=np.int32), [len(rows) for rows, _ in phrases])
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(len(vocabulary.counts) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(vocabulary.counts)), out=starts[1:])
    steps = np.round(values[order] * _FULL).astype(np.uint8)
    return PhraseIndex(vocabulary, starts, narrowed(phrase[order], len(phrases)), steps, len(phrases))


def narrowed(places: Ids, size: int) -> Places:
    """Places among so many phrases, in as few bytes as they need: most of an index is these."""
    return places.astype(np.uint16) if size <= np.iinfo(np.uint16).max else places.astype(np.uint32)


def index_phrases(texts: Sequence[str]) -> PhraseIndex:
    """An index over plain texts with a vocabulary of its own."""
    found = [features(text) for text in texts]
    return build(found, Vocabulary.of(found))
