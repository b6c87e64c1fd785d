"""Web push: what rings somebody's browser although no page of ours is open. Nothing comes in this way.

What the registry needs of it. Its cryptography is imported where the channel is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.push.settings import PushSection, PushSettings
from bot.diagnostics.finding import Finding, ok, warning
from handlers.channel_port import ChannelContext, ChannelGateway, Translate
from handlers.events import Event

if TYPE_CHECKING:
    from bot.channels.push.channel import Push

__all__ = ["PushSection", "diagnose", "open_channel", "translator"]


def translator() -> Translate:
    def nothing(_payload: str, _key: str, _received_at: datetime) -> Event | None:
        return None

    return nothing


def open_channel(gateway: ChannelGateway, own: PushSection, context: ChannelContext) -> Push:
    from bot.channels.push.channel import Push

    return Push(gateway, PushSettings(own=own, context=context))


def diagnose(own: PushSection, context: ChannelContext, _rooms: Mapping[str, str]) -> list[Finding]:
    """Nobody is asked: there is nothing to be had of a push service without a browser of its own."""
    if context.web_url and not context.web_url.startswith("https://"):
        return [
            warning(
                "Tarayıcı bildirimi",
                f"açık, ama adres https değil: {context.web_url}",
                "Tarayıcılar bildirimi yalnızca https adreslerinde verir: docs/https-in-the-house.md.",
            )
        ]
    return [ok("Tarayıcı bildirimi", f"açık; {', '.join(own.services)}")]
