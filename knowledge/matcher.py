"""The way in: load a house's knowledge, read a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np

from knowledge import corpus, explicit, hazards, intents, thresholds
from knowledge.article import Article, load_articles
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.contrast import beyond_what_works
from knowledge.corpus import INTENT_PREFIX, Example
from knowledge.errors import ModelError
from knowledge.facts import facts
from knowledge.features import Features, Floats, Ids, features, of_words
from knowledge.language.quoting import unquoted
from knowledge.mail_text import own_words, signed_words, without_signature
from knowledge.message import Message
from knowledge.model import Heard, Model, nearness
from knowledge.problems import two_problems
from knowledge.reading import Candidate, Decision, Hazard, Intent, Reading
from knowledge.text import Word, plain, visible
from knowledge.training import train
from knowledge.transfer import Kinship, Transfer
from knowledge.verdict import Verdict

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
CATALOGUE = HERE / "catalogue.yaml"
TRAINING = HERE / "training"
MODEL = HERE / "model" / "model.npz"


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
class _Weighed:
    """What speaks for what in a text."""

    heard: Heard
    similar: Floats
    """Likeness to each phrase of the index."""
    verdict: Verdict
    known_share: float
    kin: Kinship | None
    """What our own model says of it; in another house only."""


def _said(article: Article) -> tuple[str, ...]:
    """By which it is found."""
    return (article.title, *article.symptoms)


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
        unedited: "Knowledge | None" = None,
        said: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self.catalogue = catalogue
        self.articles = articles
        self.current = current
        self._model = model
        self._transfer = transfer
        self.unedited = unedited or self
        """As it is in its files: without what the house edited since."""
        self._said = said
        """Of edited articles those that are found by other words than in their files."""
        self._ours = np.array([label in catalogue.categories for label in model.labels])
        self._our_labels = [label for label in model.labels if label in catalogue.categories]

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

    def edited(self, articles: Mapping[str, Article]) -> "Knowledge":
        """The house as its files have it, with these in the place of its articles of their ids; what is in no file is
        left out. Where titles or symptoms differ, what they are found by is searched anew: that takes a moment."""
        files, own, said = self._differing(articles)
        if said == self._said:
            return self._with(own, self)
        model = files._model
        if said:
            kept = [one for one in model.examples() if one.article not in said and not one.learned]
            told = [Example(text, own[key].category, key) for key, of in said.items() for text in dict.fromkeys(of)]
            model = model.with_phrases([*kept, *told])
        reads = Knowledge(
            files.catalogue, files.articles, model, files._transfer, current=files.current, unedited=files, said=said
        )
        return reads._with(own, reads)

    def with_article(self, article: Article) -> "Knowledge":
        """The same with one more, which is in no file: what it would be found by is searched, too."""
        kept = [one for one in self._model.examples() if not one.learned]
        told = [Example(text, article.category, article.id) for text in dict.fromkeys(_said(article))]
        return Knowledge(
            self.catalogue,
            MappingProxyType({**self.articles, article.id: article}),
            self._model.with_phrases([*kept, *told]),
            self._transfer,
            current=self.current,
            unedited=self.unedited,
            said=self._said,
        )

    def shown_as_edited(self, articles: Mapping[str, Article]) -> tuple["Knowledge", bool]:
        """The same at once, and whether it is found by what was edited already: else `edited` does that."""
        _, own, said = self._differing(articles)
        return self._with(own, self), said == self._said

    def _differing(
        self, articles: Mapping[str, Article]
    ) -> "tuple[Knowledge, dict[str, Article], dict[str, tuple[str, ...]]]":
        files = self.unedited
        own = {key: one for key, one in articles.items() if key in files.articles}
        return files, own, {key: _said(one) for key, one in own.items() if _said(one) != _said(files.articles[key])}

    def _with(self, own: Mapping[str, Article], reads: "Knowledge") -> "Knowledge":
        files = self.unedited
        if not own and not reads._said:
            return files
        found = MappingProxyType({**files.articles, **own})
        return Knowledge(
            files.catalogue,
            found,
            reads._model,
            files._transfer,
            current=files.current,
            unedited=files,
            said=reads._said,
        )

    def read(self, text: str) -> Reading:
        """What a message says. Any text is answered, and the same text always in the same way.

        Words that were passed on are read as if their writer had written them here.
        """
        text = unquoted(text)
        signed = signed_words(text)
        own = without_signature(signed)
        said = plain(own)
        hazard = hazards.spot(own, said)
        answer = explicit.recognise(own, said)
        if answer is not None and hazard is None:
            return _no_report(text, answer.intent, explicit=True, bare=answer.bare)
        intent = intents.recognise(own, said)
        if intent is not None and hazard is None:
            return _no_report(text, intent, explicit=intent not in explicit.INTENTS)
        message = Message.of(text, signed, own, said)
        weighed = self._beyond_what_works(message, self._weigh(message.found))
        near = weighed.known_share >= thresholds.MIN_KNOWN_SHARE and bool(message.telling)
        decision = self._decide(weighed, message.telling, hazard) if near else Decision.ask
        if hazard is None and message.telling:
            intent = self._intent(weighed, refused=decision is Decision.reject)
            if intent is Intent.status and not intents.may_ask_for_the_state(said):
                intent = None
                if decision is Decision.reject and intents.tells_a_fault(said):
                    decision = Decision.ask
            if intent is not None:
                fault = self._fault_beside(said)
                if fault is None:
                    return _no_report(text, intent)
                weighed, decision = fault, self._decide(fault, message.telling, None)
        return self._report(message, weighed, decision, hazard, near=near)

    def _report(
        self, message: Message, weighed: _Weighed, decision: Decision, hazard: Hazard | None, *, near: bool
    ) -> Reading:
        verdict, similar, unit, parted = weighed.verdict, weighed.similar, None, None
        if decision is not Decision.reject:
            parted = two_problems(message.seen, weighed.heard, verdict, self._ours) if near else None
            if parted is not None:  # what is told first is read by its own words
                verdict, similar = parted.first, self._similar(parted.words[0])
                decision = self._decide(replace(weighed, verdict=verdict), message.telling, hazard)
            unit = self.catalogue.categories[self._our_labels[verdict.best]].unit
        candidates = self._candidates(verdict, similar) if near else ()
        return Reading(
            text=message.text,
            decision=decision,
            intent=Intent.report,
            unit=unit,
            candidates=candidates,
            hazard=hazard,
            citizens_waiting=hazards.citizens_waiting(message.said),
            facts=facts(message.signed),
            reasons=self._reasons(message.seen, weighed.heard, candidates[0].category) if candidates else (),
            second=self._candidates(parted.second, self._similar(parted.words[1]))[0] if parted else None,
            parts=parted.parts if parted else (),
        )

    @staticmethod
    def is_secret(text: str) -> bool:
        """Whether a text tells, somewhere, of an emergency that only lead and director may read of."""
        return hazards.is_secret(unquoted(text))

    def why(self, text: str, count: int = 5) -> list[tuple[Example, float]]:
        """The known phrases nearest to a text, with their likeness."""
        nearest = self._model.index.nearest(features(visible(own_words(text))), count)
        return [(self._model.example(place), like) for place, like in nearest]

    def _weigh(self, found: Features) -> _Weighed:
        heard = self._model.hear(found)
        similar = self._model.index.similarities(found)
        likeness = self._model.likeness(similar)
        scores = heard.margins() + thresholds.NEARNESS * likeness
        self._lead_where_known(similar, scores)
        if self._transfer is None:
            return _Weighed(heard, similar, Verdict.of(scores, self._ours), heard.known_share, None)
        kin = self._transfer.kinship(found)
        verdict = Verdict.of(scores + thresholds.KINSHIP_WEIGHT * kin.near, self._ours, thresholds.SHARPNESS_ELSEWHERE)
        return _Weighed(heard, similar, kin.judged(verdict, float(likeness.max())), kin.known_share, kin)

    def _lead_where_known(self, similar: Floats, scores: Floats) -> None:
        """A text that is a known phrase is what that phrase is, however its words are spread elsewhere."""
        same = {self._model.label_at(place) for place in np.flatnonzero(similar >= thresholds.IDENTICAL).tolist()}
        if same:
            known = list(same)
            others = np.delete(scores, known).max(initial=-np.inf)
            scores[known] += max(0.0, float(others + thresholds.SAID_SO - scores[known].max()))

    def _beyond_what_works(self, message: Message, whole: _Weighed) -> _Weighed:
        """Of what is told beside what works, where that is plainly something, or plainly none of ours."""
        left = beyond_what_works(message.seen, message.found.words)
        if left is None or sum(len(word.plain) > 1 for word in left) < thresholds.BEYOND_MIN_WORDS:
            return whole
        weighed = self._weigh(of_words(left))
        verdict = weighed.verdict
        plainly = verdict.share >= thresholds.BEYOND_MIN_SHARE and verdict.score >= thresholds.BEYOND_MIN_SCORE
        elsewhere = verdict.not_ours and verdict.outside > thresholds.BEYOND_MIN_OUTSIDE
        return weighed if plainly or elsewhere else whole

    def _similar(self, words: Sequence[Word]) -> Floats:
        return self._model.index.similarities(of_words(words))

    def _fault_beside(self, said: str) -> _Weighed | None:
        """What an answer ("hâlâ aynı") says beside it, if that is plainly a fault: then it is a report."""
        if self._transfer is not None:
            return None
        found = features(intents.rest(said))
        if len(found.words) < thresholds.SUGGEST_MIN_WORDS:
            return None
        weighed = self._weigh(found)
        verdict = weighed.verdict
        plainly = verdict.score >= thresholds.FAULT_MIN_SCORE and verdict.outside <= thresholds.FAULT_MAX_OUTSIDE
        return weighed if plainly else None

    def _intent(self, weighed: _Weighed, *, refused: bool) -> Intent | None:
        """The intent that outweighs all else; of a message that is none of ours, that outweighs "not ours"."""
        labels, ours, scores = self._model.labels, self._ours, weighed.verdict.scores
        if weighed.kin is not None and self._transfer is not None:
            if not weighed.verdict.not_ours:
                return None
            labels, ours, scores = self._transfer.model.labels, weighed.kin.ours, weighed.kin.scores
        scores = np.where(ours, -np.inf, scores) if refused else scores
        powers = np.exp((scores - scores.max()) * thresholds.SHARPNESS)
        best = int(powers.argmax())
        least = thresholds.INTENT_MIN_SHARE_REFUSED if refused else thresholds.INTENT_MIN_SHARE
        if not labels[best].startswith(INTENT_PREFIX) or powers[best] < least * powers.sum():
            return None
        return Intent(labels[best].removeprefix(INTENT_PREFIX))

    def _candidates(self, verdict: Verdict, similar: Floats) -> tuple[Candidate, ...]:
        order = np.argsort(-verdict.shares, kind="stable")[: thresholds.MAX_CANDIDATES].tolist()
        kept = [
            place
            for i, place in enumerate(order)
            if i < thresholds.MIN_CANDIDATES or verdict.shares[place] >= thresholds.CANDIDATE_MIN_SHARE
        ]
        named = [(self._our_labels[place], round(float(verdict.shares[place]), 4)) for place in kept]
        return tuple(Candidate(c, self._best_article(c, similar), score) for c, score in named)

    def _decide(self, weighed: _Weighed, telling: frozenset[str], hazard: Hazard | None) -> Decision:
        """One telling word alone is asked about, unless just this is a known phrase."""
        verdict = weighed.verdict
        if verdict.not_ours and hazard is None:
            return Decision.reject
        sure = (
            verdict.share >= thresholds.SUGGEST_MIN_SHARE
            and verdict.outside <= thresholds.SUGGEST_MAX_OUTSIDE
            and verdict.score >= thresholds.SUGGEST_MIN_SCORE
        )
        told = len(telling) >= thresholds.SUGGEST_MIN_WORDS
        known = told or (sure and float(weighed.similar.max()) >= thresholds.SAME_PHRASE)
        return Decision.suggest if sure and known else Decision.ask

    def _best_article(self, category: str, similar: Floats) -> str | None:
        """The article of a category with the phrases most like the text; the first where none is like it."""
        known = self._phrases.get(category, ())
        if len(known) < 2:
            return known[0][0] if known else None
        return max(known, key=lambda article: nearness(similar[article[1]]))[0]

    def _reasons(self, seen: str, heard: Heard, category: str) -> tuple[str, ...]:
        """The words that speak most for a category, as they were written."""
        shares = heard.contributions(self._model.labels.index(category))
        order = np.argsort(-shares, kind="stable").tolist()
        chosen = [heard.words[place] for place in order if shares[place] > 0]
        unique = {word.plain: seen[word.start : word.end] for word in reversed(chosen)}
        return tuple(unique[plain_word] for plain_word in dict.fromkeys(w.plain for w in chosen))[:3]

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, Ids]]]:
        """For every category its articles, each with the rows of its phrases in the index."""
        place = {article: index for index, article in enumerate(self._model.articles)}
        known: dict[str, list[tuple[str, Ids]]] = {}
        for article in self.articles.values():
            rows = np.flatnonzero(self._model.phrase_article == place.get(article.id, -2)).astype(np.int32)
            known.setdefault(article.category, []).append((article.id, rows))
        return known
