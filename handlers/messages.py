"""What goes out, neutral of the channel.

Texts are rendered from the templates to *marked text*: plain text with a few spans between private-use characters, so
that user text can never be taken for markup. A channel turns the spans into its own: HTML, mrkdwn, Rich, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

BOLD, QUOTE, TIME, CODE, LINK, ALARM, END, SEP = "\ue000\ue001\ue002\ue003\ue004\ue005\ue00e\ue00f"
"""Openers of the spans; END closes each. TIME holds `<ISO 8601 UTC> SEP <text>`, LINK holds `<path> SEP <text>`; what
begins with an ALARM is of an emergency, and looks like it where there are colours."""
FOLD = "\ue006"
"""Alone, once in a text: what stands after it, under its first line, is folded where a channel can do that."""
CARD = "card:"
"""A ticket's card stands in the slot CARD + its id; on a platform what else is said of the ticket goes under it."""
LISTS = frozenset({"found", "prompt_merge", "work_similar"})
"""Kinds of what repeats words of tickets that it does not belong to, beside their numbers."""
TO_WHO_LEFT = frozenset({"errors/gone"})
"""Kinds of what is still sent to somebody who has left, because they wrote; anything else stays in the timeline."""
_MARKS = re.compile("[\ue000-\ue00f]")
_SPAN = re.compile(f"([\ue000-\ue005])([^{END}]*){END}")


def unmarked(text: str) -> str:
    """User text without any character that could open or close a span."""
    return _MARKS.sub("", text)


def plain(text: str) -> str:
    """Marked text as bare text (terminal `--json`, search, logs never)."""
    return render(text, lambda _mark, _arg, body: body, lambda bare: bare)


def render(text: str, span: Callable[[str, str, str], str], bare: Callable[[str], str]) -> str:
    """Marked text with every span given to `span(mark, argument, body)` and every stretch between to `bare`.

    `argument` is the ISO time of a TIME or the path of a LINK, else empty. Spans do not nest.
    """
    out: list[str] = []
    end = 0
    for match in _SPAN.finditer(text):
        out.append(bare(unmarked(text[end : match.start()])))
        argument, _, body = match[2].rpartition(SEP)
        out.append(span(match[1], argument, unmarked(body)))
        end = match.end()
    out.append(bare(unmarked(text[end:])))
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is what the desk does when it is pressed: `claim:17`. Users and channels only ever see a token."""

    label: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one conversation.

    `slot` names a message that is edited in place: a later Outgoing with the same conversation and slot replaces it.
    With `fresh` it is posted anew at the end and takes over the slot; the old one loses its buttons.
    """

    conversation: str
    text: str
    buttons: tuple[Button, ...] = ()
    files: tuple[str, ...] = ()
    slot: str | None = None
    fresh: bool = False
    rings: bool = True
    """False: no notification (a card edited, a receipt)."""
    ticket: int | None = None
    kind: str = ""
    """Name of the template it came from: `suggestion`, `card`, `digest` …"""
    minimal: str | None = None
    """What a channel under the "minimal" policy sends instead: number, state and nothing of the content."""
    confidential: bool = True
    """Withheld under the "minimal" policy (see handlers.content_policy). False only for fixed texts of the desk."""

    def __post_init__(self) -> None:
        if self.ticket is not None and not self.confidential:
            raise ValueError("what is said of a ticket is confidential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a person wrote, as it lies in the timeline."""

    conversation: str
    person: int
    text: str
    files: tuple[str, ...] = ()
    reply_to: int | None = None
    native_ref: str | None = None
    event_key: str = ""
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedMessage:
    """A message that stands in a conversation, as a handler needs to know it."""

    id: int
    conversation: str
    author: int | None
    """None: the desk."""
    ticket: int | None
    slot: str | None
    kind: str
    text: str
    event_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedButton:
    """What a token stands for. `live` is False once its message was edited and the button went away."""

    action: str
    label: str
    message: PostedMessage
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineButton:
    label: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMessage:
    """A message as a reader of the timeline sees it (web, terminal).

    `seq` grows with every change in the conversation; `edited` tells that it changed after it was first written.
    """

    id: int
    seq: int
    first_seq: int
    conversation: str
    author: int | None
    author_name: str
    text: str
    """Marked text of the desk, or the bare text of a person."""
    buttons: tuple[TimelineButton, ...] = ()
    files: tuple[TimelineFile, ...] = ()
    reply_to: int | None = None
    at: str = ""
    """ISO 8601, UTC."""
    kind: str = ""
    ticket: int | None = None
    rings: bool = True
    deleted: bool = False
    event_key: str = ""
    """Of the event that brought it: the client that sent it recognises its own."""

    @property
    def edited(self) -> bool:
        return self.seq != self.first_seq


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFile:
    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Delivered:
    ref: str


@dataclass(frozen=True, slots=True)
class RetryAt:
    seconds: float
    why: str
    unsure: bool = False
    """Nobody can tell whether this attempt reached the platform; the later ones know by `Delivery.may_have_arrived`."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    why: str


Outcome = Delivered | RetryAt | GaveUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the outbox, leased to a relay. `edit_ref`: the platform's id of the message to edit; None: post it."""

    id: int
    conversation: str
    channel: str
    message_id: int
    attempt: int
    text: str
    buttons: tuple[TimelineButton, ...] = ()
    files: tuple[TimelineFile, ...] = ()
    edit_ref: str | None = None
    reply_ref: str | None = None
    """The platform's id of the card, where this is about a ticket whose card stands there."""
    rings: bool = True
    kind: str = ""
    ticket: int | None = None
    minimal: str | None = None
    confidential: bool = True
    created_at: datetime | None = None
    """When it became due for the first time; what is too old is given up."""
    may_have_arrived: bool = False
    """Whether an earlier attempt may have reached the platform: no answer came, or its process died before it could
    record one."""
    error: str = ""
    """Why the last attempt failed, for people to read."""
