"""The yedek defteri of a month as pages to print and sign (.pdf), A4."""

from __future__ import annotations

from bot.documents.letterhead import Letterhead
from bot.documents.register_export import SIGNED_BY
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from handlers.reports.backup_book import COLUMNS, RESULTS, Book, Line
from handlers.spoken_time import WEEKDAYS

BASIS = "Yönetmelik 10/51"


def pdf(book: Book, head: Letterhead, printed: str) -> bytes:
    """Never within a transaction."""
    document: dict[str, object] = {
        "title": book.title,
        "basis": BASIS,
        "printed": printed,
        "signed_by": SIGNED_BY,
        "columns": COLUMNS,
        "lines": [[drawable(cell) for cell in cells(line)] for line in book.lines],
        "bad": [place for place, line in enumerate(book.lines) if line.bad],
        "closing": book.closing(),
    }
    return set_pages("backup_book", head, document)


def cells(line: Line) -> tuple[str, ...]:
    """As text, in the order of COLUMNS."""
    day = f"{line.day:%d.%m.%Y} {WEEKDAYS[line.day.weekday()]}"
    return day, line.check, RESULTS[line.result], line.by, line.clock, line.number, line.resolution
