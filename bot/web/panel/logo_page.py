"""`/panel/ayarlar/logo`: the picture beside the house's name at the head of the panel."""

from __future__ import annotations

import asyncio
from typing import Any

from markupsafe import Markup
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import asking
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import OPERATION
from bot.web.settings import Logo
from bot.web.state import web_of
from handlers.domain.errors import Invalid
from handlers.domain.rights import may_keep_settings
from handlers.queries import house_settings

MAX_FORM = 3_000_000
_DONE = {"yuklendi": "Logo değişti.", "kaldirildi": "Logo kaldırıldı.", "geri": "Önceki logo geri geldi."}


async def picture(request: Request) -> Response:
    """For everybody: it stands where the house's name does."""
    logo = web_of(request).settings.logo
    content = None if logo is None else await asyncio.to_thread(logo.read)
    if content is None:
        raise HttpRefusal(404, "not_found")
    return Response(content, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


@panel_page(OPERATION)
async def overview(visit: Visit) -> Response:
    await visit.read(house_settings.require_reader)
    return _show(visit, told=_DONE.get(visit.typed("oldu"), ""))


@panel_page(OPERATION, logged=False)
async def change(visit: Visit) -> Response:
    async with bounded_form(visit.request, FormLimits(size=MAX_FORM, files=1)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        action, sent = str(form.get("action", "")), form.get("logo")
        content = await sent.read() if isinstance(sent, UploadFile) else b""
    logo = visit.web.settings.logo
    if logo is None or action not in _DONE:
        raise HttpRefusal(400, "bad_form")
    if not may_keep_settings(visit.person):
        raise HttpRefusal(403, "page_closed")
    asking.keep_pace(visit)
    try:
        await asyncio.to_thread(_do, logo, action, content)
    except Invalid as error:
        reason, data = error.reason, dict[str, Any](error.data)
        said = await visit.read(lambda acting: asking.words(acting, f"errors/{reason}", **data))
        return _show(visit, refused=said, status=422)
    now, who = visit.web.gateway.now(), visit.person.id
    told = _DONE[action].removesuffix(".")
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "logo_changed", told, CHANNEL))
    return RedirectResponse(f"{_address(visit)}?oldu={action}", 303)


def _do(logo: Logo, action: str, content: bytes) -> None:
    match action:
        case "kaldirildi":
            logo.remove()
        case "geri":
            logo.take_back()
        case _:
            logo.keep(content)


def _address(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/logo"


def _show(visit: Visit, *, told: str = "", refused: str | Markup = "", status: int = 200) -> Response:
    kept = visit.web.settings.logo
    return visit.html(
        "panel_logo.html",
        status=status,
        said={"told": told, "waits": "", "refused": refused},
        kept=kept,
        may_change=may_keep_settings(visit.person),
        here_is=_address(visit),
    )
