"""Where each person's talk with the desk stands: one JSON document a dialog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from handlers.domain.dialog import Dialog, Draft, Expect, Expectation, Phase
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import DialogRow, columns
from storage.tables import dialog

_Key = tuple[str, PersonId]

_GET = prepared(
    select(*columns(dialog, DialogRow)).where(
        dialog.c.conversation == bindparam("conversation"), dialog.c.person == bindparam("person")
    ),
    DialogRow,
)
_ADD = prepared(insert(dialog))
_SAVE = prepared(
    update(dialog)
    .where(
        dialog.c.conversation == bindparam("in_conversation"),
        dialog.c.person == bindparam("of_person"),
        dialog.c.version == bindparam("known_version"),
    )
    .values(data=bindparam("data"), draft_idle_since=bindparam("draft_idle_since"), version=bindparam("next_version"))
)
_IDLE = prepared(
    select(*columns(dialog, DialogRow))
    .where(dialog.c.draft_idle_since < bindparam("before"))
    .order_by(dialog.c.draft_idle_since, dialog.c.conversation, dialog.c.person)
    .limit(bindparam("limit")),
    DialogRow,
)
_WITH_WORDS_OF = prepared(
    select(*columns(dialog, DialogRow))
    .where(or_(dialog.c.person == bindparam("person"), dialog.c.data.like(bindparam("drafted_for", type_=String))))
    .order_by(dialog.c.conversation, dialog.c.person),
    DialogRow,
)


class SqlDialogs:
    """Saves are written at flush: new ones in one statement, changed ones in another."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._loaded: dict[_Key, Dialog] = {}
        self._unsaved: dict[_Key, tuple[int, dict[str, Any]]] = {}
        """The version in the database (0: none yet), and what will be there."""

    def forget(self) -> None:
        self._loaded.clear()

    def get(self, conversation: str, person: PersonId) -> Dialog:
        key = (conversation, person)
        if (known := self._loaded.get(key)) is not None:
            return known
        if (unsaved := self._unsaved.get(key)) is not None:
            found = _dialog(conversation, person, unsaved[1]["data"], unsaved[1]["version"])
        else:
            row = self._transaction.run(_GET, {"conversation": conversation, "person": person}).first()
            found = Dialog(conversation=conversation, person=person) if row is None else _of_row(row)
        self._loaded[key] = found
        return found

    def save(self, dialog: Dialog) -> None:
        key = (dialog.conversation, dialog.person)
        stored = dialog.version
        if (unsaved := self._unsaved.get(key)) is not None:
            stored, before = unsaved
            if before["version"] != dialog.version:
                raise Stale("dialog", key)
        dialog.version += 1
        self._unsaved[key] = (
            stored,
            {
                "conversation": dialog.conversation,
                "person": dialog.person,
                "data": _encode(_document(dialog)),
                "draft_idle_since": _idle_since(dialog),
                "version": dialog.version,
            },
        )

    def with_words_of(self, person: PersonId) -> Sequence[Dialog]:
        self.flush()
        rows = self._transaction.run(_WITH_WORDS_OF, {"person": person, "drafted_for": f'%"for_person":{person},%'})
        return [self._loaded.setdefault((row.conversation, row.person), _of_row(row)) for row in rows]

    def idle_drafts(self, before: datetime, limit: int = 100) -> Sequence[Dialog]:
        self.flush()
        rows = self._transaction.run(_IDLE, {"before": before, "limit": limit})
        return [self._loaded.setdefault((row.conversation, row.person), _of_row(row)) for row in rows]

    def flush(self) -> None:
        if not self._unsaved:
            return
        unsaved = sorted(self._unsaved.items())
        self._unsaved.clear()
        if added := [row for _, (stored, row) in unsaved if not stored]:
            try:
                self._transaction.run(_ADD, added)
            except IntegrityError as error:
                keys = [(row["conversation"], row["person"]) for row in added]
                raise (NotFound if "foreign key" in str(error.orig).lower() else Stale)("dialog", keys) from error
        changed = [
            {
                "in_conversation": row["conversation"],
                "of_person": row["person"],
                "known_version": stored,
                "data": row["data"],
                "draft_idle_since": row["draft_idle_since"],
                "next_version": row["version"],
            }
            for _, (stored, row) in unsaved
            if stored
        ]
        if changed and self._transaction.run(_SAVE, changed).rowcount != len(changed):
            raise Stale("dialog", [key for key, (stored, _) in unsaved if stored])


def _idle_since(dialog: Dialog) -> datetime | None:
    return dialog.draft.changed_at if dialog.draft is not None and not dialog.draft.reminded else None


_encode = json.JSONEncoder(separators=(",", ":")).encode


def _document(dialog: Dialog) -> dict[str, Any]:
    draft, expects = dialog.draft, dialog.expects
    return {
        "draft": None if draft is None else _draft_document(draft),
        "expects": None if expects is None else _question_document(expects),
        "asked_by_workers": [_question_document(asked) for asked in dialog.asked_by_workers],
        "last_ticket": dialog.last_ticket,
        "changed_at": None if dialog.changed_at is None else dialog.changed_at.isoformat(),
    }


def _question_document(asked: Expectation) -> dict[str, Any]:
    return {
        "kind": asked.kind.value,
        "ticket": asked.ticket,
        "detail": asked.detail,
        "rest": asked.rest,
        "asked": asked.asked,
    }


def _question(document: dict[str, Any]) -> Expectation:
    return Expectation(**{**document, "kind": Expect(document["kind"])})


_DRAFT_FIELDS = (
    "id", "texts", "keys", "files", "category", "article", "candidates", "dismissed", "tried_article", "tried",
    "reasons", "facts", "urgent", "waiting_citizens", "due_today", "second", "second_article", "parts", "reminded",
    "for_person", "untold", "not_outages", "not_works",
)  # fmt: skip


def _draft_document(draft: Draft) -> dict[str, Any]:
    document = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
    document["phase"] = draft.phase.value
    document["started_at"] = draft.started_at.isoformat()
    document["changed_at"] = draft.changed_at.isoformat()
    return document


def _of_row(row: DialogRow) -> Dialog:
    return _dialog(row.conversation, row.person, row.data, row.version)


def _dialog(conversation: str, person: PersonId, text: str, version: int) -> Dialog:
    data = json.loads(text)
    draft, expects, changed_at = data["draft"], data["expects"], data["changed_at"]
    if draft is not None:
        times = {name: datetime.fromisoformat(draft[name]) for name in ("started_at", "changed_at")}
        draft = Draft(**{**draft, **times, "phase": Phase(draft["phase"])})
    asked_by_workers = [_question(asked) for asked in data.get("asked_by_workers", ())]
    if expects is not None and expects["kind"] == Expect.ANSWER:  # written before they stood beside each other
        asked_by_workers, expects = [_question(expects)], None
    return Dialog(
        conversation=conversation,
        person=person,
        draft=draft,
        expects=None if expects is None else _question(expects),
        asked_by_workers=asked_by_workers,
        last_ticket=data["last_ticket"],
        changed_at=None if changed_at is None else datetime.fromisoformat(changed_at),
        version=version,
    )
