"""Small records: who read what, idempotency keys, jobs that ran, groups and topics, examples to learn from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from handlers.domain.idempotency import IdempotencyKey
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import PersonId, UnitId


@dataclass(frozen=True, slots=True)
class AuditLine:
    id: int
    at: datetime
    who: PersonId | None
    """None: the desk itself."""
    what: str
    about: str
    channel: str


class Audit(Protocol):
    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        """Readings of an auditor, what an admin changed, erasures, backups. Append-only."""

    def times(self, what: str, since: datetime, who: PersonId | None = None) -> Sequence[datetime]:
        """When it was done (by that person) after that moment, oldest first. For `code_refused`, which has an index."""

    def page(
        self,
        *,
        who: PersonId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[AuditLine]:
        """Of that person (None: of everybody) in [since, until), written before the line of that id; newest first."""

    def broken_chains(self, newest: int) -> Sequence[str]:
        """Numbers of those of the newest so many tickets of whose history a line is not as it was written."""

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]: ...


class IdempotencyMarks(Protocol):
    """What must have its effect once, however often it is asked for."""

    def first(self, key: IdempotencyKey, at: datetime) -> bool:
        """True for the first who brings this key, in any process, for ever."""

    def brought(self, keys: Collection[IdempotencyKey]) -> frozenset[IdempotencyKey]:
        """Those of them that somebody brought."""


class JobRuns(Protocol):
    """Which of the jobs that the clock starts ran, by job, scope and day."""

    def add(self, run: JobRun) -> bool:
        """Record it; False where that day's is recorded already, by any process."""

    def extend(self, run: JobRun) -> None:
        """Record it, or that the day's lasted until then; never goes back."""

    def until(self, job: JobName, scope: str, day: date) -> datetime | None:
        """`JobRun.until` of that day; None where it did not run."""

    def latest(self, job: JobName, scope: str, before: date | None = None) -> JobRun | None:
        """The one of the newest day (before that day)."""


class GroupChats(Protocol):
    """Groups of a platform that came under a new id, and forum topics that were opened for a ticket."""

    def migrated(self, old: int, new: int, at: datetime) -> None:
        """Noted once; a later one of the same group counts."""

    def migrated_to(self, old: int) -> int | None:
        """The id that the group has now; None where it kept its own."""

    def migrated_from(self, new: int) -> int | None:
        """The id that it had before."""

    def topic_opened(self, chat: int, thread: int, *, ticket: int, card: int, at: datetime) -> None:
        """`card`: the desk's message that stands first in it."""

    def topic_of(self, chat: int, ticket: int) -> int | None:
        """The thread in which that ticket is spoken of, the newest."""

    def card_of(self, chat: int, thread: int) -> int | None:
        """The desk's message that the thread was opened for; None: it is no ticket's."""


class Feedback(Protocol):
    """Examples from daily work, for the matcher to learn from."""

    def add(self, at: datetime, text: str, category: str, source: str, person: PersonId | None = None) -> None:
        """`source`: worked, opened, chosen, recategorised. Personal data is masked by the caller. `person`: who said
        so, for an erasure."""

    def erase_of(self, person: PersonId, texts: Collection[str]) -> int:
        """What they said, also before the desk knew them, and what reads like one of these texts; how many there
        were."""

    def forget(self, text: str) -> None:
        """Every example of exactly that text, of whatever category."""

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        """(text, category, source), oldest first."""

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        """A report that ended without a ticket, by the shown steps alone: the digest counts these."""

    def tips_worked(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        """How many of those since then, by subject."""

    def tried_in_vain(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        """By article how many tickets of the unit were opened since then although its steps had been shown; without
        security matters."""
