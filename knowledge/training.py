"""Making a model: the same sentences always give the same one, in about a minute.

A linear classifier with squared hinge loss, one column a label, solved by Newton steps with conjugate gradients
for all labels at once. Noised copies of every sentence teach it what typing does to words.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge import corpus
from knowledge.corpus import Example
from knowledge.features import Features, Floats, Ids, features
from knowledge.model import Model
from knowledge.noise import hurried, mistyped, voweless
from knowledge.phrases import Vocabulary

if TYPE_CHECKING:
    from scipy import sparse

Copies = Sequence[tuple[Callable[[str, random.Random], str], float, float]]
"""How every sentence is noised, how often it is wrapped into others before, and what a mistake in such a copy costs;
one in the sentence itself costs 1."""
COPIES: Copies = (
    (mistyped, 0.6, 1.0),
    (mistyped, 0.0, 0.7),
    (hurried, 0.4, 0.5),
    (voweless, 0.1, 0.3),
)
OF_SHORT_LINES: Copies = ((mistyped, 0.6, 0.5), (hurried, 0.4, 0.5), (voweless, 0.1, 0.3))
"""More of them cost lines of a talk more than they gain."""
_LEAST = 2
"""Sentences and copies in which a feature must stand to be known."""
_NEWTON_STEPS = 6
_GRADIENT_STEPS = 7
_SEED = 20240101


def train(
    examples: Sequence[Example],
    trained_on: str,
    read: Callable[[str], Features] = features,
    copies: Copies = COPIES,
) -> Model:
    """A model of these examples. `trained_on`: the fingerprint of its material, kept in it; `read`: how a sentence
    becomes features, here and where the model is used."""
    examples = sorted(examples, key=lambda e: (e.label, e.article or "", e.text))
    labels = tuple(dict.fromkeys(example.label for example in examples))
    column = {label: index for index, label in enumerate(labels)}
    chance = random.Random(_SEED)  # noqa: S311 # repeatable noise, nothing secret
    texts = [example.text for example in examples]
    found = [read(text) for text in texts]
    around = corpus.around()
    for noised, wrapped_share, _ in copies:
        wrapped = (around.wrap(text, chance) if chance.random() < wrapped_share else text for text in texts)
        found += [read(noised(text, chance)) for text in wrapped]
    vocabulary = Vocabulary.of(found, least=_LEAST)
    wanted = np.array([column[example.label] for example in examples] * (1 + len(copies)))
    costs = np.repeat(np.array([1.0, *(cost for *_, cost in copies)], dtype=np.float32), len(examples))
    weights, bias = fit(_table(found, vocabulary), wanted, costs, len(labels))
    return replace(Model.of(examples, weights, bias, labels, vocabulary), trained_on=trained_on)


def _table(texts: Sequence[Features], vocabulary: Vocabulary) -> "sparse.csr_matrix":
    from scipy import sparse  # training only: a desk that starts with its shipped model does without it

    rows = [vocabulary.rows(found.ids) for found in texts]
    rows = [row[row > 0] for row in rows]
    values = [vocabulary.counts[row] for row in rows]
    values = [value / max(float(np.sqrt(np.dot(value, value))), 1e-9) for value in values]
    starts = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    shape = len(texts), len(vocabulary.counts)
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(rows), starts), shape=shape, dtype=np.float32)


def fit(table: "sparse.csr_matrix", wanted: Ids, costs: Floats, labels: int) -> tuple[Floats, Floats]:
    """Weights (features x labels) and bias: least ½|w|² + Σ cost max(0, 1 - y(wx + b))² for every label."""
    transposed = table.T.tocsr()
    signs = np.full((table.shape[0], labels), -1, dtype=np.float32)
    signs[np.arange(table.shape[0]), wanted] = 1
    weights = np.zeros((table.shape[1], labels), dtype=np.float32)
    bias = np.zeros(labels, dtype=np.float32)
    for _ in range(_NEWTON_STEPS):
        short = np.maximum(0, 1 - signs * (table @ weights + bias))
        curved = 2 * costs[:, None] * (short > 0)
        pull = 2 * costs[:, None] * signs * short
        step, shift = _newton_direction(table, transposed, curved, transposed @ pull - weights, pull.sum(axis=0) - bias)
        weights += step
        bias += shift
    return weights, bias


def _newton_direction(
    table: "sparse.csr_matrix", transposed: "sparse.csr_matrix", curved: Floats, residual: Floats, residual_bias: Floats
) -> tuple[Floats, Floats]:
    """Solve H d = -gradient by conjugate gradients, every label at once; H = 1 + Aᵀ(curved)A."""
    step, shift = np.zeros_like(residual), np.zeros_like(residual_bias)
    way, way_bias = residual.copy(), residual_bias.copy()
    length = (residual * residual).sum(axis=0) + residual_bias**2
    for _ in range(_GRADIENT_STEPS):
        image = curved * (table @ way + way_bias)
        bent = transposed @ image + way
        bent_bias = image.sum(axis=0) + way_bias
        size = length / np.maximum((way * bent).sum(axis=0) + way_bias * bent_bias, 1e-12)
        step += size * way
        shift += size * way_bias
        residual = residual - size * bent
        residual_bias = residual_bias - size * bent_bias
        following = (residual * residual).sum(axis=0) + residual_bias**2
        turn = following / np.maximum(length, 1e-12)
        way = residual + turn * way
        way_bias = residual_bias + turn * way_bias
        length = following
    return step, shift
