"""The trained part: a linear classifier over hashed features, and its file.

A file is one `.npz` of plain arrays (no pickles), with a version and a fingerprint of what it was trained on.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import ModelError
from knowledge.features import BUCKETS, Features, Floats, Ids, features
from knowledge.material import Example

if TYPE_CHECKING:
    from scipy import sparse

VERSION = 1
_RIDGE = 0.6
_STEPS = 25


@dataclass(frozen=True, slots=True)
class Model:
    """Weights: one row a known feature, one column a label. `row_of` leads from a bucket to its row, -1 unknown."""

    labels: tuple[str, ...]
    row_of: Ids
    idf: Floats
    weights: Floats
    bias: Floats
    trained_on: str

    def scores(self, found: Features) -> Floats:
        """One score a label, 0 where nothing of the text is known."""
        rows = self.row_of[found.ids]
        known = rows >= 0
        rows = rows[known]
        values = found.values[known] * self.idf[rows]
        norm = float(np.sqrt(np.dot(values, values)))
        if not norm:
            return np.zeros(len(self.labels), dtype=np.float32)
        return np.asarray((values / norm) @ self.weights[rows] + self.bias, dtype=np.float32)

    def contributions(self, found: Features, label: str) -> Floats:
        """How much each word of the text speaks for a label, against the mean of all labels."""
        rows = self.row_of[found.ids]
        known = rows >= 0
        rows = rows[known]
        column = self.weights[rows, self.labels.index(label)] - self.weights[rows].mean(axis=1)
        shares = found.values[known] * self.idf[rows] * column
        return np.bincount(found.owner[known], weights=shares, minlength=len(found.words)).astype(np.float32)

    def save(self, file: Path) -> None:
        known = np.flatnonzero(self.row_of >= 0).astype(np.int32)
        order = np.argsort(self.row_of[known])
        with file.open("wb") as stream:
            np.savez_compressed(
                stream,
                version=np.array(VERSION),
                labels=np.array(self.labels),
                buckets=known[order],
                idf=self.idf,
                weights=self.weights.astype(np.float16),
                bias=self.bias,
                trained_on=np.array(self.trained_on),
            )

    @classmethod
    def load(cls, file: Path) -> "Model":
        """Read a model file.

        Raises:
            ModelError: it is missing, damaged, or of another version.
        """
        expected = "a model written by `masa kb train`"
        try:
            with np.load(file, allow_pickle=False) as stored:
                version = int(stored["version"])
                if version != VERSION:
                    raise ModelError(file, None, f"a model of version {version}", f"version {VERSION}")
                row_of = np.full(BUCKETS, -1, dtype=np.int32)
                buckets = stored["buckets"]
                row_of[buckets] = np.arange(len(buckets), dtype=np.int32)
                return cls(
                    labels=tuple(str(label) for label in stored["labels"]),
                    row_of=row_of,
                    idf=stored["idf"],
                    weights=stored["weights"].astype(np.float32),
                    bias=stored["bias"],
                    trained_on=str(stored["trained_on"]),
                )
        except FileNotFoundError as error:
            raise ModelError(file, None, "no model file", expected) from error
        except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError(file, None, f"a damaged model file ({error})", expected) from error


def train(examples: Sequence[Example], trained_on: str) -> Model:
    """Ridge regression on one column a label, by conjugate gradients: the same input gives the same weights."""
    from scipy import sparse  # needed for training only: start-up does without it

    labels = tuple(sorted({example.label for example in examples}))
    column = {label: index for index, label in enumerate(labels)}
    found = [features(example.text) for example in examples]
    ids = np.concatenate([f.ids for f in found])
    used, columns = np.unique(ids, return_inverse=True)
    row_of = np.full(BUCKETS, -1, dtype=np.int32)
    row_of[used] = np.arange(len(used), dtype=np.int32)
    starts = np.cumsum([0] + [len(f.ids) for f in found])
    seen_in = np.bincount(columns, minlength=len(used))
    idf = (np.log((1 + len(found)) / (1 + seen_in)) + 1).astype(np.float32)
    values = np.concatenate([f.values for f in found]) * idf[columns]
    table = sparse.csr_matrix((values, columns.astype(np.int32), starts), shape=(len(found), len(used)))
    norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table = sparse.diags(1 / np.maximum(norms, 1e-9)) @ table
    table = table.tocsr().astype(np.float32)
    wanted = np.zeros((len(found), len(labels)), dtype=np.float32)
    wanted[np.arange(len(found)), [column[e.label] for e in examples]] = 1
    bias = wanted.mean(axis=0)
    weights = _solve(table, wanted - bias)
    return Model(labels, row_of, idf, weights, bias.astype(np.float32), trained_on)


def _solve(table: "sparse.csr_matrix", wanted: Floats) -> Floats:
    """(AᵀA + λ) W = AᵀY by conjugate gradients, every column at once."""
    transposed = table.T.tocsr()
    weights = np.zeros((table.shape[1], wanted.shape[1]), dtype=np.float32)
    residual = transposed @ wanted
    direction = residual.copy()
    length = (residual * residual).sum(axis=0)
    for _ in range(_STEPS):
        image = transposed @ (table @ direction) + _RIDGE * direction
        step = length / np.maximum((direction * image).sum(axis=0), 1e-12)
        weights += step * direction
        residual -= step * image
        following = (residual * residual).sum(axis=0)
        direction = residual + (following / np.maximum(length, 1e-12)) * direction
        length = following
    return np.asarray(weights, dtype=np.float32)
