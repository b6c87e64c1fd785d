"""Keeping a list of tickets under a name of one's own or of a unit's, renaming and dropping it. It is nothing that
happens to a ticket, so it is no event of the desk; a unit's stands in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel.guard import Visit, log_piece, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.tickets_page import DROPPED, DROPPED_OF, RENAMED, WAS, list_in_audit, look, shown
from handlers.context import Acting
from handlers.domain.saved_views import LONGEST_TITLE, MOST_VIEWS
from handlers.domain.ticket_filter import parse
from handlers.queries import empty_units, ticket_lists
from handlers.tickets.saved_views import NotSaved, drop_view, rename_view, save_view

MOST_LETTERS = 2_000
"""Of an address that is kept."""
REFUSED = {
    "empty": "Görünüme bir ad yazın.",
    "too_long": f"Görünümün adı en çok {LONGEST_TITLE} harf olabilir.",
    "taken": "Bu adla bir görünüm var; başka bir ad yazın.",
    "renamed": "Olmadı: bu arada adı değiştirilmiş. Şimdiki adı aşağıda.",
    "too_many": f"En çok {MOST_VIEWS} görünüm saklanabilir; önce birini silin.",
}


@panel_page(TICKETS, logged=False)
async def save(visit: Visit) -> Response:
    form = await _form(visit)
    title, unit = form.get("title", ""), form.get("unit", "")
    pairs = parse_qsl(form.get("query", ""))

    def work(acting: Acting) -> str:
        wanted, _ = parse(pairs, ticket_lists.vocabulary(acting))
        return save_view(acting, title, wanted, unit).query

    try:
        kept = await visit.web.gateway.write(lambda uow: work(visit.acting(uow)))
    except NotSaved as refused:
        return await _refused(visit, pairs, refused, title)
    return _to(visit, kept)


@panel_page(TICKETS, logged=False)
async def rename(visit: Visit) -> Response:
    form = await _form(visit)
    key, title, was = _key(form), form.get("title", ""), form.get("was", "")
    try:
        before = await visit.web.gateway.write(lambda uow: rename_view(visit.acting(uow), key, title, was))
    except NotSaved as refused:
        return await _refused(visit, parse_qsl(form.get("query", "")), refused, title, key)
    return _to(visit, before.query, {RENAMED: str(key), WAS: before.title})


@panel_page(TICKETS, logged=False)
async def drop(visit: Visit) -> Response:
    key = _key(await _form(visit))
    gone = await visit.web.gateway.write(lambda uow: drop_view(visit.acting(uow), key))
    return _to(visit, gone.query, {DROPPED: gone.title, DROPPED_OF: gone.unit})


async def _form(visit: Visit) -> dict[str, str]:
    """Raises HttpRefusal."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        given = {name: str(value).replace("\0", "") for name, value in form.items()}
    if len(given.get("query", "")) > MOST_LETTERS:
        raise HttpRefusal(400, "bad_form")
    return given


def _key(form: dict[str, str]) -> int:
    """Raises HttpRefusal."""
    key = form.get("view", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise HttpRefusal(400, "bad_form")
    return int(key)


async def _refused(
    visit: Visit, pairs: list[tuple[str, str]], refused: NotSaved, title: str, renames: int = 0
) -> Response:
    """The list again, with what was typed."""
    asked = await visit.read(lambda acting: look(acting, pairs))
    await log_piece(visit, list_in_audit(pairs))
    told = shown(asked, visit, refused=REFUSED[refused.why], title=title[:80], renames=renames)
    empty = await visit.read(lambda acting: empty_units.shown_in(acting, asked.wanted, asked.page.lines))
    return visit.html("panel_tickets.html", status=422, **told, empty_units=empty)


def _to(visit: Visit, query: str, beside: Mapping[str, str] | None = None) -> Response:
    asked = "&".join(filter(None, (query, urlencode(beside or {}))))
    address = f"{visit.browser.base}/panel/{TICKETS.path}"
    return RedirectResponse(f"{address}?{asked}" if asked else address, 303)
