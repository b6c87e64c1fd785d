"""The trained part, and its file: one `.npz` of plain arrays, with a version and the fingerprint of its material."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Example
from knowledge.errors import ModelError
from knowledge.features import Features, Floats, Ids, features
from knowledge.phrases import PhraseIndex, Vocabulary, Weighed, index_of, narrowed, weighed
from knowledge.text import Word

VERSION = 4
_NO_ARTICLE, _LEARNED = -1, -2
_LEVELS = 31
"""Steps of a weight to each side of 0: more of them make the file larger and read no better."""
_NEAREST = (0.6, 0.25, 0.15)
"""Shares of the three nearest phrases of a label or an article in its likeness."""
_SHARES = tuple(np.array(_NEAREST[:count]) for count in range(len(_NEAREST) + 1))


def nearness(similar: Floats) -> float:
    """How near the nearest of some phrases are."""
    best = np.sort(similar)[::-1][: len(_NEAREST)]
    return float(best @ _SHARES[len(best)])


@dataclass(frozen=True, slots=True)
class Heard:
    """What each word of a text says for each label. Any part of the text is judged by the sum of its words."""

    words: tuple[Word, ...]
    votes: Floats
    """Words x labels."""
    squares: Floats
    """The square of each word's length."""
    bias: Floats
    known_share: float
    """The share of the text's features that were seen in training, 0 to 1."""

    def margins(self, begin: int = 0, end: int | None = None) -> Floats:
        """The classifier's word on some of the words: one number a label, above 0 where it says yes."""
        length = float(np.sqrt(self.squares[begin:end].sum()))
        return np.asarray(self.votes[begin:end].sum(axis=0) / max(length, 1e-9) + self.bias, dtype=np.float32)

    def contributions(self, label: int) -> Floats:
        """How much each word speaks for a label, against the mean of all labels."""
        return np.asarray(self.votes[:, label] - self.votes.mean(axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """A classifier (int8 weights, one column a label; row 0 is for what is unknown and says nothing) and the index of
    the phrases it was trained on, which stand in the order of their labels: those of label `i` begin at
    `label_starts[i]`.
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
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _LEVELS
        return cls(
            labels=labels,
            weights=np.round(weights / scale).astype(np.int8),
            scale=scale,
            bias=bias,
            trained_on="",
            **phrase_fields(examples, labels, vocabulary),
        )

    def with_phrases(self, examples: Sequence[Example]) -> "Model":
        """The same classifier over the phrases of today: what was added is found, what was taken out is gone.
        What the house has learned from its own tickets stays."""
        learned = np.flatnonzero(self.phrase_article == _LEARNED).tolist()
        kept = [*examples, *(self.example(place) for place in learned)]
        known = dict(zip(self.phrases, self.index.weighed(), strict=True))
        return replace(self, **phrase_fields(kept, self.labels, self.index.vocabulary, known))

    def example(self, place: int) -> Example:
        """The sentence at a place of the index."""
        label = self.labels[self.label_at(place)]
        article = int(self.phrase_article[place])
        named = self.articles[article] if article >= 0 else None
        return Example(self.phrases[place], label, named, learned=article == _LEARNED)

    def examples(self) -> list[Example]:
        """All of them, with what the house has learned."""
        labels = np.searchsorted(self.label_starts, np.arange(self.index.size), side="right") - 1
        return [
            Example(text, self.labels[label], self.articles[article] if article >= 0 else None, article == _LEARNED)
            for text, label, article in zip(self.phrases, labels.tolist(), self.phrase_article.tolist(), strict=True)
        ]

    def label_at(self, place: int) -> int:
        return int(np.searchsorted(self.label_starts, place, side="right")) - 1

    def hear(self, found: Features) -> Heard:
        rows = self.index.vocabulary.rows(found.ids)
        values = self.index.vocabulary.counts[rows]
        if not found.words:
            return Heard((), np.zeros((0, len(self.labels)), np.float32), np.zeros(0, np.float32), self.bias, 0.0)
        said = self.weights[rows] * values[:, None]
        return Heard(
            words=found.words,
            votes=np.add.reduceat(said, found.starts, axis=0) * self.scale,
            squares=np.add.reduceat(values * values, found.starts),
            bias=self.bias,
            known_share=float(np.count_nonzero(rows)) / len(rows),
        )

    def likeness(self, similar: Floats) -> Floats:
        """How near the nearest phrases of each label are, given the likeness of all phrases."""
        left, sizes = similar, np.diff(self.label_starts, append=self.index.size)
        near = np.zeros(len(self.labels), dtype=np.float32)
        for share in _NEAREST:
            best = np.maximum.reduceat(left, self.label_starts)
            near += share * best
            left = left * (left != np.repeat(best, sizes))
        return near

    def save(self, file: Path) -> None:
        arrays = {
            "version": np.array(VERSION),
            "trained_on": np.array(self.trained_on),
            "labels": np.array(self.labels),
            "articles": np.array(self.articles),
            "weights": np.ascontiguousarray(self.weights.T),
            "scale": self.scale,
            "bias": self.bias,
            "buckets": self.index.vocabulary.buckets.astype(np.int32),
            "counts": self.index.vocabulary.counts.astype(np.float16),
            "starts": self.index.starts,
            "phrase": self.index.phrase,
            "value": self.index.value,
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
        buckets = arrays["buckets"].astype(np.int32)
        labels = tuple(str(label) for label in arrays["labels"])
        phrase_article = arrays["phrase_article"].astype(np.int32)
        index = PhraseIndex(
            vocabulary=Vocabulary(buckets, arrays["counts"].astype(np.float32)),
            starts=arrays["starts"].astype(np.int32),
            phrase=narrowed(arrays["phrase"].astype(np.int32), len(phrase_article)),
            value=arrays["value"].astype(np.uint8),
            size=len(phrase_article),
        )
        model = cls(
            labels=labels,
            articles=tuple(str(article) for article in arrays["articles"]),
            weights=np.ascontiguousarray(arrays["weights"].astype(np.int8).T),
            scale=arrays["scale"].astype(np.float32),
            bias=arrays["bias"].astype(np.float32),
            index=index,
            label_starts=arrays["label_starts"].astype(np.int32),
            phrase_article=phrase_article,
            phrases=tuple(arrays["phrases"].tobytes().decode("utf-8").split("\n")),
            trained_on=str(arrays["trained_on"]),
        )
        for told in model._contradictions(len(buckets) + 1):
            raise ValueError(told)
        return model

    def _contradictions(self, features_known: int) -> Iterator[str]:
        """What in a file cannot be: the parts must fit each other."""
        if bool((np.diff(self.index.vocabulary.buckets) <= 0).any()):
            yield "buckets out of order"
        if self.weights.shape != (features_known, len(self.labels)):
            yield f"weights of the shape {self.weights.shape}"
        if len(self.bias) != len(self.labels) or len(self.scale) != len(self.labels):
            yield "bias or scale of another number of labels"
        if len(self.index.starts) != features_known + 1 or len(self.index.vocabulary.counts) != features_known:
            yield "an index of another number of features"
        if self.index.starts[-1] != len(self.index.phrase) or len(self.index.phrase) != len(self.index.value):
            yield "an index that ends elsewhere"
        if len(self.phrases) != len(self.phrase_article):
            yield "phrases without an article or articles without a phrase"
        sizes = np.diff(self.label_starts, append=self.index.size)
        if len(self.label_starts) != len(self.labels) or bool((sizes <= 0).any()):
            yield "a label without phrases"


class PhraseFields(TypedDict):
    """The part of a model that is made of phrases."""

    articles: tuple[str, ...]
    index: PhraseIndex
    label_starts: Ids
    phrase_article: Ids
    phrases: tuple[str, ...]


def phrase_fields(
    examples: Sequence[Example],
    labels: Sequence[str],
    vocabulary: Vocabulary,
    known: Mapping[str, Weighed] = MappingProxyType({}),
) -> PhraseFields:
    """`known`: phrases that are weighed already, by this vocabulary."""
    place = {label: index for index, label in enumerate(labels)}
    ordered = sorted(examples, key=lambda e: (place[e.label], e.article or "", e.text))
    articles = tuple(sorted({e.article for e in ordered if e.article}))
    number = {article: index for index, article in enumerate(articles)}
    columns = np.array([place[e.label] for e in ordered])
    belongs = [number[e.article] if e.article else _LEARNED if e.learned else _NO_ARTICLE for e in ordered]
    phrases = tuple(" ".join(e.text.split()) for e in ordered)
    stand = [
        known.get(phrase) or weighed(features(e.text), vocabulary) for phrase, e in zip(phrases, ordered, strict=True)
    ]
    return PhraseFields(
        articles=articles,
        index=index_of(stand, vocabulary),
        label_starts=np.searchsorted(columns, np.arange(len(labels))).astype(np.int32),
        phrase_article=np.array(belongs, dtype=np.int32),
        phrases=phrases,
    )
