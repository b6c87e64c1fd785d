"""Slack: Socket Mode or signed HTTP in, Block Kit out.

What the registry needs of it. The library is large: it is imported where the channel is opened or asked, not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.channels.slack.settings import SlackSection, SlackSettings
from bot.diagnostics.finding import Finding
from handlers.channel_port import ChannelContext, ChannelGateway, Translate

if TYPE_CHECKING:
    from bot.channels.slack.channel import Slack

__all__ = ["SlackSection", "diagnose", "open_channel", "translator"]


def translator() -> Translate:
    from bot.channels.slack.inbound import to_event

    return to_event


def open_channel(gateway: ChannelGateway, own: SlackSection, context: ChannelContext) -> Slack:
    from bot.channels.slack.channel import Slack

    return Slack(gateway, SlackSettings(own=own, context=context))


def diagnose(own: SlackSection, context: ChannelContext, rooms: Mapping[str, str]) -> list[Finding]:
    from bot.channels.slack.diagnostics import checks

    return checks(SlackSettings(own=own, context=context), rooms)
