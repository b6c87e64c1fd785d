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

from bot.web.errors import Refused
from bot.web.settings import WebSettings
from handlers.chat.onboarding import welcome
from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person
from handlers.people.access import may_enter, private_address, rooms_of
from handlers.ports import Conversation, Session, UnitOfWork

CHANNEL = "web"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_SEEN_EVERY = timedelta(minutes=5)


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
        raise Refused(403, "token")


def person_of(uow: UnitOfWork, browser: Browser, now: datetime, settings: WebSettings) -> Person | None:
    """None: a browser that has not written yet. Raises Refused where the session or the person's time has ended."""
    session = uow.sessions.get(browser.hash)
    if session is None:
        return None
    person = uow.people.get(session.person)
    if person.gone:
        raise Refused(403, "gone")
    if session.ended_at is not None or now - session.seen_at > timedelta(days=settings.session_days):
        raise Refused(401, "session_ended")
    if browser.handle is not None and person.handle != browser.handle:
        raise Refused(401, "session_ended")
    return person


def required_person(uow: UnitOfWork, browser: Browser, now: datetime, settings: WebSettings) -> Person:
    """Raises Refused also for a browser without a session."""
    person = person_of(uow, browser, now, settings)
    if person is None:
        raise Refused(401, "session_ended")
    return person


def due_for_seen(uow: UnitOfWork, browser: Browser, now: datetime) -> bool:
    session = uow.sessions.get(browser.hash)
    return session is not None and now - session.seen_at > _SEEN_EVERY


def receive_guest(uow: UnitOfWork, browser: Browser, now: datetime, user_agent: str) -> Person:
    """The first message of an unknown browser: a person of its own, unverified, and a session."""
    session = uow.sessions.get(browser.hash)
    if session is not None:  # two first messages at once
        return uow.people.get(session.person)
    account = Account(CHANNEL, f"b-{secrets.token_hex(6)}")
    address = private_address(account)
    person = welcome(uow, account, address)
    uow.conversations.ensure(Conversation(address=address, channel=CHANNEL, person=person.id))
    _begin(uow, browser, person, now, user_agent)
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
    _begin(uow, browser, person, now, user_agent)
    return person


def _begin(uow: UnitOfWork, browser: Browser, person: Person, now: datetime, user_agent: str) -> None:
    uow.sessions.add(
        Session(token_hash=browser.hash, person=person.id, created_at=now, seen_at=now, user_agent=user_agent[:200])
    )


# --- where they may be ---
def own_conversations(uow: UnitOfWork, person: Person) -> tuple[Conversation, ...]:
    """Their private talk on the web first, then earlier ones from other browsers, then the rooms of their unit."""
    private = [place for place in uow.conversations.private_of(person.id) if place.channel == CHANNEL]
    return tuple(place for place in (*private, *rooms_of(uow, person, CHANNEL)) if may_enter(person, place))


def entered(uow: UnitOfWork, person: Person, address: str) -> Conversation:
    """The conversation of that address. Raises NotFound where there is none that this person may enter."""
    for place in own_conversations(uow, person):
        if place.address == address and may_enter(person, place):
            return place
    raise NotFound("conversation", address)


def account_of(private: Conversation) -> Account:
    """Whose private talk that is."""
    return Account(CHANNEL, private.address.removeprefix(f"{CHANNEL}:p:"))
