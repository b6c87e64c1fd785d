"""Whether a message is the directorate's business at all.

A logistic regression over the classifier's margins and the nearest phrases: each alone refuses too much or too
little. Its weights were fitted once on out-of-fold predictions of the training sentences (three folds); margins
have the same scale whatever was trained, so that they serve another house as well.
"""

import math
from dataclasses import dataclass

import numpy as np

from knowledge.features import Floats

NEARNESS = 1.5
"""How much the nearest phrases count beside the classifier's margins in a label's score."""

_BIAS = -0.89
_BEST = (2.98, 1.21, 1.49)
"""For the scores of the best three categories."""
_BEST_ELSEWHERE = -4.01
_MARGIN_NOT_OURS = -0.59
_NEAR = -3.53
_NEAR_ELSEWHERE = -1.88
_KNOWN = 2.37


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one message, by label: `ours` marks the labels that are categories."""

    margins: Floats
    likeness: Floats
    ours: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    not_ours: int | None
    known_share: float
    lent: Floats | float = 0.0
    """What another house's model adds to every score."""

    @property
    def scores(self) -> Floats:
        return np.asarray(self.margins + NEARNESS * self.likeness + self.lent, dtype=np.float32)


def ours(evidence: Evidence) -> float:
    """How likely the message is the directorate's business, 0 to 1."""
    scores = evidence.scores
    best = np.sort(scores[evidence.ours])[::-1][: len(_BEST)].tolist()
    best += best[-1:] * (len(_BEST) - len(best))
    elsewhere = ~evidence.ours
    weight = (
        _BIAS
        + sum(factor * score for factor, score in zip(_BEST, best, strict=True))
        + _BEST_ELSEWHERE * float(scores[elsewhere].max(initial=-1.0))
        + _MARGIN_NOT_OURS * float(evidence.margins[evidence.not_ours] if evidence.not_ours is not None else -1)
        + _NEAR * float(evidence.likeness[evidence.ours].max())
        + _NEAR_ELSEWHERE * float(evidence.likeness[elsewhere].max(initial=0.0))
        + _KNOWN * evidence.known_share
    )
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, weight))))
