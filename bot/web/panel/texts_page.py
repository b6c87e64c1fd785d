"""`/panel/ayarlar/metinler`: what the desk says, all of it and each beside its original, with versions."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking, keeping_changes
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.keeping_changes import LOOK, Answer
from bot.web.panel.navigation import SETTINGS
from bot.web.rendering import exact_time, marked_html
from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.queries import texts
from handlers.queries.texts import TextPage, TextState
from handlers.tickets import template_edits
from handlers.tickets.page_keeping import KeepingAction

MAX_WORDS_LETTERS = 100
STATES = {
    TextState.SHIPPED: "Özgün",
    TextState.EDITED: "Sizin metniniz",
    TextState.OUTDATED: "Sizin metniniz; özgünü yenilendi",
    TextState.LEFT_OUT: "Özgün; sizin metniniz söylenemiyor",
}


def _here(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/metinler"


def _address(visit: Visit) -> str:
    return f"{_here(visit)}/{quote(visit.request.path_params['name'])}"


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    words, only_edited = visit.typed("q")[:MAX_WORDS_LETTERS], visit.typed("degisen") == "1"
    behind = visit.typed("sonra")[:MAX_WORDS_LETTERS]
    found = await visit.read(lambda acting: texts.listed(acting, words, only_edited=only_edited, behind=behind))
    kept = {"q": words, "degisen": "1" if only_edited else ""}
    query = {name: value for name, value in kept.items() if value}
    return visit.html(
        "panel_texts.html",
        here_is=_here(visit),
        found=found,
        states=STATES,
        shipped=TextState.SHIPPED,
        words=words,
        only_edited=only_edited,
        further=f"?{urlencode({**query, 'sonra': found.further})}" if found.further else "",
        first=f"?{urlencode(query)}" if behind else "",
    )


@panel_page(SETTINGS)
async def text(visit: Visit) -> Response:
    return await _show(visit, await keeping_changes.came_of_it(visit))


async def _show(visit: Visit, answer: Answer) -> Response:
    name = visit.request.path_params["name"]

    def look(acting: Acting) -> tuple[TextPage, dict[str, Any]]:
        found = texts.page(acting, name)
        return found, _looked(acting, found, answer)

    found, looked = await visit.read(look)
    return visit.html(
        "panel_text.html",
        status=looked.pop("status"),
        page=found,
        here_is=_address(visit),
        listed_at=_here(visit),
        states=STATES,
        S=TextState,
        A=KeepingAction,
        look=LOOK,
        new_key=lambda: str(uuid.uuid4()),
        seen=answer.seen_of(found.seen),
        exact=lambda at: exact_time(at, visit.desk.zone),
        most=template_edits.MAX_BODY_LETTERS,
        **looked,
    )


def _looked(acting: Acting, found: TextPage, answer: Answer) -> dict[str, Any]:
    """What the form holds, with how it would be said."""
    body, refused, status = answer.typed("body", found.body), answer.refused, answer.status
    said = None
    try:
        said = _said(acting, found.row.name, body)
    except Invalid as wrong:
        if answer.given is not None:
            refused = refused or asking.words(acting, f"errors/{wrong.reason}", **dict[str, Any](wrong.data))
            status = max(status, 422)
    return {
        "status": status,
        "said": {"told": answer.told, "waits": answer.waits, "refused": refused},
        "undo": answer.undo if found.edits else {},
        "body": body,
        "changed": body != found.body,
        "preview": said,
        "original": _said(acting, found.row.name, found.shipped),
    }


def _said(acting: Acting, name: str, body: str) -> Markup:
    """Raises Invalid."""
    return marked_html(template_edits.require_fit(acting, name, body), acting.desk.zone)


change = keeping_changes.endpoint(_address, _show, lambda acting, _given: template_edits.require_keeper(acting))
