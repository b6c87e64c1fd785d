"""Lists that somebody brings as a file: of staff, of devices. What its columns are read as, what becomes of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.domain.errors import DeskError, Invalid
from handlers.domain.people import PersonId

ROWS_A_PART = 250
"""Rows that are taken in, or taken back, in one transaction: a running desk waits for none of them."""
MOST_ROWS = 20_000
PREVIEW_KEPT = timedelta(days=1)
"""How long a list that nobody took in lies there."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list as it was brought."""

    place: int
    heading: str
    field: str
    """As what it was read; empty: not at all."""
    filled: int
    """How many rows have something there."""
    sample: Sequence[str]
    """A few of what stands there."""

    @property
    def is_lost(self) -> bool:
        """Something stands there, and nobody reads it."""
        return not self.field and self.filled > 0


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What whoever brought a list said of it."""

    columns: Mapping[int, str] = field(default_factory=dict)
    """By their places, as what they are read; empty: not at all. The others are known by their headings."""
    without_department: bool = False
    """Who has no müdürlük there is taken all the same."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """As what columns under these headings were read before, because somebody said so."""
    empties_clear: bool = False
    """An empty cell clears what the desk knows; else it changes nothing."""


class UnreadableList(DeskError):
    """Nothing of it can be used. `problem` is for an operator, `says` for whoever brought it on a page; `columns`:
    what stands there, where it is only not known which is what."""

    def __init__(self, line: int, problem: str, says: str, columns: Sequence[ListColumn] = ()) -> None:
        super().__init__(problem)
        self.line, self.problem, self.says, self.columns = line, problem, says, columns


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be taken in."""

    line: int
    says: str
    """Why, in Turkish."""
    whom: str = ""
    """Who stands there; kept only until the list is taken in."""
    cells: tuple[str, ...] = ()
    """The row as it was brought, so that it can be mended and brought again; empty: not kept."""


class RowKind(StrEnum):
    """What a row would be, as it looked when the list was read."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWIN = "twin"
    """New by its number, and perhaps somebody who is known already."""


class RowFate(StrEnum):
    """What became of it."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"
    """Could not be taken in after all, by what was done meanwhile."""
    KEPT = "kept"
    """Could not be taken back: others changed it since, or it was used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """A row of a list that was brought, and what became of it."""

    kind: RowKind
    fate: RowFate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImport:
    """A list that somebody brought."""

    key: str
    """A UUID, which its address carries."""
    owner: PersonId
    at: datetime
    name: str
    """Of the file; empty for what was pasted."""
    digest: str
    """By which the same list is known again."""
    faults: Sequence[RowFault] = ()
    notes: Sequence[str] = ()
    begun_at: datetime | None = None
    """When it was said yes to."""
    back_at: datetime | None = None
    """When **Geri al** was pressed."""
    id: int = 0

    def require_may_be_taken_in(self) -> None:
        """Raises Invalid(`list_taken_back`)."""
        if self.back_at is not None:
            raise Invalid("list_taken_back")

    def require_may_be_taken_back(self, now: datetime, within: timedelta) -> None:
        """Raises Invalid(`list_not_taken`, `list_too_old`)."""
        if self.begun_at is None:
            raise Invalid("list_not_taken")
        if now - self.begun_at > within:
            raise Invalid("list_too_old", days=within.days)

    def progress(self, counts: Counts) -> tuple[int, int] | None:
        """How many rows of how many are taken in or back; None: nothing is under way."""
        if self.begun_at is not None and self.back_at is None and counts.done < counts.total:
            return counts.done, counts.total
        if self.back_at is not None and counts.left_to_take_back:
            return counts.gone_back, counts.gone_back + counts.left_to_take_back
        return None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one list by what they looked like, and by what became of them."""

    kinds: Mapping[RowKind, int] = field(default_factory=dict)
    fates: Mapping[RowFate, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    @property
    def done(self) -> int:
        return sum(self.fates.values())

    @property
    def parts(self) -> int:
        return -(-self.total // ROWS_A_PART)

    @property
    def left_to_take_back(self) -> int:
        return self.fates.get(RowFate.ADDED, 0) + self.fates.get(RowFate.CHANGED, 0)

    @property
    def gone_back(self) -> int:
        """Taken back, or looked at and kept."""
        return self.fates.get(RowFate.TAKEN_BACK, 0) + self.fates.get(RowFate.KEPT, 0)


_OF_A_ROW = re.compile(r"Satır \d+(?P<said>[:,] .*)", re.DOTALL)


def said_once(notes: Sequence[str]) -> list[str]:
    """What is said of many rows alike stands once, at the first of them, with how many more there are."""
    first: dict[str, str] = {}
    more: dict[str, int] = {}
    for note in notes:
        found = _OF_A_ROW.fullmatch(note)
        same = note if found is None else found["said"]
        if same in first:
            more[same] = more.get(same, 0) + (first[same] != note)
        else:
            first[same] = note
    return [f"{note} (aynısı {more[same]} satırda daha)" if more.get(same) else note for same, note in first.items()]
