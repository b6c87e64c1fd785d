"""Browsers that ring although no page of ours is open: what the browser gave, so that it can be reached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

CHANNEL = "push"
LISTENS_FOR = timedelta(days=30)
"""A session that nobody used for so long rings no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSubscription:
    """`endpoint`: where the browser's maker takes what is meant for it; the keys are the browser's, as it gave them."""

    session: str
    """The signed-in browser; whose it is, is whose it rings for."""
    endpoint: str
    public_key: str
    auth: str
    created_at: datetime
    house_key: str = ""
    """The public key of the house that it was given: for what is signed with another one it does not ring. Empty: not
    known."""

    @property
    def key(self) -> str:
        """The same browser subscribes once."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()[:32]

    @property
    def address(self) -> str:
        """Of its place in the outbox; nobody speaks there."""
        return address_of(self.key)


def address_of(key: str) -> str:
    return f"{CHANNEL}:p:{key}"


def key_of(address: str) -> str:
    return address.removeprefix(f"{CHANNEL}:p:")
