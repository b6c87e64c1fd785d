"""The way in: load a house's knowledge, read a message."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge import hazards, intents, material
from knowledge.article import Article, load_articles
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.facts import facts
from knowledge.features import Features, Floats, features
from knowledge.material import INTENT_PREFIX, NOT_OURS, Example
from knowledge.model import Model, train
from knowledge.reading import Candidate, Decision, Intent, Reading
from knowledge.text import plain, visible

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
CATALOGUE = HERE / "catalogue.yaml"
TRAINING = HERE / "training"
MODEL = HERE / "model" / "model.npz"

_SHARPNESS = 9.0
_SUGGEST = 0.55
_NEAR = 0.03


class Knowledge:
    """A house's articles and catalogue with the model trained on them. Immutable; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, articles: Mapping[str, Article], model: Model) -> None:
        self.catalogue = catalogue
        self.articles = articles
        self._model = model

    @classmethod
    def load(cls, articles: Path | None = None, catalogue: Path | None = None) -> "Knowledge":
        """The shipped knowledge, or another house's from its folder of articles and its catalogue.

        Raises:
            KnowledgeError: something in it does not hold together; the message names file and line.
        """
        shipped = articles is None and catalogue is None
        read_catalogue = load_catalogue(catalogue or CATALOGUE)
        read_articles = load_articles(articles or ARTICLES, read_catalogue)
        examples = material.from_house(read_catalogue, read_articles)
        if shipped:
            examples += material.from_training(TRAINING, read_catalogue)
        return cls(read_catalogue, read_articles, train(examples, material.digest(examples, ())))

    def read(self, text: str) -> Reading:
        """What a message says. Any text is answered; the same text always in the same way."""
        seen = visible(text)
        said = plain(text)
        hazard = hazards.spot(text, said)
        intent = intents.recognise(text)
        if intent is not None and hazard is None:
            return Reading(text, Decision.reject, intent, None, ())
        found = features(seen)
        likely = self._likelihoods(found)
        candidates = self._candidates(found, likely)
        decision = self._decide(candidates, likely)
        best = candidates[0] if candidates else None
        if hazard is not None and best is not None and decision is Decision.reject:
            decision = Decision.ask
        unit = None
        if decision is not Decision.reject and best is not None:
            unit = self.catalogue.categories[best.category].unit
        return Reading(
            text=text,
            decision=decision,
            intent=Intent.report,
            unit=unit,
            candidates=candidates,
            hazard=hazard,
            citizens_waiting=hazards.citizens_waiting(said),
            facts=facts(text),
            reasons=self._reasons(seen, found, best) if best else (),
        )

    def _likelihoods(self, found: Features) -> dict[str, float]:
        scores = self._model.scores(found) * _SHARPNESS
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return dict(zip(self._model.labels, shares.tolist(), strict=True))

    def _candidates(self, found: Features, likely: Mapping[str, float]) -> tuple[Candidate, ...]:
        ranked = sorted(self.catalogue.categories, key=lambda c: (-likely.get(c, 0.0), c))
        kept = [c for i, c in enumerate(ranked[:5]) if i < 3 or likely.get(c, 0.0) >= _NEAR]
        if not found.ids.size:
            return ()
        return tuple(Candidate(c, self._best_article(c, found), likely.get(c, 0.0)) for c in kept)

    def _decide(self, candidates: tuple[Candidate, ...], likely: Mapping[str, float]) -> Decision:
        elsewhere = sum(v for k, v in likely.items() if k == NOT_OURS or k.startswith(INTENT_PREFIX))
        if not candidates or elsewhere > max(0.5, candidates[0].score):
            return Decision.reject
        return Decision.suggest if candidates[0].score >= _SUGGEST else Decision.ask

    def _best_article(self, category: str, found: Features) -> str | None:
        best: tuple[float, str] | None = None
        for article, phrases in self._phrases.get(category, ()):
            score = max(_overlap(found, phrase) for phrase in phrases)
            if best is None or score > best[0]:
                best = (score, article)
        return best[1] if best else None

    def _reasons(self, seen: str, found: Features, best: Candidate) -> tuple[str, ...]:
        shares: Floats = self._model.contributions(found, best.category)
        order = sorted(range(len(shares)), key=lambda i: -float(shares[i]))
        chosen = [found.words[i] for i in order[:3] if shares[i] > 0]
        return tuple(dict.fromkeys(seen[word.start : word.end] for word in chosen))

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, list[frozenset[int]]]]]:
        known: dict[str, list[tuple[str, list[frozenset[int]]]]] = {}
        for article in self.articles.values():
            phrases = [frozenset(features(t).ids.tolist()) for t in (article.title, *article.symptoms)]
            known.setdefault(article.category, []).append((article.id, phrases))
        return known


def _overlap(found: Features, phrase: frozenset[int]) -> float:
    ids = found.ids.tolist()
    shared = sum(1 for i in ids if i in phrase)
    return shared / (1 + len(phrase) + len(ids) - shared)


__all__ = ["Example", "Knowledge"]
