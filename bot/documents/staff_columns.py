"""Which column of a staff list is what, and its rows by that: in any order, under the names that offices use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.documents.sheets import SEARCHED_FOR_HEADER, Sheet
from handlers.domain.brought_lists import ListColumn, ReadAs, UnreadableList
from handlers.domain.particulars import MAX_FIELD_LETTERS, is_email, is_staff_no, is_words
from handlers.domain.staff_lists import LIST_FIELDS, NO_DEPARTMENT, StaffRow
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.phones import is_phone

COLUMNS = ("sicil_no", "ad", "mudurluk", "oda", "telefon", "eposta")
NEEDED = COLUMNS[:3]
_SURNAME = "soyad"
_NOT_OURS = "gorev"
"""What somebody is employed as: known, so that it is not taken for another column, and not kept."""
_COLUMN_NAMES = [
    (column, name)
    for column, names in (
        ("sicil_no", ("sicil no", "sicil", "sicil numarası", "personel no", "personel sicil no")),
        ("ad", ("ad", "adı", "ad soyad", "adı soyadı", "isim", "personel adı", "personelin adı soyadı")),
        (_SURNAME, ("soyad", "soyadı", "soyisim")),
        (
            "mudurluk",
            (
                "müdürlük",
                "müdürlüğü",
                "müdürlük adı",
                "birim",
                "birimi",
                "birim adı",
                "çalıştığı müdürlük",
                "çalıştığı birim",
                "çalıştığı yer",
                "bağlı olduğu müdürlük",
                "bağlı olduğu birim",
                "görev yeri",
                "görev yaptığı birim",
                "görev yaptığı müdürlük",
                "görevli olduğu birim",
                "daire müdürlük",
                "daire",
                "daire başkanlığı",
                "departman",
            ),
        ),
        ("oda", ("oda", "oda no", "oda numarası", "kat oda", "kat ve oda", "bulunduğu oda")),
        (
            "telefon",
            (
                "telefon",
                "telefon no",
                "telefon numarası",
                "cep telefonu",
                "cep tel",
                "tel",
                "tel no",
                "gsm",
                "dahili",
                "dahili no",
                "dahili numarası",
                "dahili tel",
                "dahili telefon",
                "iş telefonu",
                "kurumsal telefon",
            ),
        ),
        (
            "eposta",
            (
                "eposta",
                "e-posta",
                "e-posta adresi",
                "mail",
                "e-mail",
                "mail adresi",
                "kurumsal e-posta",
                "kurumsal mail",
            ),
        ),
        (_NOT_OURS, ("görev", "görevi")),
    )
    for name in names
]
"""What personnel offices write over their columns."""
TITLES = {
    "sicil_no": "Sicil no",
    "ad": "Ad soyad",
    _SURNAME: "Soyad",
    "mudurluk": "Müdürlük",
    "oda": "Oda",
    "telefon": "Telefon",
    "eposta": "E-posta",
}
SAMPLES, SAMPLED_OF, SAMPLE_LETTERS = 3, 30, 30
"""What is shown of a column, of its first values."""
_NOTHING = frozenset({"-", "--", "---", ".", "0", "yok", "bilinmiyor"})
"""What offices put where there is nothing to put."""


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    problem: str
    """For an operator."""
    says: str


@dataclass(frozen=True, slots=True)
class Header:
    """Which column is what; the order is free, and "Adı Soyadı" is `ad`. One that is none of ours is not read."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[str | None, ...]

    needed: tuple[str, ...] = NEEDED

    @classmethod
    def of(cls, line: int, cells: Sequence[str], below: Sequence[tuple[int, Sequence[str]]], said: ReadAs) -> Header:
        """`below`: the rows. Raises UnreadableList where a needed column is missing, or two may be one."""
        taken = set(said.columns.values()) - {"telefon"}
        known = [said.columns[n] or None if n in said.columns else _column(cell) for n, cell in enumerate(cells)]
        broader = _broader(cells, known)
        columns = tuple(
            None if n not in said.columns and (one in taken or n in broader) else one for n, one in enumerate(known)
        )
        needed = NEEDED[:2] if said.without_department else NEEDED
        header = cls(line, tuple(cells), columns, needed)
        twice = {column for column in header.columns if header.columns.count(column) > 1} - {None, "telefon", _NOT_OURS}
        if twice or not set(needed) <= set(header.columns):
            expected = f"expected {','.join(COLUMNS)} ({header._what_is_amiss()})"
            problem = f"header {','.join(cells)!r}; {expected}"
            raise UnreadableList(line, problem, header._says(twice), header.described(below) if any(known) else ())
        return header

    def described(self, below: Sequence[tuple[int, Sequence[str]]]) -> list[ListColumn]:
        found = []
        for place, (cell, column) in enumerate(self._pairs()):
            values = [cells[place] for _, cells in below if place < len(cells) and cells[place]]
            shown = tuple(value[:SAMPLE_LETTERS] for value in dict.fromkeys(values[:SAMPLED_OF]))[:SAMPLES]
            read = column if column in LIST_FIELDS else ""
            found.append(ListColumn(place, cell[:MAX_FIELD_LETTERS], read, len(values), shown))
        return found

    def _what_is_amiss(self) -> str:
        lacking = [column for column in self.needed if column not in self.columns]
        unknown = [repr(cell) for cell, column in self._pairs() if cell and column is None]
        twice = [repr(cell) for cell, column in self._pairs() if column and self.columns.count(column) > 1]
        parts = (("no column for ", lacking), ("unknown ", unknown), ("not plain which of ", twice))
        return "; ".join(what + ", ".join(which) for what, which in parts if which)

    def _says(self, twice: set[str | None]) -> str:
        """To whoever brought it."""
        lacking = [TITLES[column] for column in self.needed if column not in self.columns]
        if lacking:
            found = ", ".join(f"“{cell[:30]}”" for cell in self.cells if cell)[:200] or "hiçbir başlık"
            return (
                f"Başlık satırında {', '.join(lacking)} sütunu bulunamadı; görülen: {found}. İlk satırlardan birinde "
                "sütunların adı durmalı: Sicil No, Ad Soyad, Müdürlük (Oda, Telefon, E-posta isteğe bağlı)."
            )
        both = [f"“{cell}”" for cell, column in self._pairs() if column in twice]
        return (
            f"{' ve '.join(both)} sütunlarından hangisinin okunacağı belli değil; birini silin ya da adını değiştirin."
        )

    def _pairs(self) -> Iterator[tuple[str, str | None]]:
        return zip(self.cells, self.columns, strict=True)

    def say(self, note: Callable[[str], None]) -> None:
        for cell, column in self._pairs():
            if column in (None, _NOT_OURS) and cell:
                note(f"“{cell}” sütunu okunmadı")
            elif column is not None and folded(cell).replace(" ", "_") not in (
                column,
                folded(TITLES[column]).replace(" ", "_"),
            ):
                note(f"“{cell}” sütunu {TITLES[column]} olarak okundu")
        for column in COLUMNS:
            if column not in self.columns:
                note(f"{TITLES[column]} sütunu yok; masanın bildikleri olduğu gibi kalır")

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
            one.get("mudurluk", ""),
            _or_nothing(one.get("oda")),
            " / ".join(filter(None, phones)) if phones else None,
            _or_nothing(one.get("eposta")),
        )


