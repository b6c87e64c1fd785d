"""The way in: load a house's knowledge, read a message."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge import hazards, intents, material
from knowledge.article import Article, load_articles
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.facts import facts
from knowledge.features import Features, Floats, Ids, features
from knowledge.material import INTENT_PREFIX, NOT_OURS
from knowledge.model import Model
from knowledge.reading import Candidate, Decision, Intent, Reading
from knowledge.text import plain, visible
from knowledge.training import train

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
CATALOGUE = HERE / "catalogue.yaml"
TRAINING = HERE / "training"
MODEL = HERE / "model" / "model.npz"

_SHARPNESS = 3.0
_NEARNESS = 1.5
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
        similar = self._model.index.similarities(found)
        likely = self._likelihoods(found, similar)
        candidates = self._candidates(found, likely, similar)
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

    def _likelihoods(self, found: Features, similar: Floats) -> dict[str, float]:
        scores = (self._model.margins(found) + _NEARNESS * self._model.likeness(similar)) * _SHARPNESS
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return dict(zip(self._model.labels, shares.tolist(), strict=True))

    def _candidates(
        self, found: Features, likely: Mapping[str, float], similar: Floats
    ) -> tuple[Candidate, ...]:
        ranked = sorted(self.catalogue.categories, key=lambda c: (-likely.get(c, 0.0), c))
        kept = [c for i, c in enumerate(ranked[:5]) if i < 3 or likely.get(c, 0.0) >= _NEAR]
        if not found.ids.size:
            return ()
        return tuple(Candidate(c, self._best_article(c, similar), likely.get(c, 0.0)) for c in kept)

    def _decide(self, candidates: tuple[Candidate, ...], likely: Mapping[str, float]) -> Decision:
        elsewhere = sum(v for k, v in likely.items() if k == NOT_OURS or k.startswith(INTENT_PREFIX))
        if not candidates or elsewhere > max(0.5, candidates[0].score):
            return Decision.reject
        return Decision.suggest if candidates[0].score >= _SUGGEST else Decision.ask

    def _best_article(self, category: str, similar: Floats) -> str | None:
        """The article of a category with the phrase most like the text; the first where none is like it."""
        best: tuple[float, str] | None = None
        for article, rows in self._phrases.get(category, ()):
            like = float(similar[rows].max()) if rows.size else 0.0
            if best is None or like > best[0]:
                best = (like, article)
        return best[1] if best else None

    def _reasons(self, seen: str, found: Features, best: Candidate) -> tuple[str, ...]:
        shares: Floats = self._model.contributions(found, best.category)
        order = sorted(range(len(shares)), key=lambda i: -float(shares[i]))
        chosen = [found.words[i] for i in order[:3] if shares[i] > 0]
        return tuple(dict.fromkeys(seen[word.start : word.end] for word in chosen))

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, Ids]]]:
        """For every category its articles, each with the rows of its phrases in the index."""
        place = {article: index for index, article in enumerate(self._model.articles)}
        known: dict[str, list[tuple[str, Ids]]] = {}
        for article in self.articles.values():
            rows = np.flatnonzero(self._model.phrase_article == place.get(article.id, -2)).astype(np.int32)
            known.setdefault(article.category, []).append((article.id, rows))
        return known
