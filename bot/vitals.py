"""How the desk is doing, read from its database: for `/healthz`, `/metrics` and `masa doctor` alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from handlers.domain.people import UnitId
from handlers.ports import Backlog, Clock, Transactions, UnitOfWork
from storage.errors import StoreError

FRESH = timedelta(seconds=2)
"""Whoever asks more often gets the same answer again: the page is open to anybody."""
INBOX_MAY_WAIT = timedelta(minutes=2)
OUTBOX_MAY_WAIT = timedelta(minutes=15)
LITTLE_SPACE = 500_000_000
"""Bytes: the alarm comes while there is still room for some days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    at: datetime
    inbox: Backlog
    outbox: Backlog
    outbox_held: bool
    active: Mapping[UnitId, int]
    digests: Mapping[UnitId, datetime | None]
    """When the last summary of each unit was posted."""

    def age(self, since: datetime | None) -> float:
        """Seconds; 0 where there is nothing."""
        return max(0.0, (self.at - since).total_seconds()) if since else 0.0


def read(uow: UnitOfWork, units: Sequence[UnitId], now: datetime) -> Vitals:
    digests = {unit: uow.once.latest(f"digest:{unit}:") for unit in units}
    return Vitals(
        at=now,
        inbox=uow.inbox.backlog(now),
        outbox=uow.outbox.backlog(now),
        outbox_held=uow.outbox.held(),
        active={unit: uow.summaries.active_at(unit, now) for unit in units},
        digests={unit: found[1] if found else None for unit, found in digests.items()},
    )


class Pulse:
    """The vitals of a running process. Reading blocks for some milliseconds."""

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        units: Sequence[UnitId],
        data_dir: Path,
        version: str,
        channels: Mapping[str, Callable[[], Mapping[str, Any]]] | None = None,
    ) -> None:
        """`channels`: how each platform is doing, by its own account."""
        self._transactions, self._clock, self._units = transactions, clock, tuple(units)
        self._data_dir, self._version = data_dir, version
        self.channels = dict(channels or {})
        self._last: Vitals | None = None
        self._started_at = clock.now()

    def vitals(self) -> Vitals:
        """Raises what the store raises."""
        now = self._clock.now()
        if self._last is None or not timedelta(0) <= now - self._last.at < FRESH:
            self._last = self._transactions.read(lambda uow: read(uow, self._units, now))
        return self._last

    def free_bytes(self) -> int:
        return shutil.disk_usage(self._data_dir).free

    def health(self) -> Mapping[str, Any]:
        """For `/healthz`: nothing in it that a stranger may not know. `ok` False: no message is being handled."""
        try:
            vitals = self.vitals()
        except (SQLAlchemyError, StoreError):
            return {"ok": False, "version": self._version, "alarms": ["database_unreachable"]}
        alarms = _alarms(vitals, self.free_bytes())
        return {
            "ok": "inbox_stuck" not in alarms,
            "version": self._version,
            "uptime_seconds": round(max(0.0, (vitals.at - self._started_at).total_seconds())),
            "inbox": _shown(vitals, vitals.inbox),
            "outbox": {**_shown(vitals, vitals.outbox), "held": vitals.outbox_held},
            "channels": {name: state() for name, state in self.channels.items()},
            "alarms": alarms,
        }


def _alarms(vitals: Vitals, free: int) -> list[str]:
    """Each is explained in docs/operations.md."""
    raised: Mapping[str, Callable[[], bool]] = {
        "inbox_stuck": lambda: vitals.age(vitals.inbox.oldest) > INBOX_MAY_WAIT.total_seconds(),
        "inbox_quarantine": lambda: vitals.inbox.given_up > 0,
        "outbox_late": lambda: vitals.age(vitals.outbox.oldest) > OUTBOX_MAY_WAIT.total_seconds(),
        "outbox_given_up": lambda: vitals.outbox.given_up > 0,
        "outbox_held": lambda: vitals.outbox_held,
        "disk_space": lambda: free < LITTLE_SPACE,
    }
    return [name for name, is_raised in raised.items() if is_raised()]


def _shown(vitals: Vitals, backlog: Backlog) -> dict[str, Any]:
    return {
        "waiting": backlog.waiting,
        "oldest_seconds": round(vitals.age(backlog.oldest), 1),
        "given_up": backlog.given_up,
    }
