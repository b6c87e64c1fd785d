"""`/bildirimler`: the browsers of a person that ring although no page is open; each can be silenced."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.web.auth.browser_session import browser_of, require_own_page, required_person
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel.navigation import opens
from bot.web.rendering import NO_STORE, exact_time, page
from bot.web.state import web_of
from handlers.domain.people import Person
from handlers.domain.push import PushSubscription
from handlers.people import push, sessions
from handlers.ports import UnitOfWork

_KEY = re.compile(r"[0-9a-f]{32}")
MAX_ENDPOINT, MAX_KEY = 1000, 200
"""Letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserLine:
    key: str
    device: str
    since: str
    here: bool


async def overview(request: Request) -> Response:
    web = web_of(request)
    browser, now, offer = browser_of(request, web.settings), web.gateway.now(), web.settings.push

    def look(uow: UnitOfWork) -> tuple[Person, Sequence[BrowserLine]]:
        person = required_person(uow, browser, now, web.settings)
        agents = {one.token_hash: one.user_agent for one in sessions.open_sessions(uow, person)}
        return person, [
            BrowserLine(
                key=one.key,
                device=sessions.device(agents.get(one.session, "")),
                since=exact_time(one.created_at, web.settings.zone),
                here=one.session == browser.hash,
            )
            for one in push.of_person(uow, person, now)
        ]

    person, lines = await web.gateway.read(look)
    html = page(
        "notices.html",
        lines=sorted(lines, key=lambda line: not line.here),
        key="" if offer is None else await run_in_threadpool(offer.public_key),
        panel=opens(person) and web.settings.desk is not None,
        base=browser.base,
        form_token=browser.form_token,
    )
    return HTMLResponse(html, headers=NO_STORE)


async def subscribe(request: Request) -> Response:
    """What the browser gave, after somebody pressed; again with each look at the page."""
    web = web_of(request)
    browser, now, offer = browser_of(request, web.settings), web.gateway.now(), web.settings.push
    require_own_page(browser, request.headers.get("x-masa-token", ""))
    async with bounded_form(request) as form:
        endpoint, public_key, auth = (str(form.get(name, "")) for name in ("endpoint", "public_key", "auth"))
    if offer is None:
        raise HttpRefusal(404, "not_found")
    if len(endpoint) > MAX_ENDPOINT or max(len(public_key), len(auth)) > MAX_KEY:
        raise HttpRefusal(400, "bad_form")
    if not offer.keys_are_sound(public_key, auth):
        raise HttpRefusal(400, "bad_form")
    if not offer.accepts(endpoint):
        raise HttpRefusal(422, "push_service")

    house_key = await run_in_threadpool(offer.public_key)

    def work(uow: UnitOfWork) -> None:
        person = required_person(uow, browser, now, web.settings)
        given = PushSubscription(
            session=browser.hash,
            endpoint=endpoint,
            public_key=public_key,
            auth=auth,
            created_at=now,
            house_key=house_key,
        )
        push.subscribe(uow, person, given)

    await web.gateway.write(work)
    return JSONResponse({"ok": True}, 201)


async def unsubscribe(request: Request) -> Response:
    """By the script with the browser's own address, by the form with its key. Nothing happens where it is none of
    theirs."""
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    async with bounded_form(request) as form:
        by_script = request.headers.get("x-masa-token", "")
        require_own_page(browser, by_script or str(form.get("form_token", "")))
        endpoint, key = str(form.get("endpoint", "")), str(form.get("key", ""))
    if endpoint:
        key = hashlib.sha256(endpoint.encode()).hexdigest()[:32]
    if not _KEY.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    await web.gateway.write(
        lambda uow: push.unsubscribe(uow, required_person(uow, browser, now, web.settings), key, now)
    )
    return JSONResponse({"ok": True}) if by_script else RedirectResponse(f"{browser.base}/bildirimler", 303)
