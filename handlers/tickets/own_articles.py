"""Çözüm adımları of the house's own that are written on a page: in use at once, withdrawn, and brought back.

They lie where those of `/makale` lie; once in use they are edited as all others are (`article_edits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.rights import Action, may, require
from handlers.tickets import article_edits, articles
from knowledge import Article, Category
from knowledge.language.folding import folded

_KEY_LETTERS = 8


def categories_of(acting: Acting) -> Sequence[Category]:
    """On which they may write one. Raises NotAllowed."""
    require(acting.person, Action.PUBLISH_ARTICLE)
    found = acting.desk.catalogue.categories.values()
    blank = {one.id: _article(acting, one.id, "", (), "") for one in found}
    return [one for one in found if article_edits.may_edit(acting, acting.person, blank[one.id])]


def drafted(acting: Acting, category: str, title: str, symptoms: str, steps: str) -> Article:
    """`symptoms` a line each. Raises Invalid(`article_category`, `article_unreadable`), and as
    `article_edits.fields_of`."""
    if acting.desk.category(category) is None:
        raise Invalid("article_category")
    article = _article(acting, category, *article_edits.fields_of(title, symptoms, steps))
    found = articles.checked(acting, article.id, articles.file_of(article))
    if isinstance(found, articles.Trouble):
        raise Invalid("article_unreadable", expected=found.expected)
    return found


def _article(acting: Acting, category: str, title: str, symptoms: tuple[str, ...], steps: str) -> Article:
    """Asked for twice by one event it is one."""
    key = sha256(acting.event_key.encode()).hexdigest()[:_KEY_LETTERS]
    return Article(
        id=f"{category}-{key}", category=category, title=title, symptoms=symptoms, asks=(), priority="normal",
        steps=steps,
    )  # fmt: skip


def write(acting: Acting, article: Article) -> Effect:
    """From now on everybody finds it. Raises NotAllowed."""
    article_edits.require_may_edit(acting, article)
    acting.desk.article_drafts.keep(article.id, articles.file_of(article))
    acting.desk.article_drafts.publish(article.id)
    acting.uow.audit.log(acting.now, acting.person.id, "article_published", article.id, acting.channel)
    return Effect.CHANGED


def withdraw(acting: Acting, article: str) -> Effect:
    """Nobody finds it any more; its versions stay. Raises as `require_withdrawable`."""
    require_withdrawable(acting, article)
    acting.desk.article_drafts.withdraw(article)
    acting.uow.audit.log(acting.now, acting.person.id, "article_withdrawn", article, acting.channel)
    return Effect.CHANGED


def require_withdrawable(acting: Acting, article: str) -> None:
    """Raises NotFound, NotAllowed, Invalid(`article_shipped`) for one that comes with the desk."""
    article_edits.require_may_edit(acting, article_edits.shipped(acting, article))
    if not acting.desk.article_drafts.is_published(article):
        raise Invalid("article_shipped")


Withdrawn = Sequence[Article]
"""Those of the house that are in use no more."""


def withdrawn(acting: Acting) -> Withdrawn:
    """Those that they may bring back, by title."""
    if not may(acting.person, Action.PUBLISH_ARTICLE):
        return []
    drafts = acting.desk.article_drafts
    found = [articles.checked(acting, one, drafts.read(one) or "") for one in drafts.withdrawn()]
    whole = [one for one in found if isinstance(one, Article)]
    return sorted(
        (one for one in whole if article_edits.may_edit(acting, acting.person, one)), key=lambda one: folded(one.title)
    )


def bring_back(acting: Acting, article: str) -> Effect:
    """Raises as `require_withdrawn`."""
    require_withdrawn(acting, article)
    acting.desk.article_drafts.publish(article)
    acting.uow.audit.log(acting.now, acting.person.id, "article_published", article, acting.channel)
    return Effect.CHANGED


def require_withdrawn(acting: Acting, article: str) -> None:
    """Raises NotFound where there is no such draft, or what it says is no article; NotAllowed."""
    require(acting.person, Action.PUBLISH_ARTICLE)
    text = acting.desk.article_drafts.read(article) if article in _drafts_named(article) else None
    found = None if text is None else articles.checked(acting, article, text)
    if found is None or isinstance(found, articles.Trouble):
        raise NotFound("article", article)
    article_edits.require_may_edit(acting, found)


def _drafts_named(article: str) -> Sequence[str]:
    """It is the name of a file: of what is no id there is none."""
    return (article,) if article.replace("-", "").isalnum() and article.isascii() else ()
