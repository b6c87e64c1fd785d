"""Çözüm adımları edited by the house: another version in the place of what its file says, at once and for all.

What an article is about stays as it is: subject, urgency, what a ticket asks. Of what is urgent no safety note is lost.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_texts import TextKind
from handlers.domain.people import Person
from handlers.domain.rights import Action, may, require
from handlers.domain.text_rights import units_of_articles
from handlers.tickets import text_edits
from knowledge import Article
from knowledge.article import rewritten, without_safety, written_out

MAX_TITLE_LETTERS, MAX_SYMPTOMS, MAX_SYMPTOM_LETTERS, MAX_STEPS_LETTERS = 120, 80, 200, 3000
MAX_BODY_LETTERS = MAX_TITLE_LETTERS + MAX_SYMPTOMS * (MAX_SYMPTOM_LETTERS + 3) + MAX_STEPS_LETTERS


def shipped(work: UseCaseContext, article: str) -> Article:
    """As its file has it. Raises NotFound."""
    found = work.desk.knowledge.unedited.articles.get(article)
    if found is None:
        raise NotFound("article", article)
    return found


def may_edit(work: UseCaseContext, person: Person, article: Article) -> bool:
    if not may(person, Action.PUBLISH_ARTICLE):
        return False
    units, subject = units_of_articles(person), work.desk.category(article.category)
    return units is None or (subject is not None and subject.unit in units)


def drafted(work: UseCaseContext, article: str, title: str, symptoms: str, steps: str) -> Article:
    """It with what was typed: `symptoms` a line each. Raises NotFound, Invalid(`article_title`, `article_symptoms`,
    `article_steps`, `article_safety`)."""
    file = shipped(work, article)
    title, said, steps = fields_of(title, symptoms, steps)
    edited = replace(file, title=title, symptoms=said, steps=steps)
    if lacking := without_safety(file, edited):
        raise Invalid("article_safety", quotes=lacking)
    return edited


def fields_of(title: str, symptoms: str, steps: str) -> tuple[str, tuple[str, ...], str]:
    """What was typed as an article has it; raises as `drafted`."""
    said = tuple(dict.fromkeys(" ".join(line.removeprefix("- ").split()) for line in symptoms.splitlines()))
    said = tuple(one for one in said if one)
    title, steps = " ".join(title.split()), "\n".join(line.rstrip() for line in steps.strip().splitlines())
    if not title or len(title) > MAX_TITLE_LETTERS:
        raise Invalid("article_title", most=MAX_TITLE_LETTERS)
    if len(said) > MAX_SYMPTOMS or any(len(one) > MAX_SYMPTOM_LETTERS for one in said):
        raise Invalid("article_symptoms", most=MAX_SYMPTOMS, letters=MAX_SYMPTOM_LETTERS)
    if not steps or len(steps) > MAX_STEPS_LETTERS:
        raise Invalid("article_steps", most=MAX_STEPS_LETTERS)
    return title, said, steps


def edit(acting: Acting, edited: Article, seen: int) -> Effect:
    """Raises NotAllowed, EditedMeanwhile."""
    file = shipped(acting, edited.id)
    require_may_edit(acting, file)
    text_edits.require_seen(acting, TextKind.ARTICLE, file.id, seen)
    body = written_out(edited)
    return text_edits.put(acting, TextKind.ARTICLE, file.id, body, written_out(file))


def go_back(acting: Acting, article: str, version: int) -> Effect:
    """That version stands again, as a new one; 0: what the desk ships with. Raises NotAllowed, NotFound, Invalid."""
    file = shipped(acting, article)
    require_may_edit(acting, file)
    body = require_fit(acting, file, version)
    return text_edits.put(acting, TextKind.ARTICLE, article, body, written_out(file))


def require_fit(work: UseCaseContext, file: Article, version: int) -> str:
    """What it said, where it may be said still. Raises NotFound, Invalid(`article_safety`)."""
    body = text_edits.version_of(work, TextKind.ARTICLE, file.id, version).body if version else ""
    if body and (lacking := without_safety(file, rewritten(file, body))):
        raise Invalid("article_safety", quotes=lacking)
    return body


def require_may_edit(acting: Acting, article: Article) -> None:
    """Raises NotAllowed."""
    require(acting.person, Action.PUBLISH_ARTICLE)
    if not may_edit(acting, acting.person, article):
        raise NotAllowed(Action.PUBLISH_ARTICLE, acting.person.handle)
