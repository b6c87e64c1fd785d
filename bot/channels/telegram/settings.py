"""What the Telegram channel needs to know, parsed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from handlers.content_policy import ContentPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    """A Bot API server, without a slash at the end: `{base_url}/bot{token}/{method}`."""
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: str = field(default="", repr=False)
    web_url: str = ""
    """Where people find the web chat; also where a webhook comes in. Empty: no links are sent."""
    content: ContentPolicy = "full"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Istanbul"))

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
    def bot_id(self) -> str:
        """The public half of the token."""
        return self.token.partition(":")[0]
