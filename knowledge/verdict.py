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
    """`margins`: of our categories. `shares`: how likely each is, were the text ours. `outside`: how much more than
    the best of them something else is, above 0 where it is."""

    scores: Floats
    margins: Floats
    shares: Floats
    outside: float

    @classmethod
    def of(cls, scores: Floats, ours: Ours, sharpness: float = thresholds.SHARPNESS) -> "Verdict":
        margins = scores[ours]
        powers = np.exp((margins - margins.max()) * sharpness)
        elsewhere = float(scores[~ours].max(initial=-1.0))
        return cls(scores, margins, powers / powers.sum(), elsewhere - float(margins.max()))

    @property
    def best(self) -> int:
        return int(self.margins.argmax())

    @property
    def share(self) -> float:
        return float(self.shares[self.best])

    @property
    def margin(self) -> float:
        return float(self.margins.max())

    @property
    def not_ours(self) -> bool:
        """Whether something else outweighs the best category: that much more, the plainer the category is."""
        if self.margin < thresholds.PLAIN_MARGIN:
            return self.outside > thresholds.MAX_OUTSIDE
        return self.outside > thresholds.SURELY_OUTSIDE
