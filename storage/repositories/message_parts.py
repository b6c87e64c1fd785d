"""Buttons and files of messages, as readers and senders need them: two statements for any number of messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from handlers.messages import TimelineButton, TimelineFile
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import AttachmentRow, ShownButtonRow, columns
from storage.tables import attachment, button

_BUTTONS = prepared(
    select(button.c.message, button.c.label, button.c.token)
    .where(in_list(button.c.message, "messages"), button.c.live)
    .order_by(button.c.message, button.c.position),
    ShownButtonRow,
)
_FILES = prepared(select(*columns(attachment, AttachmentRow)).where(in_list(attachment.c.id, "files")), AttachmentRow)


def live_buttons(transaction: Transaction, messages: Sequence[int]) -> dict[int, list[TimelineButton]]:
    found: dict[int, list[TimelineButton]] = {own: [] for own in messages}
    if messages:
        for row in transaction.run(_BUTTONS, {"messages": list(messages)}):
            found[row.message].append(TimelineButton(label=row.label, token=row.token))
    return found


def files(transaction: Transaction, wanted: Iterable[str]) -> dict[str, TimelineFile]:
    if not (names := sorted(set(wanted))):
        return {}
    rows = transaction.run(_FILES, {"files": names})
    return {row.id: TimelineFile(id=row.id, name=row.name, media_type=row.media_type, size=row.size) for row in rows}
