"""`/panel/ayarlar/metinler`: what the desk says, all of it and each beside its original, with versions."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking, edited_pages, keeping_changes
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.keeping_changes import Answer
from bot.web.panel.navigation import SETTINGS
from bot.web.rendering import marked_html
from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.messages import plain
from handlers.ports.services import Unsayable
from handlers.queries import texts
from handlers.queries.texts import TextPage
from handlers.tickets import template_edits

MOST_EXAMPLE_LETTERS = 80
STATES = edited_pages.states("sizin metniniz söylenemiyor")


def _here(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/metinler"


def _address(visit: Visit) -> str:
    return f"{_here(visit)}/{quote(visit.request.path_params['name'])}"


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    asked = edited_pages.sought(visit)
    found = await visit.read(
        lambda acting: texts.listed(acting, asked.words, only_edited=asked.only_edited, behind=asked.behind)
    )
    return visit.html("panel_texts.html", **edited_pages.list_shown(asked, found, _here(visit)), states=STATES)


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
        **edited_pages.page_shown(visit, answer, found, _address(visit), _here(visit)),
        states=STATES,
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
        **edited_pages.answered(answer, found, refused, status),
        "body": body,
        "changed": body != found.body,
        "dropped": template_edits.dropped_conditions(found.shipped, body),
        "preview": said,
        "fields": [(one, _example(acting, found.row.name, one)) for one in found.variables],
        "original": _said(acting, found.row.name, found.shipped),
    }


def _example(acting: Acting, name: str, field: str) -> str:
    """What would stand there; empty where nothing does, or it stands only in some cases."""
    try:
        said = acting.desk.texts.preview(name, f"{{{{ {field} }}}}", acting.desk)
    except Unsayable:
        return ""
    return " ".join(plain(said).split())[:MOST_EXAMPLE_LETTERS]


def _said(acting: Acting, name: str, body: str) -> Markup:
    """Raises Invalid."""
    return marked_html(template_edits.require_fit(acting, name, body), acting.desk.zone)


change = keeping_changes.endpoint(_address, _show, lambda acting, _given: template_edits.require_keeper(acting))
