"""The way in: load a house's knowledge, read a message."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge import corpus, explicit, hazards, intents, relevance, thresholds
from knowledge.article import Article, load_articles
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.corpus import INTENT_PREFIX, NOT_OURS, Example
from knowledge.errors import ModelError
from knowledge.facts import facts
from knowledge.features import COURTESY, Features, Floats, Ids, features
from knowledge.language.quoting import unquoted
from knowledge.mail_text import own_words, signed_words
from knowledge.model import Model
from knowledge.reading import Candidate, Decision, Hazard, Intent, Reading
from knowledge.relevance import Evidence
from knowledge.text import clauses, plain, visible
from knowledge.training import train
from knowledge.transfer import Transfer, TransferScores

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
CATALOGUE = HERE / "catalogue.yaml"
TRAINING = HERE / "training"
MODEL = HERE / "model" / "model.npz"

_VAGUE_WORDS = """
sorun probl ariza bozuk bozul calis olmuy olmad hata var yok bir bi sey sikin dert derdi turlu yine
gene hala makin cihaz alet acil burda burad bakar baksa geldi gitti coktu dondu benim bende bizde
bizim bu su o siste progr veriy verdi ver
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
"""Beginnings of words that say only that something is wrong: a message of nothing else gets an open question."""
_ALSO = re.compile(r"(?<=\s)(?:bir de|birde|ayr[ıi]ca|[üu]stelik|hem de)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnowledgeBundle:
    """What a house brings. `ours`: its catalogue is the shipped one, so that the collected sentences fit it."""

    catalogue: Catalogue
    articles: Mapping[str, Article]
    examples: Sequence[Example]
    ours: bool


def read_bundle(
    articles: Path | None = None, catalogue: Path | None = None, own: Path | None = None
) -> KnowledgeBundle:
    """The shipped house, or another one's articles and catalogue, and all there is to learn from.

    `house`: a folder of further articles, written in the house itself.

    Raises:
        KnowledgeError: something in it does not hold together.
    """
    found = load_catalogue(catalogue or CATALOGUE)
    ours = catalogue is None or found.categories == load_catalogue(CATALOGUE).categories
    read_articles = load_articles(articles or ARTICLES, found, own)
    examples = corpus.of_house(found, read_articles, TRAINING) if ours else corpus.from_house(found, read_articles)
    return KnowledgeBundle(found, read_articles, examples, ours)


@dataclass(frozen=True, slots=True)
class _Message:
    """A message that is no plain answer, prepared for the model."""

    text: str
    said: str
    """Its plain words with single spaces."""
    seen: str
    """The sender's own words, without a greeting, and without what cannot be seen."""
    found: Features
    telling: frozenset[str]
    """Its words that say more than that something is wrong."""

    @classmethod
    def of(cls, text: str, own: str, said: str) -> "_Message":
        seen = visible(intents.without_greeting(own))
        found = features(seen)
        spoken = {word.plain for word in found.words if len(word.plain) > 1} - COURTESY
        return cls(text, said, seen, found, frozenset(word for word in spoken if word[:5] not in _VAGUE))


@dataclass(frozen=True, slots=True)
class _Weights:
    """What speaks for what in a message, or in a part of one."""

    evidence: Evidence
    similar: Floats
    """Likeness to each phrase of the index."""
    shares: Floats
    """How likely each of our categories is, were the message ours."""
    kin: TransferScores | None
    """What our own model says of it; in another house only."""


def _no_report(text: str, intent: Intent, *, explicit: bool = False, bare: bool = False) -> Reading:
    return Reading(text, Decision.reject, intent, None, (), explicit=explicit, bare=bare)


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
        own: Path | None = None,
    ) -> "Knowledge":
        """The shipped knowledge, or another house's from its folder of articles and its catalogue.

        `model`: the file to use instead of the shipped one (what the house has learned). `house`: a folder of
        articles beside the others, written in the house itself. A house with a catalogue of its own is trained
        here and now, from its titles, notes and symptoms.

        Raises:
            KnowledgeError: something in it does not hold together; the message names file and line.
        """
        brought = read_bundle(articles, catalogue, own)
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
        """What a message says. Any text is answered, and the same text always in the same way.

        Words that were passed on are read as if their writer had written them here.
        """
        text = unquoted(text)
        own = own_words(text)
        said = plain(own)
        hazard = hazards.spot(own, said)
        answer = explicit.recognise(own, said)
        if answer is not None and hazard is None:
            return _no_report(text, answer.intent, explicit=True, bare=answer.bare)
        intent = intents.recognise(own, said)
        if intent is not None and hazard is None:
            return _no_report(text, intent, explicit=intent not in explicit.INTENTS)
        message = _Message.of(text, own, said)
        weights = self._weigh(message.found)
        near = weights.evidence.known_share >= thresholds.MIN_KNOWN_SHARE and bool(message.telling)
        decision = self._decide_with_care(weights, message, hazard) if near else Decision.ask
        if hazard is None and message.telling:
            intent = self._intent(weights, refused=decision is Decision.reject)
            if intent is not None:
                fault = self._fault_beside(said)
                if fault is None:
                    return _no_report(text, intent)
                weights, decision = fault, self._decide(fault, None)
        candidates = self._candidates(weights) if near else ()
        return self._report(message, weights, decision, hazard, candidates)

    def _report(
        self,
        message: _Message,
        weights: _Weights,
        decision: Decision,
        hazard: Hazard | None,
        candidates: tuple[Candidate, ...],
    ) -> Reading:
        unit, second = None, None
        if decision is not Decision.reject:
            unit = self.catalogue.categories[self._our_labels[int(weights.shares.argmax())]].unit
            second = self._second(message.seen, candidates[0]) if candidates else None
        return Reading(
            text=message.text,
            decision=decision,
            intent=Intent.report,
            unit=unit,
            candidates=candidates,
            hazard=hazard,
            citizens_waiting=hazards.citizens_waiting(message.said),
            facts=facts(signed_words(message.text)),
            reasons=self._reasons(message, candidates[0].category) if candidates else (),
            second=second[0] if second else None,
            parts=second[1] if second else (),
        )

    @staticmethod
    def is_secret(text: str) -> bool:
        """Whether a text tells, somewhere, of an emergency that only lead and director may read of."""
        return hazards.is_secret(unquoted(text))

    def why(self, text: str, count: int = 5) -> list[tuple[Example, float]]:
        """The known phrases nearest to a text, with their likeness: what the ranking leant on."""
        nearest = self._model.index.nearest(features(visible(own_words(text))), count)
        return [(self._model.example(place), like) for place, like in nearest]

    def _weigh(self, found: Features) -> _Weights:
        kin = self._transfer.kinship(found) if self._transfer else None
        similar = self._model.index.similarities(found)
        evidence = Evidence(
            margins=self._model.margins(found),
            likeness=self._model.likeness(similar),
            ours=self._ours,
            not_ours=self._not_ours,
            known_share=self._model.known_share(found) if kin is None else kin.evidence.known_share,
            lent=thresholds.KINSHIP_WEIGHT * kin.near if kin else 0.0,
        )
        return _Weights(evidence, similar, self._shares(evidence), kin)

    def _shares(self, evidence: Evidence) -> Floats:
        sharpness = thresholds.SHARPNESS if self._transfer is None else thresholds.SHARPNESS_ELSEWHERE
        scores = evidence.scores[self._ours] * sharpness
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)

    def _fault_beside(self, said: str) -> _Weights | None:
        """What an answer ("hâlâ aynı") says beside it, if that is plainly a fault: then it is a report."""
        if self._transfer is not None:
            return None
        found = features(intents.rest(said))
        if len(found.words) < thresholds.SUGGEST_MIN_WORDS:
            return None
        weights = self._weigh(found)
        plainly = float(weights.evidence.margins[self._ours].max()) >= thresholds.FAULT_MIN_MARGIN
        return weights if plainly and relevance.ours(weights.evidence) >= thresholds.FAULT_MIN_OURS else None

    def _intent(self, weights: _Weights, *, refused: bool) -> Intent | None:
        """The intent that outweighs all else; of a message that is none of ours, that outweighs "not ours"."""
        model, evidence = self._model, weights.evidence
        if weights.kin is not None and self._transfer is not None:
            if float(evidence.likeness.max()) >= thresholds.NEAR_BESIDE_JUDGE:
                return None
            model, evidence = self._transfer.model, weights.kin.evidence
        scores = np.where(evidence.ours, -np.inf, evidence.scores) if refused else evidence.scores
        powers = np.exp((scores - scores.max()) * thresholds.SHARPNESS)
        best = int(powers.argmax())
        label = model.labels[best]
        least = thresholds.INTENT_MIN_SHARE_REFUSED if refused else thresholds.INTENT_MIN_SHARE
        if not label.startswith(INTENT_PREFIX) or powers[best] < least * powers.sum():
            return None
        return Intent(label.removeprefix(INTENT_PREFIX))

    def _candidates(self, weights: _Weights) -> tuple[Candidate, ...]:
        shares = weights.shares
        order = np.argsort(-shares, kind="stable")[: thresholds.MAX_CANDIDATES].tolist()
        kept = [
            place
            for i, place in enumerate(order)
            if i < thresholds.MIN_CANDIDATES or shares[place] >= thresholds.CANDIDATE_MIN_SHARE
        ]
        named = [(self._our_labels[place], round(float(shares[place]), 4)) for place in kept]
        return tuple(Candidate(c, self._best_article(c, weights.similar), score) for c, score in named)

    def _decide_with_care(self, weights: _Weights, message: _Message, hazard: Hazard | None) -> Decision:
        """As below; but one telling word alone is asked about, unless just this is a known phrase."""
        decision = self._decide(weights, hazard)
        if decision is not Decision.suggest or len(message.telling) >= thresholds.SUGGEST_MIN_WORDS:
            return decision
        return decision if float(weights.similar.max()) >= thresholds.SAME_PHRASE else Decision.ask

    def _decide(self, weights: _Weights, hazard: Hazard | None) -> Decision:
        likely_ours = self._likely_ours(weights)
        if likely_ours < thresholds.MIN_OURS and hazard is None:
            return Decision.reject
        margin = float(weights.evidence.margins[self._ours][int(weights.shares.argmax())])
        sure = (
            float(weights.shares.max()) >= thresholds.SUGGEST_MIN_SHARE
            and likely_ours >= thresholds.SUGGEST_MIN_OURS
            and margin >= thresholds.SUGGEST_MIN_MARGIN
        )
        return Decision.suggest if sure else Decision.ask

    def _likely_ours(self, weights: _Weights) -> float:
        """How likely the message is this house's business. For another house than ours: as likely as our judge
        has it, or surely where one of its own phrases is near."""
        kin = weights.kin
        if kin is None:
            return relevance.ours(weights.evidence)
        near = thresholds.NEAR_ALONE if kin.ours is None else thresholds.NEAR_BESIDE_JUDGE
        if float(weights.evidence.likeness.max()) >= near:
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

    def _reasons(self, message: _Message, category: str) -> tuple[str, ...]:
        """The words that speak most for a category, as they were written."""
        found, seen = message.found, message.seen
        shares = self._model.contributions(found, category)
        order = np.argsort(-shares, kind="stable").tolist()
        chosen = [found.words[place] for place in order if shares[place] > 0]
        unique = {word.plain: seen[word.start : word.end] for word in reversed(chosen)}
        return tuple(unique[plain_word] for plain_word in dict.fromkeys(w.plain for w in chosen))[:3]

    def _second(self, seen: str, first: Candidate) -> tuple[Candidate, tuple[str, str]] | None:
        """Another category that a part of the message reports for itself as surely as another part the first; with
        the words of the first and those of the second."""
        spans = list(islice(self._reports(seen), thresholds.SECOND_MAX_CLAUSES))
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
        if len(found.words) < thresholds.SECOND_MIN_WORDS:
            return None
        ours_alone = self._transfer is None
        if ours_alone and float(self._model.margins(found)[self._ours].max()) < thresholds.SECOND_MIN_MARGIN:
            return None  # as below, before the costly part
        weights = self._weigh(found)
        best = int(weights.shares.argmax())
        share, least = float(weights.shares[best]), thresholds.SECOND_MIN_SHARE
        if share < least or self._likely_ours(weights) < least:
            return None
        if ours_alone and float(weights.evidence.margins[self._ours][best]) < thresholds.SECOND_MIN_MARGIN:
            return None
        category = self._our_labels[best]
        return Candidate(category, self._best_article(category, weights.similar), round(share, 4))

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, Ids]]]:
        """For every category its articles, each with the rows of its phrases in the index."""
        place = {article: index for index, article in enumerate(self._model.articles)}
        known: dict[str, list[tuple[str, Ids]]] = {}
        for article in self.articles.values():
            rows = np.flatnonzero(self._model.phrase_article == place.get(article.id, -2)).astype(np.int32)
            known.setdefault(article.category, []).append((article.id, rows))
        return known
