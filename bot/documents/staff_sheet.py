"""What lies in the file of a staff list, line by line: CSV in UTF-8 or the Turkish code page of Windows, the "Unicode
text" of Excel, what is pasted from a sheet, or a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from handlers.domain.staff_lists import UnreadableStaffList
from knowledge.language.typed import typed

DELIMITERS = ";,\t|"
SEARCHED_FOR_HEADER = 20
"""Lines among which the header stands: offices put a title above it."""
MAX_COLUMNS = 100
MAX_UNPACKED = 60_000_000
"""Bytes of a workbook once it is unpacked: twenty thousand people take ten million."""
MAX_ENTRIES = 1_000
_SEP_LINE = re.compile(r'\A\s*+"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""What Excel is told the delimiter by, above everything else."""
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How .xlsx and .xls begin."""
_KNOWN_FILES = ((b"%PDF", "PDF"), (b"\x89PNG", "resim"), (b"\xff\xd8\xff", "resim"), (b"GIF8", "resim"))
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""A Turkish letter in UTF-8; in Windows-1254 it would read as nonsense, so a file that has one is broken UTF-8."""


@dataclass(slots=True)
class Sheet:
    """Lines that are not empty, each with the number it ends in."""

    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    broken: tuple[int, str] | None = None
    """Where and why no more could be read."""


def of_text(text: str, columns_in: Callable[[Sequence[str]], int], most: int | None = None) -> Sheet:
    """By the delimiter under which most columns are known. Raises UnreadableStaffList."""
    said = _SEP_LINE.match(text)
    text, skipped = (text[said.end() :], 1) if said is not None else (text, 0)
    best, chosen = 0, DELIMITERS[0]
    for delimiter in said[1] if said is not None else DELIMITERS:
        first = _read(text, delimiter, 0, SEARCHED_FOR_HEADER).lines
        known = max((columns_in(cells) for _, cells in first), default=0)
        if known > best:
            best, chosen = known, delimiter
    sheet = _read(text, chosen, skipped, None if most is None else most + SEARCHED_FOR_HEADER + 1)
    if most is not None and len(sheet.lines) > most + SEARCHED_FOR_HEADER:
        raise too_many(most)
    return sheet


def _read(text: str, delimiter: str, skipped: int, most: int | None) -> Sheet:
    sheet = Sheet()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for raw in reader:
            if any(cells := [in_one_line(one) for one in raw]):
                sheet.lines.append((reader.line_num + skipped, cells))
            if most is not None and len(sheet.lines) >= most:
                break
    except csv.Error as error:
        sheet.broken = (reader.line_num + skipped, str(error))
    return sheet


def too_many(most: int) -> UnreadableStaffList:
    return UnreadableStaffList(
        1, f"more than {most} rows", f"Listede {most:,} satırdan çok var; bölüp ayrı ayrı getirin.".replace(",", ".")
    )


def in_one_line(raw: str) -> str:
    """With one kind of blank, whatever office program it was written in."""
    return " ".join(typed(raw).split())


# --- bytes to text ------------------------------------------------------------------------------
def decoded(content: bytes) -> str:
    """Raises UnreadableStaffList."""
    for mark, kind in _KNOWN_FILES:
        if content.startswith(mark):
            raise UnreadableStaffList(
                1, f"a file of another kind ({kind}); expected CSV", f"Bu bir {kind} dosyası; Excel ya da CSV getirin."
            )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8) or _UTF8_LETTER.search(content):
            raise _not_text(content, error.start) from None
        text = _decoded(content, "cp1254")
    if "\0" in text:
        raise _not_text(content, content.index(0))
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(content, error.start) from None


def _not_text(content: bytes, at: int) -> UnreadableStaffList:
    line = content.count(b"\n", 0, at) + 1
    return UnreadableStaffList(
        line,
        f"byte 0x{content[at]:02x}; expected text in UTF-8 or Windows-1254",
        f"Dosya okunamadı: {line}. satır ne UTF-8 ne de Windows Türkçesi. Excel’de Farklı Kaydet, “CSV UTF-8” seçin.",
    )


# --- workbooks ----------------------------------------------------------------------------------
def of_workbook(content: bytes, most: int) -> Sheet:
    """Its first sheet with anything in it; of a formula what it was worth when it was saved.

    Raises UnreadableStaffList.
    """
    from openpyxl import load_workbook  # a tenth of a second, for whoever brings one

    _require_small(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for worksheet in book.worksheets:
            worksheet.reset_dimensions()
            sheet = _of_worksheet(worksheet, most)
            if sheet.lines:
                return sheet
    except UnreadableStaffList:
        raise
    except Exception as error:  # a hostile file makes the reader fail in any way it likes
        raise _broken_workbook() from error
    return Sheet()


def _of_worksheet(worksheet: Any, most: int) -> Sheet:
    sheet = Sheet()
    for line, row in enumerate(worksheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
        if line > 4 * most:
            raise too_many(most)
        cells = [in_one_line(_as_text(value)) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            sheet.lines.append((line, cells))
        if len(sheet.lines) > most + SEARCHED_FOR_HEADER:
            raise too_many(most)
    widest = max((len(cells) for _, cells in sheet.lines), default=0)
    for _, cells in sheet.lines:
        cells += [""] * (widest - len(cells))
    return sheet


def _as_text(value: object) -> str:
    match value:
        case None | bool():
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _require_small(content: bytes) -> None:
    """By what the archive says of itself, which its reader holds it to. Raises UnreadableStaffList."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {one.filename for one in entries}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _broken_workbook() from error
    if len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_UNPACKED:
        raise UnreadableStaffList(
            1, "a workbook that is too large once it is unpacked", "Excel dosyası açılınca çok büyük oluyor; okunmadı."
        )
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _broken_workbook()


def _broken_workbook() -> UnreadableStaffList:
    return UnreadableStaffList(
        1,
        "an archive that is no workbook",
        "Excel dosyası açılamadı: bozuk, parolalı ya da başka türden. Excel’de açıp .xlsx olarak yeniden kaydedin.",
    )


def require_no_old_workbook(content: bytes) -> None:
    """Raises UnreadableStaffList."""
    if content.startswith(OLD_WORKBOOK):
        raise UnreadableStaffList(
            1,
            "an Excel workbook; expected CSV (in Excel: Farklı Kaydet, CSV UTF-8)",
            "Bu eski bir Excel dosyası (.xls) ya da parolalı. Excel’de Farklı Kaydet, .xlsx seçin.",
        )
