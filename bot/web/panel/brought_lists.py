"""Staff lists as they were brought, so that columns can be read anew without choosing the file again.

In the memory of this process: when it ends they are gone, and whoever asks chooses the file again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.domain.staff_lists import PREVIEW_KEPT, ReadAs, StaffColumn

MOST_BYTES = 20_000_000
"""Of all together; the oldest goes first. The newest is kept whatever its size."""


@dataclass(slots=True, kw_only=True)
class BroughtList:
    name: str
    """Of the file; empty for what was pasted."""
    at: datetime
    content: bytes | str
    said: ReadAs = field(default_factory=ReadAs)
    """How it was read the last time."""
    columns: Sequence[StaffColumn] = ()
    refused: str = ""
    """Why it could not be read so."""


@dataclass(slots=True)
class BroughtLists:
    _lists: dict[str, BroughtList] = field(default_factory=dict)
    """By their keys, in the order in which they came."""

    def keep(self, key: str, brought: BroughtList) -> None:
        """Under that key there may be one already: it is the same, pressed twice."""
        self._tidy(brought.at)
        self.drop(key)
        while self._lists and sum(len(one.content) for one in (*self._lists.values(), brought)) > MOST_BYTES:
            self.drop(next(iter(self._lists)))
        self._lists[key] = brought

    def of(self, key: str, now: datetime) -> BroughtList | None:
        self._tidy(now)
        return self._lists.get(key)

    def drop(self, key: str) -> None:
        self._lists.pop(key, None)

    def _tidy(self, now: datetime) -> None:
        for key in [key for key, one in self._lists.items() if now - one.at >= PREVIEW_KEPT]:
            self.drop(key)
