"""The staff list as the personnel office exports it: CSV in UTF-8, in the Turkish code page of Windows, or
the "Unicode text" of Excel."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.errors import OperatorError
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.phones import is_phone
from knowledge.language.typed import typed

COLUMNS = ("sicil_no", "ad", "mudurluk", "oda", "telefon", "eposta")
NEEDED = COLUMNS[:3]
_SURNAME = "soyad"
_COLUMN_NAMES = [
    (column, name)
    for column, names in (
        ("sicil_no", ("sicil no", "sicil", "sicil numarası", "personel no", "personel sicil no")),
        ("ad", ("ad", "adı", "ad soyad", "adı soyadı", "isim", "personel adı", "personelin adı soyadı")),
        (_SURNAME, ("soyad", "soyadı", "soyisim")),
        ("mudurluk", ("müdürlük", "müdürlüğü", "birim", "çalıştığı müdürlük", "görev yeri")),
        ("oda", ("oda", "oda no", "kat oda", "kat ve oda")),
        ("telefon", ("telefon", "telefon no", "cep telefonu", "cep tel", "tel", "gsm", "dahili")),
        ("eposta", ("eposta", "e-posta", "e-posta adresi", "mail", "e-mail", "mail adresi")),
    )
    for name in names
]
"""What personnel offices write over their columns."""
MAX_FIELD_LETTERS = 80
_NOTHING = frozenset({"-", "--", "---", ".", "0", "yok", "bilinmiyor"})
"""What offices put where there is nothing to put."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """None: the list has no such column, and says nothing of it."""

    line: int
    staff_no: str
    name: str
    department: str
    room: str | None
    phone: str | None
    email: str | None


class BadStaffList(OperatorError):
    """Every bad row, one a line; nothing of the list may be used."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read(file: Path, note: Callable[[str], None] = lambda _: None) -> list[StaffRow]:
    """`note` is told, in Turkish, what was read under another name, what was left out, and what may be a slip.

    Raises BadStaffList.
    """
    table = _table(file, _text(file))
    table.header.say(note)
    problems: list[str] = []
    rows: list[StaffRow] = []
    try:
        for line, cells in table.below:
            if not table.header.fits(cells):
                problems.append(f"{file}:{line}: {len(cells)} values; expected {len(table.header.columns)}")
            elif _is_a_remark(cells):
                note(f"{line}. satır kişi değil, okunmadı: “{''.join(cells)[:MAX_FIELD_LETTERS]}”")
            elif not table.header.is_repeated(cells):
                rows.append(table.header.row(line, cells, note))
    except csv.Error as error:
        problems.append(f"{file}:{table.reader.line_num + table.skipped}: {error}; expected CSV")
    if not rows and not problems:
        problems.append(f"{file}:{table.line}: nobody below the header; expected a person a line")
    problems += [problem for row in rows for problem in _problems(file, row)]
    problems += _repeated(file, rows, "sicil_no", lambda row: row.staff_no)
    problems += _repeated(file, rows, "eposta", lambda row: (row.email or "").casefold())
    if problems:
        raise BadStaffList(sorted(problems, key=_line))
    _note_departments(rows, note)
    return rows


# --- the file -----------------------------------------------------------------------------------
def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadStaffList([f"{file}: {error.strerror}; expected a file that can be read"]) from None
    if content.startswith(_WORKBOOKS):
        raise BadStaffList([f"{file}:1: an Excel workbook; expected CSV (in Excel: Farklı Kaydet, CSV UTF-8)"])
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(file, content, "utf-16")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8) or _UTF8_LETTER.search(content):
            raise _not_text(file, content, error.start) from None
        text = _decoded(file, content, "cp1254")
    if "\0" in text:
        raise _not_text(file, content, content.index(0))
    return text


