"""The fault register as a file: a workbook (.xlsx) or pages for the archive (.pdf), A4 landscape.

On every page: the heads of the columns, page N / M, the day of printing, and where to sign (bylaw 14/2). Lines are
taken as they come, so that a year of any size needs little memory. Nothing half written is ever left at the path.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

import typst
import xlsxwriter
from pypdf import PdfWriter
from xlsxwriter.exceptions import FileCreateError

from handlers.reports.register import COLUMNS, Line, Register

SIGNED_BY = ("Düzenleyen", "Kontrol eden", "Onaylayan")
BASIS = "Yönetmelik 11/5, 14/2"
PDF_CHUNK = 120
"""Lines that are set at once: typst needs about 1.5 MB for each ten."""
_REMEMBERED = 11
_TEMPLATE = Path(__file__).parents[1] / "templates" / "register.typ"
_LONG_WORD = re.compile(r"(\S{16})(?=\S)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands above the lines."""

    institution: str
    printed_at: datetime
    """Local time."""

    def title(self, register: Register) -> str:
        return f"{register.year} yılı arıza ve talep kayıt defteri"

    @property
    def printed(self) -> str:
        return f"Basım: {self.printed_at:%d.%m.%Y %H:%M}"


Step = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the place of `path` once it is whole and on disk."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def cells(line: Line) -> tuple[str, ...]:
    """As text, in the order of COLUMNS."""
    return (
        line.number,
        _day(line.opened_at),
        line.place,
        line.reporter,
        line.unit,
        line.subject,
        line.text,
        line.priority,
        line.state,
        line.holder,
        line.resolution,
        _day(line.ended_at),
    )


def _day(at: datetime | None) -> str:
    return f"{at:%d.%m.%Y %H:%M}" if at else ""


# --- workbook -------------------------------------------------------------------------------------
_WIDTHS = (13, 15, 26, 18, 20, 24, 46, 9, 16, 18, 40, 15)
_DATES = (1, 11)


def write_xlsx(path: Path, register: Register, cover: Cover, step: Step) -> None:
    """Every cell is text or a date, never a formula. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="masa-") as folder:
        book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        book.set_properties({"title": cover.title(register), "company": cover.institution})
        try:
            _fill(book, register, cover, step)
        finally:
            _close(book)  # also what is broken off: its temporary files are open


def _fill(book: xlsxwriter.Workbook, register: Register, cover: Cover, step: Step) -> None:
    plain = {"font_name": "Calibri", "font_size": 9, "text_wrap": True, "valign": "top", "border": 1}
    text = book.add_format(plain)
    date = book.add_format({**plain, "num_format": "dd.mm.yyyy hh:mm", "align": "left"})
    head = book.add_format({**plain, "bold": True, "bg_color": "#E6E6E6", "valign": "vcenter"})
    missing = book.add_format({**plain, "bold": True, "font_color": "#A00000", "bg_color": "#FBE5E5"})
    title = book.add_format({"bold": True, "font_size": 13})
    note = book.add_format({"font_size": 9, "font_color": "#444444"})
    closing = book.add_format({"bold": True, "font_size": 9})

    sheet = book.add_worksheet(f"{register.year}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=1.1)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 1)
    sheet.set_header(f"&L&9{cover.institution.replace('&', '&&')[:80]}&R&9Sayfa &P / &N")
    sheet.set_footer("".join(f"&{side}&9{who}\n\n{'. ' * 15}" for side, who in zip("LCR", SIGNED_BY, strict=True)))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"{cover.institution} · {cover.title(register)}", title)
    sheet.write_string(1, 0, f"Dayanak: {BASIS} · {cover.printed}", note)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(2, column, name, head)
    row = 3
    for line in register.lines:
        dates = {1: line.opened_at, 11: line.ended_at}
        for column, cell in enumerate(cells(line)):
            at = dates.get(column)
            if at is not None:
                sheet.write_datetime(row, column, at, date)
            else:
                sheet.write_string(row, column, _inert(cell), missing if line.missing else text)
        row += 1
        step(register.tickets / max(register.last_number, register.tickets, 1))
    sheet.autofilter(2, 0, max(row - 1, 3), len(COLUMNS) - 1)
    sheet.write_string(row + 1, 0, register.closing(), closing)


def _close(book: xlsxwriter.Workbook) -> None:
    """Raises OSError, where XlsxWriter has an error of its own around it."""
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0]
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def _inert(cell: str) -> str:
    """A cell that a spreadsheet, or the CSV made of it, might take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


