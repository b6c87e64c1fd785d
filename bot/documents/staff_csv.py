"""The staff list as the personnel office exports it: a file that an operator names, or what is brought to a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.documents.sheets import (
    OLD_WORKBOOK,
    WORKBOOK,
    Sheet,
    decoded,
    of_text,
    of_workbook,
)
from bot.documents.staff_columns import (
    COLUMNS,
    Fault,
    Header,
    faults_of,
    header_of,
    is_a_remark,
    known_in,
    repeated,
    shared_numbers,
    without_bad_emails,
    without_repeats,
)
from bot.errors import OperatorError
from handlers.domain.brought_lists import MOST_ROWS, ReadAs, RowFault, UnreadableList
from handlers.domain.particulars import MAX_FIELD_LETTERS
from handlers.domain.staff_lists import StaffList, StaffRow

__all__ = ["COLUMNS", "BadStaffList", "StaffRow", "UnreadableList", "brought", "pasted", "read"]
MOST_NOTES = 30
_AS_IT_STANDS = ReadAs()


class BadStaffList(OperatorError):
    """Every bad row, one a line; nothing of the list may be used."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read(file: Path, note: Callable[[str], None] = lambda _: None) -> list[StaffRow]:
    """`note` is told, in Turkish, what was read under another name, what was left out, and what may be a slip.

    Raises BadStaffList.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadStaffList([f"{file}: {error.strerror}; expected a file that can be read"]) from None
    try:
        header, rows, faults = _parsed(_sheet(content, None), note)
    except UnreadableList as error:
        raise BadStaffList([f"{file}:{error.line}: {error.problem}"]) from None
    if not rows and not faults:
        faults.append(Fault(header.line, "nobody below the header; expected a person a line", ""))
    if faults:
        raise BadStaffList([f"{file}:{one.line}: {one.problem}" for one in sorted(faults, key=lambda one: one.line)])
    return rows


def brought(content: bytes, said: ReadAs = _AS_IT_STANDS) -> StaffList:
    """What is good of it, and what is not, row by row. Raises UnreadableList."""
    return _lenient(_sheet(content, MOST_ROWS), said)


def pasted(text: str, said: ReadAs = _AS_IT_STANDS) -> StaffList:
    """From a sheet, or a CSV by hand. Raises UnreadableList."""
    return _lenient(of_text(text.removeprefix("\ufeff"), known_in, MOST_ROWS), said)


def _sheet(content: bytes, most: int | None) -> Sheet:
    """Raises UnreadableList."""
    if content.startswith((WORKBOOK, OLD_WORKBOOK)):
        return of_workbook(content, most or MOST_ROWS)
    return of_text(decoded(content), known_in, most)


def _lenient(sheet: Sheet, said: ReadAs) -> StaffList:
    notes: list[str] = []
    header, below = header_of(sheet, said)
    header.say(notes.append)
    rows, faults = _rows(sheet, header, below, notes.append)
    if not rows and not faults:
        raise UnreadableList(
            header.line, "nobody below the header", "Başlığın altında kimse yok: her satırda bir kişi olmalı."
        )
    rows = without_bad_emails(without_repeats(rows, notes.append), notes.append)
    faults += [
        *(fault for row in rows for fault in faults_of(row, without_department=said.without_department)),
        *shared_numbers(rows),
    ]
    bad = {one.line for one in faults}
    good = [row for row in rows if row.line not in bad]
    if len(good) > MOST_ROWS:
        raise UnreadableList(1, "too many rows", f"Bir seferde en çok {MOST_ROWS} kişi; listeyi bölün.")
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES:] = [f"… ve {len(notes) - MOST_NOTES} not daha"]
    why = {one.line: one.says for one in reversed(faults)}
    names = {row.line: row.name[:MAX_FIELD_LETTERS] for row in rows}
    found = [RowFault(line, why[line], names.get(line, "")) for line in sorted(why)]
    return StaffList(rows=good, faults=found, notes=notes, columns=header.described(below))


def _parsed(sheet: Sheet, note: Callable[[str], None]) -> tuple[Header, list[StaffRow], list[Fault]]:
    """Raises UnreadableList."""
    header, below = header_of(sheet, _AS_IT_STANDS)
    header.say(note)
    rows, faults = _rows(sheet, header, below, note)
    faults += [fault for row in rows for fault in faults_of(row)]
    faults += repeated(rows, "sicil_no", lambda row: row.staff_no)
    faults += repeated(rows, "eposta", lambda row: (row.email or "").casefold())
    return header, rows, faults


def _rows(
    sheet: Sheet, header: Header, below: Sequence[tuple[int, list[str]]], note: Callable[[str], None]
) -> tuple[list[StaffRow], list[Fault]]:
    """As they stand there, and what is no row."""
    faults: list[Fault] = []
    rows: list[StaffRow] = []
    for line, cells in below:
        if not header.fits(cells):
            count, wanted = len(cells), len(header.columns)
            faults.append(Fault(line, f"{count} values; expected {wanted}", f"{count} hücre var, {wanted} olmalı"))
        elif is_a_remark(cells):
            note(f"{line}. satır kişi değil, okunmadı: “{''.join(cells)[:MAX_FIELD_LETTERS]}”")
        elif not header.is_repeated(cells):
            rows.append(header.row(line, cells, note))
    if sheet.broken is not None:
        line, why = sheet.broken
        faults.append(Fault(line, f"{why}; expected CSV", "bu satırdan sonrası okunamadı: tırnak kapanmamış"))
    return rows, faults
