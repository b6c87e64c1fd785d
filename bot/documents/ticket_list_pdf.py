"""A list of tickets as pages, A4 landscape, set by typst in sections."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import breakable, drawable, own_fonts
from handlers.reports.ticket_export import Export

SECTION = 200
"""Lines that are set at once: a section ends its page."""
_WIDTHS = (13, 14, 18, 22, 20, 9, 15, 16, 9, 14, 14, 16, 40)
_TEMPLATE = Path(__file__).parents[1] / "templates" / "ticket_list.typ"
_REMEMBERED = 11


def as_pdf(export: Export, head: Letterhead | None = None) -> bytes:
    """`head`: whose list it is, with the logo where the house has one."""
    fonts, writer, made = own_fonts(), PdfWriter(), io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder)
        head = head or Letterhead("")
        of_head = head.lay_into(folder)
        first = 1
        for rows in _sections(export.rows):
            document = {
                "institution": head.institution,
                "title": export.title,
                "heads": list(export.heads),
                "widths": _WIDTHS[: len(export.heads)],
                "rows": [[breakable(drawable(cell)) for cell in row] for row in rows],
            }
            (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
            pages = typst.compile(
                str(folder / _TEMPLATE.name),
                root=name,
                font_paths=fonts,
                sys_inputs={"data": "data.json", "first": str(first), **of_head},
                pdf_tags=False,
            )
            assert isinstance(pages, bytes)  # without an output path
            section = PdfReader(io.BytesIO(pages))
            writer.append(section, import_outline=False)
            first += len(section.pages)
            for _ in range(_REMEMBERED):  # or typst keeps what it has set
                typst.compile(b"", font_paths=fonts)
    writer.add_metadata({"/Title": export.title})
    writer.write(made)
    return made.getvalue()


def _sections(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """One at least: a list without a row has its heads."""
    left = iter(rows)
    yield list(islice(left, SECTION))
    while section := list(islice(left, SECTION)):
        yield section
