"""Who may see a page of the panel. Each page's function stands behind `panel_page`, and reads through its `Visit`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.auth.browser_session import (
    Browser,
    browser_of,
    due_for_seen,
    enter_demo,
    has_other_rights,
    person_of,
    renew,
    required_person,
)
from bot.web.auth.renewal import give_cookie
from bot.web.errors import HttpRefusal
from bot.web.middleware import SAFE_METHODS
from bot.web.panel.navigation import STAFF, PanelPage, opens, sections_of
from bot.web.rendering import NO_STORE, page
from bot.web.state import WebState, user_agent, web_of
from handlers.context import Acting, Desk
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, may
from handlers.people import officers, sessions
from handlers.ports import UnitOfWork

T = TypeVar("T")
CHANNEL = "web"
_ABOUT_LETTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody opens a page that is open to them."""

    request: Request
    web: WebState
    browser: Browser
    here: PanelPage
    desk: Desk
    person: Person
    """As they were when the page was opened; what is read asks again."""
    now: datetime

    async def read(self, look: Callable[[Acting], T]) -> T:
        """`look` applies the rights itself. Raises HttpRefusal where the page is theirs no longer."""
        return await self.web.gateway.read(lambda uow: look(self.acting(uow)))

    async def now_read(self, look: Callable[[Acting], T]) -> T:
        """The same later, of a page that stays open."""
        return await replace(self, now=self.web.gateway.now()).read(look)

    def acting(self, uow: UnitOfWork, key: str = "") -> Acting:
        """The same person in that transaction, with what they may do as a deputy. `key`: of the event that they bring.
        Raises HttpRefusal."""
        person = required_person(uow, self.browser, self.now, self.web.settings)
        return _acting(uow, self.desk, self.here, person, self.now, key)

    def html(self, template: str, *, status: int = 200, **shown: Any) -> Response:
        """A whole page: `template` extends `panel.html`."""
        return HTMLResponse(page(template, **self.frame, **shown), status, NO_STORE)

    def fragment(self, template: str, *, status: int = 200, **shown: Any) -> Response:
        """A piece of one, which is put into a page that is open already."""
        return HTMLResponse(page(template, base=self.browser.base, **shown), status, NO_STORE)

    def typed(self, name: str) -> str:
        """In the address, behind that name; a NUL is in no text of the database."""
        return without_nul(self.request.query_params.get(name, ""))

    @property
    def frame(self) -> dict[str, Any]:
        """What `panel.html` itself shows."""
        return {
            "base": self.browser.base,
            "form_token": self.browser.form_token,
            "here": self.here,
            "person": self.person,
            "sections": sections_of(self.person),
            "institution": self.web.settings.institution,
            "opens_only_here": self.web.settings.opens_only_here,
            "invites": STAFF.is_open_to(self.person),
            "logo": self.web.settings.logo_address,
        }


def without_nul(text: str) -> str:
    return text.replace("\0", "").strip()


PageFunction = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def panel_page(
    here: PanelPage, *, logged: bool = True, about: Callable[[Request], str] | None = None
) -> Callable[[PageFunction], Endpoint]:
    """`logged`: an auditor's view of it stands in the audit, told by `about` (by its path, where none is given); not
    for a piece of a page that they have opened already, nor for one that leaves its own trace by `log_piece`."""

    def around(shown: PageFunction) -> Endpoint:
        @wraps(shown)
        async def endpoint(request: Request) -> Response:
            browser = browser_of(request, web_of(request).settings)
            only_reads = request.method in SAFE_METHODS  # asked again, anything else would lose what was typed
            if only_reads and browser.fresh and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
                return _once_more(request)  # the strict cookie comes only with a request of our own page
            try:
                visit = await _entered(request, browser, here)
            except HttpRefusal as refused:
                if (
                    only_reads and refused.reason == "session_renewed"
                ):  # by another tab, and the new cookie is on its way here
                    return _once_more(request)
                raise
            if logged and visit.person.role is Role.AUDITOR:
                await _log_view(visit, about(request) if about else _path(visit))
            return await shown(visit)

        return endpoint

    return around


def _acting(uow: UnitOfWork, desk: Desk, here: PanelPage, person: Person, now: datetime, key: str = "") -> Acting:
    """Raises HttpRefusal where that page is not open to them."""
    found = Acting(desk=desk, uow=uow, now=now, person=person, channel=CHANNEL, event_key=key)  # lends deputies' rights
    if not here.is_open_to(person):
        person.offices = officers.held_today(found)
    if not here.is_open_to(person):
        raise HttpRefusal(403, "page_closed" if opens(person) else "panel_closed")
    return found


def _desk(request: Request) -> Desk:
    desk = web_of(request).settings.desk
    if desk is None:
        raise NotFound("page", request.url.path)
    return desk


async def _entered(request: Request, browser: Browser, here: PanelPage) -> Visit:
    """Raises HttpRefusal."""
    web, desk = web_of(request), _desk(request)
    now, agent = web.gateway.now(), user_agent(request)

    def look(uow: UnitOfWork) -> tuple[Person, bool, bool] | None:
        known = person_of(uow, browser, now, web.settings)
        if known is None:
            return None
        _acting(uow, desk, here, known, now)
        return known, due_for_seen(uow, browser, now), has_other_rights(uow, browser, known)

    found = await web.gateway.read(look)
    if found is None:
        if browser.handle is None:
            raise HttpRefusal(401, "sign_in")
        browser = browser.renewed(page_key=False)  # a cookie that no session was begun with is worth nothing
        await web.gateway.write(lambda uow: enter_demo(uow, browser, now, agent))
        give_cookie(request, browser)
        found = await web.gateway.read(look)
    assert found is not None
    person, is_due, changed = found
    if changed:
        old, browser = browser, browser.renewed(page_key=True)
        await web.gateway.write(lambda uow: renew(uow, old, browser, person, now, agent, f"page:{browser.hash}"))
        give_cookie(request, browser)
    elif is_due:
        await web.gateway.write(lambda uow: sessions.note_seen(uow, browser.hash, now))
        give_cookie(request, browser)
    return Visit(request=request, web=web, browser=browser, here=here, desk=desk, person=person, now=now)


async def log_piece(visit: Visit, about: str) -> None:
    """Of what is no page and yet shows tickets: a line for each who may read everything. Before it is shown."""
    if may(visit.person, Action.READ_ALL):
        await _log_view(visit, about)


async def _log_view(visit: Visit, about: str) -> None:
    """Before anything is shown."""
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "panel_viewed", about[:_ABOUT_LETTERS], CHANNEL))


def _path(visit: Visit) -> str:
    return visit.request.url.path.removeprefix(visit.browser.base)


def _once_more(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return HTMLResponse(page("bounce.html", to=request.url.path + query), headers=NO_STORE)