def known_in(cells: Sequence[str]) -> int:
    """How many columns of ours are named there."""
    return len({_column(cell) for cell in cells} - {None})


def header_of(sheet: Sheet, said: ReadAs) -> tuple[Header, Sequence[tuple[int, list[str]]]]:
    """The line in which most columns are known, or two where cells were merged over others; and what stands below.

    Raises UnreadableList.
    """
    first = sheet.lines[:SEARCHED_FOR_HEADER]
    best, place, height = 0, 0, 1
    for here, (_, cells) in enumerate(first):
        if (known := known_in(cells)) > best:
            best, place, height = known, here, 1
    for here in range(len(first) - 1):
        both = _of_two_lines(first[here][1], first[here + 1][1])
        if (known := known_in(both)) > best:
            best, place, height = known, here, 2
    if not first:
        line, why = sheet.broken or (1, "")
        if why:
            raise UnreadableList(line, f"{why}; expected CSV", f"Dosya {line}. satırda okunamadı: tırnak kapanmamış.")
        raise UnreadableList(
            1, f"nothing in it; expected the header {','.join(COLUMNS)}", "Listede hiçbir şey yok: boş görünüyor."
        )
    line, cells = first[place]
    if height == 2:
        line, cells = first[place + 1][0], _of_two_lines(cells, first[place + 1][1])
    below = sheet.lines[place + height :]
    return Header.of(line, cells, below, said), below


def _of_two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """A cell merged over several stands above the first of them."""
    return [below or above for above, below in zip_longest(upper, lower, fillvalue="")]


def is_a_remark(cells: Sequence[str]) -> bool:
    """ "Toplam: 48 kişi" in a line of its own."""
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and not is_staff_no(filled[0])


def _or_nothing(value: str | None) -> str | None:
    return "" if value is not None and folded(value) in _NOTHING else value


def _phone(line: int, cell: str, note: Callable[[str], None]) -> str:
    """Left out, and said, where it is none: a person is not refused for it."""
    if not cell or (is_phone(folded(cell)) and len(cell) <= MAX_FIELD_LETTERS):
        return cell
    note(f"{line}. satırdaki telefon “{cell[:MAX_FIELD_LETTERS]}” anlaşılmadı, boş bırakıldı")
    return ""


