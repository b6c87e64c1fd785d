"""The staff list as the personnel office exports it: CSV in UTF-8, or in the Turkish code page of Windows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import OperatorError
from knowledge.language import comparison
from knowledge.language.folding import folded

COLUMNS = ("sicil_no", "ad", "mudurluk", "oda", "telefon", "eposta")
_COLUMN_NAMES = [
    (column, name)
    for column, names in (
        ("sicil_no", ("sicil no", "sicil", "sicil numarası", "personel no", "personel sicil no")),
        ("ad", ("ad", "ad soyad", "adı soyadı", "isim", "personel adı", "personelin adı soyadı")),
        ("mudurluk", ("müdürlük", "müdürlüğü", "birim", "çalıştığı müdürlük", "görev yeri")),
        ("oda", ("oda", "oda no", "kat oda", "kat ve oda")),
        ("telefon", ("telefon", "telefon no", "cep telefonu", "cep tel", "tel", "gsm", "dahili")),
        ("eposta", ("eposta", "e-posta", "e-posta adresi", "mail", "e-mail", "mail adresi")),
    )
    for name in names
]
"""What personnel offices write over their columns."""
MAX_FIELD_LETTERS = 80


@dataclass(frozen=True, slots=True)
class StaffRow:
    line: int
    staff_no: str
    name: str
    department: str
    room: str
    phone: str
    email: str


class BadStaffList(OperatorError):
    """Every bad row, one a line; nothing of the list may be used."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read(file: Path, note: Callable[[str], None] = lambda _: None) -> list[StaffRow]:
    """`note` is told, in Turkish, what was read under another name and what may be a slip. Raises BadStaffList."""
    text = _text(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    problems: list[str] = []
    rows: list[StaffRow] = []
    order: list[int] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if order is None:
                order = _header(file, reader.line_num, cells, note)
            elif len(cells) != len(order):
                problems.append(f"{file}:{reader.line_num}: {len(cells)} values; expected {len(order)}")
            else:
                rows.append(StaffRow(reader.line_num, *(cells[place].strip() for place in order)))
    except csv.Error as error:
        problems.append(f"{file}:{reader.line_num}: {error}; expected CSV")
    if order is None and not problems:
        problems.append(f"{file}:1: nothing in it; expected the header {','.join(COLUMNS)}")
    problems += [problem for row in rows for problem in _problems(file, row)]
    problems += _repeated(file, rows, "sicil_no", lambda row: row.staff_no)
    problems += _repeated(file, rows, "eposta", lambda row: row.email.casefold())
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
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8) or _UTF8_LETTER.search(content):
            raise _not_text(file, content, error.start) from None
        try:
            text = content.decode("cp1254")
        except UnicodeDecodeError as error:
            raise _not_text(file, content, error.start) from None
    if "\0" in text:
        raise _not_text(file, content, content.index(0))
    return text


_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""A Turkish letter in UTF-8; in Windows-1254 it would read as nonsense, so a file that has one is broken UTF-8."""


def _not_text(file: Path, content: bytes, at: int) -> BadStaffList:
    line = content.count(b"\n", 0, at) + 1
    return BadStaffList([f"{file}:{line}: byte 0x{content[at]:02x}; expected text in UTF-8 or Windows-1254"])


def _delimiter(text: str) -> str:
    """A Turkish Excel writes semicolons."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _header(file: Path, line: int, cells: Sequence[str], note: Callable[[str], None]) -> list[int]:
    """Where each column stands; the order is free, and "Adı Soyadı" is `ad`. Two that may be one column are none."""
    found = [_column(cell) for cell in cells]
    if sorted(column or "" for column in found) != sorted(COLUMNS):
        expected = f"expected {','.join(COLUMNS)} ({_what_is_amiss(cells, found)})"
        raise BadStaffList([f"{file}:{line}: header {','.join(cells)!r}; {expected}"])
    for cell, column in zip(cells, found, strict=True):
        if column != folded(cell.strip()).replace(" ", "_"):
            note(f"“{cell.strip()}” sütunu {column} olarak okundu")
    return [found.index(column) for column in COLUMNS]


def _what_is_amiss(cells: Sequence[str], found: Sequence[str | None]) -> str:
    lacking = [column for column in COLUMNS if column not in found]
    unknown = [repr(cell) for cell, column in zip(cells, found, strict=True) if column is None]
    twice = [repr(cell) for cell, column in zip(cells, found, strict=True) if column and found.count(column) > 1]
    parts = (("no column for ", lacking), ("unknown ", unknown), ("not plain which of ", twice))
    return "; ".join(what + ", ".join(which) for what, which in parts if which)


def _column(cell: str) -> str | None:
    written = folded(cell.strip()).replace(" ", "_")
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


# --- the rows -----------------------------------------------------------------------------------
def _problems(file: Path, row: StaffRow) -> list[str]:
    checks: tuple[tuple[str, str, bool, str], ...] = (
        (
            "sicil_no",
            row.staff_no,
            bool(re.fullmatch(r"[0-9A-Za-z./-]{1,20}", row.staff_no)),
            "letters and digits, at most 20",
        ),
        ("ad", row.name, _is_words(row.name, needed=True), f"a name, at most {MAX_FIELD_LETTERS} characters"),
        (
            "mudurluk",
            row.department,
            _is_words(row.department, needed=True),
            f"a name, at most {MAX_FIELD_LETTERS} characters",
        ),
        ("oda", row.room, _is_words(row.room), f"nothing, or a room of at most {MAX_FIELD_LETTERS} characters"),
        (
            "telefon",
            row.phone,
            not row.phone or bool(re.fullmatch(r"\+?[0-9 ()/-]{3,25}", row.phone)),
            "nothing, or digits",
        ),
        (
            "eposta",
            row.email,
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
