"""Browsers ring for what is signed with the key that they were given, and for nothing else: which of them a key
reaches no longer."""

from __future__ import annotations

from pathlib import Path

from bot.channels.push.encryption import HouseKey
from storage import Store


def deaf_browsers(store: Store, key: Path) -> int:
    """How many know another key than the one in that file; all where there is none. Raises ValueError for what is no
    key."""
    try:
        public = HouseKey(bytes.fromhex(key.read_text("ascii").strip())).public
    except FileNotFoundError:
        return store.read(lambda uow: uow.push_subscriptions.count())
    return store.read(lambda uow: uow.push_subscriptions.count_deaf(public))
