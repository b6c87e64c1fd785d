"""The house's logo on what is printed: there where it has one, told to who cannot see it, and nothing else changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image
from pypdf import PdfReader, PdfWriter

from bot.documents import backup_book, blocks, door_cards, invitations, order_draft
from bot.documents.device_files import DeviceFiles
from bot.documents.letterhead import TEMPLATES, Letterhead
from bot.documents.register_pdf import write_pdf
from bot.documents.ticket_list_pdf import as_pdf
from bot.web import Invitation
from bot.web.printed import PrintedForm
from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.people import Person, PersonId
from handlers.domain.ticket import TicketId
from handlers.queries.door_cards import Door
from handlers.reports.backup_book import Book
from handlers.reports.ticket_export import HEADS, Export
from handlers.tickets.order_drafts import OrderDraft
from tests.bot.documents.test_register_export import COVER, ignore, line, register

HOUSE = "Örnek Belediyesi"


def drawn(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (width, height), "red").save(made, "PNG")
    return made.getvalue()


def _report(logo: bytes | None) -> bytes:
    return blocks.pdf(
        blocks.Report(
            institution=HOUSE, office="BT", title="Yıl", notes=[], blocks=[], signed_by=["A"], sealed=[], printed=""
        ),
        logo,
    )


def _invitation(logo: bytes | None) -> bytes:
    one = Invitation(name="Ayşe", department="Zabıta", code="ABCDE-FGH23", link="http://x/?kod=1")
    return invitations.pdf([one], Letterhead(HOUSE, logo), "http://127.0.0.1:8080")


def _order(logo: bytes | None) -> bytes:
    one, at = Person(handle="ayse", name="Ayşe"), datetime(2026, 12, 1, tzinfo=UTC)
    approval = Approval(ticket=TicketId(1), kind=ApprovalKind.STOCK, step=0, asked_by=PersonId(1), asked_at=at)
    draft = OrderDraft(
        approval=approval, number="2026-000210", title="Toner", reporter=one, place="", report="", why="",
        asker=one, decided_by=one, decided_at=at,
    )  # fmt: skip
    return order_draft.pdf(draft, Letterhead(HOUSE, logo), UTC)


def _ticket_list(logo: bytes | None) -> bytes:
    return as_pdf(Export("Kayıtlar", HEADS, [["2026-000001"] * len(HEADS)]), Letterhead(HOUSE, logo))


def _form(logo: bytes | None) -> bytes:
    form = PrintedForm(title="Taşınır teslim belgesi", printed="Basım", head=[("No", "TB-2026-00001")])
    return DeviceFiles(lambda: Letterhead(HOUSE, logo), str).form(form)


PRINTS: dict[str, Callable[[bytes | None], bytes]] = {
    "backup book": lambda logo: backup_book.pdf(Book(month=date(2026, 12, 1), lines=[]), Letterhead(HOUSE, logo), ""),
    "custody form": _form,
    "door card": lambda logo: door_cards.pdf([Door("312")], Letterhead(HOUSE, logo), "http://127.0.0.1:8080"),
    "invitation": _invitation,
    "order draft": _order,
    "report": _report,
    "ticket list": _ticket_list,
}


AT_THE_HEAD_OF_EACH_PAGE = {"backup book", "ticket list"}
"""What is repeated so is no content: it is read to nobody, the house's name in it neither."""


@pytest.mark.parametrize("name", PRINTS)
@pytest.mark.parametrize("size", [(512, 170), (512, 8), (20, 512)])
def test_it_stands_on_the_page_and_the_page_is_as_it_was(name: str, size: tuple[int, int]) -> None:
    (plain,), (shown,) = (PdfReader(io.BytesIO(PRINTS[name](logo))).pages for logo in (None, drawn(*size)))
    assert (len(plain.images), len(shown.images)) == (0, 1)
    assert shown.extract_text().split() == plain.extract_text().split()
    if name not in AT_THE_HEAD_OF_EACH_PAGE:
        assert _told(PRINTS[name](drawn(*size))).count(f"{HOUSE} logosu") == 1


def _told(made: bytes) -> str:
    """Every text of the structure of the document: also what reads itself to who cannot see."""
    reader = PdfReader(io.BytesIO(made))
    writer = PdfWriter(clone_from=reader)
    said = [obj.get("/Alt", "") for obj in writer._objects if isinstance(obj, dict)]
    return " ".join(str(one) for one in said)


@pytest.mark.parametrize("size", [(512, 170), (512, 8), (20, 512)])
def test_a_document_has_it_too_no_wider_than_paper(size: tuple[int, int]) -> None:
    report = blocks.Report(
        institution=HOUSE, office="BT", title="Yıl", notes=[], blocks=[], signed_by=["A"], sealed=[], printed=""
    )
    at = datetime(2026, 12, 1, tzinfo=UTC)
    assert not Document(io.BytesIO(blocks.docx(report, at))).inline_shapes
    (shown,) = Document(io.BytesIO(blocks.docx(report, at, drawn(*size)))).inline_shapes
    assert (shown.width <= Mm(60), shown.height <= Mm(12)) == (True, True)
    assert abs(shown.width * size[1] - shown.height * size[0]) <= size[0] * size[1]
    assert shown._inline.docPr.get("descr") == f"{HOUSE} logosu"


def test_it_stands_on_every_page_of_the_register(tmp_path: Path) -> None:
    place = tmp_path / "defter.pdf"
    cover = replace(COVER, logo=drawn(300, 100))
    write_pdf(place, register([line(n) for n in range(1, 60)]), cover, ignore)
    pages = PdfReader(place).pages
    assert len(pages) > 1
    assert [len(page.images) for page in pages] == [1] * len(pages)


def test_each_print_that_names_the_house_has_its_head() -> None:
    naming = {one.stem for one in TEMPLATES.glob("*.typ") if "data.institution" in one.read_text(encoding="utf-8")}
    headed = {one.stem for one in TEMPLATES.glob("*.typ") if '"letterhead.typ"' in one.read_text(encoding="utf-8")}
    assert naming == headed
    assert len(naming) == 12


def test_a_form_of_custody_is_made_to_be_kept() -> None:
    """PDF/A-2b, and its digest is of what stands on it, not of when it was printed."""
    made = PdfReader(io.BytesIO(_form(None)))
    assert made.xmp_metadata is not None
    said = made.xmp_metadata.rdf_root.toxml()
    assert (">2</pdfaid:part>" in said, ">B</pdfaid:conformance>" in said) == (True, True)
    digests = set()
    for number, printed in (("TB-1", "Basım: dün"), ("TB-1", "Basım: bugün"), ("TB-2", "Basım: bugün")):
        files = DeviceFiles(lambda: Letterhead(HOUSE), str)
        made = PdfReader(io.BytesIO(files.form(PrintedForm(title="Belge", printed=printed, number=number))))
        digests.add(made.pages[0].extract_text().partition("Özet ")[2][:9])
    assert len(digests) == 2
