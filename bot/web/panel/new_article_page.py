"""`/panel/ayarlar/cozumler-yeni`: an article of the house's own, shown and tried before it is published."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.panel import articles_page, asking, keeping_changes
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.keeping_changes import LOOK, Answer
from bot.web.panel.navigation import NEW_ARTICLE
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed
from handlers.queries import articles
from handlers.tickets import article_edits, own_articles
from handlers.tickets.page_keeping import KeepingAction, new_article_of

FIELDS = ("category", "title", "steps", "symptoms")


def _address(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/cozumler-yeni"


@panel_page(NEW_ARTICLE)
async def form(visit: Visit) -> Response:
    return await _show(visit, await keeping_changes.came_of_it(visit))


async def _show(visit: Visit, answer: Answer) -> Response:
    """Raises HttpRefusal for who may write none."""

    def look(acting: Acting) -> dict[str, Any]:
        try:
            offered = own_articles.categories_of(acting)
        except NotAllowed as error:
            raise HttpRefusal(403, "page_closed") from error
        return {"categories": [(one.id, one.title) for one in offered], **_looked(acting, answer)}

    looked = await visit.read(look)
    return visit.html(
        "panel_new_article.html",
        status=looked.pop("status"),
        here_is=_address(visit),
        listed_at=f"{visit.browser.base}/panel/ayarlar/cozumler",
        A=KeepingAction,
        look=LOOK,
        safety=False,
        new_key=lambda: str(uuid.uuid4()),
        **looked,
    )


def _looked(acting: Acting, answer: Answer) -> dict[str, Any]:
    """What the form holds, with how it would look in the chat."""
    message = answer.typed("message")[: articles_page.MAX_MESSAGE_LETTERS]
    refused, status, drafted = answer.refused, answer.status, None
    if answer.given is not None:
        try:
            drafted = new_article_of(acting, answer.given)
        except Invalid as wrong:
            refused = refused or asking.words(acting, f"errors/{wrong.reason}", **dict[str, Any](wrong.data))
            status = max(status, 422)
    tried = articles.try_message(acting, message, drafted) if message and drafted is not None else None
    return {
        "status": status,
        "said": {"told": answer.told, "waits": answer.waits, "refused": refused},
        "typed": {name: answer.typed(name) for name in FIELDS},
        "message": message,
        **articles_page.shown(acting, None if drafted is None else articles.preview(acting, drafted), tried),
    }


def _may_type(acting: Acting, given: Mapping[str, str]) -> None:
    """Raises NotAllowed."""
    try:
        article_edits.require_may_edit(acting, new_article_of(acting, given))
    except Invalid:
        own_articles.categories_of(acting)


change = keeping_changes.endpoint(_address, _show, _may_type)
