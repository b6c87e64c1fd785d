"""Where a confirmed act stands in the official movables ledger (Taşınır Mal Yönetmeliği m.10/1-b): the number and day
of the document that the taşınır kayıt yetkilisi made there. Ours is the preparation, theirs is the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handlers.domain.errors import Invalid
from handlers.domain.handovers import HandoverId
from handlers.domain.people import PersonId

MAX_DOCUMENT_LETTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRecord:
    handover: HandoverId
    document: str
    """Belge no, as theirs has it."""
    day: date
    entered_by: PersonId
    entered_at: datetime


def require_possible(document: str, day: date, *, confirmed_on: date, today: date) -> None:
    """Raises Invalid(`official_document`, `official_day`)."""
    if not 1 <= len(document) <= MAX_DOCUMENT_LETTERS:
        raise Invalid("official_document", most=MAX_DOCUMENT_LETTERS)
    if not confirmed_on <= day <= today:
        raise Invalid("official_day", day=day, first=confirmed_on)
