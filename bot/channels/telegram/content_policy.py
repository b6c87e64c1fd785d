"""What of a message may leave the house: all of it, or under the "minimal" policy a ticket's number and state only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.refs import is_room
from bot.channels.telegram.settings import TelegramSettings
from handlers.messages import END, LINK, SEP, Delivery, TimelineButton, TimelineFile

REPLY_HINT = "Yazacaksanız bu iletiyi yanıtlayarak yazın."
WITHOUT_CONTENT = frozenset(
    {
        "notice",
        "who_name",
        "who_name_again",
        "who_department",
        "who_room",
        "contact_unknown",
        "declined",
        "greeting",
        "help",
        "room_bound",
        "bystander",
        "notice_waits",
        "sent_in_private",
        "outage_gap",
        "you_are_welcome",
    }
)
"""Templates that say nothing of any ticket or report."""


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    """Marked text."""
    buttons: Sequence[TimelineButton] = ()
    files: Sequence[TimelineFile] = ()


def shown(delivery: Delivery, settings: TelegramSettings) -> Shown:
    if settings.content == "full" or delivery.kind in WITHOUT_CONTENT:
        return Shown(_with_hint(delivery), delivery.buttons, delivery.files)
    link = f"\n{LINK}/{SEP}{settings.web_url}{END}" if settings.web_url else ""
    return Shown(f"{delivery.minimal or 'Yardım Masası yanıtladı.'}{link}")


def _with_hint(delivery: Delivery) -> str:
    """In a group a bot sees what answers its messages, and not what is said beside them."""
    asks = delivery.kind.startswith("prompt_") and bool(delivery.buttons)
    return f"{delivery.text}\n{REPLY_HINT}" if asks and is_room(delivery.conversation) else delivery.text
