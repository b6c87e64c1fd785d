"""Which known phrases are nearest to a text: an inverted index over hashed features.

It stays quick with many phrases: the rarest features of a text are looked up first, and once enough places have
been read the common ones are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import BUCKETS, Features, Floats, Ids, features

_MAX_PLACES = 20_000
"""Places of the index that one search reads; the rarest features come first."""


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Rows of `row_of`/`idf` as in a model; `starts[row]:starts[row + 1]` are the phrases that have that feature."""

    row_of: Ids
    idf: Floats
    starts: Ids
    phrase: Ids
    value: Floats
    size: int

    def similarities(self, found: Features) -> Floats:
        """How like the text every phrase is, 0 to 1 (cosine, without the text's commonest features if many)."""
        rows, values, _ = found.weighed(self.row_of, self.idf)
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
        weights = self.value[places] * np.repeat(values, lengths)
        return np.bincount(self.phrase[places], weights=weights, minlength=self.size).astype(np.float32)

    def nearest(self, found: Features, count: int) -> list[tuple[int, float]]:
        """The nearest phrases with their likeness, best first, among equals in their order."""
        like = self.similarities(found)
        count = min(count, self.size)
        best = np.argpartition(-like, count - 1)[:count] if count < self.size else np.arange(self.size)
        best = best[np.lexsort((best, -like[best]))]
        return [(int(index), float(like[index])) for index in best if like[index] > 0]


def build(texts: Sequence[Features], row_of: Ids, idf: Floats) -> PhraseIndex:
    """An index over phrases whose features are at hand, with the rows and weights of a vocabulary."""
    weighed = [found.weighed(row_of, idf)[:2] for found in texts]
    counts = [len(rows) for rows, _ in weighed]
    rows = np.concatenate([rows for rows, _ in weighed]) if weighed else np.zeros(0, dtype=np.int32)
    values = np.concatenate([values for _, values in weighed]) if weighed else np.zeros(0, dtype=np.float32)
    phrase = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(len(idf) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(idf)), out=starts[1:])
    return PhraseIndex(row_of, idf, starts, phrase[order], values[order], len(texts))


def vocabulary(texts: Sequence[Features]) -> tuple[Ids, Floats]:
    """Row of every bucket (-1 where nothing is known) and the weight of every row: the rarer the heavier."""
    seen = np.bincount(np.concatenate([found.ids for found in texts]), minlength=BUCKETS)
    known = np.flatnonzero(seen)
    row_of = np.full(BUCKETS, -1, dtype=np.int32)
    row_of[known] = np.arange(len(known), dtype=np.int32)
    idf = np.log((1 + len(texts)) / (1 + seen[known])) + 1
    return row_of, idf.astype(np.float32)


def index_phrases(texts: Sequence[str]) -> PhraseIndex:
    """An index over plain texts with a vocabulary of its own."""
    found = [features(text) for text in texts]
    return build(found, *vocabulary(found))
