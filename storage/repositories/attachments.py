"""What is known of stored files; the bytes lie on disk."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from handlers.domain.ticket import TicketId
from handlers.ports import Attachment
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import AttachmentRow, columns
from storage.tables import attachment

_ADD = prepared(
    upsert(
        lambda insert: (adding := insert(attachment)).on_conflict_do_update(
            index_elements=["id"], set_={"uploader": adding.excluded.uploader}
        )
    )
)
"""A platform's file is there before anybody knows whose account sent it."""
_GET = prepared(select(*columns(attachment, AttachmentRow)).where(attachment.c.id == bindparam("key")), AttachmentRow)
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
        }
        self._transaction.run(_ADD, values)

    def get(self, file: str) -> Attachment | None:
        row = self._transaction.run(_GET, {"key": file}).first()
        if row is None:
            return None
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
        )

    def for_ticket(self, file: str, ticket: TicketId) -> None:
        self._transaction.run(_FOR_TICKET, {"key": file, "of_ticket": ticket})
