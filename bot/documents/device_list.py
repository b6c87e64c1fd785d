"""A list of devices: an Excel of the house (.xlsx, .xls, .ods), a CSV, or what was copied out of one.

Every row that is good is read, every other one is told with its line and column, so that it can be mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.documents import device_cells as cells_read
from bot.documents.device_cells import Refused
from bot.documents.device_columns import TITLES, DeviceHeader, header_of, headings_of, known_in, padded
from bot.documents.sheets import OLD_WORKBOOK, WORKBOOK, Sheet, decoded, of_text, of_workbook
from handlers.domain.brought_lists import MOST_ROWS, ReadAs, RowFault, UnreadableList
from handlers.domain.device_lists import DEPOT, KEYS, DeviceList, DeviceRow
from handlers.domain.particulars import MAX_FIELD_LETTERS
from knowledge.facts.devices import make_in
from knowledge.language.device_keys import make_key
from knowledge.language.device_numbers import asset_key, serial_key
from knowledge.language.suffixes import locative

MAX_FILE = 20 * 1024 * 1024
TOO_LARGE = "Dosya 20 MB'tan büyük."
NO_FILE = "Bu bir Excel ya da CSV dosyası değil."
MOST_NOTES = 60
_NOTHING_KNOWN = "Bu kaydı sonra kimse bulamaz: seri no, sicil no, bilgisayar adı ya da oda gerekli."
_AS_IT_STANDS = ReadAs()
_KEPT_LETTERS = 200
"""Of a cell of a row that is handed back."""


def brought(
    content: bytes | str, today: date, said: ReadAs = _AS_IT_STANDS, *, sheet_no: int | None = None
) -> DeviceList:
    """`content`: of a file, or what was pasted; `sheet_no`: of a workbook, from 1. Raises UnreadableList."""
    if isinstance(content, str):
        sheet = of_text(content.removeprefix("\ufeff"), known_in, MOST_ROWS)
    elif len(content) > MAX_FILE:
        raise UnreadableList(1, "a file of more than 20 MB", TOO_LARGE)
    elif content.startswith((WORKBOOK, OLD_WORKBOOK)):
        sheet = of_workbook(content, MOST_ROWS, sheet_no)
    else:
        try:
            sheet = of_text(decoded(content), known_in, MOST_ROWS)
        except UnreadableList as error:
            raise UnreadableList(error.line, error.problem, NO_FILE) from error
    return _Reading(sheet, today, said).listed()


def read(file: Path, today: date, *, sheet_no: int | None = None) -> DeviceList:
    """Raises UnreadableList, OSError."""
    return brought(file.read_bytes(), today, sheet_no=sheet_no)


@dataclass(slots=True)
class _Reading:
    sheet: Sheet
    today: date
    said: ReadAs
    notes: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    identities: dict[str, int] = field(default_factory=dict)
    """How many cells of a column had an identity number, by its heading."""
    skipped: int = 0

    def listed(self) -> DeviceList:
        """Raises UnreadableList."""
        header, below = header_of(self.sheet, self.said)
        rows = [row for line, cells in below if (row := self._row(header, line, cells)) is not None]
        rows = self._without_repeats(rows)
        if self.sheet.broken is not None:
            line, _ = self.sheet.broken
            self.faults.append(RowFault(line, f"Satır {line}: bundan sonrası okunamadı, tırnak kapanmamış."))
        if not rows and not self.faults:
            raise UnreadableList(header.line, "no device below the header", "Başlığın altında cihaz yok.")
        self._say_what_was_left_out(header, below)
        faults = sorted(self.faults, key=lambda one: one.line)
        return DeviceList(
            rows=rows,
            faults=faults,
            notes=self.notes,
            columns=header.described(below),
            header=header.cells,
            headings=headings_of(header, self.said),
        )

    def _row(self, header: DeviceHeader, line: int, cells: list[str]) -> DeviceRow | None:
        """None: it is none, or cannot be read; which of them is noted."""
        if cells_read.is_total(cells) or header.is_repeated(cells):
            self.skipped += 1
            return None
        by_field = _by_field(header, cells)
        kept = self._kept(header, cells)
        values, refused = self._values(line, by_field, header)
        if refused:
            self.faults.append(RowFault(line, " ".join(refused), cells=kept))
            return None
        known = any(values.get(name) for name in KEYS)
        if not known and not (values.get("kind") and values.get("room")):
            self.faults.append(RowFault(line, f"Satır {line}: {_NOTHING_KNOWN}", cells=kept))
            return None
        return DeviceRow(line, values, kept)

    def _kept(self, header: DeviceHeader, cells: list[str]) -> tuple[str, ...]:
        row = padded(cells, len(header.cells))
        shown = (
            cells_read.without_identity(cell) if column in ("holder", "department") else str(cell)
            for cell, column in zip(row, header.columns, strict=True)
        )
        return tuple(cell[:_KEPT_LETTERS] for cell in shown)

    def _values(
        self, line: int, by_field: dict[str, str], header: DeviceHeader
    ) -> tuple[dict[str, str], Sequence[str]]:
        """With what stands against it."""
        found: dict[str, str] = {}
        refused = []
        for column, cell in by_field.items():
            try:
                for name, value, note in self._read(column, cell, header):
                    if note:
                        self.notes.append(f"Satır {line}, {TITLES[column]}: {note}")
                    if value and not found.get(name):
                        found[name] = value[: MAX_FIELD_LETTERS * 2]
                    elif self.said.empties_clear and not value and not note and column == name:
                        found.setdefault(name, "")
            except Refused as why:
                refused.append(f"Satır {line}, {TITLES[column]}: {why.says}")
        make, rest = make_in(found.get("model", ""))
        if make and rest and found.get("brand", make) == make:
            found["brand"], found["model"] = make, rest
        self._warranty(line, by_field, found)
        return found, refused

    def _read(self, column: str, cell: str, header: DeviceHeader) -> Iterator[tuple[str, str, str]]:
        """Field, value, note. Raises Refused."""
        match column:
            case "asset_no" | "barcode":
                written = "" if cells_read.is_nothing(cell) else cells_read.number(cell)
                is_ours = column == "asset_no" or cells_read.official(written)
                yield ("asset_no" if is_ours else "other_no"), written, ""
            case "other_no":
                yield column, "" if cells_read.is_nothing(cell) else cells_read.number(cell), ""
            case "serial":
                yield column, *cells_read.serial(cell)
            case "kind" | "make_and_model" | "brand":
                yield from _thing(column, cell, header)
            case "holder" | "department":
                yield from self._who(column, cell, header)
            case "bought_on" | "warranty_until":
                day, note = cells_read.day(cell, today=self.today if column == "bought_on" else None)
                yield column, day.isoformat() if day is not None else "", note
            case "price":
                yield column, *cells_read.money(cell)
            case "macs":
                yield column, *cells_read.mac(cell)
            case "ips":
                yield column, *cells_read.ip(cell)
            case "host":
                yield column, cells_read.host(cell), ""
            case "warranty_time":
                cells_read.value_of(cell)
            case _:
                yield column, cells_read.text(cell), ""

    def _who(self, column: str, cell: str, header: DeviceHeader) -> Iterator[tuple[str, str, str]]:
        name, had_identity = cells_read.person(cell)
        if had_identity:
            heading = header.cells[header.columns.index(column)]
            self.identities[heading] = self.identities.get(heading, 0) + 1
        if column == "holder" and cells_read.is_depot(name):
            yield "holder", DEPOT, ""
        else:  # "44494556292 - AD SOYAD" where a müdürlük is looked for is a person
            yield ("holder" if had_identity else column), name, ""

    def _warranty(self, line: int, by_field: dict[str, str], found: dict[str, str]) -> None:
        cell = by_field.get("warranty_time", "")
        if not cell or found.get("warranty_until"):
            return
        months = cells_read.months(cell)
        if months is None:
            self.notes.append(f"Satır {line}, Garanti süresi: “{cell[:40]}” ay sayısı değil; boş sayıldı.")
        elif not found.get("bought_on"):
            self.notes.append(f"Satır {line}, Garanti süresi: alım tarihi yok; boş bırakıldı.")
        else:
            until = cells_read.later(date.fromisoformat(found["bought_on"]), months)
            found["warranty_until"] = until.isoformat()

    def _without_repeats(self, rows: Sequence[DeviceRow]) -> list[DeviceRow]:
        """Two rows with one number are both left out: nobody knows which is wrong. What stands there twice to the
        letter counts once."""
        first: dict[tuple[tuple[str, str], ...], int] = {}
        single = []
        for row in rows:
            if first.setdefault(tuple(sorted(row.values.items())), row.line) == row.line:
                single.append(row)
            else:
                self.skipped += 1
        bad: dict[int, str] = {}
        for name, title in (("asset_no", "sicil no"), ("other_no", "başka no"), ("serial", "seri no"), ("macs", "MAC")):
            seen: dict[str, DeviceRow] = {}
            for row in single:
                for key in _keys(row, name):
                    other = seen.setdefault(key, row)
                    if other is not row:
                        for one, two in ((row, other), (other, row)):
                            bad.setdefault(one.line, _twice(one, two, title, one.get(name)))
        self.faults += [RowFault(row.line, bad[row.line], cells=row.cells) for row in single if row.line in bad]
        return [row for row in single if row.line not in bad]

    def _say_what_was_left_out(self, header: DeviceHeader, below: Sequence[tuple[int, Sequence[str]]]) -> None:
        said = [
            f"{_not_shouted(heading[:40])} sütunundaki kimlik numaraları alınmadı ({count} hücre); yalnız adlar okundu."
            for heading, count in self.identities.items()
        ]
        if self.skipped:
            said.append(f"{self.skipped} satır atlandı: toplam, yinelenen başlık ya da aynı satır bir kez daha.")
        said += [f"“{one.heading}” sütunu okunmadı." for one in header.described(below) if one.is_lost]
        if len(self.notes) > MOST_NOTES:
            self.notes[MOST_NOTES:] = [f"… ve {len(self.notes) - MOST_NOTES} not daha"]
        self.notes[:0] = said


def _not_shouted(heading: str) -> str:
    """`ZİMMETLİ`: "Zimmetli"."""
    return heading[:1] + heading[1:].translate(_LOWER).lower() if heading.isupper() else heading


_LOWER = str.maketrans("Iİ", "ıi")


def _by_field(header: DeviceHeader, cells: Sequence[str]) -> dict[str, str]:
    row = padded(cells, len(header.cells))
    return {column: cell for cell, column in zip(row, header.columns, strict=True) if column is not None}


def _thing(column: str, cell: str, header: DeviceHeader) -> Iterator[tuple[str, str, str]]:
    kind, make, rest = cells_read.thing(cell)
    if kind:
        yield "kind", kind, ""
    elif column == "kind" and cell:
        yield "kind", "diger", ""
    yield "brand", make or (rest if column == "brand" else ""), ""
    is_model = column == "make_and_model" and (make or not kind)
    if rest and "model" not in header.columns and (is_model or (column == "kind" and make)):
        yield "model", rest, ""


def _keys(row: DeviceRow, name: str) -> list[str]:
    value = row.get(name)
    if name == "serial":
        key = serial_key(value)
        return [f"{key} {make_key(row.get('brand'))}"] if key else []
    if name == "macs":
        return value.split()
    return [key] if (key := asset_key(value)) else []


def _twice(row: DeviceRow, other: DeviceRow, title: str, value: str) -> str:
    there = locative(str(other.line))
    said = f"{title} {value} satır {there} d{there[-1]} var"
    return f"Satır {row.line}: {said}. Biri yanlış; ikisi de alınmadı."
