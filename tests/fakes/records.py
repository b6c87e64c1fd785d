from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime

from handlers.domain.people import PersonId, UnitId
from handlers.domain.ticket import TicketId
from handlers.ports import Attachment
from tests.fakes.tables import FakeTransaction


class FakeAttachments:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, attachment: Attachment) -> None:
        self._transaction.changing.attachments[attachment.id] = deepcopy(attachment)

    def get(self, file: str) -> Attachment | None:
        return deepcopy(self._transaction.seen.attachments.get(file))

    def for_ticket(self, file: str, ticket: TicketId) -> None:
        if file in self._transaction.changing.attachments:
            self._transaction.changing.attachments[file].ticket = ticket


class FakeAudit:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        self._transaction.changing.audit.append((at, who, what, about, channel))

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]:
        return self._transaction.seen.audit[::-1][:limit]


class FakeOnce:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def first(self, mark: str, at: datetime) -> bool:
        return self._transaction.changing.once.setdefault(mark, at) is at

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        said = [(at, mark) for mark, at in self._transaction.seen.once.items() if mark.startswith(prefix)]
        return max(said)[::-1] if said else None  # type: ignore[return-value]


class FakeFeedback:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, at: datetime, text: str, category: str, source: str) -> None:
        self._transaction.changing.feedback.append((at, text, category, source))

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        rows = sorted(self._transaction.seen.feedback, key=lambda row: row[0])
        return [row[1:] for row in rows if at is None or row[0] >= at]

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        self._transaction.changing.tips.append((at, unit))
