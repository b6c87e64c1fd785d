"""`/c/TOKEN`: where the code on a device's label leads, in any case of its letters; open to everybody.

Whether a label is unknown or was revoked is not told, and whoever tries many is let to try no more for a while.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.auth.browser_session import CHANNEL, Browser, browser_of, person_of
from bot.web.chat.inbound import address_of
from bot.web.errors import HttpRefusal
from bot.web.panel.navigation import COUNTS
from bot.web.rendering import NO_STORE, page
from bot.web.state import WebState, web_of
from handlers.context import Acting
from handlers.people.officers import held_today
from handlers.ports import UnitOfWork
from handlers.queries import scanned_labels

MOST_WRONG = 30
"""Tokens that lead nowhere, of one address within an hour."""


def _counts(uow: UnitOfWork, web: WebState, browser: Browser, now: datetime) -> list[scanned_labels.OpenCount]:
    """Those of which whoever scans may press Burada gördüm, on a page that is open to them."""
    desk = web.settings.desk
    if desk is None or browser.fresh:
        return []
    try:
        person = person_of(uow, browser, now, web.settings)
    except HttpRefusal:
        return []
    if person is None or not person.known:
        return []
    acting = Acting(desk=desk, uow=uow, now=now, person=person, channel=CHANNEL, event_key="")
    person.offices = held_today(acting)
    return scanned_labels.counts_of(acting) if COUNTS.is_open_to(person) else []


async def html(request: Request) -> Response:
    web, token = web_of(request), str(request.path_params["token"])
    settings, now, whose = web.settings, web.gateway.now(), address_of(request)
    if seconds := web.wrong_labels.left(whose, now):
        raise HttpRefusal(429, "too_many_labels", retry_after=seconds)
    browser = browser_of(request, settings)
    found = await web.gateway.read(lambda uow: scanned_labels.look(uow, token))
    counts = await web.gateway.read(lambda uow: _counts(uow, web, browser, now)) if found is not None else []
    if found is None:
        web.wrong_labels.wait(whose, now)
    bot, app = settings.telegram_name(), settings.slack_app()
    rendered = page(
        "label.html",
        institution=settings.institution,
        logo=settings.logo_address,
        found=found,
        counts=counts,
        token=token.upper(),
        form_token=browser.form_token,
        keys=[str(uuid.uuid4()) for _ in counts],
        base=browser.base,
        chat=f"/?cihaz={found.number}" if found is not None else "/",
        telegram=f"https://t.me/{quote(bot)}" + (f"?start=c_{token.upper()}" if found is not None else "")
        if bot
        else "",
        slack=f"https://slack.com/app_redirect?app={quote(app)}" if app else "",
    )
    return HTMLResponse(rendered, 200 if found is not None else 404, NO_STORE)
