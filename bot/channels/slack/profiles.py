"""Who the workspace says somebody is: their name, and the e-mail under which the staff list may know them."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.errors import NETWORK
from bot.channels.slack.inbound import SlackEnvelope
from bot.channels.slack.refs import CHANNEL
from handlers.channel_port import ChannelGateway
from handlers.domain.people import Account
from handlers.ports import Arrival
from handlers.queries.accounts import is_known_for_sure

ASKED_WITHIN = 1.0
"""Seconds; a slow answer must not cost the acknowledgement of the message that asked."""
_log = structlog.get_logger("slack")


@dataclass(frozen=True, slots=True)
class Profile:
    name: str = ""
    email: str = ""
    """Empty: none, or not to be trusted (a guest, another organisation's, not confirmed)."""


class Profiles:
    """Asked once a person and process, and only of those whom the desk does not know for sure."""

    def __init__(self, client: AsyncWebClient, gateway: ChannelGateway) -> None:
        self._client = client
        self._gateway = gateway
        self._known: set[str] = set()
        self._found: dict[str, Profile] = {}

    async def of(self, user: str) -> Profile:
        """Empty where nothing need be known, or nothing could be learnt in time."""
        if user in self._known or not user:
            return Profile()
        if user not in self._found:
            if await self._gateway.read(lambda uow: is_known_for_sure(uow, Account(CHANNEL, user))):
                self._known.add(user)
                return Profile()
            profile = await self._ask(user)
            if profile is None:
                return Profile()
            self._found[user] = profile
        return self._found[user]

    def stored(self, user: str) -> None:
        """The desk has been told."""
        if self._found.pop(user, None) is not None:
            self._known.add(user)

    async def _ask(self, user: str) -> Profile | None:
        try:
            async with asyncio.timeout(ASKED_WITHIN):
                answer = await self._client.users_info(user=user)
        except NETWORK as error:
            _log.warning("slack_profile_unknown", error=type(error).__name__)
            return None
        member = answer["user"]
        profile = member.get("profile") or {}
        stranger = (
            member.get("is_bot")
            or member.get("is_restricted")
            or member.get("is_ultra_restricted")
            or member.get("is_stranger")
            or member.get("deleted")
            or member.get("is_email_confirmed") is False
        )
        name = profile.get("real_name") or member.get("real_name") or member.get("name") or ""
        return Profile(name=name, email="" if stranger else profile.get("email") or "")


def introduction(team: str, user: str, profile: Profile, before: Arrival) -> Arrival:
    """Tells the desk who writes, to be stored and handled before what they did. Once a person and e-mail.

    It waits in the same line as what it comes before, be that a room.
    """
    envelope: SlackEnvelope = {"email": profile.email, "user": user, "name": profile.name}
    digest = hashlib.sha256(profile.email.lower().encode()).hexdigest()[:16]
    return Arrival(
        key=f"{CHANNEL}:{team}:profile:{user}:{digest}",
        channel=CHANNEL,
        conversation=before.conversation,
        payload=json.dumps(envelope),
        received_at=before.received_at,
    )
