"""Staff lists as they were brought, so that columns can be read anew without choosing the file again.

In the memory of the process, or, where several share a folder, there: a browser may be led to any of them. What is kept
no more is chosen again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.web.settings import SharedFiles
from handlers.domain.brought_lists import PREVIEW_KEPT, ListColumn, ReadAs

MOST_BYTES = 20_000_000
"""In memory, of all together; the oldest goes first. The newest is kept whatever its size."""


@dataclass(slots=True, kw_only=True)
class BroughtList:
    name: str
    """Of the file; empty for what was pasted."""
    at: datetime
    content: bytes | str
    said: ReadAs = field(default_factory=ReadAs)
    """How it was read the last time."""
    columns: Sequence[ListColumn] = ()
    refused: str = ""
    """Why it could not be read so."""

    def as_data(self) -> dict[str, Any]:
        """All but the content."""
        return {
            "name": self.name,
            "at": self.at.isoformat(),
            "pasted": isinstance(self.content, str),
            "said": asdict(self.said),
            "columns": [asdict(one) for one in self.columns],
            "refused": self.refused,
        }

    @property
    def as_bytes(self) -> bytes:
        return self.content.encode() if isinstance(self.content, str) else self.content

    @classmethod
    def read(cls, data: Mapping[str, Any], content: bytes) -> BroughtList | None:
        """None: another version of the desk wrote it."""
        try:
            said = data["said"]
            columns = {int(place): column for place, column in said["columns"].items()}
            return cls(
                name=data["name"],
                at=datetime.fromisoformat(data["at"]),
                content=content.decode() if data["pasted"] else content,
                said=ReadAs(
                    columns,
                    said["without_department"],
                    headings=said.get("headings", {}),
                    empties_clear=said.get("empties_clear", False),
                ),
                columns=[ListColumn(**one) for one in data["columns"]],
                refused=data["refused"],
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return None


@dataclass(slots=True)
class BroughtLists:
    shared: SharedFiles | None = None
    """None: there is one process."""
    _lists: dict[str, BroughtList] = field(default_factory=dict)
    """By their keys, in the order in which they came."""

    async def keep(self, key: str, brought: BroughtList) -> None:
        """Under that key there may be one already: it is the same, pressed twice or read anew."""
        if self.shared is not None:
            await run_in_threadpool(self.shared.put, key, brought.as_data(), brought.as_bytes)
            return
        self._tidy(brought.at)
        self._lists.pop(key, None)
        while self._lists and sum(len(one.content) for one in (*self._lists.values(), brought)) > MOST_BYTES:
            self._lists.pop(next(iter(self._lists)))
        self._lists[key] = brought

    async def of(self, key: str, now: datetime) -> BroughtList | None:
        if self.shared is not None:
            found = await run_in_threadpool(_read, self.shared, key)
            return found if found is not None and now - found.at < PREVIEW_KEPT else None
        self._tidy(now)
        return self._lists.get(key)

    async def drop(self, key: str) -> None:
        if self.shared is not None:
            await run_in_threadpool(self.shared.drop, key)
        self._lists.pop(key, None)

    def _tidy(self, now: datetime) -> None:
        for key in [key for key, one in self._lists.items() if now - one.at >= PREVIEW_KEPT]:
            self._lists.pop(key)


def _read(shared: SharedFiles, key: str) -> BroughtList | None:
    line, content = shared.line(key), shared.content(key)
    return BroughtList.read(line, content) if line is not None and content is not None else None
