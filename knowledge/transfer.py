"""What our shipped model knows, lent to another house.

Another house comes with a title and a few symptoms a category. Our model has read thousands of sentences about the
same printers and passwords: how it spreads a message over our own categories says much about which of the other
house's categories it belongs to, and whether it is an IT directorate's business at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge import relevance
from knowledge.corpus import INTENT_PREFIX, NOT_OURS, Example
from knowledge.features import Features, Floats, features
from knowledge.model import Model
from knowledge.relevance import Evidence

_SHARPNESS = 2.5
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class TransferScores:
    """What our model says of a text for another house.

    `near`: how much it takes it for each label there, 0 to 1. `ours`: how likely it is an IT directorate's
    business, None where that says nothing about the other house. `evidence`: what it saw itself.
    """

    near: Floats
    ours: float | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Transfer:
    """`profiles`: one row a label of the other house, one column a label of ours, each row of length one.

    `alike`: whether the other house's own words are mostly what our judge would take for ours; where they are
    not (a parks department, say), the judge has no say.
    """

    model: Model
    labels: tuple[str, ...]
    profiles: Floats
    alike: bool

    @classmethod
    def to(cls, labels: Sequence[str], examples: Sequence[Example], model: Model) -> "Transfer":
        rows: Mapping[str, list[Floats]] = {label: [] for label in labels}
        taken = 0
        for example in examples:
            if example.label not in rows:
                continue
            evidence = _evidence(model, features(example.text))
            rows[example.label].append(_spread(evidence))
            taken += relevance.ours(evidence) >= _HALF
        none = [np.zeros(len(model.labels), dtype=np.float32)]
        profiles = np.array([np.mean(rows[label] or none, axis=0) for label in labels], dtype=np.float32)
        profiles = np.sqrt(profiles)
        profiles /= np.maximum(np.sqrt((profiles * profiles).sum(axis=1, keepdims=True)), 1e-9)
        return cls(model, tuple(labels), profiles, taken >= _HALF * len(examples))

    def for_labels(self, labels: Sequence[str]) -> "Transfer":
        """The same for a model with other labels: one that is no category has no profile."""
        place = {label: index for index, label in enumerate(self.labels)}
        none = np.zeros(self.profiles.shape[1], dtype=np.float32)
        rows = [self.profiles[place[label]] if label in place else none for label in labels]
        return replace(self, labels=tuple(labels), profiles=np.array(rows, dtype=np.float32))

    def kinship(self, found: Features) -> TransferScores:
        evidence = _evidence(self.model, found)
        near = self.profiles @ np.sqrt(_spread(evidence))
        return TransferScores(near.astype(np.float32), relevance.ours(evidence) if self.alike else None, evidence)


def _evidence(model: Model, found: Features) -> Evidence:
    elsewhere = [label == NOT_OURS or label.startswith(INTENT_PREFIX) for label in model.labels]
    return Evidence(
        margins=model.margins(found),
        likeness=model.likeness(model.index.similarities(found)),
        ours=~np.array(elsewhere),
        not_ours=model.labels.index(NOT_OURS) if NOT_OURS in model.labels else None,
        known_share=model.known_share(found),
    )


def _spread(evidence: Evidence) -> Floats:
    powers = np.exp(_SHARPNESS * (evidence.scores - evidence.scores.max()))
    return np.asarray(powers / powers.sum(), dtype=np.float32)
