"""What of a message may leave the house: all of it, or under the "minimal" policy a ticket's number and state only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.telegram.settings import TelegramSettings
from handlers.messages import END, LINK, SEP, Delivery, TimelineButton, TimelineFile

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
        return Shown(delivery.text, delivery.buttons, delivery.files)
    link = f"\n{LINK}/{SEP}{settings.web_url}{END}" if settings.web_url else ""
    return Shown(f"{delivery.minimal or 'Yardım Masası yanıtladı.'}{link}")
