"""Learning in the house: examples from solved tickets make a new model, which is kept only if it reads no worse.

Pure but for the model files: examples come in as an iterable, and what came of it goes out as a value.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from knowledge import corpus
from knowledge.corpus import NOT_OURS, Example
from knowledge.errors import ModelError
from knowledge.evaluation import Evaluation, evaluate
from knowledge.language.masking import anonymised
from knowledge.matcher import Knowledge, read_bundle
from knowledge.model import Model
from knowledge.text import plain
from knowledge.training import train

MODEL_NAME = "model.npz"
BEFORE_NAME = "model.before.npz"

_HELD_BACK = 4
"""One example in four is held back to measure on; which one, its words decide."""
_FEWEST = 20
"""With fewer held-back examples no model can be told from another."""
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class TrainingAccepted:
    """The new model reads the held-back examples at least as well, and is now the house's."""

    before: Evaluation
    after: Evaluation
    learned_from: int
    file: Path


@dataclass(frozen=True, slots=True)
class TrainingRejected:
    """The new model reads them worse: nothing was changed."""

    before: Evaluation
    after: Evaluation
    learned_from: int


@dataclass(frozen=True, slots=True)
class TooFew:
    """Not enough examples to measure on: nothing was changed."""

    held_back: int
    needed: int = _FEWEST


Outcome = TrainingAccepted | TrainingRejected | TooFew


def held_back(example: Example) -> bool:
    """Whether an example is measured on instead of learned from: always the same for the same words."""
    return crc32(plain(example.text).encode()) % _HELD_BACK == 0


def prepared(examples: Iterable[Example], known: Iterable[str]) -> list[Example]:
    """Masked, each sentence once with its last label, of known labels only, in a fixed order."""
    labels = {*known, NOT_OURS}
    unique: dict[str, Example] = {}
    for example in examples:
        text = anonymised(example.text).strip()
        key = plain(text)
        if example.label in labels and key:
            unique[key] = Example(text, example.label, learned=True)
    return [unique[key] for key in sorted(unique)]


def learn(
    examples: Iterable[Example],
    folder: Path,
    articles: Path | None = None,
    catalogue: Path | None = None,
    *,
    weak: Iterable[Example] = (),
    own: Path | None = None,
) -> Outcome:
    """Train on the house's examples beside the shipped material; keep the model in `folder` unless it is worse.

    `weak`: what nobody said for certain; learned from as far as it does not outnumber, subject by subject, what
    somebody did, and never measured on. `house`: as in `Knowledge.load`.

    The model that was there before is kept beside it (`go_back`). Measured on the held-back examples: the share
    with the right category first or rightly refused, and the units.

    Raises:
        KnowledgeError: the articles, the catalogue or the present model do not hold together.
    """
    brought = read_bundle(articles, catalogue, own)
    said = prepared(examples, brought.catalogue.categories)
    measured = [example for example in said if held_back(example)]
    if len(measured) < _FEWEST:
        return TooFew(len(measured))
    learned = [example for example in said if not held_back(example)]
    learned += _outweighed(prepared(weak, brought.catalogue.categories), learned, {plain(e.text) for e in said})
    file = folder / MODEL_NAME
    present = Knowledge.load(articles, catalogue, file if file.exists() else None, own)
    model = train([*brought.examples, *learned], corpus.digest(brought.examples))
    following = present.with_model(model)
    before, after = evaluate(present, measured), evaluate(following, measured)
    if _worth(after) < _worth(before) - _SLACK:
        return TrainingRejected(before, after, len(learned))
    if file.exists():
        shutil.copyfile(file, folder / BEFORE_NAME)
    model.save(file)
    return TrainingAccepted(before, after, len(learned), file)


def _outweighed(weak: Sequence[Example], said: Sequence[Example], known: set[str]) -> list[Example]:
    """Of each subject at most as many weak examples as somebody gave certain ones, in a fixed order; none whose words
    have a certain label, also where that one is held back."""
    left = Counter(example.label for example in said)
    kept = []
    for example in sorted(weak, key=lambda e: crc32(e.text.encode())):
        if left[example.label] > 0 and plain(example.text) not in known:
            left[example.label] -= 1
            kept.append(example)
    return kept


def go_back(folder: Path) -> None:
    """Put the model before the present one back; without one, the shipped model is used again.

    Raises:
        ModelError: there is nothing to go back from, or the older model is damaged.
    """
    file, before = folder / MODEL_NAME, folder / BEFORE_NAME
    if not file.exists():
        raise ModelError(file, None, "no model of the house", "one made by `masa kb learn`")
    if before.exists():
        Model.load(before)
        before.replace(file)
    else:
        file.unlink()


def _worth(evaluation: Evaluation) -> float:
    """One number to compare two models by: right first, right unit, and right refusals."""
    shares: Sequence[float | None] = (evaluation.top1, evaluation.unit, evaluation.refused_rightly)
    told = [share for share in shares if share is not None]
    return sum(told) / len(told)
