"""What a browser sends: messages, presses, and how far it has read. Translated to events, nothing decided here."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.auth.browser_session import (
    CHANNEL,
    Browser,
    account_of,
    browser_of,
    entered,
    own_conversations,
    person_of,
    receive_guest,
    renew,
    renewed_by,
    require_own_page,
    required_person,
)
from bot.web.auth.renewal import give_cookie, renewed_browser
from bot.web.connections import address_key
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form, typed_text
from bot.web.state import WebState, user_agent, web_of
from bot.web.uploads import discard, keep, uploads_in
from handlers.channel_port import leaves_nothing
from handlers.context import UseCaseContext
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.people import Account, Person
from handlers.events import ButtonPressed, MessageReceived
from handlers.messages import PressedButton, TimelineButton
from handlers.people.join_codes import may_join
from handlers.ports import Conversation, UnitOfWork
from handlers.tickets import card_menus

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BUTTON = re.compile(r"[A-Za-z0-9_-]{16,128}")
HANDLED_WITHIN = 8.0
"""Seconds that a press waits for its effect, so that the button stays shut until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, and where they may."""

    person: Person
    places: tuple[Conversation, ...]

    def at(self, address: str) -> tuple[Conversation, Account]:
        """That place (empty: the own private talk), and the account from which one speaks there. Raises NotFound."""
        private = [place for place in self.places if not place.is_room]
        for place in self.places if address else private[:1]:
            if address in ("", place.address):
                return place, account_of(place if not place.is_room else private[0])
        raise NotFound("conversation", address)


async def message(request: Request) -> Response:
    web, browser = web_of(request), _own_browser(request)
    now, settings = web.gateway.now(), web.settings
    found = await web.gateway.read(lambda uow: _who(uow, browser, web))
    speaker = found if isinstance(found, Speaker) else None
    if found is None and browser.handle is not None:
        raise HttpRefusal(401, "session_ended")
    _keep_pace(request, web, speaker.person if speaker else None)
    async with bounded_form(request, _form_limits(request, web, speaker)) as form:
        text, uploads = typed_text(form, settings.max_text), uploads_in(form)
        key, reply_to, wanted = _key(form), _reply_to(form), str(form.get("conversation", ""))
        if not text and not uploads:
            raise HttpRefusal(400, "empty")
        if may_join(text):
            _keep_code_pace(request, web)
        if isinstance(found, HttpRefusal):
            speaker = await _asks_again(request, browser, key, found)
        elif speaker is None or may_join(text):
            speaker = await _signed_in_anew(request, browser, key, page_key=may_join(text))
        place, account = speaker.at(wanted)
        attachments = await keep(web, speaker.person, place.address, uploads)
    event = MessageReceived(
        key=key,
        at=now,
        sender=account,
        sender_name=speaker.person.name,
        conversation=place.address,
        in_room=place.is_room,
        text=text,
        files=tuple(attachment.id for attachment in attachments),
        reply_to=reply_to,
    )
    try:
        new = await web.gateway.accept(event, attachments)
    except BaseException as error:
        if leaves_nothing(error):
            await discard(web, attachments)
        raise
    answer: dict[str, object] = {"new": new, "conversation": place.address, "person": speaker.person.id}
    if (renewed := renewed_browser(request)) is not None:
        answer["form_token"] = renewed.form_token
    return JSONResponse(answer, 202)


async def _signed_in_anew(request: Request, browser: Browser, key: str, *, page_key: bool) -> Speaker:
    """With a cookie that nobody else can know: a guest with their first message, and whoever may be another person, or
    have other rights, once this message is handled."""
    web, now, agent = web_of(request), web_of(request).gateway.now(), user_agent(request)
    new = browser.renewed(page_key=page_key)

    def work(uow: UnitOfWork) -> Speaker:
        person = renewed_by(uow, browser, key) or person_of(uow, browser, now, web.settings) or receive_guest(uow)
        renew(uow, browser, new, person, now, agent, key)
        return Speaker(person=person, places=own_conversations(uow, person))

    speaker = await web.gateway.write(work)
    give_cookie(request, new)
    return speaker


async def _asks_again(request: Request, browser: Browser, key: str, refused: HttpRefusal) -> Speaker:
    """Its session was renewed: it goes on where this very request did so and its answer was lost. Raises `refused`."""
    web = web_of(request)
    if await web.gateway.read(lambda uow: renewed_by(uow, browser, key)) is None:
        raise refused
    return await _signed_in_anew(request, browser, key, page_key=True)


async def press(request: Request) -> Response:
    web, browser = web_of(request), _own_browser(request)
    now = web.gateway.now()
    async with bounded_form(request) as form:
        token, key = str(form.get("token", "")), _key(form)
    if not _BUTTON.fullmatch(token):
        raise NotFound("button", "")

    def look(uow: UnitOfWork) -> tuple[Speaker | None, PressedButton | None]:
        return _speaker(uow, browser, web), uow.messages.press(token)

    speaker, pressed = await web.gateway.read(look)
    if speaker is None:
        raise HttpRefusal(401, "session_ended")
    if pressed is None:
        raise NotFound("button", "")
    place, account = speaker.at(pressed.message.conversation)
    _keep_pace(request, web, speaker.person)
    if place.is_room and (menu := await _menu(web, speaker.person, pressed)) is not None:
        return JSONResponse({"menu": [{"label": button.label, "token": button.token} for button in menu]})
    event = ButtonPressed(
        key=key,
        at=now,
        sender=account,
        sender_name=speaker.person.name,
        conversation=place.address,
        in_room=place.is_room,
        token=token,
    )
    new = await web.gateway.accept(event)
    try:
        async with asyncio.timeout(HANDLED_WITHIN):
            await web.gateway.handled(event.key)
    except TimeoutError:
        return JSONResponse({"new": new, "handled": False}, 202)
    return JSONResponse({"new": new, "handled": True}, 202)


async def _menu(web: WebState, person: Person, pressed: PressedButton) -> Sequence[TimelineButton] | None:
    """A card's menu, for whoever opens it in a room; None: the button does something."""
    desk, now = web.settings.desk, web.gateway.now()
    if desk is None or not card_menus.opens(pressed):
        return None

    def work(uow: UnitOfWork) -> Sequence[TimelineButton]:
        context = UseCaseContext(desk=desk, uow=uow, now=now)
        return card_menus.unfold(context, uow.people.get(person.id), pressed)

    try:
        return await web.gateway.write(work)
    except NotAllowed as refused:
        raise NotFound("button", "") from refused


