"""What web push needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from bot.setting_types import ChannelSection, Name, is_loopback
from handlers.channel_port import ChannelContext
from handlers.content_policy import ContentPolicy

SERVICES = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")
"""Of Chrome, Edge and Android; of Firefox; of Safari; of Edge. What a browser names beside these is not sent to: the
address comes from a page, and this server would knock wherever it says."""


_PLAIN, _HOST = re.compile(r"[!-~]+"), re.compile(r"[a-z0-9.-]+")
"""Printable ASCII: what urllib passes over in silence, httpx refuses."""


def _contact(value: str) -> str:
    if value and not value.startswith(("mailto:", "https://")):
        raise ValueError("expected mailto:somebody@belediye.example, or an address that begins with https://")
    return value


def _minimal(value: ContentPolicy) -> ContentPolicy:
    if value != "minimal":
        raise ValueError("expected minimal: no more than number and state ever goes to a push service")
    return value


class PushSection(ChannelSection):
    """What the operator sets."""

    contact: Annotated[str, AfterValidator(_contact)] = ""
    """Whom a push service writes to where something is wrong; empty: the channel is off."""
    services: tuple[Name, ...] = SERVICES
    content: Annotated[ContentPolicy, AfterValidator(_minimal)] = "minimal"

    @property
    def is_on(self) -> bool:
        return bool(self.contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSettings:
    """The same, with what the house tells every channel, and the channel's own patience."""

    own: PushSection
    context: ChannelContext
    call_seconds: float = 20.0
    """How long a push service may take to answer; shorter than the relay's patience."""

    def accepts(self, endpoint: str) -> bool:
        """Whether it is an address of one of the push services. Plain http only to this machine itself, where a server
        for trying out may stand."""
        try:
            parts = urlsplit(endpoint)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if parts.username or parts.password or not _PLAIN.fullmatch(endpoint) or not _HOST.fullmatch(host):
            return False
        named = any(host == service or host.endswith(f".{service}") for service in self.own.services)
        if parts.scheme == "http":
            return named and is_loopback(endpoint)
        return parts.scheme == "https" and named and port in (None, 443)
