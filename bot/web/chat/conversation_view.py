"""A conversation as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.web.auth.browser_session import CHANNEL
from bot.web.rendering import bare_html, exact_time, local, marked_html, page, shown_name
from bot.web.settings import WebSettings
from handlers.domain.people import Person
from handlers.messages import TimelineMessage
from handlers.ports import Conversation, UnitOfWork
from handlers.queries.conversations import ListedConversation, ReadMessage, bare, listed
from handlers.queries.own_tickets import OwnTicket, own_tickets
from handlers.terms import STATES

PAGE = 50
OWN_WORDS = 90
"""Letters of a ticket's words in the list."""
DESK = "Yardım Masası"
GUEST = "Misafir"
RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
"""Shown in the page; everything else is a download."""

_NONE_FILLED = frozenset(
    {"cancel_which", "clarify", "erase_sure", "fact", "my_data", "noted", "notice_waits", "reopened", "reply_kept"}
    | {"ticket", "tip_worked", "update_closed"}
)
"""Questions that may be left open, choices of which none is likelier, and what takes something back."""
_FOLDS = "‹"
"""The button that folds a card's menu begins with it: of a menu nothing is likelier either."""


def filled(message: TimelineMessage) -> int:
    """Which button stands out as the one to press, from 0; -1: none."""
    aside = message.kind in _NONE_FILLED or message.kind.startswith("prompt")
    return -1 if aside or any(button.label.startswith(_FOLDS) for button in message.buttons) else 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Through whose eyes a message is rendered."""

    person: int | None
    base: str
    settings: WebSettings
    sees_panel: bool = False
    """Numbers of tickets lead to their pages."""

    def html(self, item: ReadMessage) -> str:
        return page("message.html", **self.view(item))

    def view(self, item: ReadMessage) -> dict[str, Any]:
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
            "quoted_name": self._name(item.quoted.author) if item.quoted else "",
            "key": message.event_key if message.author == self.person else "",
            "raster": RASTER,
            "filled": filled(message),
        }

    def _name(self, author: Person | None) -> str:
        if author is None:
            return DESK
        return "Siz" if author.id == self.person else shown_name(author.name)

    def _body(self, message: TimelineMessage) -> Markup:
        if message.author is not None:
            return bare_html(message.text)
        return marked_html(message.text, self.settings.zone, self.base, to_tickets=self.sees_panel)


# --- the list on the left ---
@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
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
class TicketRow:
    """One of one's own, in the list."""

    id: int
    number: str
    short: str
    subject: str
    words: str
    """Its reporter's own."""
    state: str
    word: str
    more: str
    """Who has it, or how many stand before it."""
    may_reopen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    who: str
    """Name and place of the reader, for the head of the list."""
    places: tuple[ConversationRow, ...]
    tickets: tuple[TicketRow, ...]


def title(place: Conversation, settings: WebSettings, *, first: bool) -> str:
    if place.is_room:
        return shown_name(place.title) or settings.units.get(place.unit or "", place.unit or "Birim grubu")
    return DESK if first else f"{DESK} · önceki"


def side(uow: UnitOfWork, person: Person | None, settings: WebSettings, now: datetime) -> Side:
    if person is None:
        empty = ConversationRow(
            address="", title=DESK, is_room=False, unread=0, last_seq=0, preview="", at="", clock="", exact=""
        )
        return Side(who=GUEST, places=(empty,), tickets=())
    return Side(
        who=_who(person, settings),
        places=tuple(
            _place(place, title(place.conversation, settings, first=index == 0), settings, now)
            for index, place in enumerate(listed(uow, person, CHANNEL))
        ),
        tickets=tuple(_ticket(own, settings) for own in own_tickets(uow, person, now)),
    )


def _ticket(own: OwnTicket, settings: WebSettings) -> TicketRow:
    ticket, living = own.ticket, own.living
    more = ""
    if own.holder is not None:
        more = shown_name(own.holder.name)
    elif own.ahead is not None and settings.tells_places:
        more = f"önünüzde {own.ahead} kayıt var" if own.ahead else "sıradaki ilk kayıt"
    return TicketRow(
        id=ticket.id,
        number=ticket.number,
        short=ticket.short,
        subject=settings.subject(ticket.category),
        words=_line(ticket.text),
        state=living.state.value,
        word=STATES[living.state],
        more=more,
        may_reopen=own.may_reopen,
    )


def _line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= OWN_WORDS else line[:OWN_WORDS].rsplit(" ", 1)[0] + " …"


def _who(person: Person, settings: WebSettings) -> str:
    unit = settings.units.get(person.unit or "", "")
    return " · ".join(part for part in (shown_name(person.name) or GUEST, unit or person.department) if part)


def _place(place: ListedConversation, name: str, settings: WebSettings, now: datetime) -> ConversationRow:
    preview, at = "", None
    if place.last is not None:
        preview = " ".join(bare(place.last).split())[:90] or ("Dosya" if place.last.files else "")
        at = local(place.last.at, settings.zone)
    today = at is not None and at.date() == now.astimezone(settings.zone).date()
    return ConversationRow(
        address=place.conversation.address,
        title=name,
        is_room=place.conversation.is_room,
        unread=place.unread,
        last_seq=place.last_seq,
        preview=preview,
        at=place.last.at if place.last else "",
        clock="" if at is None else f"{at:%H:%M}" if today else f"{at:%d.%m}",
        exact=exact_time(at, settings.zone) if at else "",
    )
