"""What an invariant works with, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Row, Select, Table

from handlers.domain.people import UnitId
from handlers.domain.working_time import WorkingTime
from handlers.ports import UnitOfWork
from handlers.ports.week_figures import WeekFigures
from storage.engine.transaction import Transaction

_ROWS_A_BATCH = 5_000
"""Rows in memory."""


@dataclass(frozen=True, slots=True)
class Violation:
    invariant: str
    where: str
    """A ticket's number, a conversation's address, a table and its key: never what people wrote."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Counting:
    """How time is counted, as far as no table says it."""

    zone: ZoneInfo
    kinds: Mapping[str, str]
    """Of each category of the catalogue, `ariza` or `talep`."""
    week: Callable[[UnitOfWork, WorkingTime, UnitId, datetime, datetime], WeekFigures | None]
    """What a week of a unit adds to the charts, counted by the working time of that unit; None: not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariantContext:
    transaction: Transaction
    damage: Callable[[], Sequence[str]]
    """What is wrong with the files of the database."""
    now: datetime
    working: bool
    """Whether a desk works on this database: only then must what waits be taken up."""
    files: Path | None
    """The folder of attachments; None: they are not looked at."""
    counting: Counting | None
    """None: what is kept of tickets' time is not looked at."""
    few: bool
    """The table is small: all that is asked for is fetched at once."""
    advance: Callable[[int], None]
    """Told how many more rows are done."""

    def rows(self, query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
        """One after the other, however many there are."""
        with closing(self.transaction.execute(query, batch=0 if self.few else _ROWS_A_BATCH)) as found:
            yield from found


Finding = tuple[str, str]
"""Where, and what."""


@dataclass(frozen=True, slots=True)
class Invariant:
    name: str
    promise: str
    check: Callable[[InvariantContext], Iterator[Finding]]
    of: Table | None = None
    """The table whose rows are counted as checked."""
