"""The Web API over one shared session, without the SDK's own blind repeats: a post repeated is a message twice."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.settings import SlackSettings

QUIET = logging.getLogger("slack")
QUIET.setLevel(logging.WARNING)  # at DEBUG the SDK and Bolt log whole messages


def session(settings: SlackSettings) -> aiohttp.ClientSession:
    """To be made inside the running loop, and closed there."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=settings.call_seconds, sock_connect=settings.call_seconds / 2)
    )


def web_client(settings: SlackSettings, shared: aiohttp.ClientSession, token: str | None) -> AsyncWebClient:
    return AsyncWebClient(
        token=token,
        base_url=f"{settings.base_url}/",
        timeout=int(settings.call_seconds),
        session=shared,
        retry_handlers=[],
        logger=QUIET,
    )
