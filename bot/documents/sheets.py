"""What lies in the file of a list that is brought, line by line: CSV in UTF-8 or the Turkish code page of Windows,
the "Unicode text" of Excel, what is pasted from a sheet, or a workbook (.xlsx, .xls, .ods)."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.documents import workbook_reader
from bot.documents.workbook_reader import ReadSheet, UnreadableWorkbook, Why
from handlers.domain.brought_lists import UnreadableList
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
    """By the delimiter under which most columns are known. Raises UnreadableList."""
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


def too_many(most: int) -> UnreadableList:
    return UnreadableList(
        1, f"more than {most} rows", f"Listede {most:,} satırdan çok var; bölüp ayrı ayrı getirin.".replace(",", ".")
    )


def in_one_line(raw: str) -> str:
    """With one kind of blank, whatever office program it was written in."""
    return " ".join(typed(raw).split())


# --- bytes to text ------------------------------------------------------------------------------
def decoded(content: bytes) -> str:
    """Raises UnreadableList."""
    for mark, kind in _KNOWN_FILES:
        if content.startswith(mark):
            raise UnreadableList(
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


def _not_text(content: bytes, at: int) -> UnreadableList:
    line = content.count(b"\n", 0, at) + 1
    return UnreadableList(
        line,
        f"byte 0x{content[at]:02x}; expected text in UTF-8 or Windows-1254",
        f"Dosya okunamadı: {line}. satır ne UTF-8 ne de Windows Türkçesi. Excel’de Farklı Kaydet, “CSV UTF-8” seçin.",
    )


# --- workbooks ----------------------------------------------------------------------------------
class TypedCell(str):
    """What a cell of a workbook shows, with what it is: a number, a date, or a formula that nobody worked out."""

    __slots__ = ("value",)
    value: float | date | time | timedelta | Formula | None

    def __new__(cls, shown: str, value: float | date | time | timedelta | Formula | None = None) -> TypedCell:
        made = super().__new__(cls, shown)
        made.value = value
        return made


class Formula:
    """In a cell whose result is not in the file."""


FORMULA = Formula()


def of_workbook(content: bytes, most: int, sheet_no: int | None = None) -> Sheet:
    """`sheet_no`: from 1; None: the first with anything in it. Merged cells all show what the first of them does; of a
    formula what it was worth when it was saved.

    Raises UnreadableList.
    """
    if content.startswith(WORKBOOK):
        _require_small(content)
    elif _ENCRYPTED in content:
        raise _locked()
    try:
        found = workbook_reader.read(content, sheet_no)
    except UnreadableWorkbook as error:
        raise _UNREAD[error.why]() from error
    return Sheet() if found is None else _of_read(found, most, _unworked(content, found.number))


def _of_read(found: ReadSheet, most: int, formulas: frozenset[tuple[int, int]]) -> Sheet:
    """A merged cell is filled from its first: a müdürlük over several rows. Titles over several columns are not."""
    rows, left_to_fill = found.rows, _MOST_FILLED
    for (top, left), (bottom, _) in found.merged:
        last = min(bottom + 1, len(rows), top + 1 + left_to_fill)
        left_to_fill -= max(last - top - 1, 0)
        for line in range(top + 1, last):
            if any(cell != "" for cell in rows[line]) and left < len(rows[line]):
                rows[line][left] = rows[top][left]
    sheet = Sheet()
    for line, row in enumerate(rows):
        cells: list[str] = [
            TypedCell("", FORMULA) if value == "" and (line, column) in formulas else _cell(value)
            for column, value in enumerate(row)
        ]
        while cells and not cells[-1] and getattr(cells[-1], "value", None) is None:
            cells.pop()
        if cells:
            sheet.lines.append((line + 1, cells))
        if len(sheet.lines) > most + SEARCHED_FOR_HEADER:
            raise too_many(most)
    widest = max((len(cells) for _, cells in sheet.lines), default=0)
    for _, cells in sheet.lines:
        cells += [""] * (widest - len(cells))
    return sheet


def _cell(value: object) -> str:
    match value:
        case None | bool():
            return ""
        case str():
            return in_one_line(value) if value else ""
        case float() if value.is_integer() and abs(value) < _EXACT:
            return TypedCell(str(int(value)), value)
        case int() | float():
            return TypedCell(str(value), float(value))
        case datetime() | date() | time():
            return TypedCell(value.isoformat(), value)
        case timedelta():
            return TypedCell(str(value), value)
        case _:
            return in_one_line(str(value))


_MOST_FILLED = 1_000_000
"""Cells that merged ones fill."""
_EXACT = 1e15
"""From here on a number of a sheet has lost digits: it keeps fifteen."""
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(.*?)</c>', re.DOTALL)
_HAS_RESULT = re.compile(rb"<v[^/>]*>[^<]|<is>")
_SHEET_OF_BOOK = re.compile(rb'<sheet [^>]*?r:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship [^>]*>")


def _unworked(content: bytes, number: int) -> frozenset[tuple[int, int]]:
    """Cells of the sheet of that number (from 0) with a formula and no result: line and column, from 0."""
    if not content.startswith(WORKBOOK):
        return frozenset()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return frozenset()
        ids = _SHEET_OF_BOOK.findall(archive.read("xl/workbook.xml"))
        targets = {}
        for one in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
            key, target = re.search(rb'Id="([^"]+)"', one), re.search(rb'Target="([^"]+)"', one)
            if key and target:
                targets[key[1]] = target[1].decode().lstrip("/").removeprefix("xl/")
        name = f"xl/{targets.get(ids[number]) if number < len(ids) else None}"
        if name not in archive.namelist():
            return frozenset()
        xml = archive.read(name)
    if b"<f" not in xml:
        return frozenset()
    return frozenset(
        (int(line) - 1, _column_no(letters))
        for letters, line, inner in _CELL.findall(xml)
        if b"<f" in inner and not _HAS_RESULT.search(inner)
    )


def _column_no(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _require_small(content: bytes) -> None:
    """Counted while it is unpacked: what an archive says of itself is what whoever made it says. Raises
    UnreadableList."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {one.filename for one in entries}
            too_large = len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_UNPACKED
            if not too_large:
                for one in entries:
                    _unpack(archive, one)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise _broken_workbook() from error
    except RuntimeError as error:  # a password, says zipfile
        raise _locked() from error
    if too_large:
        raise _too_large()
    if not ({"[Content_Types].xml", "xl/workbook.xml"} <= names or {"mimetype", "content.xml"} <= names):
        raise _broken_workbook()


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """To its end, which must be where the archive says: a reader that trusts it less would unpack what follows."""
    with archive.open(entry) as file:
        while file.read(1 << 20):
            pass


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED = "Dosya parolalı; parolasız kaydedip yükleyin."


def _locked() -> UnreadableList:
    return UnreadableList(1, "a workbook with a password", LOCKED)


def _too_large() -> UnreadableList:
    return UnreadableList(
        1, "a workbook that is too large once it is unpacked", "Excel dosyası açılınca çok büyük oluyor; okunmadı."
    )


def _broken_workbook() -> UnreadableList:
    return UnreadableList(
        1,
        "an archive that is no workbook",
        "Excel dosyası açılamadı: bozuk, parolalı ya da başka türden. Excel’de açıp .xlsx olarak yeniden kaydedin.",
    )


_UNREAD: Mapping[Why | None, Callable[[], UnreadableList]] = {
    Why.LOCKED: _locked,
    Why.TOO_LARGE: _too_large,
    None: _broken_workbook,
}