def _decoded(file: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(file, content, error.start) from None


_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .xls begin."""


_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""A Turkish letter in UTF-8; in Windows-1254 it would read as nonsense, so a file that has one is broken UTF-8."""


def _not_text(file: Path, content: bytes, at: int) -> BadStaffList:
    line = content.count(b"\n", 0, at) + 1
    return BadStaffList([f"{file}:{line}: byte 0x{content[at]:02x}; expected text in UTF-8 or Windows-1254"])


@dataclass(slots=True)
class _Table:
    """The rows below the header, each with the line it ends in."""

    header: _Header
    line: int
    below: Iterator[tuple[int, list[str]]]
    reader: Any
    skipped: int
    """Lines above those that the reader counts."""


DELIMITERS = ";,\t|"
_SEP_LINE = re.compile(r'\A\s*+"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""What Excel is told the delimiter by, above everything else."""
SEARCHED_FOR_HEADER = 20
"""Lines among which the header stands: offices put a title above it."""


def _table(file: Path, text: str) -> _Table:
    """By the delimiter, and in the line, where most columns are known. Raises BadStaffList."""
    said = _SEP_LINE.match(text)
    text, skipped = (text[said.end() :], 1) if said is not None else (text, 0)
    best, places = 0, (DELIMITERS[0], 0)
    for delimiter in said[1] if said is not None else DELIMITERS:
        for place, cells in enumerate(_first(text, delimiter)):
            known = len({_column(cell) for cell in cells} - {None})
            if known > best:
                best, places = known, (delimiter, place)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=places[0], strict=True)
    rows = ((reader.line_num + skipped, cells) for raw in reader if any(cells := [_cell(one) for one in raw]))
    try:
        line, cells = next(islice(rows, places[1], None))
    except StopIteration:
        raise BadStaffList([f"{file}:1: nothing in it; expected the header {','.join(COLUMNS)}"]) from None
    except csv.Error as error:
        raise BadStaffList([f"{file}:{reader.line_num + skipped}: {error}; expected CSV"]) from None
    return _Table(_Header.of(file, line, cells), line, rows, reader, skipped)


def _first(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not empty, as far as they can be read."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        for raw in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if any(cells := [_cell(cell) for cell in raw]):
                found.append(cells)
            if len(found) == SEARCHED_FOR_HEADER:
                break
    return found


def _cell(raw: str) -> str:
    """In one line, with one kind of blank, whatever office program it was written in."""
    return " ".join(typed(raw).split())


def _is_a_remark(cells: Sequence[str]) -> bool:
    """ "Toplam: 48 kişi" in a line of its own."""
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and not _STAFF_NO.fullmatch(filled[0])


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column is what; the order is free, and "Adı Soyadı" is `ad`. One that is none of ours is not read."""

    cells: tuple[str, ...]
    columns: tuple[str | None, ...]

    @classmethod
    def of(cls, file: Path, line: int, cells: Sequence[str]) -> _Header:
        """Raises BadStaffList where a needed column is missing, or two may be one."""
        header = cls(tuple(cells), tuple(_column(cell) for cell in cells))
        twice = {column for column in header.columns if header.columns.count(column) > 1} - {None, "telefon"}
        if twice or not set(NEEDED) <= set(header.columns):
            expected = f"expected {','.join(COLUMNS)} ({header._what_is_amiss()})"
            raise BadStaffList([f"{file}:{line}: header {','.join(cells)!r}; {expected}"])
        return header

    def _what_is_amiss(self) -> str:
        lacking = [column for column in NEEDED if column not in self.columns]
        unknown = [repr(cell) for cell, column in self._pairs() if cell and column is None]
        twice = [repr(cell) for cell, column in self._pairs() if column and self.columns.count(column) > 1]
        parts = (("no column for ", lacking), ("unknown ", unknown), ("not plain which of ", twice))
        return "; ".join(what + ", ".join(which) for what, which in parts if which)

    def _pairs(self) -> Iterator[tuple[str, str | None]]:
        return zip(self.cells, self.columns, strict=True)

    def say(self, note: Callable[[str], None]) -> None:
        for cell, column in self._pairs():
            if column is None and cell:
                note(f"“{cell}” sütunu okunmadı")
            elif column is not None and column != folded(cell).replace(" ", "_"):
                note(f"“{cell}” sütunu {column} olarak okundu")
        for column in COLUMNS:
            if column not in self.columns:
                note(f"{column} sütunu yok; masanın bildikleri olduğu gibi kalır")

    def fits(self, cells: Sequence[str]) -> bool:
        """Every column of ours is there, and nothing stands beyond the last."""
        last = max(place for place, column in enumerate(self.columns) if column is not None)
        return len(cells) > last and not any(cells[len(self.columns) :])

    def is_repeated(self, cells: Sequence[str]) -> bool:
        """Each printed page has it again."""
        return tuple(cells[: len(self.cells)]) == self.cells

    def row(self, line: int, cells: Sequence[str], note: Callable[[str], None]) -> StaffRow:
        found: dict[str, list[str]] = {}
        for cell, column in zip(cells, self.columns, strict=False):
            if column is not None:
                found.setdefault(column, []).append(cell)
        one = {column: " ".join(filter(None, values)) for column, values in found.items()}
        phones = [_phone(line, cell, note) for cell in found.get("telefon", ())]
        return StaffRow(
            line,
            one["sicil_no"].removeprefix("'").removesuffix(".0"),
            " ".join(filter(None, (one["ad"], one.get(_SURNAME)))),
            one["mudurluk"],
            _or_nothing(one.get("oda")),
            " / ".join(filter(None, phones)) if phones else None,
            _or_nothing(one.get("eposta")),
        )


def _or_nothing(value: str | None) -> str | None:
    return "" if value is not None and folded(value) in _NOTHING else value


def _phone(line: int, cell: str, note: Callable[[str], None]) -> str:
    """Left out, and said, where it is none: a person is not refused for it."""
    if not cell or (is_phone(folded(cell)) and len(cell) <= MAX_FIELD_LETTERS):
        return cell
    note(f"{line}. satırdaki telefon “{cell[:MAX_FIELD_LETTERS]}” anlaşılmadı, boş bırakıldı")
    return ""


def _column(cell: str) -> str | None:
    written = folded(cell).replace(" ", "_")
    return (
        written if written in COLUMNS else comparison.meant(cell[:MAX_FIELD_LETTERS], _COLUMN_NAMES, comparison.COLUMNS)
    )


def _note_departments(rows: Sequence[StaffRow], note: Callable[[str], None]) -> None:
    """The same müdürlük under two names is two in every list of the desk."""
    first: dict[str, int] = {}
    counts = Counter(row.department for row in rows)
    for row in rows:
        first.setdefault(row.department, row.line)
    for rare in sorted(counts, key=lambda name: (counts[name], -first[name])):
        other = next(
            (
                name
                for name in counts
                if (counts[name], -first[name]) > (counts[rare], -first[rare])
                and comparison.alike(rare, name, comparison.DEPARTMENTS)
            ),
            None,
        )
        if other is not None:
            note(f"{first[rare]}. satırdaki “{rare}” “{other}” adına çok benziyor; aynı müdürlükse listede düzeltin")


_STAFF_NO = re.compile(r"[0-9A-Za-z./-]{1,20}")


# --- the rows -----------------------------------------------------------------------------------
def _problems(file: Path, row: StaffRow) -> list[str]:
    checks: tuple[tuple[str, str, bool, str], ...] = (
        (
            "sicil_no",
            row.staff_no,
            _STAFF_NO.fullmatch(row.staff_no) is not None,
            "letters and digits, at most 20",
        ),
        ("ad", row.name, _is_words(row.name, needed=True), f"a name, at most {MAX_FIELD_LETTERS} characters"),
        (
            "mudurluk",
            row.department,
            _is_words(row.department, needed=True),
            f"a name, at most {MAX_FIELD_LETTERS} characters",
        ),
        (
            "oda",
            row.room or "",
            _is_words(row.room or ""),
            f"nothing, or a room of at most {MAX_FIELD_LETTERS} characters",
        ),
        (
            "eposta",
            row.email or "",
            not row.email or bool(re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", row.email)),
            "nothing, or an e-mail address",
        ),
    )
    return [
        f"{file}:{row.line}: {column} {value[:MAX_FIELD_LETTERS]!r}; expected {expected}"
        for column, value, is_good, expected in checks
        if not is_good
    ]


def _is_words(value: str, *, needed: bool = False) -> bool:
    """Without control characters and those that turn the direction of a line."""
    if len(value) > MAX_FIELD_LETTERS or not value.isprintable():
        return False
    return any(letter.isalpha() for letter in value) if needed else True


def _repeated(file: Path, rows: Sequence[StaffRow], column: str, key: Callable[[StaffRow], str]) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"{file}:{row.line}: {column} {key(row)!r} stands in line {first[key(row)]} too; expected each once"
        for row in rows
        if key(row) and first.setdefault(key(row), row.line) != row.line
    ]


def _line(problem: str) -> int:
    found = re.search(r":(\d+): ", problem)
    return int(found[1]) if found else 0
