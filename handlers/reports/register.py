"""The fault register of a year (bylaw 11/5, kept and printed after 14/2): every ticket by number, none missing.

Lines come as they are read, so that a year of any size passes through. What a line shows is masked and cleaned here,
for every kind of file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from handlers.context import Desk
from handlers.department_names import DepartmentNames
from handlers.ports import RegisterRow, UnitOfWork
from handlers.terms import PRIORITIES, STATES
from knowledge.language.masking import masked

MAX_TEXT_LETTERS = 240
MAX_RESOLUTION_LETTERS = 1000
WITHHELD = "(güvenlik kaydı: içeriği yazılmaz)"
MISSING = "KAYIT YOK: bu numara defterde bulunamadı"
_NUMBER = re.compile(r"(\d{4})-(\d+)")
_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")
_STACKED = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff])[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the register, ready to be read. `opened_at` and `ended_at` are local times without a zone."""

    number: str
    opened_at: datetime | None = None
    place: str = ""
    reporter: str = ""
    unit: str = ""
    subject: str = ""
    text: str = ""
    priority: str = ""
    state: str = ""
    holder: str = ""
    resolution: str = ""
    ended_at: datetime | None = None
    missing: bool = False
    """No ticket has this number (or these: `2026-000007 – 2026-000009`)."""


COLUMNS = (
    "Kayıt no",
    "Tarih",
    "Müdürlük / oda",
    "Bildiren",
    "Birim",
    "Konu",
    "Arıza / talep",
    "Öncelik",
    "Durum",
    "Üstlenen",
    "Yapılan iş",
    "Kapanış",
)
"""Heads of a line's cells, in the order of its fields."""


@dataclass(slots=True, kw_only=True)
class Register:
    """The lines of a year, and what they turned out to be once they were read to the end."""

    year: int
    last_number: int
    """What the year's counter says: the last number given."""
    lines: Iterable[RegisterLine] = field(default=(), repr=False)
    tickets: int = 0
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """First and last number of each stretch that is missing."""
    strangers: list[str] = field(default_factory=list)
    """Opened in the year, but without a number of the year."""

    @property
    def sound(self) -> bool:
        return not self.gaps and not self.strangers

    @property
    def missing(self) -> int:
        return sum(last - first + 1 for first, last in self.gaps)

    def range(self, first: int, last: int) -> str:
        numbers = dict.fromkeys(f"{self.year}-{number:06d}" for number in (first, last))
        return " – ".join(numbers)

    def closing(self) -> str:
        """The sentence under the last line."""
        if not self.tickets and not self.gaps:
            return f"{self.year} yılında açılmış kayıt yoktur."
        text = f"Defterde {self.range(1, max(self.last_number, 1))} arasında {self.tickets} kayıt vardır"
        if self.sound:
            return f"{text}; eksik numara yoktur."
        text += f". EKSİK NUMARA: {self.missing}" + "".join(f" · {self.range(*gap)}" for gap in self.gaps[:20])
        if len(self.gaps) > 20:
            text += " …"
        if self.strangers:
            text += f". Yılın sırası dışında numara: {', '.join(self.strangers[:20])}"
        return text


def open_register(desk: Desk, uow: UnitOfWork, year: int) -> Register:
    """Its `lines` are to be read once, and within the unit of work."""
    zone = desk.zone
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    register = Register(year=year, last_number=uow.summaries.last_number(year))
    register.lines = _lines(desk, register, DepartmentNames.of(uow), uow.summaries.register(first, last))
    return register


def _lines(
    desk: Desk, register: Register, departments: DepartmentNames, rows: Iterable[RegisterRow]
) -> Iterator[RegisterLine]:
    expected = 1
    for row in rows:
        number = _NUMBER.fullmatch(row.number)
        if number is None or int(number[1]) != register.year:
            register.strangers.append(row.number)
        else:
            if int(number[2]) > expected:
                yield _gap(register, expected, int(number[2]) - 1)
            expected = int(number[2]) + 1
        register.tickets += 1
        yield _line(desk, row, departments.name(row.department))
    if expected <= register.last_number:
        yield _gap(register, expected, register.last_number)
    register.last_number = max(register.last_number, expected - 1)


def _gap(register: Register, first: int, last: int) -> RegisterLine:
    register.gaps.append((first, last))
    return RegisterLine(number=register.range(first, last), text=MISSING, missing=True)


def _line(desk: Desk, row: RegisterRow, department: str) -> RegisterLine:
    zone = desk.zone
    return RegisterLine(
        number=row.number,
        opened_at=row.opened_at.astimezone(zone).replace(tzinfo=None),
        place=" / ".join(filter(None, (fit(department, 80), fit(row.room, 40)))),
        reporter=fit(row.reporter, 60),
        unit=desk.unit_title(row.unit).removesuffix(" Birimi"),
        subject=desk.title(row.category),
        text=WITHHELD if row.restricted else fit(row.text, MAX_TEXT_LETTERS),
        priority=PRIORITIES.get(row.priority, row.priority),
        state=STATES.get(row.state, row.state),
        holder=fit(row.holder, 60),
        resolution="" if row.restricted else fit(row.resolution, MAX_RESOLUTION_LETTERS),
        ended_at=row.ended_at.astimezone(zone).replace(tzinfo=None) if row.ended_at else None,
    )


def fit(text: str, length: int) -> str:
    """Somebody's words in one line: nothing hidden in them, no personal number, cut at a word."""
    line = masked(" ".join(_visible(text).split()))
    if len(line) <= length:
        return line
    cut = line[:length]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut} …"


def _visible(text: str) -> str:
    """Without control characters, direction overrides, invisible ones, heaps of accents and the keys around digits:
    "7️⃣" is a seven that no font of a document has."""
    text = _KEYCAP.sub("", text)
    shown = (
        letter if (kind := unicodedata.category(letter))[0] != "C" else " " if kind == "Cc" else "" for letter in text
    )
    return _STACKED.sub(r"\1", unicodedata.normalize("NFC", "".join(shown)))
