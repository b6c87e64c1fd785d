"""A conversation as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.web.auth.browser_session import own_conversations
from bot.web.rendering import bare_html, exact_time, local, marked_html, page, shown_name
from bot.web.settings import WebSettings
from handlers.domain.people import Person, PersonId
from handlers.messages import Standing, TimelineMessage, plain
from handlers.ports import Conversation, UnitOfWork
from handlers.terms import STATES
from knowledge.language.folding import folded

PAGE = 50
SEARCHED = 2000
"""How many messages back a search looks."""
FOUND = 50
DESK = "Yardım Masası"
GUEST = "Misafir"
RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
"""Shown in the page; everything else is a download."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What a message answers."""

    id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message, with what its fragment needs from elsewhere."""

    message: TimelineMessage
    quoted: Quoted | None = None


def shown(uow: UnitOfWork, person: Person, messages: Sequence[TimelineMessage]) -> tuple[Shown, ...]:
    return tuple(Shown(message=message, quoted=_quoted(uow, person, message)) for message in messages)


def _quoted(uow: UnitOfWork, person: Person, message: TimelineMessage) -> Quoted | None:
    if message.reply_to is None:
        return None
    standing = uow.messages.by_ref(message.conversation, str(message.reply_to))
    if standing is None:
        return None
    text = plain(standing.text) if standing.author is None else standing.text
    return Quoted(id=standing.id, name=_author(uow, person, standing), text=" ".join(text.split())[:140])


def _author(uow: UnitOfWork, person: Person, standing: Standing) -> str:
    if standing.author is None:
        return DESK
    if standing.author == person.id:
        return "Siz"
    return shown_name(uow.people.get(PersonId(standing.author)).name)


@dataclass(frozen=True, slots=True)
class Reader:
    """Through whose eyes a message is rendered."""

    person: int | None
    base: str
    settings: WebSettings

    def html(self, item: Shown) -> str:
        return page("message.html", **self.view(item))

    def view(self, item: Shown) -> dict[str, Any]:
        message = item.message
        at = local(message.at, self.settings.zone)
        return {
            "m": message,
            "base": self.base,
            "side": "desk" if message.author is None else "mine" if message.author == self.person else "other",
            "name": DESK if message.author is None else message.author_name,
            "body": self._body(message),
            "clock": f"{at:%H:%M}" if at else "",
            "exact": exact_time(at, self.settings.zone) if at else "",
            "quoted": item.quoted,
            "key": message.event_key if message.author == self.person else "",
            "raster": RASTER,
        }

    def _body(self, message: TimelineMessage) -> Markup:
        return marked_html(message.text, self.settings.zone) if message.author is None else bare_html(message.text)


# --- the list on the left ---
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A conversation in the list."""

    address: str
    title: str
    is_room: bool
    unread: int
    last_seq: int
    preview: str
    at: str
    clock: str
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    id: int
    number: str
    subject: str
    state: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    who: str
    """Name and place of the reader, for the head of the list."""
    places: tuple[Place, ...]
    tickets: tuple[OpenTicket, ...]


def title(place: Conversation, settings: WebSettings, *, first: bool) -> str:
    if place.is_room:
        return shown_name(place.title) or settings.units.get(place.unit or "", place.unit or "Birim grubu")
    return DESK if first else f"{DESK} · önceki"


def side(uow: UnitOfWork, person: Person | None, settings: WebSettings, now: datetime) -> Side:
    if person is None:
        empty = Place(
            address="", title=DESK, is_room=False, unread=0, last_seq=0, preview="", at="", clock="", exact=""
        )
        return Side(who=GUEST, places=(empty,), tickets=())
    conversations = own_conversations(uow, person)
    unread = uow.timeline.unread(person.id, [place.address for place in conversations])
    return Side(
        who=_who(person, settings),
        places=tuple(
            _place(uow, place, title(place, settings, first=index == 0), unread.get(place.address, 0), settings, now)
            for index, place in enumerate(conversations)
        ),
        tickets=tuple(
            OpenTicket(
                id=ticket.id,
                number=ticket.number,
                subject=settings.subject(ticket.category),
                state=ticket.state.value,
                word=STATES[ticket.state],
            )
            for ticket in uow.tickets.open_of_reporter(person.id)
        ),
    )


def _who(person: Person, settings: WebSettings) -> str:
    unit = settings.units.get(person.unit or "", "")
    return " · ".join(part for part in (shown_name(person.name) or GUEST, unit or person.department) if part)


def _place(uow: UnitOfWork, place: Conversation, name: str, unread: int, settings: WebSettings, now: datetime) -> Place:
    last = uow.timeline.page(place.address, limit=1)
    preview, at = "", None
    if last:
        text = plain(last[0].text) if last[0].author is None else last[0].text
        preview = " ".join(text.split())[:90] or ("Dosya" if last[0].files else "")
        at = local(last[0].at, settings.zone)
    today = at is not None and at.date() == now.astimezone(settings.zone).date()
    return Place(
        address=place.address,
        title=name,
        is_room=place.is_room,
        unread=unread,
        last_seq=uow.timeline.last_seq(place.address),
        preview=preview,
        at=last[0].at if last else "",
        clock="" if at is None else f"{at:%H:%M}" if today else f"{at:%d.%m}",
        exact=exact_time(at, settings.zone) if at else "",
    )


# --- searching ---
def search(uow: UnitOfWork, conversation: str, words: str) -> tuple[TimelineMessage, ...]:
    """Messages that hold the words, literally (`%` and `_` are letters too) and in any spelling; newest last."""
    wanted = folded(words)
    found: list[TimelineMessage] = []
    before: int | None = None
    for _ in range(SEARCHED // 200):
        batch = uow.timeline.page(conversation, before=before, limit=200)
        found[:0] = [message for message in batch if wanted in folded(_searched(message))]
        if len(batch) < 200 or len(found) >= FOUND:
            break
        before = batch[0].id
    return tuple(found[-FOUND:])


def _searched(message: TimelineMessage) -> str:
    text = plain(message.text) if message.author is None else message.text
    return "\n".join((text, *(file.name for file in message.files)))
