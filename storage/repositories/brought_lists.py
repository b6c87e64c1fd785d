"""What is kept of every list that was brought, of staff or of devices: a table of lists, and one of their rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Table, bindparam, delete, func, insert, or_, select, update

from handlers.domain.brought_lists import Counts, RowFate, RowKind
from handlers.domain.errors import NotFound
from handlers.ports.brought_lists import ListT, RowT
from storage.engine.prepared import Prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns

KeptList = TypeVar("KeptList", bound=NamedTuple)
KeptRow = TypeVar("KeptRow", bound=NamedTuple)


class CountedRow(NamedTuple):
    kind: str
    fate: str | None
    number: int


class ListQueries:
    """Of two such tables, to be prepared where they are named. `saved`, `saved_of_row`: what may change, beside when
    a list was taken in and back, and the fate of a row."""

    def __init__(
        self,
        lists: Table,
        rows: Table,
        kept: type[NamedTuple],
        kept_row: type[NamedTuple],
        *,
        saved: Collection[str],
        saved_of_row: Collection[str],
    ) -> None:
        of_list, of_key = rows.c.list == bindparam("of_list"), lists.c.key == bindparam("of_key")
        is_draft = lists.c.begun_at.is_(None)
        taken_in = select(*columns(lists, kept)).where(lists.c.begun_at.is_not(None)).order_by(lists.c.id.desc())
        by_place = select(*columns(rows, kept_row)).where(of_list).order_by(rows.c.place).limit(bindparam("most"))
        old_draft = (lists.c.at < bindparam("previews_before")) & is_draft
        old = or_(lists.c.begun_at < bindparam("before"), old_draft)

        self.saved, self.saved_of_row = ("begun_at", "back_at", *saved), ("fate", *saved_of_row)
        self.add, self.add_rows = insert(lists), insert(rows)
        self.get = select(*columns(lists, kept)).where(of_key)
        self.get_locked = self.get.with_for_update()
        self.save = (
            update(lists)
            .where(lists.c.id == bindparam("of_list"))
            .values({name: bindparam(name) for name in self.saved})
        )
        self.taken_before = taken_in.where(lists.c.digest == bindparam("of_digest"), lists.c.back_at.is_(None)).limit(1)
        self.recent = taken_in.limit(bindparam("most"))
        self.drafts = (
            select(*columns(lists, kept))
            .where(is_draft, lists.c.at >= bindparam("since"))
            .order_by(lists.c.id.desc())
            .limit(bindparam("most"))
        )
        self.drop_rows = delete(rows).where(rows.c.list.in_(select(lists.c.id).where(of_key, is_draft)))
        self.drop = delete(lists).where(of_key, is_draft)
        self.counts = (
            select(rows.c.kind, rows.c.fate, func.count().label("number"))
            .where(of_list)
            .group_by(rows.c.kind, rows.c.fate)
        )
        self.by_place = by_place
        self.rows = by_place.where(rows.c.place >= bindparam("first"))
        self.of_kind = by_place.where(rows.c.place > bindparam("after_place"), rows.c.kind == bindparam("of_kind"))
        self.save_row = (
            update(rows)
            .where(of_list, rows.c.place == bindparam("of_place"))
            .values({name: bindparam(name) for name in self.saved_of_row})
        )
        self.forget_rows = delete(rows).where(rows.c.list.in_(select(lists.c.id).where(old)))
        self.forget_drafts = delete(lists).where(old_draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStatements(Generic[KeptList, KeptRow]):
    """`ListQueries`, prepared."""

    asked: ListQueries
    add: Prepared[None]
    add_rows: Prepared[None]
    get: Prepared[KeptList]
    get_locked: Prepared[KeptList]
    save: Prepared[None]
    taken_before: Prepared[KeptList]
    recent: Prepared[KeptList]
    drafts: Prepared[KeptList]
    drop_rows: Prepared[None]
    drop: Prepared[None]
    counts: Prepared[CountedRow]
    rows: Prepared[KeptRow]
    of_kind: Prepared[KeptRow]
    save_row: Prepared[None]
    forget_rows: Prepared[None]
    forget_drafts: Prepared[None]


class SqlBroughtLists(ABC, Generic[ListT, RowT, KeptList, KeptRow]):
    """`noun`: what NotFound calls such a list."""

    def __init__(self, transaction: Transaction, statements: ListStatements[KeptList, KeptRow], noun: str) -> None:
        self._transaction = transaction
        self._statements = statements
        self._noun = noun

    @abstractmethod
    def _said(self, brought: ListT) -> Mapping[str, object]:
        """The columns that such a list has beside those of every list; some of them may change."""

    @abstractmethod
    def _brought(self, row: KeptList) -> ListT: ...

    @abstractmethod
    def _row_values(self, one: RowT) -> Mapping[str, object]:
        """The columns that such a row has beside those of every row; some of them may change."""

    @abstractmethod
    def _listed(self, row: KeptRow) -> tuple[int, RowT]:
        """With its place."""

    def add(self, brought: ListT, rows: Sequence[RowT]) -> ListT:
        added = replace(brought, id=self._transaction.new_id(self._statements.add, self._list_values(brought)))
        if rows:
            kept = [self._values(one) | {"list": added.id, "place": place} for place, one in enumerate(rows)]
            self._transaction.run(self._statements.add_rows, kept)
        return added

    def get(self, key: str, *, to_change: bool = False) -> ListT:
        query = self._statements.get_locked if to_change and self._transaction.locks_rows else self._statements.get
        row = self._transaction.run(query, {"of_key": key}).first()
        if row is None:
            raise NotFound(self._noun, key)
        return self._brought(row)

    def save(self, brought: ListT) -> None:
        values = self._list_values(brought)
        saved = {name: values[name] for name in self._statements.asked.saved} | {"of_list": brought.id}
        if self._transaction.run(self._statements.save, saved).rowcount != 1:
            raise NotFound(self._noun, brought.key)

    def taken_before(self, digest: str) -> ListT | None:
        row = self._transaction.run(self._statements.taken_before, {"of_digest": digest}).first()
        return None if row is None else self._brought(row)

    def recent(self, limit: int) -> Sequence[ListT]:
        return [self._brought(row) for row in self._transaction.run(self._statements.recent, {"most": limit})]

    def drafts(self, since: datetime, limit: int) -> Sequence[ListT]:
        found = self._transaction.run(self._statements.drafts, {"since": since, "most": limit})
        return [self._brought(row) for row in found]

    def drop(self, key: str) -> bool:
        self._transaction.run(self._statements.drop_rows, {"of_key": key})
        return self._transaction.run(self._statements.drop, {"of_key": key}).rowcount == 1

    def counts(self, brought: int) -> Counts:
        kinds: dict[RowKind, int] = {}
        fates: dict[RowFate, int] = {}
        for row in self._transaction.run(self._statements.counts, {"of_list": brought}):
            kinds[RowKind(row.kind)] = kinds.get(RowKind(row.kind), 0) + row.number
            if row.fate is not None:
                fates[RowFate(row.fate)] = fates.get(RowFate(row.fate), 0) + row.number
        return Counts(kinds, fates)

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, RowT]]:
        return self._found(self._statements.rows, {"of_list": brought, "first": first, "most": limit})

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, RowT]]:
        asked = {"of_list": brought, "of_kind": kind.value, "after_place": after, "most": limit}
        return self._found(self._statements.of_kind, asked)

    def save_row(self, brought: int, place: int, row: RowT) -> None:
        values = self._values(row)
        saved = {name: values[name] for name in self._statements.asked.saved_of_row}
        at = {"of_list": brought, "of_place": place}
        if self._transaction.run(self._statements.save_row, saved | at).rowcount != 1:
            raise NotFound(f"{self._noun}_row", place)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        self._transaction.run(self._statements.forget_rows, {"before": before, "previews_before": previews_before})
        return self._transaction.run(self._statements.forget_drafts, {"previews_before": previews_before}).rowcount

    def _found(self, statement: Prepared[KeptRow], asked: Mapping[str, object]) -> Sequence[tuple[int, RowT]]:
        return [self._listed(row) for row in self._transaction.run(statement, asked)]

    def _list_values(self, brought: ListT) -> dict[str, object]:
        return {
            "key": brought.key,
            "owner": brought.owner,
            "at": brought.at,
            "name": brought.name,
            "digest": brought.digest,
            "begun_at": brought.begun_at,
            "back_at": brought.back_at,
            **self._said(brought),
        }

    def _values(self, one: RowT) -> dict[str, object]:
        fate = one.fate.value if one.fate is not None else None
        return {"kind": one.kind.value, "fate": fate, **self._row_values(one)}
