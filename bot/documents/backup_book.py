"""The yedek defteri of a month as pages to print and sign (.pdf), A4."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import typst

from bot.documents.register_export import SIGNED_BY
from bot.documents.register_pdf import drawable, own_fonts
from handlers.reports.backup_book import COLUMNS, RESULTS, Book, Line
from handlers.spoken_time import WEEKDAYS

BASIS = "Yönetmelik 10/51"
_TEMPLATE = Path(__file__).parents[1] / "templates" / "backup_book.typ"


def pdf(book: Book, institution: str, printed: str) -> bytes:
    """Never within a transaction."""
    document = {
        "institution": drawable(institution),
        "title": book.title,
        "basis": BASIS,
        "printed": printed,
        "signed_by": SIGNED_BY,
        "columns": COLUMNS,
        "lines": [[drawable(cell) for cell in cells(line)] for line in book.lines],
        "bad": [place for place, line in enumerate(book.lines) if line.bad],
        "closing": book.closing(),
    }
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder / "backup_book.typ")
        (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
        made = typst.compile(
            str(folder / "backup_book.typ"), root=name, font_paths=own_fonts(), sys_inputs={"data": "data.json"}
        )
    assert isinstance(made, bytes)  # without an output path
    return made


def cells(line: Line) -> tuple[str, ...]:
    """As text, in the order of COLUMNS."""
    day = f"{line.day:%d.%m.%Y} {WEEKDAYS[line.day.weekday()]}"
    return day, line.check, RESULTS[line.result], line.by, line.clock, line.number, line.resolution
