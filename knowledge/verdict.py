"""What the classifier says of a text or a part of one: which category, how surely, and whether it is ours at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge import thresholds
from knowledge.features import Floats

Ours = NDArray[np.bool_]
"""Which labels are categories; the others are "not ours" and the intents."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`scores`: by label; `categories`: those of ours alone. `shares`: how likely each of these is, were the text ours.
    `outside`: how much more than the best of them something else is, above 0 where it is."""

    scores: Floats
    categories: Floats
    shares: Floats
    outside: float

    @classmethod
    def of(cls, scores: Floats, ours: Ours, sharpness: float = thresholds.SHARPNESS) -> "Verdict":
        categories = scores[ours]
        powers = np.exp((categories - categories.max()) * sharpness)
        elsewhere = float(scores[~ours].max(initial=-1.0))
        return cls(scores, categories, powers / powers.sum(), elsewhere - float(categories.max()))

    @property
    def best(self) -> int:
        return int(self.categories.argmax())

    @property
    def share(self) -> float:
        return float(self.shares[self.best])

    @property
    def score(self) -> float:
        return float(self.categories.max())

    @property
    def not_ours(self) -> bool:
        """Whether something else outweighs the best category: that much more, the plainer the category is."""
        if self.score < thresholds.PLAIN_SCORE:
            return self.outside > thresholds.MAX_OUTSIDE
        return self.outside > thresholds.SURELY_OUTSIDE
