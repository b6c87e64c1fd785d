"""The pages, and the pieces of them that the browser asks for later."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.auth.browser_session import (
    Browser,
    browser_of,
    drop_cookie,
    due_for_seen,
    enter_demo,
    entered,
    has_other_rights,
    own_conversations,
    person_of,
    renew,
    required_person,
    set_cookie,
)
from bot.web.chat.conversation_view import DESK, PAGE, Reader, Side, side, title
from bot.web.errors import HttpRefusal, answer
from bot.web.panel.navigation import opens
from bot.web.rendering import NO_STORE, page
from bot.web.settings import WebSettings
from bot.web.state import WebState, user_agent, web_of
from handlers.chat.commands import COMMANDS
from handlers.context import UseCaseContext
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, Role
from handlers.people import sessions
from handlers.ports import UnitOfWork
from handlers.queries import conversations as read
from handlers.queries.conversations import ReadMessage
from handlers.queries.door_cards import is_number
from handlers.terms import ROLES

EXAMPLES = ("Yazıcı çıktı vermiyor, 3. kat", "İnternet yok, oda 214", "EBYS'ye giremiyorum")
_Query = Callable[[UnitOfWork, str], tuple[ReadMessage, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One conversation, ready to be shown."""

    address: str
    title: str
    is_room: bool
    messages: tuple[ReadMessage, ...]
    seen: int
    last_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """Everything the chat page shows."""

    person: Person | None
    side: Side
    pane: Pane
    cast: tuple[Person, ...] = ()
    """Whom one may play, in the demo."""
    session_due: bool = False
    sees_panel: bool = False
    has_other_rights: bool = False
    """Than when its cookie was given out: it gets another one."""


async def chat(request: Request) -> Response:
    web = web_of(request)
    browser = browser_of(request, web.settings)
    if browser.fresh and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        # Somebody followed a link from elsewhere: the strict cookie comes only with a request of our own page.
        return HTMLResponse(page("bounce.html", to=_here(request)), headers=NO_STORE)
    now, wanted = web.gateway.now(), request.query_params.get("c", "")

    def look(uow: UnitOfWork) -> ChatPage | None:
        person = person_of(uow, browser, now, web.settings)
        if person is None and browser.handle is not None:
            return None
        return _scene(uow, browser, person, wanted, web)

    try:
        scene = await web.gateway.read(look)
    except HttpRefusal as refused:
        if refused.reason == "session_renewed":  # by another tab, and the new cookie is on its way here
            return HTMLResponse(page("bounce.html", to=_here(request)), headers=NO_STORE)
        response = answer(request, refused)
        if refused.reason == "session_ended":
            drop_cookie(response, browser, web.settings)  # the next visit begins anew
        return response
    agent = user_agent(request)
    if scene is None or scene.person is None:
        browser = browser.renewed(page_key=False)  # a cookie that no session was begun with is worth nothing
    if scene is None:
        await web.gateway.write(lambda uow: enter_demo(uow, browser, now, agent))
        scene = await web.gateway.read(look)
    assert scene is not None
    if scene.has_other_rights and scene.person is not None:
        known, old = scene.person, browser
        browser = browser.renewed(page_key=True)
        await web.gateway.write(lambda uow: renew(uow, old, browser, known, now, agent, f"page:{browser.hash}"))
    if scene.session_due:
        await web.gateway.write(lambda uow: sessions.note_seen(uow, browser.hash, now))
    response = HTMLResponse(_chat_html(scene, browser, web.settings, _door(request)), headers=NO_STORE)
    if browser.fresh or scene.session_due:
        set_cookie(response, browser, web.settings)
    return response


def _door(request: Request) -> str:
    """What the card or label has on which the link stood: "ODA 312", "D-00042"; empty: it came from none."""
    room, device = request.query_params.get("oda", ""), request.query_params.get("cihaz", "")
    if is_number(room):
        return f"ODA {room}"
    return device if _DEVICE.fullmatch(device) else ""


_DEVICE = re.compile(r"D-\d{5,7}")


def _here(request: Request) -> str:
    """The same page again; of what came with it, only the room or the device."""
    return request.url.path + _came_with(request)


def _came_with(request: Request) -> str:
    said = _door(request)
    name, value = ("oda", said.removeprefix("ODA ")) if said.startswith("ODA ") else ("cihaz", said)
    return f"?{name}={quote(value)}" if said else ""


def _scene(uow: UnitOfWork, browser: Browser, person: Person | None, wanted: str, web: WebState) -> ChatPage:
    now = web.gateway.now()
    return ChatPage(
        person=person,
        side=side(uow, person, web.settings, now),
        pane=_pane(uow, person, wanted, web.settings),
        cast=tuple(_demo_people(uow)) if web.settings.demo else (),
        session_due=due_for_seen(uow, browser, now),
        sees_panel=person is not None and _sees_panel(uow, person, web),
        has_other_rights=person is not None and has_other_rights(uow, browser, person),
    )


def _sees_panel(uow: UnitOfWork, person: Person, web: WebState) -> bool:
    if web.settings.desk is None:
        return False
    UseCaseContext(desk=web.settings.desk, uow=uow, now=web.gateway.now())  # it lends deputies their rights
    return opens(person)


def _made_for(person: Person | None, *, sees_panel: bool) -> str:
    """What the frame around the list depends on: a page that was made for another one begins anew."""
    return f"{'guest' if person is None or not person.verified else 'known'}{' panel' if sees_panel else ''}"


