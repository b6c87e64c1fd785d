"""What our shipped model knows, lent to another house.

Another house comes with a title and a few symptoms a category. Our model has read thousands of sentences about the
same printers and passwords: how it spreads a message over our own categories says much about which of the other
house's categories it belongs to, and whether it is an IT directorate's business at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge import thresholds
from knowledge.corpus import INTENT_PREFIX, NOT_OURS, Example
from knowledge.features import Features, Floats, features
from knowledge.model import Model
from knowledge.verdict import Ours, Verdict

_SHARPNESS = 2.5
_HALF = 0.5
_SURELY = 9.0


@dataclass(frozen=True, slots=True)
class Kinship:
    """What our model says of a text for another house.

    `near`: how much it takes it for each label there, 0 to 1. `outside`: as in a verdict, None where that says nothing
    about the other house. `scores`, `ours`: by our own labels.
    """

    near: Floats
    outside: float | None
    scores: Floats
    ours: Ours
    known_share: float

    def judged(self, verdict: Verdict, likeness: float) -> Verdict:
        """The other house's verdict with our word on whose business it is: its own surely, where a phrase of its own
        is near."""
        near = thresholds.NEAR_ALONE if self.outside is None else thresholds.NEAR_BESIDE_JUDGE
        if likeness >= near:
            return replace(verdict, outside=-_SURELY)
        return replace(verdict, outside=_SURELY if self.outside is None else self.outside)


@dataclass(frozen=True, slots=True)
class Transfer:
    """`profiles`: one row a label of the other house, one column a label of ours, each row of length one.

    `alike`: whether the other house's own words are mostly what our judge would take for ours; where they are
    not (a parks department, say), the judge has no say.
    """

    model: Model
    ours: Ours
    labels: tuple[str, ...]
    profiles: Floats
    alike: bool

    @classmethod
    def to(cls, labels: Sequence[str], examples: Sequence[Example], model: Model) -> "Transfer":
        ours = np.array([label != NOT_OURS and not label.startswith(INTENT_PREFIX) for label in model.labels])
        rows: Mapping[str, list[Floats]] = {label: [] for label in labels}
        taken = 0
        for example in examples:
            if example.label in rows:
                scores = model.hear(features(example.text)).margins()
                rows[example.label].append(_spread(scores))
                taken += not Verdict.of(scores, ours).not_ours
        none = [np.zeros(len(model.labels), dtype=np.float32)]
        profiles = np.array([np.mean(rows[label] or none, axis=0) for label in labels], dtype=np.float32)
        profiles = np.sqrt(profiles)
        profiles /= np.maximum(np.sqrt((profiles * profiles).sum(axis=1, keepdims=True)), 1e-9)
        return cls(model, ours, tuple(labels), profiles, taken >= _HALF * len(examples))

    def for_labels(self, labels: Sequence[str]) -> "Transfer":
        """The same for a model with other labels: one that is no category has no profile."""
        place = {label: index for index, label in enumerate(self.labels)}
        none = np.zeros(self.profiles.shape[1], dtype=np.float32)
        rows = [self.profiles[place[label]] if label in place else none for label in labels]
        return replace(self, labels=tuple(labels), profiles=np.array(rows, dtype=np.float32))

    def kinship(self, found: Features) -> Kinship:
        heard = self.model.hear(found)
        scores = heard.margins()
        near = np.asarray(self.profiles @ np.sqrt(_spread(scores)), dtype=np.float32)
        outside = Verdict.of(scores, self.ours).outside if self.alike else None
        return Kinship(near, outside, scores, self.ours, heard.known_share)


def _spread(scores: Floats) -> Floats:
    powers = np.exp(_SHARPNESS * (scores - scores.max()))
    return np.asarray(powers / powers.sum(), dtype=np.float32)
