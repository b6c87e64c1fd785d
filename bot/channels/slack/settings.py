"""What the Slack channel needs to know, parsed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from handlers.content_policy import ContentPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    """Set: signed requests are taken at `/slack/events`."""
    app_token: str = field(default="", repr=False)
    """Set: Socket Mode."""
    base_url: str = "https://slack.com/api"
    """The Web API, without a slash at the end."""
    web_url: str = ""
    """Where people find the web chat. Empty: no links are sent."""
    content: ContentPolicy = "full"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Istanbul"))
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Title of each category, as the catalogue has it."""

    call_seconds: float = 20.0
    """How long the Web API may take to answer; shorter than the relay's patience."""
    ack_seconds: float = 2.3
    """How much of the three seconds to acknowledge a message's files may take; then Slack is let send it again."""
    hello_seconds: float = 15.0
    """How long a new socket may take to say hello."""
    ping_seconds: float = 10.0
    silence_seconds: float = 40.0
    """A socket on which the platform neither spoke nor pinged for so long is deaf, whatever its pongs say."""
    handover_seconds: float = 30.0
    """How long a socket that was told to go may still hand over what it has."""
    retry_seconds: float = 1.0
    """First pause after a failed connection; doubled up to a minute."""

    @property
    def minimal(self) -> bool:
        return self.content == "minimal"
