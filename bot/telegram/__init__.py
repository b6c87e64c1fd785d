"""Telegram: updates in by polling or webhook, messages out at the platform's pace."""

from bot.telegram.channel import Telegram
from bot.telegram.checks import checks
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates import to_event

__all__ = ["Telegram", "TelegramSettings", "checks", "to_event"]
