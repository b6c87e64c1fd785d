"""What the Slack channel needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.setting_types import ChannelSection, HttpUrl
from handlers.channel_port import ChannelContext
from handlers.content_policy import ContentPolicy


class SlackSection(ChannelSection):
    """What the operator sets."""

    bot_token: SecretStr = SecretStr("")
    """Empty: the channel is off."""
    signing_secret: SecretStr = SecretStr("")
    """Set: signed requests are taken at `/slack/events`."""
    app_token: SecretStr = SecretStr("")
    """Set: Socket Mode."""
    base_url: HttpUrl = "https://slack.com/api"
    """The Web API."""

    @property
    def is_on(self) -> bool:
        return bool(self.bot_token.get_secret_value())


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The same, with what the house tells every channel, and the channel's own patience."""

    own: SlackSection
    context: ChannelContext
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
    def bot_token(self) -> str:
        return self.own.bot_token.get_secret_value()

    @property
    def signing_secret(self) -> str:
        return self.own.signing_secret.get_secret_value()

    @property
    def app_token(self) -> str:
        return self.own.app_token.get_secret_value()

    @property
    def base_url(self) -> str:
        return self.own.base_url

    @property
    def content(self) -> ContentPolicy:
        return self.own.content

    @property
    def web_url(self) -> str:
        return self.context.web_url

    @property
    def zone(self) -> ZoneInfo:
        return self.context.zone

    @property
    def subjects(self) -> Mapping[str, str]:
        return self.context.subjects
