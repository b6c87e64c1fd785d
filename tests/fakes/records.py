from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime

from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import PersonId, UnitId
from handlers.domain.ticket import TicketId
from handlers.ports import Attachment
from handlers.ports.records import AuditLine
from storage.errors import StatementRefused
from tests.fakes.tables import FakeTransaction


def also_as_guest(transaction: FakeTransaction, person: PersonId) -> set[PersonId]:
    """They, and guests who turned out to be them."""
    return {person, *(one.id for one in transaction.seen.people.values() if one.became == person)}


class FakeAttachments:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def taken(self, since: datetime, *, uploader: PersonId | None = None, conversation: str | None = None) -> int:
        wanted = ("uploader", uploader) if uploader is not None else ("conversation", conversation)
        return sum(file.size for file in self._of_day(since) if getattr(file, wanted[0]) == wanted[1])

    def taken_by_guests(self, since: datetime) -> int:
        people = self._transaction.seen.people
        found = self._of_day(since)
        return sum(file.size for file in found if file.uploader is None or not people[file.uploader].verified)

    def _of_day(self, since: datetime) -> list[Attachment]:
        return [file for file in self._transaction.seen.attachments.values() if file.at > since]

    def add(self, attachment: Attachment) -> None:
        self._transaction.changing.attachments[attachment.id] = deepcopy(attachment)

    def get(self, file: str) -> Attachment | None:
        return deepcopy(self._transaction.seen.attachments.get(file))

    def for_ticket(self, file: str, ticket: TicketId) -> None:
        if file in self._transaction.changing.attachments:
            self._transaction.changing.attachments[file].ticket = ticket

    def uploaded_by(self, person: PersonId) -> Sequence[Attachment]:
        own = also_as_guest(self._transaction, person)
        found = [one for one in self._transaction.seen.attachments.values() if one.uploader in own]
        return deepcopy(sorted(found, key=lambda one: (one.at, one.id)))

    def remove(self, files: Collection[str]) -> None:
        for file in files:
            self._transaction.changing.attachments.pop(file, None)


class FakeAudit:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        self._transaction.changing.audit.append((at, who, what, about, channel))

    def times(self, what: str, since: datetime, who: PersonId | None = None) -> Sequence[datetime]:
        rows = self._transaction.seen.audit
        return sorted(at for at, by, done, _, _ in rows if done == what and at > since and who in (None, by))

    def page(
        self,
        *,
        who: PersonId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[AuditLine]:
        lines = [AuditLine(place, *row) for place, row in enumerate(self._transaction.seen.audit, start=1)]
        found = [
            line
            for line in lines
            if (who is None or line.who == who)
            and (since is None or line.at >= since)
            and (until is None or line.at < until)
            and (before is None or line.id < before)
        ]
        return found[::-1][:limit]

    def broken_chains(self, newest: int) -> Sequence[str]:  # nothing can be changed here
        return []

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]:
        return self._transaction.seen.audit[::-1][:limit]


class FakeOnce:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def first(self, key: str, at: datetime) -> bool:
        return self._transaction.changing.once.setdefault(key, at) is at

    def brought(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(key for key in keys if key in self._transaction.seen.once)


class FakeJobRuns:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, run: JobRun) -> bool:
        if self.until(run.job, run.scope, run.day) is not None:
            return False
        self._transaction.changing.job_runs[run.job, run.scope, run.day] = run.until
        return True

    def extend(self, run: JobRun) -> None:
        known = self.until(run.job, run.scope, run.day) or run.until
        self._transaction.changing.job_runs[run.job, run.scope, run.day] = max(known, run.until)

    def until(self, job: JobName, scope: str, day: date) -> datetime | None:
        return self._transaction.seen.job_runs.get((job, scope, day))

    def latest(self, job: JobName, scope: str, before: date | None = None) -> JobRun | None:
        runs = [
            JobRun(*key, until)
            for key, until in self._transaction.seen.job_runs.items()
            if key[:2] == (job, scope) and (before is None or key[2] < before)
        ]
        return max(runs, key=lambda run: run.day, default=None)


class FakeGroupChats:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def migrated(self, old: int, new: int, at: datetime) -> None:
        self._transaction.changing.chat_migrations.setdefault((old, new), at)

    def migrated_to(self, old: int) -> int | None:
        found = [(at, new) for (known, new), at in self._transaction.seen.chat_migrations.items() if known == old]
        return max(found)[1] if found else None

    def migrated_from(self, new: int) -> int | None:
        found = [(at, old) for (old, known), at in self._transaction.seen.chat_migrations.items() if known == new]
        return max(found)[1] if found else None

    def topic_opened(self, chat: int, thread: int, *, ticket: int, card: int, at: datetime) -> None:
        tables = self._transaction.changing
        if ticket not in tables.tickets or card not in tables.messages:
            raise StatementRefused("a topic of a ticket or a card that is not there")
        tables.forum_topics[chat, thread] = (ticket, card, at)

    def topic_of(self, chat: int, ticket: int) -> int | None:
        found = [
            (at, thread)
            for (known, thread), (about, _, at) in self._transaction.seen.forum_topics.items()
            if (known, about) == (chat, ticket)
        ]
        return max(found)[1] if found else None

    def card_of(self, chat: int, thread: int) -> int | None:
        found = self._transaction.seen.forum_topics.get((chat, thread))
        return None if found is None else found[1]


class FakeFeedback:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, at: datetime, text: str, category: str, source: str, person: PersonId | None = None) -> None:
        self._transaction.changing.feedback.append((at, text, category, source, person))

    def erase_of(self, person: PersonId, texts: Collection[str]) -> int:
        own, rows = also_as_guest(self._transaction, person), self._transaction.changing.feedback
        left = [row for row in rows if row[4] not in own and row[1] not in texts]
        gone = len(rows) - len(left)
        rows[:] = left
        return gone

    def forget(self, text: str) -> None:
        kept = self._transaction.changing.feedback
        kept[:] = [row for row in kept if row[1] != text]

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        rows = sorted(self._transaction.seen.feedback, key=lambda row: row[0])
        return [row[1:4] for row in rows if at is None or row[0] >= at]

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        self._transaction.changing.tips.append((at, unit, category))

    def tips_worked(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        return Counter(what for at, own, what in self._transaction.seen.tips if own == unit and at >= since)

    def tried_in_vain(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        lately = [one for one in self._transaction.seen.tickets.values() if one.unit == unit and one.opened_at >= since]
        return Counter(one.tried_article for one in lately if one.tried_article and not one.restricted)