def _demo_people(uow: UnitOfWork) -> list[Person]:
    """Whom one may play: staff first, then those who help them."""
    known = [person for person in uow.people.everybody() if person.verified and not person.gone]
    return sorted(known, key=lambda person: list(Role).index(person.role))[:50]


def _pane(uow: UnitOfWork, person: Person | None, wanted: str, settings: WebSettings) -> Pane:
    if person is None:
        if wanted:
            raise NotFound("conversation", wanted)
        return Pane(address="", title=DESK, is_room=False, messages=(), seen=0, last_seq=0)
    conversations = own_conversations(uow, person)
    place = entered(uow, person, wanted) if wanted else conversations[0]
    found = read.opened(uow, person, place, PAGE)
    return Pane(
        address=place.address,
        title=title(place, settings, first=place.address == conversations[0].address),
        is_room=place.is_room,
        messages=found.messages,
        seen=found.seen,
        last_seq=found.last_seq,
    )


def _chat_html(scene: ChatPage, browser: Browser, settings: WebSettings, room: str = "") -> str:
    """`room`: of the card that led here; it stands in the box already."""
    person = scene.person
    reader = Reader(person.id if person else None, browser.base, settings, scene.sees_panel)
    return page(
        "chat.html",
        institution=settings.institution,
        logo=settings.logo_address,
        base=browser.base,
        form_token=browser.form_token,
        person=person,
        guest=person is None or not person.verified,
        side=scene.side,
        made_for=_made_for(person, sees_panel=scene.sees_panel),
        current=scene.pane.address,
        pane=_pane_html(scene.pane, reader),
        cast=scene.cast,
        roles=ROLES,
        demo=settings.demo,
        sees_panel=scene.sees_panel,
        commands=[command for command in COMMANDS.values() if person is None or person.role in command.roles],
        limits=settings,
        room=room,
    )


def _pane_html(pane: Pane, reader: Reader) -> Markup:
    first_unseen = next(
        (
            item.message.id
            for item in pane.messages
            if item.message.first_seq > pane.seen and item.message.author != reader.person
        ),
        None,
    )
    messages = [(Markup(reader.html(item)), item.message.id == first_unseen) for item in pane.messages]  # noqa: S704 - a rendered template
    return Markup(  # noqa: S704 - a rendered template
        page("pane.html", pane=pane, messages=messages, examples=EXAMPLES, page_size=PAGE, base=reader.base)
    )


# --- pieces ---
async def talk(request: Request) -> Response:
    """A whole conversation, for switching to it."""
    web = web_of(request)
    browser, now, wanted = browser_of(request, web.settings), web.gateway.now(), request.query_params.get("c", "")

    def look(uow: UnitOfWork) -> tuple[Reader, Pane]:
        person = required_person(uow, browser, now, web.settings)
        return _reader(uow, person, browser, web), _pane(uow, person, wanted, web.settings)

    reader, pane = await web.gateway.read(look)
    return HTMLResponse(_pane_html(pane, reader), headers=NO_STORE)


async def side_list(request: Request) -> Response:
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()

    def look(uow: UnitOfWork) -> tuple[Side, str]:
        person = required_person(uow, browser, now, web.settings)
        made_for = _made_for(person, sees_panel=_sees_panel(uow, person, web))
        return side(uow, person, web.settings, now), made_for

    found, made_for = await web.gateway.read(look)
    current = request.query_params.get("c", "")
    html = page("side.html", side=found, made_for=made_for, base=browser.base, current=current)
    return HTMLResponse(html, headers=NO_STORE)


async def older(request: Request) -> Response:
    """The messages before one, oldest first."""
    before = request.query_params.get("before", "")
    if not (before.isascii() and before.isdecimal() and len(before) < 16):
        raise NotFound("message", before)

    def look(uow: UnitOfWork, address: str) -> tuple[ReadMessage, ...]:
        return read.page(uow, address, before=int(before), limit=PAGE)

    html, _ = await _messages(request, look)
    return HTMLResponse(html, headers=NO_STORE)


async def search_page(request: Request) -> Response:
    words = request.query_params.get("q", "").replace("\0", "").strip()[:200]

    def look(uow: UnitOfWork, address: str) -> tuple[ReadMessage, ...]:
        return read.search(uow, address, words) if words else ()

    html, count = await _messages(request, look)
    return HTMLResponse(
        page("found.html", messages=Markup(html), count=count, words=words, most=read.MAX_FOUND),  # noqa: S704 - rendered
        headers=NO_STORE,
    )


def _reader(uow: UnitOfWork, person: Person, browser: Browser, web: WebState) -> Reader:
    return Reader(person.id, browser.base, web.settings, _sees_panel(uow, person, web))


async def _messages(request: Request, query: _Query) -> tuple[str, int]:
    web = web_of(request)
    browser, now, wanted = browser_of(request, web.settings), web.gateway.now(), request.query_params.get("c", "")

    def look(uow: UnitOfWork) -> tuple[Reader, tuple[ReadMessage, ...]]:
        person = required_person(uow, browser, now, web.settings)
        return _reader(uow, person, browser, web), query(uow, entered(uow, person, wanted).address)

    reader, items = await web.gateway.read(look)
    return "".join(reader.html(item) for item in items), len(items)


# --- the demo ---
async def picker(request: Request) -> Response:
    web = web_of(request)
    people = await web.gateway.read(_demo_people)
    html = page(
        "picker.html",
        people=people,
        roles=ROLES,
        units=web.settings.units,
        came_with=_came_with(request),
        institution=web.settings.institution,
    )
    return HTMLResponse(html, headers=NO_STORE)
