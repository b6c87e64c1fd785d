"""Who is asking: from the cookie to the person, and what they may enter."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
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
_COOKIE = re.compile(r"([A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9_-]{22,43}))?")
RENEWED_LATELY = timedelta(minutes=1)
"""So long a page with the old cookie tries again: the new one is on its way to the browser, for another of its tabs."""


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser, known by its cookie. It may have no session yet: that begins with its first message."""

    token: str
    """The session's. One that no session was begun with is worth nothing and is replaced."""
    page_key: str
    """What the pages' own requests are known by; it lasts until rights change, so that other tabs go on."""
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
        return hashlib.sha256(f"form:{self.page_key}".encode()).hexdigest()

    @property
    def cookie(self) -> str:
        return self.token if self.page_key == self.token else f"{self.token}.{self.page_key}"

    def renewed(self, *, page_key: bool) -> Browser:
        """The same browser with a token that nobody knows, and with `page_key` another of these too."""
        key = _new_page_key() if page_key else self.page_key
        return replace(self, token=_new_token(), page_key=key, fresh=True)


def browser_of(request: Request, settings: WebSettings) -> Browser:
    handle = request.path_params.get("handle")
    if found := _COOKIE.fullmatch(request.cookies.get(cookie_name(settings), "")):
        return Browser(found[1], found[2] or found[1], fresh=False, handle=handle)
    return Browser(_new_token(), _new_page_key(), fresh=True, handle=handle)


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _new_page_key() -> str:
    return secrets.token_urlsafe(16)


def cookie_name(settings: WebSettings) -> str:
    """`__Host-`: neither a neighbour's host nor plain http can plant it."""
    return "__Host-masa" if settings.secure and not settings.demo else "masa"


def set_cookie(response: Response, browser: Browser, settings: WebSettings) -> None:
    response.set_cookie(
        cookie_name(settings),
        browser.cookie,
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
    except sessions.SessionRenewed as renewed:
        lately = renewed.session.ended_at is not None and now - renewed.session.ended_at < RENEWED_LATELY
        raise HttpRefusal(401, "session_renewed" if lately else "session_ended") from None
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


def renewed_by(uow: UnitOfWork, browser: Browser, request: str) -> Person | None:
    """Of a browser that asks again with the request that gave it a new cookie, since the answer was lost: who it is."""
    session = uow.sessions.get(browser.hash)
    if session is None or session.renewed_with != request:
        return None
    person = uow.people.get(session.person)
    return None if person.gone else person


def has_other_rights(uow: UnitOfWork, browser: Browser, person: Person) -> bool:
    return sessions.has_other_rights(uow, browser.hash, person)


def renew(
    uow: UnitOfWork, browser: Browser, new: Browser, person: Person, now: datetime, user_agent: str, request: str
) -> None:
    """As `sessions.renew`; `request` is told apart from all others."""
    sessions.renew(uow, browser.hash, new.hash, person, now, user_agent, with_request=request)


def receive_guest(uow: UnitOfWork) -> Person:
    """The first message of an unknown browser: a person of its own, unverified."""
    account = Account(CHANNEL, f"b-{secrets.token_hex(6)}")
    address = private_address(account)
    person = welcome(uow, account, address)
    uow.conversations.ensure(Conversation(address=address, channel=CHANNEL, person=person.id))
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
