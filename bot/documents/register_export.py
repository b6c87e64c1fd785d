"""The fault register as a file: what both kinds have above and beside the lines, and the workbook (.xlsx).

On every page, A4 landscape: the heads of the columns, page N / M, the day of printing, and where to sign (bylaw 14/2).
Lines are taken as they come, so that a year of any size needs little memory. Nothing half written is ever left at the
path.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from handlers.domain.anchors import Anchor
from handlers.reports.register import COLUMNS, Register, RegisterLine

SIGNED_BY = ("Düzenleyen", "Kontrol eden", "Onaylayan")
BASIS = "Yönetmelik 11/5, 14/2"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands above the lines."""

    institution: str
    printed_at: datetime
    """Local time."""
    logo: bytes | None = None
    """On paper alone."""
    anchor: Anchor | None = None
    """The newest: paper is a witness outside of the house's database."""

    def title(self, register: Register) -> str:
        return f"{register.year} yılı arıza ve talep kayıt defteri"

    @property
    def printed(self) -> str:
        chain = f" · Zincir {self.anchor.mark} ({self.anchor.day:%d.%m.%Y})" if self.anchor else ""
        return f"Basım: {self.printed_at:%d.%m.%Y %H:%M}{chain}"


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


def cells(line: RegisterLine) -> tuple[str, ...]:
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
                sheet.write_string(row, column, inert(cell), missing if line.missing else text)
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


def inert(cell: str) -> str:
    """A cell that a spreadsheet, or the CSV made of it, might take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
