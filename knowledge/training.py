"""Making a model: the same sentences always give the same one, in seconds.

A linear classifier with squared hinge loss, one column a label, solved by Newton steps with conjugate gradients
for all labels at once. Noised copies of every sentence teach it what typing does to words.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge import phrases
from knowledge.corpus import Example
from knowledge.features import Features, Floats, Ids, features
from knowledge.model import Model

if TYPE_CHECKING:
    from scipy import sparse

_COST = 1.0
_NEWTON_STEPS = 7
_GRADIENT_STEPS = 8
_NOISED_COPIES = 2
_SEED = 20240101
_KEYS = "abcdefghijklmnoprstuvyz"


def noised(text: str, chance: random.Random, every: int = 3, shortest: int = 4) -> str:
    """The text with a typo in every third longer word: a letter left out, swapped, replaced or doubled."""
    typed = []
    count = chance.randrange(every)
    for word in text.split(" "):
        changed = word
        if len(word) >= shortest and word.isalpha():
            count += 1
            if count % every == 0:
                changed = _mistyped(word, chance)
        typed.append(changed)
    return " ".join(typed)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 2:
            return word[:at] + chance.choice(_KEYS) + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]


def train(examples: Sequence[Example], trained_on: str, copies: int = _NOISED_COPIES) -> Model:
    """A model of these examples. `trained_on`: the fingerprint of its material, kept in it."""
    examples = sorted(examples, key=lambda e: (e.label, e.article or "", e.text))
    labels = tuple(dict.fromkeys(example.label for example in examples))
    column = {label: index for index, label in enumerate(labels)}
    clean = [features(example.text) for example in examples]
    vocabulary = phrases.vocabulary(clean)
    chance = random.Random(_SEED)  # noqa: S311 # repeatable noise, nothing secret
    noisy = [features(noised(e.text, chance)) for _ in range(copies) for e in examples]
    wanted = np.array([column[example.label] for example in examples] * (1 + copies))
    weights, bias = fit(_table([*clean, *noisy], *vocabulary), wanted, len(labels))
    return replace(Model.of(examples, weights, bias, labels, vocabulary), trained_on=trained_on)


def _table(texts: Sequence[Features], row_of: Ids, idf: Floats) -> "sparse.csr_matrix":
    from scipy import sparse  # training only: a desk that starts with its shipped model does without it

    weighed = [found.weighed(row_of, idf)[:2] for found in texts]
    starts = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum([len(rows) for rows, _ in weighed], out=starts[1:])
    rows = np.concatenate([rows for rows, _ in weighed])
    values = np.concatenate([values for _, values in weighed])
    return sparse.csr_matrix((values, rows, starts), shape=(len(texts), len(idf)), dtype=np.float32)


def fit(table: "sparse.csr_matrix", wanted: Ids, labels: int) -> tuple[Floats, Floats]:
    """Weights (features x labels) and bias: least ½|w|² + C Σ max(0, 1 - y(wx + b))² for every label."""
    transposed = table.T.tocsr()
    signs = np.full((table.shape[0], labels), -1, dtype=np.float32)
    signs[np.arange(table.shape[0]), wanted] = 1
    weights = np.zeros((table.shape[1], labels), dtype=np.float32)
    bias = np.zeros(labels, dtype=np.float32)
    for _ in range(_NEWTON_STEPS):
        short = np.maximum(0, 1 - signs * (table @ weights + bias))
        active = short > 0
        pull = 2 * _COST * signs * short
        step, shift = _newton_direction(table, transposed, active, transposed @ pull - weights, pull.sum(axis=0) - bias)
        weights += step
        bias += shift
    return weights, bias


def _newton_direction(
    table: "sparse.csr_matrix",
    transposed: "sparse.csr_matrix",
    active: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]",
    residual: Floats,
    residual_bias: Floats,
) -> tuple[Floats, Floats]:
    """Solve H d = -gradient by conjugate gradients, every label at once; H = 1 + 2C Aᵀ(active)A."""
    step, shift = np.zeros_like(residual), np.zeros_like(residual_bias)
    way, way_bias = residual.copy(), residual_bias.copy()
    length = (residual * residual).sum(axis=0) + residual_bias**2
    for _ in range(_GRADIENT_STEPS):
        image = 2 * _COST * np.where(active, table @ way + way_bias, 0)
        curved = transposed @ image + way
        curved_bias = image.sum(axis=0) + way_bias
        size = length / np.maximum((way * curved).sum(axis=0) + way_bias * curved_bias, 1e-12)
        step += size * way
        shift += size * way_bias
        residual = residual - size * curved
        residual_bias = residual_bias - size * curved_bias
        following = (residual * residual).sum(axis=0) + residual_bias**2
        turn = following / np.maximum(length, 1e-12)
        way = residual + turn * way
        way_bias = residual_bias + turn * way_bias
        length = following
    return step, shift
