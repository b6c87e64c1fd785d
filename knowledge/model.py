"""The trained part, and its file: one `.npz` of plain arrays, with a version and the fingerprint of its material."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Example
from knowledge.errors import ModelError
from knowledge.features import BUCKETS, Features, Floats, Ids, features
from knowledge.phrases import PhraseIndex, build

VERSION = 3
_NO_ARTICLE, _LEARNED = -1, -2

Vocabulary = tuple[Ids, Floats]

_FIRST, _SECOND, _THIRD = 0.6, 0.25, 0.15
"""Shares of the three nearest phrases of a label in its likeness."""


@dataclass(frozen=True, slots=True)
class Model:
    """A classifier (int8 weights, one column a label) and the index of the phrases it was trained on.

    Phrases stand in the order of their labels: those of label `i` begin at `label_starts[i]`.
    """

    labels: tuple[str, ...]
    articles: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats
    index: PhraseIndex
    label_starts: Ids
    phrase_article: Ids
    phrases: tuple[str, ...]
    trained_on: str

    @classmethod
    def of(
        cls, examples: Sequence[Example], weights: Floats, bias: Floats, labels: tuple[str, ...], vocabulary: Vocabulary
    ) -> "Model":
        """A model with these weights over these phrases, which stand in the order of `labels`."""
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
        return cls(
            labels=labels,
            weights=np.round(weights / scale).astype(np.int8),
            scale=scale,
            bias=bias,
            trained_on="",
            **phrase_fields(examples, labels, *vocabulary),
        )

    def with_phrases(self, examples: Sequence[Example]) -> "Model":
        """The same classifier over the phrases of today: what was added is found, what was taken out is gone.
        What the house has learned from its own tickets stays."""
        learned = np.flatnonzero(self.phrase_article == _LEARNED).tolist()
        kept = [*examples, *(self.example(place) for place in learned)]
        return replace(self, **phrase_fields(kept, self.labels, self.index.row_of, self.index.idf))

    def example(self, place: int) -> Example:
        """The sentence at a place of the index."""
        label = self.labels[int(np.searchsorted(self.label_starts, place, side="right")) - 1]
        article = int(self.phrase_article[place])
        named = self.articles[article] if article >= 0 else None
        return Example(self.phrases[place], label, named, learned=article == _LEARNED)

    @property
    def label_sizes(self) -> Ids:
        return np.diff(self.label_starts, append=self.index.size)

    def margins(self, found: Features) -> Floats:
        """The classifier's word: one number a label, above 0 where it says yes."""
        rows, values, _ = found.weighed(self.index.row_of, self.index.idf)
        return np.asarray(values @ self.weights[rows].astype(np.float32) * self.scale + self.bias, np.float32)

    def likeness(self, similar: Floats) -> Floats:
        """How near the nearest phrases of each label are, given the likeness of all phrases."""
        left, sizes = similar, self.label_sizes
        near = np.zeros(len(self.labels), dtype=np.float32)
        for share in (_FIRST, _SECOND, _THIRD):
            best = np.maximum.reduceat(left, self.label_starts)
            near += share * best
            left = np.where(left == np.repeat(best, sizes), 0, left)
        return near

    def contributions(self, found: Features, label: str) -> Floats:
        """How much each word speaks for a label, against the mean of all labels."""
        rows, values, owner = found.weighed(self.index.row_of, self.index.idf)
        weights = self.weights[rows].astype(np.float32) * self.scale
        shares = values * (weights[:, self.labels.index(label)] - weights.mean(axis=1))
        return np.bincount(owner, weights=shares, minlength=len(found.words)).astype(np.float32)

    def known_share(self, found: Features) -> float:
        """The share of the text's features that were ever seen in training, 0 to 1."""
        if not found.ids.size:
            return 0.0
        return float(np.count_nonzero(self.index.row_of[found.ids] >= 0)) / found.ids.size

    def save(self, file: Path) -> None:
        known = np.flatnonzero(self.index.row_of >= 0)
        arrays = {
            "version": np.array(VERSION),
            "trained_on": np.array(self.trained_on),
            "labels": np.array(self.labels),
            "articles": np.array(self.articles),
            "weights": self.weights,
            "scale": self.scale,
            "bias": self.bias,
            "buckets": known[np.argsort(self.index.row_of[known])].astype(np.int32),
            "idf": self.index.idf.astype(np.float16),
            "starts": self.index.starts,
            "phrase": self.index.phrase.astype(np.uint16 if self.index.size < 65_536 else np.uint32),
            "value": np.round(self.index.value * 255).astype(np.uint8),
            "label_starts": self.label_starts.astype(np.int32),
            "phrase_article": self.phrase_article.astype(np.int16),
            "phrases": np.frombuffer("\n".join(self.phrases).encode("utf-8"), dtype=np.uint8),
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        half_written = file.with_suffix(".part")
        with zipfile.ZipFile(half_written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, array in arrays.items():
                entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as stream:
                    np.lib.format.write_array(stream, array, allow_pickle=False)
        half_written.replace(file)

    @classmethod
    def load(cls, file: Path) -> "Model":
        """Read a model file.

        Raises:
            ModelError: it is missing, damaged, or of another version.
        """
        expected = "a model written by `masa kb train`"
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
                version = int(stored["version"])
                if version != VERSION:
                    raise ModelError(
                        file, None, f"a model of version {version}", f"version {VERSION}: run `masa kb train`"
                    )
                arrays = {name: stored[name] for name in stored.files}
            return cls._from(arrays)
        except FileNotFoundError as error:
            raise ModelError(file, None, "no model file", expected) from error
        except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ModelError(file, None, f"a damaged model file ({error})", expected) from error

    @classmethod
    def _from(cls, arrays: dict[str, NDArray[np.generic]]) -> "Model":
        buckets = arrays["buckets"]
        labels = tuple(str(label) for label in arrays["labels"])
        row_of = np.full(BUCKETS, -1, dtype=np.int32)
        row_of[buckets.astype(np.int64)] = np.arange(len(buckets), dtype=np.int32)
        phrase_article = arrays["phrase_article"].astype(np.int32)
        index = PhraseIndex(
            row_of=row_of,
            idf=arrays["idf"].astype(np.float32),
            starts=arrays["starts"].astype(np.int32),
            phrase=arrays["phrase"].astype(np.int32),
            value=arrays["value"].astype(np.float32) / np.float32(255),
            size=len(phrase_article),
        )
        model = cls(
            labels=labels,
            articles=tuple(str(article) for article in arrays["articles"]),
            weights=arrays["weights"].astype(np.int8),
            scale=arrays["scale"].astype(np.float32),
            bias=arrays["bias"].astype(np.float32),
            index=index,
            label_starts=arrays["label_starts"].astype(np.int32),
            phrase_article=phrase_article,
            phrases=tuple(arrays["phrases"].tobytes().decode("utf-8").split("\n")),
            trained_on=str(arrays["trained_on"]),
        )
        for told in model._contradictions(len(buckets)):
            raise ValueError(told)
        return model

    def _contradictions(self, features_known: int) -> Iterator[str]:
        """What in a file cannot be: the parts must fit each other."""
        if self.weights.shape != (features_known, len(self.labels)):
            yield f"weights of the shape {self.weights.shape}"
        if len(self.bias) != len(self.labels) or len(self.scale) != len(self.labels):
            yield "bias or scale of another number of labels"
        if len(self.index.starts) != features_known + 1 or len(self.index.idf) != features_known:
            yield "an index of another number of features"
        if self.index.starts[-1] != len(self.index.phrase) or len(self.index.phrase) != len(self.index.value):
            yield "an index that ends elsewhere"
        if len(self.phrases) != len(self.phrase_article):
            yield "phrases without an article or articles without a phrase"
        if len(self.label_starts) != len(self.labels) or bool((self.label_sizes <= 0).any()):
            yield "a label without phrases"


class PhraseFields(TypedDict):
    """The part of a model that is made of phrases."""

    articles: tuple[str, ...]
    index: PhraseIndex
    label_starts: Ids
    phrase_article: Ids
    phrases: tuple[str, ...]


def phrase_fields(examples: Sequence[Example], labels: Sequence[str], row_of: Ids, idf: Floats) -> PhraseFields:
    place = {label: index for index, label in enumerate(labels)}
    ordered = sorted(examples, key=lambda e: (place[e.label], e.article or "", e.text))
    articles = tuple(sorted({e.article for e in ordered if e.article}))
    known = {article: index for index, article in enumerate(articles)}
    columns = np.array([place[e.label] for e in ordered])
    belongs = [known[e.article] if e.article else _LEARNED if e.learned else _NO_ARTICLE for e in ordered]
    return PhraseFields(
        articles=articles,
        index=build([features(e.text) for e in ordered], row_of, idf),
        label_starts=np.searchsorted(columns, np.arange(len(labels))).astype(np.int32),
        phrase_article=np.array(belongs, dtype=np.int32),
        phrases=tuple(" ".join(e.text.split()) for e in ordered),
    )
