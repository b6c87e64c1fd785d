"""What the Telegram channel needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.setting_types import ChannelSection, HttpUrl
from handlers.channel_port import ChannelContext
from handlers.content_policy import ContentPolicy


class TelegramSection(ChannelSection):
    """What the operator sets."""

    token: SecretStr = SecretStr("")
    """Empty: the channel is off."""
    base_url: HttpUrl = "https://api.telegram.org"
    """A Bot API server: `{base_url}/bot{token}/{method}`."""
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr = SecretStr("")

    @property
    def is_on(self) -> bool:
        return bool(self.token.get_secret_value())


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """The same, with what the house tells every channel, and the channel's own patience."""

    own: TelegramSection
    context: ChannelContext
    poll_seconds: int = 25
    """How long the server may hold an empty answer back."""
    answer_seconds: float = 10.0
    """How long any answer may take beyond that: a mute socket is noticed after both."""
    album_seconds: float = 1.0
    """How long the first part of an album waits for the others."""
    typing_after: float = 0.7
    """An answer that takes longer is announced by "yazıyor…"."""
    pause_seconds: float = 1.0
    """Between two messages that belong to one delivery, and before a failed poll is tried again."""

    @property
    def token(self) -> str:
        return self.own.token.get_secret_value()

    @property
    def bot_id(self) -> str:
        """The public half of the token."""
        return self.token.partition(":")[0]

    @property
    def base_url(self) -> str:
        return self.own.base_url

    @property
    def mode(self) -> Literal["polling", "webhook"]:
        return self.own.mode

    @property
    def webhook_secret(self) -> str:
        return self.own.webhook_secret.get_secret_value()

    @property
    def content(self) -> ContentPolicy:
        return self.own.content

    @property
    def web_url(self) -> str:
        """Also where a webhook comes in."""
        return self.context.web_url

    @property
    def zone(self) -> ZoneInfo:
        return self.context.zone
