"""Workbooks (.xlsx, .xls, .ods), read in a process of their own: two cells in far corners, or a long text in each of a
million cells, take memory that nobody can count beforehand, and where it runs out the reader ends its process.

Run as a file, not as a module of ours, so that it needs neither path nor settings: it reads the workbook from its
input, and writes one line of JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Any

MOST_MEMORY = 1_500_000_000
"""Bytes of addresses that the process may have."""
PATIENCE = 30.0
MOST_ROWS, MOST_COLUMNS = 80_000, 100
MOST_LETTERS = 60_000_000
"""Of what it writes."""


class Why(IntEnum):
    """Exit codes; whatever else ends it is a broken file."""

    LOCKED = 3
    TOO_LARGE = 4


class UnreadableWorkbook(Exception):
    """`why` None: broken, or of another kind."""

    def __init__(self, why: Why | None = None) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True, slots=True)
class ReadSheet:
    number: int
    """From 0."""
    rows: list[list[object]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    """First and last cell of each, by line and column."""


def read(content: bytes, sheet_no: int | None) -> ReadSheet | None:
    """`sheet_no`: from 1; None: the first with anything in it. None: there is none. Raises UnreadableWorkbook."""
    command = [sys.executable, "-I", __file__, *([] if sheet_no is None else [str(sheet_no)])]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 # this file
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableWorkbook from error
    if done.returncode != 0:
        raise UnreadableWorkbook(Why(done.returncode) if done.returncode in set(Why) else None)
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableWorkbook from error
    if found is None:
        return None
    rows = [[_decoded(cell) for cell in row] for row in found["rows"]]
    merged = [((one[0][0], one[0][1]), (one[1][0], one[1][1])) for one in found["merged"]]
    return ReadSheet(found["number"], rows, merged)


def _decoded(cell: Any) -> object:
    match cell:
        case {"date": written}:
            return date.fromisoformat(written)
        case {"moment": written}:
            return datetime.fromisoformat(written)
        case {"time": written}:
            return time.fromisoformat(written)
        case _:
            return cell


def _encoded(cell: object) -> object:
    match cell:
        case datetime():
            return {"moment": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case timedelta():
            return str(cell)
        case _:
            return cell


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import io

    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return Why.LOCKED
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else None
    count = len(book.sheet_names)
    chosen = range(count) if wanted is None else [wanted - 1] if 0 < wanted <= count else []
    for number in chosen:
        sheet = book.get_sheet_by_index(number)
        if sheet.total_height > MOST_ROWS:
            return Why.TOO_LARGE
        rows = [row[:MOST_COLUMNS] for row in sheet.to_python(skip_empty_area=False)]
        if any(cell != "" for row in rows for cell in row):
            merged = (sheet.merged_cell_ranges or [])[:MOST_ROWS]
            shown = [[_encoded(cell) for cell in row] for row in rows]
            written = json.dumps({"number": number, "rows": shown, "merged": merged})
            if len(written) > MOST_LETTERS:
                return Why.TOO_LARGE
            sys.stdout.write(written)
            return 0
    sys.stdout.write("null")
    return 0


if __name__ == "__main__":
    sys.exit(main())
