"""Telegram: updates in by polling or webhook, messages out at the platform's pace.

What the registry needs of it. The library is large: it is imported where the channel is opened or asked, not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.channels.telegram.settings import TelegramSection, TelegramSettings
from bot.diagnostics.finding import Finding
from handlers.channel_port import ChannelContext, ChannelGateway, Translate

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Telegram

__all__ = ["TelegramSection", "diagnose", "open_channel", "translator"]


def translator() -> Translate:
    from bot.channels.telegram.inbound import to_event

    return to_event


def open_channel(gateway: ChannelGateway, own: TelegramSection, context: ChannelContext) -> Telegram:
    from bot.channels.telegram.channel import Telegram

    return Telegram(gateway, TelegramSettings(own=own, context=context))


def diagnose(own: TelegramSection, context: ChannelContext, rooms: Mapping[str, str]) -> list[Finding]:
    from bot.channels.telegram.diagnostics import checks

    return checks(TelegramSettings(own=own, context=context), rooms)
