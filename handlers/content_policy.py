"""What of a message may leave the house on a foreign platform: the setting `content`, decided once for all channels."""

from __future__ import annotations

from typing import Literal

from handlers.messages import Delivery

ContentPolicy = Literal["full", "minimal"]
"""`minimal`: of a ticket only its number, its state and a link to the web chat leave the house."""
SOMETHING_WAITS = "Masada sizin için yeni bir mesaj var."


def withheld(delivery: Delivery, policy: ContentPolicy) -> bool:
    """Whether the text, the buttons and the files of this message stay in the house."""
    return policy == "minimal" and delivery.confidential


def notice_instead(delivery: Delivery) -> str:
    """What is sent in place of a withheld message; the channel adds its link to the web chat."""
    return delivery.minimal or SOMETHING_WAITS
