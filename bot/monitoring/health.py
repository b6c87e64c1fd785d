"""How the desk is doing, read from its database: for `/healthz`, `/metrics` and `masa doctor` alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from handlers.domain.job_run import JobName
from handlers.domain.people import UnitId
from handlers.people.join_codes import refused_lately
from handlers.ports import Backlog, Clock, StoreError, Transactions, UnitOfWork

SNAPSHOT_LIFETIME = timedelta(seconds=2)
"""Whoever asks more often gets the same answer again: the page is open to anybody."""
INBOX_MAY_WAIT = timedelta(minutes=2)
OUTBOX_MAY_WAIT = timedelta(minutes=15)
DIGEST_MAY_WAIT = timedelta(minutes=15)
LITTLE_SPACE = 500_000_000
"""Bytes: the alarm comes while there is still room for some days."""

DigestsDue = Callable[[UnitOfWork, datetime], int]
"""How many summaries the clock owed by then and are not posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthSnapshot:
    at: datetime
    inbox: Backlog
    outboxes: Mapping[str, Backlog]
    """By channel."""
    outbox_held: bool
    active: Mapping[UnitId, int]
    digests: Mapping[UnitId, datetime | None]
    """When the last summary of each unit was posted."""
    digests_late: int
    backup: datetime | None
    """The last that `masa backup` made."""
    codes_refused: int
    """Wrong codes for joining within an hour."""

    @property
    def outbox(self) -> Backlog:
        """Of all channels together."""
        each = self.outboxes.values()
        return Backlog(
            waiting=sum(backlog.waiting for backlog in each),
            oldest=min((backlog.oldest for backlog in each if backlog.oldest), default=None),
            given_up=sum(backlog.given_up for backlog in each),
        )

    def age(self, since: datetime | None) -> float:
        """Seconds; 0 where there is nothing."""
        return max(0.0, (self.at - since).total_seconds()) if since else 0.0


def read(
    uow: UnitOfWork, units: Sequence[UnitId], now: datetime, digests_due: DigestsDue = lambda _uow, _by: 0
) -> HealthSnapshot:
    digests = {unit: uow.job_runs.latest(JobName.DIGEST, unit) for unit in units}
    backup = uow.job_runs.latest(JobName.BACKUP, "")
    return HealthSnapshot(
        at=now,
        inbox=uow.inbox.backlog(now),
        outboxes=uow.outbox.backlogs(),
        outbox_held=uow.outbox.held(),
        active={unit: uow.summaries.active_at(unit, now) for unit in units},
        digests={unit: found.until if found else None for unit, found in digests.items()},
        digests_late=digests_due(uow, now - DIGEST_MAY_WAIT),
        backup=backup.until if backup else None,
        codes_refused=refused_lately(uow, now),
    )


@dataclass(slots=True, kw_only=True)
class HealthMonitor:
    """The vitals of a running process. Reading blocks for some milliseconds, or as long as the database lets us wait:
    ask in a thread, and in one at a time."""

    transactions: Transactions
    clock: Clock
    units: Sequence[UnitId]
    folders: Mapping[str, Path]
    """Where our files lie, by what they are: `attachments`, `database` (where that is a file)."""
    version: str
    digests_due: DigestsDue = lambda _uow, _by: 0
    channels: Callable[[], Mapping[str, Mapping[str, Any]]] = dict
    """How each platform is doing, by its own account."""
    _seen: tuple[datetime, HealthSnapshot | Exception] | None = field(default=None, init=False)
    _started_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._started_at = self.clock.now()

    def snapshot(self) -> HealthSnapshot:
        """Raises what the store raises, again where that was a moment ago."""
        now = self.clock.now()
        if self._seen is None or not timedelta(0) <= now - self._seen[0] < SNAPSHOT_LIFETIME:
            try:
                found: HealthSnapshot | Exception = self.transactions.read(
                    lambda uow: read(uow, self.units, now, self.digests_due)
                )
            except StoreError as error:
                found = error
            self._seen = (self.clock.now(), found)
        if isinstance(self._seen[1], Exception):
            raise self._seen[1].with_traceback(None)
        return self._seen[1]

    def free_bytes(self) -> Mapping[str, int]:
        """By folder; 0 where the folder is gone: a disk that is not mounted has no room."""
        return {name: _free(folder) for name, folder in self.folders.items()}

    def health(self) -> Mapping[str, Any]:
        """For `/healthz`: nothing in it that a stranger may not know. `ok` False: no message is being handled."""
        try:
            snapshot = self.snapshot()
        except StoreError:
            return {"ok": False, "version": self.version, "alarms": ["database_unreachable"]}
        alarms = _alarms(snapshot, min(self.free_bytes().values()))
        return {
            "ok": "inbox_stuck" not in alarms,
            "version": self.version,
            "uptime_seconds": round(max(0.0, (snapshot.at - self._started_at).total_seconds())),
            "inbox": _shown(snapshot, snapshot.inbox),
            "outbox": {**_shown(snapshot, snapshot.outbox), "held": snapshot.outbox_held},
            "channels": self.channels(),
            "alarms": alarms,
        }


def _alarms(snapshot: HealthSnapshot, free: int) -> list[str]:
    """Each is explained in docs/operations.md, and has a rule in deploy/alerts.yaml."""
    raised: Mapping[str, Callable[[], bool]] = {
        "inbox_stuck": lambda: snapshot.age(snapshot.inbox.oldest) > INBOX_MAY_WAIT.total_seconds(),
        "inbox_quarantine": lambda: snapshot.inbox.given_up > 0,
        "outbox_late": lambda: snapshot.age(snapshot.outbox.oldest) > OUTBOX_MAY_WAIT.total_seconds(),
        "outbox_given_up": lambda: snapshot.outbox.given_up > 0,
        "outbox_held": lambda: snapshot.outbox_held,
        "digest_late": lambda: snapshot.digests_late > 0,
        "disk_space": lambda: free < LITTLE_SPACE,
    }
    return [name for name, is_raised in raised.items() if is_raised()]


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except FileNotFoundError:
        return 0


def _shown(snapshot: HealthSnapshot, backlog: Backlog) -> dict[str, Any]:
    return {
        "waiting": backlog.waiting,
        "oldest_seconds": round(snapshot.age(backlog.oldest), 1),
        "given_up": backlog.given_up,
    }
