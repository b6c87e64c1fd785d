"""What the clock starts at most once a day, and when it last ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class JobName(StrEnum):
    """In the comments: what `JobRun.scope` names, and what `JobRun.until` is."""

    DIGEST = "digest"
    """A unit, or `director`; the end of the stretch that the summary covers."""
    MORNING = "morning"
    """A unit; when the morning list was composed."""
    WEEKLY = "weekly"
    """A unit, or `director`; when it was posted. Its day is the first of the week after the one it is about."""
    YEARLY = "yearly"
    """Nothing; when its draft was posted. Its day is the one from which it is due."""
    STOCK_MONTH = "stock_month"
    """A month; when its list was offered. Its day is the first of that month."""
    TRAINING = "training"
    """Nothing; when the night's training began."""
    BACKUP = "backup"
    """Nothing; when the last backup of the day was made."""
    CONTACT = "contact"
    """A channel; when its platform last answered on that day."""


@dataclass(frozen=True, slots=True)
class JobRun:
    job: JobName
    scope: str
    day: date
    """The desk's local one; UTC where the job knows no zone (backups, contact with platforms)."""
    until: datetime

    def __str__(self) -> str:
        """`digest:donanim:2026-11-22`, for logs."""
        return f"{self.job}:{self.scope}:{self.day}"
