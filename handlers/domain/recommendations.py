"""Öneri ve tedbirler: what the director writes under the figures of a year, for its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.domain.errors import DeskError

MAX_LETTERS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """As it was written at one time. It is the house's: who wrote it stands in the audit."""

    year: int
    version: int
    """From 1; the newest is what stands."""
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRecommendation:
    """What a page asks to be written."""

    year: int
    text: str
    seen: int
    """The version that stood on the page; 0: there was none."""


class WrittenMeanwhile(DeskError):
    """Somebody else wrote it since the page was shown."""

    def __init__(self, standing: Recommendation | None) -> None:
        super().__init__("written meanwhile")
        self.standing = standing
