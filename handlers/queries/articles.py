"""Çözüm adımları as pages show them: all of them with how they stand, one with its versions, and what the desk would
answer to a message. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import ndiff
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import NotFound
from handlers.domain.house_texts import EditState, HouseText, TextKind, fingerprint
from handlers.domain.people import Person, PersonId
from handlers.tickets import article_edits
from knowledge import Article, Candidate, Category, Decision, Intent, Knowledge, Reading
from knowledge.article import rewritten, safety_notes, without_safety, written_out
from knowledge.language.folding import folded

Said = tuple[str, Mapping[str, Any]]
"""A template with what fills it."""
COUNTED_FOR = timedelta(days=90)
PAGE = 40
_SURE, _LIKELY, _PERHAPS = 0.85, 0.5, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    article: Article
    category: Category
    state: EditState
    in_vain: int
    """Tickets opened although its steps had been shown, in `COUNTED_FOR`."""
    worked: int
    """Reports of its subject that ended with the steps alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleList:
    rows: Sequence[ArticleRow]
    total: int
    further: str
    """Behind which the next page begins; empty: that is all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    text: HouseText
    by: Person
    lines: Sequence[tuple[str, str]]
    """What differs from the version before: `+`, `-`, and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    row: ArticleRow
    shipped: Article
    edits: bool
    """Whether whoever looks may edit it."""
    own: bool
    """The house wrote it: it can be withdrawn."""
    safety: Sequence[str]
    versions: Sequence[Version]
    newer: Sequence[tuple[str, str]]
    """By what the shipped one of today differs from what stands, where that is newer."""

    @property
    def seen(self) -> int:
        return self.versions[0].text.version if self.versions else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the desk would answer."""

    why: str
    """In words: what was understood, and how surely."""
    said: Sequence[Said] = ()
    buttons: Sequence[str] = ()
    shows: bool = False
    """Whether it is this article that is shown."""


def listed(acting: Acting, words: str = "", *, only_edited: bool = False, behind: str = "") -> ArticleList:
    """By subject, then title; `words`: those that have all of them."""
    desk, newest = acting.desk, _newest(acting)
    wanted = folded(words).split()
    found = []
    for article in desk.knowledge.articles.values():
        state = _state(acting, article.id, newest.get(article.id))
        if (only_edited and state is EditState.SHIPPED) or not _has(acting, article, wanted):
            continue
        found.append((folded(desk.title(article.category)), folded(article.title), article.id, state))
    found.sort(key=lambda one: one[:3])
    start = next((place for place, one in enumerate(found, start=1) if one[2] == behind), 0)
    shown = found[start : start + PAGE]
    counts = _Counts.of(acting, {desk.knowledge.articles[one[2]].category for one in shown})
    rows = [counts.row(acting, desk.knowledge.articles[key], state) for _, _, key, state in shown]
    return ArticleList(rows=rows, total=len(found), further=shown[-1][2] if len(found) > start + PAGE else "")


def page(acting: Acting, article: str) -> ArticlePage:
    """Raises NotFound."""
    file = article_edits.shipped(acting, article)
    stands = acting.desk.article(article) or file
    versions = acting.uow.house_texts.versions(TextKind.ARTICLE, article)
    state = _state(acting, article, next(iter(versions), None))
    newer = state in (EditState.OUTDATED, EditState.LEFT_OUT)
    mine = rewritten(file, versions[0].body) if newer else stands
    return ArticlePage(
        row=_Counts.of(acting, {file.category}).row(acting, stands, state),
        shipped=file,
        edits=article_edits.may_edit(acting, acting.person, file),
        own=acting.desk.article_drafts.is_published(article),
        safety=safety_notes(file),
        versions=compared(acting, versions, written_out(file)),
        newer=differing(written_out(mine), written_out(file)) if newer else (),
    )


def compared(work: UseCaseContext, versions: Sequence[HouseText], shipped: str) -> Sequence[Version]:
    """Each with who wrote it and what it changed; versions newest first."""
    people: dict[PersonId, Person] = {}
    found = []
    for place, one in enumerate(versions):
        earlier = versions[place + 1].body if place + 1 < len(versions) else ""
        if one.written_by not in people:
            people[one.written_by] = work.uow.people.get(one.written_by)
        lines = differing(earlier or shipped, one.body or shipped)
        found.append(Version(text=one, by=people[one.written_by], lines=lines))
    return found


def differing(before: str, after: str) -> Sequence[tuple[str, str]]:
    """The lines that went and came."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "+-" and line[2:].strip()]


def try_message(acting: Acting, text: str, edited: Article) -> Tried:
    """As if `edited` stood already, also a new one, to somebody whom the desk knows. Known outages and planned work are
    left out."""
    files = acting.desk.knowledge.unedited.articles
    if edited.id not in files:
        return _tried(acting, acting.desk.knowledge.with_article(edited), text, edited)
    standing = {key: one for key, one in acting.desk.knowledge.articles.items() if one is not files.get(key)}
    return _tried(acting, acting.desk.knowledge.edited({**standing, edited.id: edited}), text, edited)


