"""What processes tell each other about their commits."""

from __future__ import annotations

import json
from dataclasses import dataclass

MAX_NOTIFICATION_BYTES = 7_900
"""Bytes of a notification; PostgreSQL takes less than 8,000."""
MAX_CONVERSATIONS = 100
"""Conversations in a notification: who hears of more looks everywhere."""
Some = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """None: some, and nobody knows which."""

    touched: Some = frozenset()
    """Conversations whose timeline changed."""
    waiting: Some = frozenset()
    """Conversations in which an event waits for whoever is free."""

    def __bool__(self) -> bool:
        return self != NO_CHANGES

    def __or__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(_both(self.touched, other.touched), _both(self.waiting, other.waiting))


def _both(one: Some, other: Some) -> Some:
    return None if one is None or other is None else one | other


NO_CHANGES = ChangeSet()
UNKNOWN_CHANGES = ChangeSet(None, None)


def encoded(news: ChangeSet, sender: str) -> str:
    said = json.dumps([sender, _listed(news.touched), _listed(news.waiting)], ensure_ascii=False, separators=(",", ":"))
    if len(said.encode()) > MAX_NOTIFICATION_BYTES:
        return encoded(ChangeSet(news.touched and None, news.waiting and None), sender)
    return said


def _listed(some: Some) -> list[str] | None:
    return None if some is None or len(some) > MAX_CONVERSATIONS else sorted(some)


def decoded(payload: str, own: str) -> ChangeSet:
    """Nothing where `own` sent it. What does not read (another version's) may say anything."""
    try:
        sender, touched, waiting = json.loads(payload)
        news = ChangeSet(_some(touched), _some(waiting))
    except (ValueError, TypeError):
        return UNKNOWN_CHANGES
    return NO_CHANGES if sender == own else news


def _some(listed: list[str] | None) -> Some:
    return None if listed is None else frozenset(listed)
