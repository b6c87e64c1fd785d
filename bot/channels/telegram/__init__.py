"""Telegram: updates in by polling or webhook, messages out at the platform's pace."""

from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.diagnostics import checks
from bot.channels.telegram.inbound import to_event
from bot.channels.telegram.settings import TelegramSettings

__all__ = ["Telegram", "TelegramSettings", "checks", "to_event"]