def _broader(cells: Sequence[str], known: Sequence[str | None]) -> set[int]:
    """Columns of a daire or a birim where another one is headed as the müdürlük: they stand above or below it."""
    places = {place for place, column in enumerate(known) if column == "mudurluk"}
    named = {place for place in places if "mud" in folded(cells[place])}
    return places - named if named else set()


def _column(cell: str) -> str | None:
    written = folded(cell).replace(" ", "_")
    return (
        written if written in COLUMNS else comparison.meant(cell[:MAX_FIELD_LETTERS], _COLUMN_NAMES, comparison.COLUMNS)
    )


# --- the rows -----------------------------------------------------------------------------------
def faults_of(row: StaffRow, *, without_department: bool = False) -> list[Fault]:
    room, email = row.room or "", row.email or ""
    short = f"en çok {MAX_FIELD_LETTERS} harf"
    checks: tuple[tuple[str, str, bool, str, str], ...] = (
        ("sicil_no", row.staff_no, is_staff_no(row.staff_no),
         "letters and digits, at most 20", "harf ve rakam olmalı, en çok 20"),
        ("ad", row.name, is_words(row.name, needed=True),
         f"a name, at most {MAX_FIELD_LETTERS} characters", f"bir ad olmalı, {short}"),
        ("mudurluk", row.department, is_words(row.department, needed=bool(row.department) or not without_department),
         f"a name, at most {MAX_FIELD_LETTERS} characters", f"bir ad olmalı, {short}"),
        ("oda", room, is_words(room),
         f"nothing, or a room of at most {MAX_FIELD_LETTERS} characters", short),
        ("eposta", email, not email or is_email(email),
         "nothing, or an e-mail address", "e-posta adresi değil"),
    )  # fmt: skip
    return [
        Fault(
            row.line,
            f"{column} {value[:MAX_FIELD_LETTERS]!r}; expected {expected}",
            f"{TITLES[column]} {_quoted(value)}: {wanted}" if value else _lacks(column),
        )
        for column, value, is_good, expected, wanted in checks
        if not is_good
    ]


def _lacks(column: str) -> str:
    return NO_DEPARTMENT if column == "mudurluk" else f"{TITLES[column]} boş"


def _quoted(value: str) -> str:
    shown = "".join(letter if letter.isprintable() else "□" for letter in value[:40])
    return f"“{shown}{'…' if len(value) > 40 else ''}”"


def without_repeats(rows: Sequence[StaffRow], note: Callable[[str], None]) -> list[StaffRow]:
    """A row that stands there twice to the letter counts once."""
    first: dict[StaffRow, int] = {}
    kept = []
    for row in rows:
        line = first.setdefault(replace(row, line=0), row.line)
        if line == row.line:
            kept.append(row)
        else:
            note(f"{line}. ve {row.line}. satır: aynı satır iki kez, bir kez alınır")
    return kept


def without_bad_emails(rows: Sequence[StaffRow], note: Callable[[str], None]) -> list[StaffRow]:
    """Nobody is refused for an address that is none, or that two have: what the desk knows stays."""
    counts = Counter(row.email.casefold() for row in rows if row.email)
    kept = []
    for row in rows:
        amiss = ""
        if row.email and not is_email(row.email):
            amiss = f"{_quoted(row.email)} e-posta adresi değil"
        elif row.email and counts[row.email.casefold()] > 1:
            amiss = f"{_quoted(row.email)} birden çok kişide var"
        if amiss:
            note(f"{row.line}. satır: {amiss}, e-postasız alınır")
        kept.append(replace(row, email=None) if amiss else row)
    return kept


def shared_numbers(rows: Sequence[StaffRow]) -> list[Fault]:
    """Of everybody who has one number with somebody else: nobody knows whose it is."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.staff_no, []).append(row.line)
    return [
        Fault(
            row.line,
            f"sicil_no {row.staff_no!r} stands in other lines too; expected each once",
            f"{TITLES['sicil_no']} {_quoted(row.staff_no)} {_others(lines[row.staff_no], row.line)} satırda da var",
        )
        for row in rows
        if row.staff_no and len(lines[row.staff_no]) > 1
    ]


def _others(lines: Sequence[int], own: int) -> str:
    """A few of them: a whole list may have one number."""
    return ", ".join(f"{line}." for line in lines[:6] if line != own)


def repeated(rows: Sequence[StaffRow], column: str, key: Callable[[StaffRow], str]) -> list[Fault]:
    first: dict[str, int] = {}
    return [
        Fault(
            row.line,
            f"{column} {key(row)!r} stands in line {first[key(row)]} too; expected each once",
            f"{TITLES[column]} {_quoted(key(row))} {first[key(row)]}. satırda da var",
        )
        for row in rows
        if key(row) and first.setdefault(key(row), row.line) != row.line
    ]
