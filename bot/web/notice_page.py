"""`/aydinlatma`: the privacy notice in full (KVKK m.10), for whoever wants to read it; signed in or not."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.errors import HttpRefusal
from bot.web.rendering import marked_html, page
from bot.web.state import web_of
from handlers.context import UseCaseContext
from handlers.ports import UnitOfWork
from handlers.queries.notice import in_full

_FRESH = {"Cache-Control": "no-cache"}


async def html(request: Request) -> Response:
    web = web_of(request)
    settings, desk, now = web.settings, web.settings.desk, web.gateway.now()
    if desk is None:
        raise HttpRefusal(404, "not_found")

    def read(uow: UnitOfWork) -> str:
        return in_full(UseCaseContext(desk=desk, uow=uow, now=now))

    text = marked_html(await web.gateway.read(read), settings.zone)
    rendered = page(
        "privacy.html", text=text, institution=desk.institution, version=desk.notice.name, logo=settings.logo_address
    )
    return HTMLResponse(rendered, headers=_FRESH)
