"""Who is asking: from the cookie to the person, and what they may enter."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.settings import WebSettings
from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person
from handlers.people import sessions
from handlers.people.access import private_address
from handlers.people.accounts import welcome
from handlers.ports import Conversation, UnitOfWork
from handlers.queries import conversations

CHANNEL = "web"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser, known by its cookie. It may have no session yet: that begins with its first message."""

    token: str
    fresh: bool
    """The cookie was made for this answer and is not yet in the browser."""
    handle: str | None = None
    """The demo person whose path this is; the cookie is theirs alone."""

    @property
    def base(self) -> str:
        return f"/demo/{self.handle}" if self.handle else ""

    @property
    def hash(self) -> str:
        """What is stored of the cookie."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def form_token(self) -> str:
        """Proves that a request comes from a page of this session: foreign pages cannot read it."""
        return hashlib.sha256(f"form:{self.token}".encode()).hexdigest()


def browser_of(request: Request, settings: WebSettings) -> Browser:
    handle = request.path_params.get("handle")
    token = request.cookies.get(cookie_name(settings), "")
    if _TOKEN.fullmatch(token):
        return Browser(token, fresh=False, handle=handle)
    return Browser(secrets.token_urlsafe(32), fresh=True, handle=handle)


def cookie_name(settings: WebSettings) -> str:
    """`__Host-`: neither a neighbour's host nor plain http can plant it."""
    return "__Host-masa" if settings.secure and not settings.demo else "masa"


def set_cookie(response: Response, browser: Browser, settings: WebSettings) -> None:
    response.set_cookie(
        cookie_name(settings),
        browser.token,
        max_age=settings.session_days * 86_400,
        path=f"{browser.base}/",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )


def drop_cookie(response: Response, browser: Browser, settings: WebSettings) -> None:
    response.delete_cookie(
        cookie_name(settings), path=f"{browser.base}/", secure=settings.secure, httponly=True, samesite="strict"
    )


def require_own_page(browser: Browser, given: str) -> None:
    """The token of the session, from a header or a form field."""
    if browser.fresh or not hmac.compare_digest(given.encode(), browser.form_token.encode()):
        raise HttpRefusal(403, "token")


def person_of(uow: UnitOfWork, browser: Browser, now: datetime, settings: WebSettings) -> Person | None:
    """None: a browser that has not written yet. Raises HttpRefusal where the session or the person's time has ended."""
    try:
        person = sessions.person_of(uow, browser.hash, now, timedelta(days=settings.session_days))
    except sessions.PersonLeft:
        raise HttpRefusal(403, "gone") from None
    except sessions.SessionEnded:
        raise HttpRefusal(401, "session_ended") from None
    if person is not None and browser.handle is not None and person.handle != browser.handle:
        raise HttpRefusal(401, "session_ended")
    return person


def required_person(uow: UnitOfWork, browser: Browser, now: datetime, settings: WebSettings) -> Person:
    """Raises HttpRefusal also for a browser without a session."""
    person = person_of(uow, browser, now, settings)
    if person is None:
        raise HttpRefusal(401, "session_ended")
    return person


def due_for_seen(uow: UnitOfWork, browser: Browser, now: datetime) -> bool:
    return sessions.is_due_for_seen(uow, browser.hash, now)


def receive_guest(uow: UnitOfWork, browser: Browser, now: datetime, user_agent: str) -> Person:
    """The first message of an unknown browser: a person of its own, unverified, and a session."""
    session = uow.sessions.get(browser.hash)
    if session is not None:  # two first messages at once
        return uow.people.get(session.person)
    account = Account(CHANNEL, f"b-{secrets.token_hex(6)}")
    address = private_address(account)
    person = welcome(uow, account, address)
    uow.conversations.ensure(Conversation(address=address, channel=CHANNEL, person=person.id))
    sessions.begin(uow, browser.hash, person, now, user_agent)
    return person


def enter_demo(uow: UnitOfWork, browser: Browser, now: datetime, user_agent: str) -> Person:
    """Play a demo person. Raises NotFound."""
    person = uow.people.by_handle(browser.handle or "")
    if person is None or person.gone:
        raise NotFound("person", browser.handle)
    account = Account(CHANNEL, person.handle)
    address = private_address(account)
    place = uow.conversations.ensure(Conversation(address=address, channel=CHANNEL, person=person.id))
    if place.person != person.id:  # the account was joined to somebody else by a code
        place.person = person.id
        uow.conversations.save(place)
    uow.people.link(account, person.id, address)
    sessions.begin(uow, browser.hash, person, now, user_agent)
    return person


# --- where they may be ---
def own_conversations(uow: UnitOfWork, person: Person) -> tuple[Conversation, ...]:
    """Their private talk on the web first, then earlier ones from other browsers, then the rooms of their unit."""
    return conversations.own_conversations(uow, person, CHANNEL)


def entered(uow: UnitOfWork, person: Person, address: str) -> Conversation:
    """The conversation of that address. Raises NotFound where there is none that this person may enter."""
    return conversations.entered(uow, person, CHANNEL, address)


def account_of(private: Conversation) -> Account:
    """Whose private talk that is."""
    return Account(CHANNEL, private.address.removeprefix(f"{CHANNEL}:p:"))
