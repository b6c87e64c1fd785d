"""The signed-in browsers of a person, each of which can be signed out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.auth.browser_session import Browser, browser_of, drop_cookie, require_own_page, required_person
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.rendering import NO_STORE, exact_time, page
from bot.web.settings import WebSettings
from bot.web.state import web_of
from handlers.domain.people import Person
from handlers.people import sessions
from handlers.ports import Session, UnitOfWork

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session as its person sees it."""

    hash: str
    device: str
    begun: str
    used: str
    here: bool


async def overview(request: Request) -> Response:
    web = web_of(request)
    browser, now, settings = browser_of(request, web.settings), web.gateway.now(), web.settings

    def look(uow: UnitOfWork) -> tuple[Person, Sequence[Session]]:
        person = required_person(uow, browser, now, settings)
        return person, sessions.open_sessions(uow, person)

    person, found = await web.gateway.read(look)
    lines = [_line(session, browser, settings) for session in found]
    html = page(
        "sessions.html",
        lines=sorted(lines, key=lambda line: not line.here),
        person=person,
        base=browser.base,
        form_token=browser.form_token,
    )
    return HTMLResponse(html, headers=NO_STORE)


async def end(request: Request) -> Response:
    """One of the person's sessions, or with `others` all but this one."""
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    async with bounded_form(request) as form:
        require_own_page(browser, str(form.get("form_token", "")))
        wanted, others = str(form.get("session", "")), "others" in form
    if not others and not _HASH.fullmatch(wanted):
        raise HttpRefusal(400, "bad_form")

    def work(uow: UnitOfWork) -> None:
        person = required_person(uow, browser, now, web.settings)
        if others:
            sessions.end_others(uow, person, browser.hash, now)
        else:
            sessions.end_one(uow, person, wanted, now)

    await web.gateway.write(work)
    return RedirectResponse(f"{browser.base}/sessions", 303)


async def logout(request: Request) -> Response:
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    async with bounded_form(request) as form:
        require_own_page(browser, str(form.get("form_token", "")))

    await web.gateway.write(lambda uow: sessions.end(uow, browser.hash, now))
    response = RedirectResponse("/", 303)
    drop_cookie(response, browser, web.settings)
    return response


def _line(session: Session, browser: Browser, settings: WebSettings) -> SessionLine:
    return SessionLine(
        hash=session.token_hash,
        device=sessions.device(session.user_agent),
        begun=exact_time(session.created_at, settings.zone),
        used=exact_time(session.seen_at, settings.zone),
        here=session.token_hash == browser.hash,
    )
