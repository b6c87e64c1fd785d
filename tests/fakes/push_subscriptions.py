from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.people import PersonId, Role, UnitId
from handlers.domain.push import PushSubscription
from tests.fakes.tables import FakeTransaction


class FakePushSubscriptions:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def put(self, subscription: PushSubscription) -> None:
        self._transaction.changing.push_subscriptions[subscription.key] = subscription

    def get(self, key: str, since: datetime) -> PushSubscription | None:
        return next((one for _, one in self._live(since) if one.key == key), None)

    def of(self, person: PersonId, since: datetime) -> Sequence[PushSubscription]:
        found = [one for whose, one in self._live(since) if whose == person]
        return sorted(found, key=lambda one: (one.created_at, one.key))

    def of_unit(self, unit: UnitId, since: datetime) -> Sequence[tuple[PersonId, PushSubscription]]:
        people = self._transaction.seen.people
        found = [
            (whose, one)
            for whose, one in self._live(since)
            if people[whose].unit == unit
            and people[whose].role in (Role.TECHNICIAN, Role.LEAD)
            and not people[whose].gone
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].created_at, pair[1].key))

    def owner(self, key: str) -> PersonId | None:
        known = self._transaction.seen.push_subscriptions.get(key)
        session = None if known is None else self._transaction.seen.sessions.get(known.session)
        return None if session is None else session.person

    def move(self, old: str, new: str) -> None:
        for key, one in list(self._transaction.seen.push_subscriptions.items()):
            if one.session == old:
                self._transaction.changing.push_subscriptions[key] = replace(one, session=new)

    def remove(self, key: str) -> bool:
        return self._transaction.changing.push_subscriptions.pop(key, None) is not None

    def count(self) -> int:
        return len(self._transaction.seen.push_subscriptions)

    def count_deaf(self, house_key: str) -> int:
        return sum(one.house_key not in ("", house_key) for one in self._transaction.seen.push_subscriptions.values())

    def remove_ended(self) -> int:
        ended = [
            key
            for key, one in self._transaction.seen.push_subscriptions.items()
            if (session := self._transaction.seen.sessions.get(one.session)) is not None and session.ended_at
        ]
        return sum(self.remove(key) for key in ended)

    def _live(self, since: datetime) -> list[tuple[PersonId, PushSubscription]]:
        found = []
        for one in self._transaction.seen.push_subscriptions.values():
            session = self._transaction.seen.sessions.get(one.session)
            if session is not None and session.ended_at is None and session.seen_at >= since:
                found.append((session.person, one))
        return found
