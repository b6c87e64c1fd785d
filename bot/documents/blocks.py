"""A report as headings, sentences and tables, for paper (.pdf) and to be pasted into a larger document (.docx).

Whatever is written into it comes as text: none of it is taken for markup.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages

_INK, _FAINT, _SHADE = RGBColor(0x18, 0x21, 0x1F), RGBColor(0x44, 0x44, 0x44), "E9EEED"
_MARGIN, _WIDTH = Mm(20), 170
"""Millimetres between the margins of an A4 page."""
_LOGO_HEIGHT, _LOGO_WIDEST = Mm(12), Mm(60)


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """1 of a part, 2 of what is in it."""
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    """Lines of their own are paragraphs."""
    faint: bool = False
    """A remark on how something is counted."""


@dataclass(frozen=True, slots=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    """In parts of the whole."""
    figures: int = 0
    """So many of the last columns are numbers, and stand at the right."""


Block = Heading | Text | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    institution: str
    office: str
    title: str
    notes: Sequence[str]
    """Under the title: of when it is."""
    blocks: Sequence[Block]
    signed_by: Sequence[str]
    sealed: Sequence[str]
    """The lines on locks, above the hash."""
    printed: str

    @property
    def digest(self) -> str:
        """Of all that it says; when it was printed is not among it. The same words have the same, paper or file."""
        said = [self.institution, self.office, self.title, [[type(one).__name__, asdict(one)] for one in self.blocks]]
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# --- on paper -------------------------------------------------------------------------------------------
def pdf(report: Report, logo: bytes | None = None) -> bytes:
    """A second: never within a transaction."""
    document: dict[str, object] = {
        "office": drawable(report.office),
        "title": drawable(report.title),
        "notes": [drawable(one) for one in report.notes],
        "blocks": [_drawn(one) for one in report.blocks],
        "signed_by": list(report.signed_by),
        "sealed": [drawable(one) for one in report.sealed],
        "digest": report.digest,
        "printed": report.printed,
    }
    return set_pages("report", Letterhead(report.institution, logo), document)


def _drawn(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": drawable(text)}
        case Text(text, faint):
            lines = [drawable(line.strip()) for line in text.splitlines() if line.strip()]
            return {"kind": "text", "lines": lines, "faint": faint}
        case Table(head, rows, widths, figures):
            cells = [[drawable(cell) for cell in row] for row in rows]
            sides = _sides(len(head), figures)
            return {"kind": "table", "head": list(head), "rows": cells, "widths": list(widths), "sides": sides}


def _sides(columns: int, figures: int) -> list[str]:
    return ["left"] * (columns - figures) + ["right"] * figures


# --- as a document --------------------------------------------------------------------------------------
def docx(report: Report, made_at: datetime, logo: bytes | None = None) -> bytes:
    """With the usual styles of headings: pasted into a larger document they take its looks and its numbering."""
    document = Document()
    _page(document, report, made_at)
    if logo is not None:
        _logo(document, report, logo)
    document.add_heading(report.title, 0)
    for note in (f"{report.institution} · {report.office}", *report.notes):
        _faint(document.add_paragraph(note))
    for block in report.blocks:
        _write(document, block)
    _signatures(document, report)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _page(document: DocxDocument, report: Report, made_at: datetime) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title, report.institution, ""
    properties.language, properties.created, properties.modified = "tr-TR", made_at, made_at
    _styled(document)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{report.institution} · {report.title} · ")
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    _faint(footer)


def _logo(document: DocxDocument, report: Report, logo: bytes) -> None:
    """At the right, as on paper."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    drawn = paragraph.add_run().add_picture(io.BytesIO(logo), height=_LOGO_HEIGHT)
    if drawn.width > _LOGO_WIDEST:
        drawn.width, drawn.height = _LOGO_WIDEST, Emu(drawn.height * _LOGO_WIDEST // drawn.width)
    drawn._inline.docPr.set("descr", f"{report.institution} logosu")


def _styled(document: DocxDocument) -> None:
    """Black headings of one letter: what comes with the library is blue."""
    for name, size in (("Normal", 10), ("Title", 18), ("Heading 1", 14), ("Heading 2", 11)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for of_theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{of_theme}"), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "tr-TR")
        style.element.get_or_add_rPr().append(language)


def _write(document: DocxDocument, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Text(text, faint):
            for line in text.splitlines():
                if line.strip():
                    written = document.add_paragraph(line.strip())
                    if faint:
                        _faint(written)
        case Table():
            _table(document, block)


def _table(document: DocxDocument, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    lengths = [Mm(_WIDTH * one / sum(block.widths)) for one in block.widths]
    for row in (block.head, *block.rows):
        cells = table.rows[0].cells if row is block.head else table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = lengths[place]
            _cell(cell, text, head=row is block.head, right=place >= len(block.head) - block.figures)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _cell(cell: _Cell, text: str, *, head: bool, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.alignment = 2 if right else 0
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), head
    if head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _signatures(document: DocxDocument, report: Report) -> None:
    table = document.add_table(rows=1, cols=len(report.signed_by))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, who in zip(table.rows[0].cells, report.signed_by, strict=True):
        cell.paragraphs[0].add_run(who).bold = True
        for line in ("", "", "Ad soyad, tarih, imza"):
            _faint(cell.add_paragraph(line))
    for line in (*report.sealed, f"Belgenin özeti (SHA-256): {report.digest}", report.printed):
        _faint(document.add_paragraph(line))


def _faint(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), _FAINT


def _field(paragraph: Paragraph, name: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        run._r.append(part)
