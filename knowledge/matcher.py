"""The way in: load a house's knowledge, read a message."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge import corpus, hazards, intents, relevance
from knowledge.article import Article, load_articles
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.corpus import INTENT_PREFIX, NOT_OURS, Example
from knowledge.errors import ModelError
from knowledge.facts import facts
from knowledge.features import COURTESY, Features, Floats, Ids, features
from knowledge.model import Model
from knowledge.reading import Candidate, Decision, Hazard, Intent, Reading
from knowledge.relevance import Evidence
from knowledge.text import clauses, plain, visible
from knowledge.training import train
from knowledge.transfer import Kinship, Transfer

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
CATALOGUE = HERE / "catalogue.yaml"
TRAINING = HERE / "training"
MODEL = HERE / "model" / "model.npz"

_SHARPNESS = 5.0
"""Turns scores into likelihoods: fitted on messages of writers whom the model did not know."""
_SHARPNESS_ELSEWHERE = 4.0
_KINSHIP = 1.5
"""How much our own model counts in another house's scores."""
_NEAR_ALIKE, _NEAR_STRANGE = 0.35, 0.12
"""The likeness to a phrase of another house from which on a message is its business: beside our judge, alone."""
_OURS = 0.48
"""Below this a message is none of the directorate's business."""
_SURE = 0.6
"""From this likelihood on the best category is suggested; below it is asked."""
_SURELY_OURS = 0.7
_LEAST_MARGIN = -0.45
"""What the classifier must say of a category for it to be suggested, however far the others are."""
_FEWEST_WORDS = 2
_SAME = 0.9
"""One telling word ("mail", "sistem çalışmıyor") is asked about, unless just this is a known phrase."""
_VAGUE_WORDS = """
sorun probl ariza bozuk bozul calis olmuy olmad hata var yok bir bi sey sikin dert derdi turlu yine
gene hala makin cihaz alet acil burda burad bakar baksa geldi gitti coktu dondu benim bende bizde
bizim bu su o siste progr veriy verdi ver
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
"""Beginnings of words that say only that something is wrong: a message of nothing else gets an open question."""
_TALK, _TALK_REFUSED = 0.5, 0.33
"""The share of an intent from which on a message is taken for it: among all labels, among what is not ours."""
_FAULT_TOO, _FAULT_MARGIN = 0.85, -0.2
"""What the judge and the classifier must say of a fault told beside an answer."""
_FEWEST, _MOST = 3, 5
_NEAR_ENOUGH = 0.02
_READABLE = 0.25
"""The least share of a text's features that must be known for anything to be near."""
_SECOND_SURE = 0.9
_SECOND_MARGIN = 0.0
"""How plainly a part must report a category for itself: of two messages put together 50 in 100 are then parted
rightly and 6 wrongly, of single ones 3 in 100 are taken for two (0.7 without a margin: 64, 13 and 11)."""
_SECOND_WORDS, _SECOND_CLAUSES = 3, 8
_ALSO = re.compile(r"(?<=\s)(?:bir de|birde|ayr[ıi]ca|[üu]stelik|hem de)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class House:
    """What a house brings. `ours`: its catalogue is the shipped one, so that the collected sentences fit it."""

    catalogue: Catalogue
    articles: Mapping[str, Article]
    examples: Sequence[Example]
    ours: bool


def read_house(articles: Path | None = None, catalogue: Path | None = None, house: Path | None = None) -> House:
    """The shipped house, or another one's articles and catalogue, and all there is to learn from.

    `house`: a folder of further articles, written in the house itself.

    Raises:
        KnowledgeError: something in it does not hold together.
    """
    found = load_catalogue(catalogue or CATALOGUE)
    ours = catalogue is None or found.categories == load_catalogue(CATALOGUE).categories
    read_articles = load_articles(articles or ARTICLES, found, house)
    examples = corpus.of_house(found, read_articles, TRAINING) if ours else corpus.from_house(found, read_articles)
    return House(found, read_articles, examples, ours)


class Knowledge:
    """A house's articles and catalogue with the model trained on them. Immutable; safe to share between threads.

    `current`: whether the model was trained on exactly these articles; if not, their texts are searched all the
    same, and `masa kb train` teaches the classifier what changed.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        articles: Mapping[str, Article],
        model: Model,
        transfer: Transfer | None = None,
        *,
        current: bool = True,
    ) -> None:
        self.catalogue = catalogue
        self.articles = articles
        self.current = current
        self._model = model
        self._transfer = transfer
        self._ours = np.array([label in catalogue.categories for label in model.labels])
        self._our_labels = [label for label in model.labels if label in catalogue.categories]
        self._not_ours = model.labels.index(NOT_OURS) if NOT_OURS in model.labels else None

    @classmethod
    def load(
        cls,
        articles: Path | None = None,
        catalogue: Path | None = None,
        model: Path | None = None,
        house: Path | None = None,
    ) -> "Knowledge":
        """The shipped knowledge, or another house's from its folder of articles and its catalogue.

        `model`: the file to use instead of the shipped one (what the house has learned). `house`: a folder of
        articles beside the others, written in the house itself. A house with a catalogue of its own is trained
        here and now, from its titles, notes and symptoms.

        Raises:
            KnowledgeError: something in it does not hold together; the message names file and line.
        """
        brought = read_house(articles, catalogue, house)
        file = model or (MODEL if brought.ours else None)
        if file is None or (model is None and not file.exists()):
            trained, current = train(brought.examples, corpus.digest(brought.examples)), True
        else:
            trained = Model.load(file)
            current = trained.trained_on == corpus.digest(brought.examples)
            if {example.label for example in brought.examples} - set(trained.labels):
                raise ModelError(file, None, "a model of another catalogue", "one of this: run `masa kb train`")
            if not current:
                trained = trained.with_phrases(brought.examples)
        lent = None
        if not brought.ours and MODEL.exists():
            lent = Transfer.to(trained.labels, brought.examples, Model.load(MODEL))
        return cls(brought.catalogue, brought.articles, trained, lent, current=current)

    def with_model(self, model: Model) -> "Knowledge":
        """The same house read by another model of it."""
        lent = self._transfer
        if lent is not None:
            lent = lent.for_labels(model.labels)
        return Knowledge(self.catalogue, self.articles, model, lent)

    def read(self, text: str) -> Reading:
        """What a message says. Any text is answered, and the same text always in the same way."""
        said = plain(text)
        hazard = hazards.spot(text, said)
        intent = intents.recognise(text, said)
        if intent is not None and hazard is None:
            return Reading(text, Decision.reject, intent, None, ())
        seen = visible(intents.without_greeting(text))
        found = features(seen)
        kin = self._transfer.kinship(found) if self._transfer else None
        evidence, similar = self._weigh(found, kin)
        shares = self._shares(evidence)
        spoken = {word.plain for word in found.words if len(word.plain) > 1} - COURTESY
        telling = {word for word in spoken if word[:5] not in _VAGUE}
        near = evidence.known_share >= _READABLE and bool(telling)
        decision = self._decide(shares, evidence, kin, near=near, hazard=hazard)
        if decision is Decision.suggest and len(telling) < _FEWEST_WORDS and float(similar.max()) < _SAME:
            decision = Decision.ask
        if hazard is None and telling:
            intent = self._talk(evidence, kin, refused=decision is Decision.reject)
            if intent is not None:
                fault = self._fault_beside(said)
                if fault is None:
                    return Reading(text, Decision.reject, intent, None, ())
                evidence, similar = fault
                shares = self._shares(evidence)
                decision = self._decide(shares, evidence, None, near=True, hazard=None)
        candidates = self._candidates(shares, similar) if near else ()
        unit = None
        if decision is not Decision.reject:
            unit = self.catalogue.categories[self._our_labels[int(shares.argmax())]].unit
        second = self._second(seen, candidates[0]) if candidates and decision is not Decision.reject else None
        return Reading(
            text=text,
            decision=decision,
            intent=Intent.report,
            unit=unit,
            candidates=candidates,
            hazard=hazard,
            citizens_waiting=hazards.citizens_waiting(said),
            facts=facts(text),
            reasons=self._reasons(seen, found, candidates[0].category) if candidates else (),
            second=second[0] if second else None,
            parts=second[1] if second else (),
        )

    def why(self, text: str, count: int = 5) -> list[tuple[Example, float]]:
        """The known phrases nearest to a text, with their likeness: what the ranking leant on."""
        nearest = self._model.index.nearest(features(visible(text)), count)
        return [(self._model.example(place), like) for place, like in nearest]

    def _weigh(self, found: Features, kin: Kinship | None) -> tuple[Evidence, Floats]:
        similar = self._model.index.similarities(found)
        evidence = Evidence(
            margins=self._model.margins(found),
            likeness=self._model.likeness(similar),
            ours=self._ours,
            not_ours=self._not_ours,
            known_share=self._model.known_share(found) if kin is None else kin.evidence.known_share,
            lent=_KINSHIP * kin.near if kin else 0.0,
        )
        return evidence, similar

    def _shares(self, evidence: Evidence) -> Floats:
        """How likely each of our categories is, were the message ours."""
        scores = evidence.scores[self._ours] * (_SHARPNESS if self._transfer is None else _SHARPNESS_ELSEWHERE)
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)

    def _fault_beside(self, said: str) -> tuple[Evidence, Floats] | None:
        """What an answer ("hâlâ aynı") says beside it, if that is plainly a fault: then it is a report."""
        if self._transfer is not None:
            return None
        found = features(intents.rest(said))
        if len(found.words) < _FEWEST_WORDS:
            return None
        evidence, similar = self._weigh(found, None)
        plainly = float(evidence.margins[self._ours].max()) >= _FAULT_MARGIN
        return (evidence, similar) if plainly and relevance.ours(evidence) >= _FAULT_TOO else None

    def _talk(self, evidence: Evidence, kin: Kinship | None, *, refused: bool) -> Intent | None:
        """The intent that outweighs all else; of a message that is none of ours, that outweighs "not ours"."""
        model = self._model
        if kin is not None and self._transfer is not None:
            if float(evidence.likeness.max()) >= _NEAR_ALIKE:
                return None
            model, evidence = self._transfer.model, kin.evidence
        scores = np.where(evidence.ours, -np.inf, evidence.scores) if refused else evidence.scores
        powers = np.exp((scores - scores.max()) * _SHARPNESS)
        best = int(powers.argmax())
        label = model.labels[best]
        least = _TALK_REFUSED if refused else _TALK
        if not label.startswith(INTENT_PREFIX) or powers[best] < least * powers.sum():
            return None
        return Intent(label.removeprefix(INTENT_PREFIX))

    def _candidates(self, shares: Floats, similar: Floats) -> tuple[Candidate, ...]:
        order = np.argsort(-shares, kind="stable")[:_MOST].tolist()
        kept = [place for i, place in enumerate(order) if i < _FEWEST or shares[place] >= _NEAR_ENOUGH]
        named = [(self._our_labels[place], round(float(shares[place]), 4)) for place in kept]
        return tuple(Candidate(c, self._best_article(c, similar), score) for c, score in named)

    def _decide(
        self, shares: Floats, evidence: Evidence, kin: Kinship | None, *, near: bool, hazard: Hazard | None
    ) -> Decision:
        if not near:
            return Decision.ask
        likely_ours = self._likely_ours(evidence, kin)
        if likely_ours < _OURS and hazard is None:
            return Decision.reject
        margin = float(evidence.margins[self._ours][int(shares.argmax())])
        sure = float(shares.max()) >= _SURE and likely_ours >= _SURELY_OURS and margin >= _LEAST_MARGIN
        return Decision.suggest if sure else Decision.ask

    def _likely_ours(self, evidence: Evidence, kin: Kinship | None) -> float:
        """How likely the message is this house's business. For another house than ours: as likely as our judge
        has it, or surely where one of its own phrases is near."""
        if kin is None:
            return relevance.ours(evidence)
        if float(evidence.likeness.max()) >= (_NEAR_STRANGE if kin.ours is None else _NEAR_ALIKE):
            return 1.0
        return kin.ours or 0.0

    def _best_article(self, category: str, similar: Floats) -> str | None:
        """The article of a category with the phrase most like the text; the first where none is like it."""
        best: tuple[float, str] | None = None
        for article, rows in self._phrases.get(category, ()):
            like = float(similar[rows].max()) if rows.size else 0.0
            if best is None or like > best[0]:
                best = (like, article)
        return best[1] if best else None

    def _reasons(self, seen: str, found: Features, category: str) -> tuple[str, ...]:
        shares = self._model.contributions(found, category)
        order = np.argsort(-shares, kind="stable").tolist()
        chosen = [found.words[place] for place in order if shares[place] > 0]
        unique = {word.plain: seen[word.start : word.end] for word in reversed(chosen)}
        return tuple(unique[plain_word] for plain_word in dict.fromkeys(w.plain for w in chosen))[:3]

    def _second(self, seen: str, first: Candidate) -> tuple[Candidate, tuple[str, str]] | None:
        """Another category that a part of the message reports for itself as surely as another part the first; with
        the words of the first and those of the second."""
        spans = list(islice(self._reports(seen), _SECOND_CLAUSES))
        if len(spans) < 2:
            return None
        alone = [self._surely(seen[start:end]) for start, end in spans]
        second = next((c for c in alone if c is not None and c.category != first.category), None)
        if second is None or all(c is None or c.category != first.category for c in alone):
            return None
        both = (first.category, second.category)
        owners = [c.category if c is not None and c.category in both else None for c in alone]
        owner = next(owner for owner in owners if owner is not None)
        said: dict[str, list[str]] = {category: [] for category in both}
        for (start, end), named in zip(spans, owners, strict=True):
            owner = named or owner  # what tells no subject of its own belongs to the one before it
            said[owner].append(seen[start:end].strip())
        return second, (", ".join(said[first.category]), ", ".join(said[second.category]))

    @staticmethod
    def _reports(seen: str) -> Iterator[tuple[int, int]]:
        """The clauses, cut before "bir de" and "ayrıca" too."""
        for start, end in clauses(seen):
            for also in _ALSO.finditer(seen, start + 1, end):
                yield start, also.start()
                start = also.start()
            yield start, end

    def _surely(self, part: str) -> Candidate | None:
        """The category that a part of a message reports for itself; None where that is not plain."""
        found = features(part)
        if len(found.words) < _SECOND_WORDS:
            return None
        kin = self._transfer.kinship(found) if self._transfer else None
        if kin is None and float(self._model.margins(found)[self._ours].max()) < _SECOND_MARGIN:
            return None  # as below, before the costly part
        evidence, similar = self._weigh(found, kin)
        shares = self._shares(evidence)
        best = int(shares.argmax())
        if float(shares[best]) < _SECOND_SURE or self._likely_ours(evidence, kin) < _SECOND_SURE:
            return None
        if kin is None and float(evidence.margins[self._ours][best]) < _SECOND_MARGIN:
            return None
        category = self._our_labels[best]
        return Candidate(category, self._best_article(category, similar), round(float(shares[best]), 4))

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, Ids]]]:
        """For every category its articles, each with the rows of its phrases in the index."""
        place = {article: index for index, article in enumerate(self._model.articles)}
        known: dict[str, list[tuple[str, Ids]]] = {}
        for article in self.articles.values():
            rows = np.flatnonzero(self._model.phrase_article == place.get(article.id, -2)).astype(np.int32)
            known.setdefault(article.category, []).append((article.id, rows))
        return known
