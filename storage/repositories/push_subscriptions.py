"""Browsers that ring although no page of ours is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, update

from handlers.domain.people import PersonId, Role, UnitId
from handlers.domain.push import PushSubscription
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import person, push_subscription, session


class PushSubscriptionRow(NamedTuple):
    session: str
    endpoint: str
    public_key: str
    auth: str
    created_at: datetime
    house_key: str


class WorkersSubscriptionRow(NamedTuple):
    session: str
    endpoint: str
    public_key: str
    auth: str
    created_at: datetime
    house_key: str
    person: PersonId


_WORKS = or_(*(person.c.role == literal_column(f"'{role}'") for role in (Role.TECHNICIAN, Role.LEAD)))
_OWN = push_subscription.c.key == bindparam("of_key")
_WITH_SESSION = push_subscription.join(session, session.c.token_hash == push_subscription.c.session)
_LIVE = (session.c.ended_at.is_(None), session.c.seen_at >= bindparam("since", type_=session.c.seen_at.type))
_KNOWN = select(*columns(push_subscription, PushSubscriptionRow)).select_from(_WITH_SESSION).where(*_LIVE)
_PUT = prepared(
    upsert(
        lambda insert: (adding := insert(push_subscription)).on_conflict_do_update(
            index_elements=["key"],
            set_={name: adding.excluded[name] for name in ("session", "public_key", "auth", "created_at", "house_key")},
        )
    )
)
_GET = prepared(_KNOWN.where(_OWN), PushSubscriptionRow)
_OF = prepared(
    _KNOWN.where(session.c.person == bindparam("of_person")).order_by(
        push_subscription.c.created_at, push_subscription.c.key
    ),
    PushSubscriptionRow,
)
_OF_UNIT = prepared(
    select(*columns(push_subscription, PushSubscriptionRow), session.c.person)
    .select_from(_WITH_SESSION.join(person, person.c.id == session.c.person))
    .where(*_LIVE, person.c.unit == bindparam("of_unit"), _WORKS, person.c.left_at.is_(None))
    .order_by(session.c.person, push_subscription.c.created_at, push_subscription.c.key),
    WorkersSubscriptionRow,
)
_OWNER = prepared_value(select(session.c.person).select_from(_WITH_SESSION).where(_OWN), int)
_MOVE = prepared(
    update(push_subscription)
    .where(push_subscription.c.session == bindparam("old"))
    .values(session=bindparam("new_session"))
)
_COUNT = prepared_value(select(func.count()).select_from(push_subscription), int)
_COUNT_DEAF = prepared_value(
    select(func.count())
    .select_from(push_subscription)
    .where(
        push_subscription.c.house_key != literal_column("''"), push_subscription.c.house_key != bindparam("of_house")
    ),
    int,
)
_REMOVE = prepared(delete(push_subscription).where(_OWN))
_REMOVE_ENDED = prepared(
    delete(push_subscription).where(
        push_subscription.c.session.in_(select(session.c.token_hash).where(session.c.ended_at.is_not(None)))
    )
)


class SqlPushSubscriptions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, subscription: PushSubscription) -> None:
        values = {
            "key": subscription.key,
            "session": subscription.session,
            "endpoint": subscription.endpoint,
            "public_key": subscription.public_key,
            "auth": subscription.auth,
            "created_at": subscription.created_at,
            "house_key": subscription.house_key,
        }
        self._transaction.run(_PUT, values)

    def get(self, key: str, since: datetime) -> PushSubscription | None:
        row = self._transaction.run(_GET, {"of_key": key, "since": since}).first()
        return None if row is None else PushSubscription(**row._asdict())

    def of(self, person: PersonId, since: datetime) -> Sequence[PushSubscription]:
        rows = self._transaction.run(_OF, {"of_person": person, "since": since})
        return [PushSubscription(**row._asdict()) for row in rows]

    def of_unit(self, unit: UnitId, since: datetime) -> Sequence[tuple[PersonId, PushSubscription]]:
        rows = self._transaction.run(_OF_UNIT, {"of_unit": unit, "since": since})
        found = []
        for row in rows:
            values = row._asdict()
            found.append((PersonId(values.pop("person")), PushSubscription(**values)))
        return found

    def owner(self, key: str) -> PersonId | None:
        found = self._transaction.run(_OWNER, {"of_key": key}).first()
        return None if found is None else PersonId(found)

    def move(self, old: str, new: str) -> None:
        self._transaction.run(_MOVE, {"old": old, "new_session": new})

    def remove(self, key: str) -> bool:
        return self._transaction.run(_REMOVE, {"of_key": key}).rowcount == 1

    def count(self) -> int:
        return self._transaction.run(_COUNT).one()

    def count_deaf(self, house_key: str) -> int:
        return self._transaction.run(_COUNT_DEAF, {"of_house": house_key}).one()

    def remove_ended(self) -> int:
        return self._transaction.run(_REMOVE_ENDED).rowcount
