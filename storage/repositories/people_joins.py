"""People who were made one by hand, as long as that may be taken back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, or_, select

from handlers.domain.people import PersonId
from handlers.domain.people_joins import Look, PeopleJoin, Stands
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import people_join


class PeopleJoinRow(NamedTuple):
    guest: PersonId
    person: PersonId
    by: PersonId
    at: datetime
    guest_before: dict[str, Any]
    person_before: dict[str, Any]
    look: dict[str, Any]
    never: str | None


_KEPT = ("person", "by", "at", "guest_before", "person_before", "look", "never")
_ADD = prepared(
    upsert(
        lambda insert: (adding := insert(people_join)).on_conflict_do_update(
            index_elements=["guest"], set_={name: adding.excluded[name] for name in _KEPT}
        )
    )
)
_NEWEST = prepared(
    select(*columns(people_join, PeopleJoinRow))
    .where(people_join.c.person == bindparam("of_person"))
    .order_by(people_join.c.at.desc(), people_join.c.guest.desc())
    .limit(1),
    PeopleJoinRow,
)
_REMOVE = prepared(delete(people_join).where(people_join.c.guest == bindparam("of_guest")))
_FORGET = prepared(delete(people_join).where(people_join.c.at < bindparam("before")))
_FORGET_PERSON = prepared(
    delete(people_join).where(
        or_(people_join.c.guest == bindparam("of_person"), people_join.c.person == bindparam("of_person"))
    )
)


class SqlPeopleJoins:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, join: PeopleJoin) -> None:
        values = {
            "guest": join.guest,
            "person": join.person,
            "by": join.by,
            "at": join.at,
            "guest_before": dict(join.guest_before),
            "person_before": dict(join.person_before),
            "look": asdict(join.look),
            "never": join.never.value if join.never is not None else None,
        }
        self._transaction.run(_ADD, values)

    def newest(self, person: PersonId) -> PeopleJoin | None:
        row = self._transaction.run(_NEWEST, {"of_person": person}).first()
        if row is None:
            return None
        values = row._asdict()
        values["look"] = Look(**row.look)
        values["never"] = Stands(row.never) if row.never is not None else None
        return PeopleJoin(**values)

    def remove(self, guest: PersonId) -> None:
        self._transaction.run(_REMOVE, {"of_guest": guest})

    def forget(self, before: datetime) -> int:
        return self._transaction.run(_FORGET, {"before": before}).rowcount

    def forget_person(self, person: PersonId) -> int:
        return self._transaction.run(_FORGET_PERSON, {"of_person": person}).rowcount