def _tried(acting: Acting, knowledge: Knowledge, text: str, edited: Article) -> Tried:
    reading = knowledge.read(text)
    if reading.hazard is not None:
        why = "Acil durum: önce güvenlik uyarısı gider, kayıt hemen açılır."
        return Tried(said=[("emergency", {"hazard": reading.hazard})], why=why)
    if reading.intent is not Intent.report:
        return Tried(why="Bu bir bildirim gibi okunmaz; masa sohbet olarak yanıtlar.")
    if reading.decision is Decision.reject:
        return Tried(
            said=[("not_ours", {"parts": 1})], buttons=["Yine de ilet"], why="Bilgi İşlem'in işi gibi görünmez."
        )
    if not reading.candidates:
        why = "Hiçbir konuya yeterince yakın değil; masa açık bir soru sorar."
        return Tried(said=[("what_happened", {"parts": 1})], buttons=["Teknisyene ilet"], why=why)
    if reading.decision is Decision.suggest:
        return _suggested(acting, reading, knowledge.articles.get(reading.candidates[0].article or ""), edited)
    categories = [one.category for one in reading.candidates]
    request = all(acting.desk.is_request(one) for one in categories)
    return Tried(
        said=[("clarify", {"parts": 1, "request": request, "outage": None})],
        buttons=[*map(acting.desk.title, categories), "Hiçbiri değil", "Teknisyene ilet"],
        why=f"Emin değil, sorar. {', '.join(_why(acting, one) for one in reading.candidates)}.",
    )


def _suggested(work: UseCaseContext, reading: Reading, article: Article | None, edited: Article) -> Tried:
    first = reading.candidates[0]
    second = work.desk.title(reading.second.category) if reading.second is not None else ""
    shows = article is not None and article.id == edited.id
    why = f"{_why(work, first)}."
    if not shows:
        why += f" Gösterilen başka bir madde: {article.title}." if article else " Bu konunun adımı yok."
    request = work.desk.is_request(first.category)
    return Tried(
        said=[_shown(work, first.category, article, second, reading)],
        buttons=["Talep oluştur", "Sorunum bu değil"]
        if request
        else ["İşe yaradı", "Teknisyene ilet", "Sorunum bu değil"],
        why=why,
        shows=shows,
    )


def preview(acting: Acting, edited: Article) -> Said:
    """How it stands in the chat."""
    return _shown(acting, edited.category, edited)


def _shown(
    work: UseCaseContext, category: str, article: Article | None, second: str = "", reading: Reading | None = None
) -> Said:
    data = {"parts": 1, "category": work.desk.category(category), "article": article, "outage": None, "second": second}
    if work.desk.is_request(category):
        return "request", {**data, "unverified": False}
    waiting = reading is not None and reading.citizens_waiting
    return "suggestion", {**data, "waiting_citizens": waiting, "due_today": reading is not None and reading.facts.soon}


def _why(work: UseCaseContext, candidate: Candidate) -> str:
    return f"{work.desk.title(candidate.category)}: {likelihood(candidate.score)}, yüzde {round(candidate.score * 100)}"


def likelihood(score: float) -> str:
    if score >= _SURE:
        return "neredeyse kesin"
    if score >= _LIKELY:
        return "büyük olasılıkla"
    return "belki" if score >= _PERHAPS else "uzak bir olasılık"


# --- how it stands ----------------------------------------------------------------------------------
def _newest(work: UseCaseContext) -> Mapping[str, HouseText]:
    return {one.name: one for one in work.uow.house_texts.standing() if one.kind is TextKind.ARTICLE}


def _state(work: UseCaseContext, article: str, newest: HouseText | None) -> EditState:
    file = work.desk.knowledge.unedited.articles.get(article)
    if newest is None or not newest.body or file is None:
        return EditState.SHIPPED
    if without_safety(file, rewritten(file, newest.body)):
        return EditState.LEFT_OUT
    return EditState.EDITED if newest.shipped == fingerprint(written_out(file)) else EditState.OUTDATED


def _has(work: UseCaseContext, article: Article, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    text = folded(f"{article.id} {work.desk.title(article.category)} {written_out(article)}")
    return all(word in text for word in wanted)


@dataclass(frozen=True, slots=True)
class _Counts:
    in_vain: Mapping[str, int]
    worked: Mapping[str, int]

    @classmethod
    def of(cls, work: UseCaseContext, categories: set[str]) -> _Counts:
        """Of the units of these subjects."""
        since = work.now - COUNTED_FOR
        units = {found.unit for one in categories if (found := work.desk.category(one)) is not None}
        in_vain: dict[str, int] = {}
        worked: dict[str, int] = {}
        for unit in units:
            for article, count in work.uow.feedback.tried_in_vain(unit, since).items():
                in_vain[article] = in_vain.get(article, 0) + count
            worked.update(work.uow.feedback.tips_worked(unit, since))
        return cls(in_vain, worked)

    def row(self, work: UseCaseContext, article: Article, state: EditState) -> ArticleRow:
        category = work.desk.category(article.category)
        if category is None:
            raise NotFound("category", article.category)
        return ArticleRow(
            article=article,
            category=category,
            state=state,
            in_vain=self.in_vain.get(article.id, 0),
            worked=self.worked.get(article.category, 0),
        )
