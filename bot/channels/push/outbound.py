"""Brings one notice to the push service of somebody's browser (RFC 8030)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import structlog

from bot.channels.push.encryption import BadKeys, BrowserKeys, HouseKey, sealed
from bot.channels.push.settings import PushSettings
from handlers.channel_port import ChannelGateway, RateLimit
from handlers.content_policy import notice_instead
from handlers.domain.push import LISTENS_FOR, PushSubscription, key_of
from handlers.domain.states import Priority
from handlers.domain.ticket import TicketId
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from handlers.people import push
from handlers.ports import UnitOfWork

PACE = RateLimit(per_second=50, gap_seconds=0.0)
TTL = timedelta(hours=12)
"""So long a push service keeps it for a browser that is not there; what is older says nothing new."""
URGENT_TTL = timedelta(hours=4)
NEVER_THERE, GONE = "never there", "gone"
"""In place of a push service's own name for what it took: nobody is there to whom it could be brought."""
_RETRIED = frozenset({408, 425, 429})

log = structlog.get_logger(__name__)


class PushSender:
    """Implements handlers.channel_port.Sender."""

    def __init__(
        self, gateway: ChannelGateway, settings: PushSettings, key: Callable[[], HouseKey], client: httpx.AsyncClient
    ) -> None:
        self._gateway, self._settings, self._key, self._client = gateway, settings, key, client

    @property
    def rate_limit(self) -> RateLimit:
        return PACE

    async def send(self, delivery: Delivery) -> Outcome:
        now = self._gateway.now()

        def look(uow: UnitOfWork) -> tuple[PushSubscription | None, bool]:
            known = uow.push_subscriptions.get(key_of(delivery.conversation), now - LISTENS_FOR)
            return known, _is_urgent(uow, delivery)

        found, urgent = await self._gateway.read(look)
        if found is None or (delivery.created_at is not None and now - delivery.created_at > TTL):
            return Delivered(NEVER_THERE)  # signed out meanwhile, or too late to be of use
        if not self._settings.accepts(found.endpoint):
            return await self._gone(found)
        try:
            keys = BrowserKeys.read(found.public_key, found.auth)
        except BadKeys:
            return await self._gone(found)
        return await self._posted(found, sealed(self._said(delivery, urgent=urgent), keys), urgent=urgent, now=now)

    def _said(self, delivery: Delivery, *, urgent: bool) -> bytes:
        """No name, no word of anybody: what the content policy leaves of a message on a foreign platform."""
        tag = f"kayit-{delivery.ticket}" if delivery.ticket is not None else "masa"
        said = {"text": notice_instead(delivery), "tag": tag, "id": delivery.id, "urgent": urgent}
        return json.dumps(said, separators=(",", ":")).encode()

    async def _posted(self, found: PushSubscription, body: bytes, *, urgent: bool, now: datetime) -> Outcome:
        lives = URGENT_TTL if urgent else TTL
        headers = {
            "Authorization": self._key().authorisation(found.endpoint, self._settings.own.contact, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(lives.total_seconds())),
            "Urgency": "high" if urgent else "normal",
        }
        try:
            answer = await self._client.post(found.endpoint, content=body, headers=headers)
        except httpx.InvalidURL:
            return await self._gone(found)  # it can be sent to never
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return RetryAt(0, type(error).__name__)
        except httpx.HTTPError as error:
            return RetryAt(0, type(error).__name__, unsure=True)
        return await self._judged(found, answer, now)

    async def _judged(self, found: PushSubscription, answer: httpx.Response, now: datetime) -> Outcome:
        code = answer.status_code
        if answer.is_success:
            return Delivered(answer.headers.get("location", "")[-200:] or "taken")
        if code in (404, 410):
            return await self._gone(found)
        if code in _RETRIED or code >= 500:
            return RetryAt(_asked_for(answer, now), f"HTTP {code}")
        return GaveUp(f"HTTP {code}")

    async def _gone(self, found: PushSubscription) -> Outcome:
        """The browser wants no more of it, or is no more: nothing of it is kept, and no operator need look at it."""
        await self._gateway.write(lambda uow: push.forget(uow, found.key))
        log.info("push_subscription_gone", key=found.key)
        return Delivered(GONE)


def _is_urgent(uow: UnitOfWork, delivery: Delivery) -> bool:
    if delivery.ticket is None:
        return False
    ticket = uow.tickets.get(TicketId(delivery.ticket))
    return ticket.priority is Priority.URGENT and ticket.state.active


def _asked_for(answer: httpx.Response, now: datetime) -> float:
    """`Retry-After`: seconds, or a date."""
    said = answer.headers.get("retry-after", "")
    if said.isascii() and said.isdecimal():
        return float(min(int(said), 86_400))
    try:
        return max((parsedate_to_datetime(said) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0