# --- pages ----------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Section:
    """Lines that fill whole pages, but for the last section's last."""

    data: Path
    pages: int


def write_pdf(path: Path, register: Register, cover: Cover, step: Step) -> None:
    """Set twice, in sections of whole pages: first to know where pages end and how many there are, then for good."""
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        setter = _Setter(Path(name), register, cover, step)
        sections = setter.measure()
        total = sum(section.pages for section in sections)
        writer, first = PdfWriter(), 1
        for section in sections:
            writer.append(io.BytesIO(setter.pages(section, first, total)), import_outline=False)
            first += section.pages
            step(0.5 + 0.5 * (first - 1) / total)
        writer.add_metadata({"/Title": cover.title(register), "/Author": cover.institution})
        with path.open("xb") as out:
            writer.write(out)


@dataclass(slots=True)
class _Setter:
    folder: Path
    register: Register
    cover: Cover
    step: Step
    _fonts: typst.Fonts = field(default_factory=lambda: _own_fonts(), init=False)
    _count: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        shutil.copy(_TEMPLATE, self.folder / "register.typ")

    def measure(self) -> list[_Section]:
        sections: list[_Section] = []
        lines = iter(self.register.lines)
        waiting = list(islice(lines, PDF_CHUNK))
        while True:
            following = list(islice(lines, PDF_CHUNK))
            data = self._write(waiting, last=not following)
            at = self._places(data)
            self.step(0.5 * self.register.tickets / max(self.register.last_number, self.register.tickets, 1))
            if not following:
                return [*sections, _Section(data, at[-1])]
            whole = at.index(at[len(waiting) - 1])  # the lines before the last page
            if whole:
                sections.append(_Section(self._write(waiting[:whole], last=False), at[whole - 1]))
            waiting = waiting[whole:] + following

    def _write(self, lines: list[Line], *, last: bool) -> Path:
        self._count += 1
        data = self.folder / f"{self._count}.json"
        document = {
            "institution": self.cover.institution,
            "title": self.cover.title(self.register),
            "basis": BASIS,
            "printed": self.cover.printed,
            "signed_by": SIGNED_BY,
            "columns": COLUMNS,
            "lines": [[_breakable(cell) for cell in cells(line)] for line in lines],
            "missing": [place for place, line in enumerate(lines) if line.missing],
            "closing": self.register.closing() if last else None,
            "sound": self.register.sound,
        }
        data.write_text(json.dumps(document), encoding="ascii")
        return data

    def _places(self, data: Path) -> list[int]:
        """The page on which each line stands, and of the closing sentence where there is one."""
        found = typst.query(
            str(self.folder / "register.typ"),
            "<place>",
            field="value",
            root=str(self.folder),
            font_paths=self._fonts,
            sys_inputs={"data": data.name, "first": "1", "total": "99999"},
        )
        self._forget()
        return [int(page) for page in json.loads(found)]

    def pages(self, section: _Section, first: int, total: int) -> bytes:
        made = typst.compile(
            str(self.folder / "register.typ"),
            root=str(self.folder),
            font_paths=self._fonts,
            sys_inputs={"data": section.data.name, "first": str(first), "total": str(total)},
            pdf_tags=False,
        )
        assert isinstance(made, bytes)  # without an output path
        self._forget()
        return made

    def _forget(self) -> None:
        """typst keeps what it has set until ten later documents had no use of it: a gigabyte every thousand lines."""
        for _ in range(_REMEMBERED):
            typst.compile(b"", font_paths=self._fonts)


def _breakable(cell: str) -> str:
    """A word that no column holds may break anywhere."""
    return _LONG_WORD.sub("\\1\u200b", cell) if len(cell) > 16 else cell


def _own_fonts() -> typst.Fonts:
    """typst's own, and DejaVu for letters and signs that they lack; it comes with matplotlib. None of the system's, so
    that the same register looks the same everywhere."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
