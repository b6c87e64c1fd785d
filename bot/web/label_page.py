"""`/c/TOKEN`: where the code on a device's label leads, in any case of its letters; open to everybody.

Whether a label is unknown or was revoked is not told, and whoever tries many is let to try no more for a while.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.chat.inbound import address_of
from bot.web.errors import HttpRefusal
from bot.web.rendering import NO_STORE, page
from bot.web.state import web_of
from handlers.queries import scanned_labels

MOST_WRONG = 30
"""Tokens that lead nowhere, of one address within an hour."""


async def html(request: Request) -> Response:
    web, token = web_of(request), str(request.path_params["token"])
    settings, now, whose = web.settings, web.gateway.now(), address_of(request)
    if seconds := web.wrong_labels.left(whose, now):
        raise HttpRefusal(429, "too_many_labels", retry_after=seconds)
    found = await web.gateway.read(lambda uow: scanned_labels.look(uow, token))
    if found is None:
        web.wrong_labels.wait(whose, now)
    bot, app = settings.telegram_name(), settings.slack_app()
    rendered = page(
        "label.html",
        institution=settings.institution,
        logo=settings.logo_address,
        found=found,
        chat=f"/?cihaz={found.number}" if found is not None else "/",
        telegram=f"https://t.me/{quote(bot)}" + (f"?start=c_{token.upper()}" if found is not None else "")
        if bot
        else "",
        slack=f"https://slack.com/app_redirect?app={quote(app)}" if app else "",
    )
    return HTMLResponse(rendered, 200 if found is not None else 404, NO_STORE)
