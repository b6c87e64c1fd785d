"""The baseline: plain TF-IDF of letters and words with a linear SVC, on the sentences that the desk learns from."""

import random
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from knowledge.corpus import NOT_OURS, Example
from knowledge.language.folding import folded
from knowledge.noise import mistyped

COPIES = 2


class LinearSvcBaseline:
    """Best categories first; `kapsam-disi` first is a refusal, and so is an intent."""

    def __init__(self, examples: Sequence[Example], categories: Sequence[str]) -> None:
        chance = random.Random(1)
        texts = [example.text for example in examples]
        copies = [mistyped(text, chance) for _ in range(COPIES) for text in texts]
        labels = [example.label if example.label in categories else NOT_OURS for example in examples]
        self._machine = Pipeline(
            [
                (
                    "features",
                    FeatureUnion(
                        [
                            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
                            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
                        ]
                    ),
                ),
                ("svc", LinearSVC(C=0.5)),
            ]
        )
        self._machine.fit([folded(text) for text in [*texts, *copies]], labels * (1 + COPIES))

    def ranked(self, texts: Sequence[str]) -> list[list[str]]:
        """For each text the best five labels."""
        margins = self._machine.decision_function([folded(text) for text in texts])
        best = np.argsort(-margins, axis=1)[:, :5]
        return [[str(self._machine.classes_[place]) for place in row] for row in best]
