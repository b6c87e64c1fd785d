"""What is known of stored files; the bytes lie on disk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update

from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.ports import Attachment
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.people import also_as_guest
from storage.repositories.rows import AttachmentRow, columns
from storage.tables import attachment, person

_ADD = prepared(
    upsert(
        lambda insert: (adding := insert(attachment)).on_conflict_do_update(
            index_elements=["id"], set_={"uploader": adding.excluded.uploader}
        )
    )
)
"""A platform's file is there before anybody knows whose account sent it."""
_GET = prepared(select(*columns(attachment, AttachmentRow)).where(attachment.c.id == bindparam("key")), AttachmentRow)
_TAKEN = select(func.coalesce(func.sum(attachment.c.size), 0)).where(attachment.c.at > bindparam("since"))
_TAKEN_BY = prepared_value(_TAKEN.where(attachment.c.uploader == bindparam("of_person")), int)
_TAKEN_IN = prepared_value(_TAKEN.where(attachment.c.conversation == bindparam("of_conversation")), int)
_TAKEN_BY_GUESTS = prepared_value(
    _TAKEN.where(
        or_(
            attachment.c.uploader.is_(None),
            attachment.c.uploader.in_(select(person.c.id).where(~person.c.verified)),
        )
    ),
    int,
)
_UPLOADED_BY = prepared(
    select(*columns(attachment, AttachmentRow))
    .where(also_as_guest(attachment.c.uploader))
    .order_by(attachment.c.at, attachment.c.id),
    AttachmentRow,
)
_REMOVE = prepared(delete(attachment).where(in_list(attachment.c.id, "files")))
_FOR_TICKET = prepared(
    update(attachment).where(attachment.c.id == bindparam("key")).values(ticket=bindparam("of_ticket"))
)


class SqlAttachments:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, attachment: Attachment) -> None:
        values = {
            "id": attachment.id,
            "name": attachment.name,
            "media_type": attachment.media_type,
            "size": attachment.size,
            "sha256": attachment.sha256,
            "uploader": attachment.uploader,
            "conversation": attachment.conversation,
            "at": attachment.at,
            "ticket": attachment.ticket,
            "codes": list(attachment.codes),
        }
        self._transaction.run(_ADD, values)

    def get(self, file: str) -> Attachment | None:
        row = self._transaction.run(_GET, {"key": file}).first()
        return None if row is None else _attachment(row)

    def taken(self, since: datetime, *, uploader: PersonId | None = None, conversation: str | None = None) -> int:
        if uploader is not None:
            return next(iter(self._transaction.run(_TAKEN_BY, {"since": since, "of_person": uploader})))
        return next(iter(self._transaction.run(_TAKEN_IN, {"since": since, "of_conversation": conversation})))

    def taken_by_guests(self, since: datetime) -> int:
        return next(iter(self._transaction.run(_TAKEN_BY_GUESTS, {"since": since})))

    def for_ticket(self, file: str, ticket: TicketId) -> None:
        self._transaction.run(_FOR_TICKET, {"key": file, "of_ticket": ticket})

    def uploaded_by(self, person: PersonId) -> Sequence[Attachment]:
        return [_attachment(row) for row in self._transaction.run(_UPLOADED_BY, {"of_person": person})]

    def remove(self, files: Collection[str]) -> None:
        if files:
            self._transaction.run(_REMOVE, {"files": sorted(files)})


def _attachment(row: AttachmentRow) -> Attachment:
    return Attachment(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        uploader=row.uploader,
        conversation=row.conversation,
        at=row.at,
        ticket=row.ticket,
        codes=tuple(row.codes),
    )