async def seen(request: Request) -> Response:
    web, browser = web_of(request), _own_browser(request)
    now = web.gateway.now()
    async with bounded_form(request) as form:
        wanted, seq = str(form.get("conversation", "")), str(form.get("seq", ""))
    if not (seq.isascii() and seq.isdecimal() and len(seq) < 16):
        raise HttpRefusal(400, "bad_form")

    def look(uow: UnitOfWork) -> tuple[Person, int]:
        person = required_person(uow, browser, now, web.settings)
        place = entered(uow, person, wanted)
        upto = min(int(seq), uow.timeline.last_seq(place.address))
        return person, upto if upto > uow.timeline.seen(place.address, person.id) else 0

    person, upto = await web.gateway.read(look)
    if upto:
        await web.gateway.write(lambda uow: uow.timeline.mark_seen(wanted, person.id, upto))
    return Response(status_code=204)


# --- what a form holds ---
def _form_limits(request: Request, web: WebState, speaker: Speaker | None) -> FormLimits:
    files = web.settings.max_files
    if speaker is not None and speaker.person.verified:
        return FormLimits(size=web.settings.max_body, files=files)
    return FormLimits(size=web.settings.max_guest_body, files=files, guest=address_of(request))


def _key(form: FormData) -> str:
    """Made by the browser, so that a repeated request is the same event."""
    key = str(form.get("key", ""))
    if not _UUID.fullmatch(key):
        raise HttpRefusal(400, "bad_form")
    return f"{CHANNEL}:{key}"


def _reply_to(form: FormData) -> str | None:
    ref = str(form.get("reply_to", ""))
    if not ref:
        return None
    if not (ref.isascii() and ref.isdecimal() and len(ref) < 16):
        raise HttpRefusal(400, "bad_form")
    return ref


# --- who speaks ---
def _own_browser(request: Request) -> Browser:
    browser = browser_of(request, web_of(request).settings)
    require_own_page(browser, request.headers.get("x-masa-token", ""))
    return browser


def _speaker(uow: UnitOfWork, browser: Browser, web: WebState) -> Speaker | None:
    """None: a browser that has not written yet."""
    person = person_of(uow, browser, web.gateway.now(), web.settings)
    return None if person is None else Speaker(person=person, places=own_conversations(uow, person))


def _who(uow: UnitOfWork, browser: Browser, web: WebState) -> Speaker | HttpRefusal | None:
    """Also why not, of one whose session was renewed: it may be asking again."""
    try:
        return _speaker(uow, browser, web)
    except HttpRefusal as refused:
        if refused.reason == "session_renewed":
            return refused
        raise


def _keep_pace(request: Request, web: WebState, person: Person | None) -> None:
    now = web.gateway.now()
    if person is not None:
        if seconds := web.messages.wait(person.id, now):
            raise HttpRefusal(429, "too_fast", retry_after=seconds, seconds=seconds)
    elif seconds := web.guests.wait(address_of(request), now):
        raise HttpRefusal(429, "too_many_guests", retry_after=seconds, seconds=seconds)


def _keep_code_pace(request: Request, web: WebState) -> None:
    """Of an address: a browser may call itself another one with each try."""
    if seconds := web.codes.wait(address_of(request), web.gateway.now()):
        raise HttpRefusal(429, "too_many_codes", retry_after=seconds, seconds=seconds)


def address_of(request: Request) -> str:
    return address_key(request.client.host if request.client else "")
