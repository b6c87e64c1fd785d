"""How the channel is doing, for /healthz, metrics and alarms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any


class Health:
    """`trouble` is empty or one of: conflict, token_refused, unreachable, not_stored, webhook_not_set."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.trouble = ""
        self.since: datetime | None = None
        self.answered_at: datetime | None = None

    def well(self) -> None:
        self.trouble, self.since, self.answered_at = "", None, self._now()

    def ill(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble, self.since = trouble, self._now()

    def rest(self) -> None:
        """Another process asks for updates: what troubled us is no trouble of ours any more."""
        self.trouble, self.since = "", None

    def state(self) -> Mapping[str, Any]:
        return {
            "ok": not self.trouble,
            "trouble": self.trouble,
            "since": self.since.isoformat() if self.since else None,
            "answered_at": self.answered_at.isoformat() if self.answered_at else None,
        }
