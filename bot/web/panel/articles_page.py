"""`/panel/ayarlar/cozumler`: çözüm adımları, all of them and each with preview, versions and "bu mesajla dene"."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking, edited_pages, keeping_changes
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.keeping_changes import LOOK, Answer
from bot.web.panel.navigation import SETTINGS
from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may
from handlers.queries import articles
from handlers.queries.articles import ArticlePage, Said, Tried
from handlers.tickets import article_edits, own_articles
from handlers.tickets.page_keeping import KeepingAction, article_of

MAX_MESSAGE_LETTERS = 1000
NO_MESSAGE = "Denemek için önce bir mesaj yazın: “Bir memur gibi yazın” kutusu boş."
STATES = edited_pages.states("sizin metninizde güvenlik uyarısı eksik")


def _here(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/cozumler"


def _address(visit: Visit) -> str:
    return f"{_here(visit)}/{visit.request.path_params['id']}"


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    return await _show_list(visit, await keeping_changes.came_of_it(visit))


async def _show_list(visit: Visit, answer: Answer) -> Response:
    asked = edited_pages.sought(visit)

    def look(acting: Acting) -> tuple[articles.ArticleList, own_articles.Withdrawn]:
        found = articles.listed(acting, asked.words, only_edited=asked.only_edited, behind=asked.behind)
        return found, own_articles.withdrawn(acting)

    found, withdrawn = await visit.read(look)
    writes = may(visit.person, Action.PUBLISH_ARTICLE)
    return visit.html(
        "panel_articles.html",
        status=answer.status,
        said={"told": answer.told, "waits": answer.waits, "refused": answer.refused},
        undo=answer.undo if writes else {},
        writes=writes,
        withdrawn=withdrawn,
        subject=visit.desk.title,
        A=KeepingAction,
        new_key=lambda: str(uuid.uuid4()),
        **edited_pages.list_shown(asked, found, _here(visit)),
        states=STATES,
        unit_title=visit.desk.unit_title,
        days=articles.COUNTED_FOR.days,
    )


@panel_page(SETTINGS)
async def article(visit: Visit) -> Response:
    return await _show(visit, await keeping_changes.came_of_it(visit))


async def _show(visit: Visit, answer: Answer) -> Response:
    key = visit.request.path_params["id"]
    message = answer.typed("message")[:MAX_MESSAGE_LETTERS]

    def look(acting: Acting) -> tuple[ArticlePage, dict[str, Any]]:
        found = articles.page(acting, key)
        return found, _looked(acting, found, answer, message)

    found, looked = await visit.read(look)
    return visit.html(
        "panel_article.html",
        **edited_pages.page_shown(visit, answer, found, _address(visit), _here(visit)),
        states=STATES,
        message=message,
        safety=bool(found.safety),
        unit_title=visit.desk.unit_title,
        **looked,
    )


def _looked(acting: Acting, found: ArticlePage, answer: Answer, message: str) -> dict[str, Any]:
    """What the form holds, with how it would look in the chat."""
    stands, refused, status = found.row.article, answer.refused, answer.status
    fields = {"title": stands.title, "symptoms": "\n".join(stands.symptoms), "steps": stands.steps}
    typed = {name: answer.typed(name, value) for name, value in fields.items()}
    drafted, fits = stands, True
    if answer.given is not None and "steps" in answer.given:
        try:
            drafted = article_of(acting, {**typed, "id": stands.id})
        except Invalid as wrong:
            fits = False
            refused = refused or asking.words(acting, f"errors/{wrong.reason}", **dict[str, Any](wrong.data))
            status = max(status, 422)
    if answer.action == LOOK and not message and typed == fields:
        refused, status = refused or NO_MESSAGE, max(status, 422)
    tried = articles.try_message(acting, message, drafted) if message and fits else None
    return {
        **edited_pages.answered(answer, found, refused, status),
        "typed": typed,
        "changed": typed != fields,
        **shown(acting, articles.preview(acting, drafted) if fits else None, tried),
    }


def shown(acting: Acting, preview: Said | None, tried: Tried | None) -> dict[str, Any]:
    """How it looks in the chat, and what was answered to the message that was tried."""
    return {
        "preview": None if preview is None else _words(acting, preview),
        "tried": tried,
        "tried_said": [_words(acting, one) for one in tried.said] if tried is not None else [],
    }


def _words(acting: Acting, said: Said) -> Markup:
    template, data = said
    return asking.words(acting, template, **data)


def _may_type(acting: Acting, given: Mapping[str, str]) -> None:
    """Who only tries a message types nothing of the article. Raises NotAllowed, NotFound."""
    if "steps" in given:
        article_edits.require_may_edit(acting, article_edits.shipped(acting, given.get("id", "")))


change_list = keeping_changes.endpoint(_here, _show_list)
change = keeping_changes.endpoint(_address, _show, _may_type)
