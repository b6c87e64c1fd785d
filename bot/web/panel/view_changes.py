"""Keeping a list of tickets under a name of one's own, and dropping it: theirs alone, so it is no event of the desk."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel.guard import Visit, log_piece, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.tickets_page import list_in_audit, look, shown
from handlers.context import Acting
from handlers.domain.saved_views import LONGEST_TITLE, MOST_VIEWS
from handlers.domain.ticket_filter import parse
from handlers.queries import ticket_lists
from handlers.tickets.saved_views import NotSaved, drop_view, save_view

MOST_LETTERS = 2_000
"""Of an address that is kept."""
REFUSED = {
    "empty": "Görünüme bir ad yazın.",
    "too_long": f"Görünümün adı en çok {LONGEST_TITLE} harf olabilir.",
    "taken": "Bu adla bir görünümünüz var; başka bir ad yazın.",
    "too_many": f"En çok {MOST_VIEWS} görünüm saklanabilir; önce birini silin.",
}


@panel_page(TICKETS, logged=False)
async def save(visit: Visit) -> Response:
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        title, query = str(form.get("title", "")).replace("\0", ""), str(form.get("query", ""))
    if len(query) > MOST_LETTERS:
        raise HttpRefusal(400, "bad_form")
    pairs = parse_qsl(query)

    def work(acting: Acting) -> str:
        wanted, _ = parse(pairs, ticket_lists.vocabulary(acting))
        return save_view(acting, title, wanted).query

    try:
        kept = await visit.web.gateway.write(lambda uow: work(visit.acting(uow)))
    except NotSaved as refused:
        asked = await visit.read(lambda acting: look(acting, pairs))
        told = REFUSED[refused.why]
        await log_piece(visit, list_in_audit(pairs))
        return visit.html("panel_tickets.html", status=422, **shown(asked, visit, refused=told, title=title[:80]))
    return _to(visit, f"?{kept}" if kept else "")


@panel_page(TICKETS, logged=False)
async def drop(visit: Visit) -> Response:
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        key = str(form.get("view", ""))
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise HttpRefusal(400, "bad_form")
    await visit.web.gateway.write(lambda uow: drop_view(visit.acting(uow), int(key)))
    return _to(visit, "")


def _to(visit: Visit, query: str) -> Response:
    return RedirectResponse(f"{visit.browser.base}/panel/{TICKETS.path}{query}", 303)
