"""The register as a workbook and as pages: whole, inert, and with a place to sign on each page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from bot.documents import register_pdf
from bot.documents.register_export import SIGNED_BY, Cover, cells, replacing, write_xlsx
from bot.documents.register_pdf import write_pdf
from handlers.reports.register import COLUMNS, MISSING, Register, RegisterLine

COVER = Cover(institution="Örnek & Belediyesi", printed_at=datetime.fromisoformat("2026-11-23T10:05"))


def line(number: int, text: str = "yazıcı çıktı vermiyor", **about: object) -> RegisterLine:
    values: dict[str, object] = {
        "opened_at": datetime.fromisoformat("2026-03-02T14:05"),
        "place": "Mali Hizmetler / 3. kat 312",
        "reporter": "Ayşe Yılmaz",
        "unit": "Donanım ve Teknik Destek",
        "subject": "Yazıcı yazdırmıyor",
        "priority": "Normal",
        "state": "Kapandı",
        "holder": "Mehmet Kaya",
        "resolution": "Toner değişti, ışık söndü; İĞÜŞÖÇ ığüşöç",
        "ended_at": datetime.fromisoformat("2026-03-03T09:00"),
        **about,
    }
    return RegisterLine(number=f"2026-{number:06d}", text=text, **values)  # type: ignore[arg-type] # the fields of a Line


def register(lines: list[RegisterLine], last_number: int | None = None) -> Register:
    """Counts while it is read, as the real one does."""
    made = Register(year=2026, last_number=len(lines) if last_number is None else last_number)

    def read() -> Iterator[RegisterLine]:
        for one in lines:
            made.tickets += 1
            yield one

    made.lines = read()
    return made


def pages_of(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def ignore(done: float) -> None:
    assert 0 <= done <= 1


# --- workbook -------------------------------------------------------------------------------------
def test_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "defter.xlsx"
    write_xlsx(path, register([line(1), line(2)]), COVER, ignore)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert "Örnek & Belediyesi · 2026 yılı arıza ve talep kayıt defteri" in str(rows[0][0])
    assert "11/5, 14/2" in str(rows[1][0])
    assert "23.11.2026" in str(rows[1][0])
    assert rows[2] == COLUMNS
    assert rows[3][:3] == ("2026-000001", datetime.fromisoformat("2026-03-02T14:05"), "Mali Hizmetler / 3. kat 312")
    assert rows[3][-1] == datetime.fromisoformat("2026-03-03T09:00")
    assert "eksik numara yoktur" in str(rows[-1][0])
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.oddHeader.right.text == "Sayfa &P / &N"
    for part, who in zip((sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right), SIGNED_BY, strict=True):
        assert part.text.startswith(who)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_a_cell_is_never_a_formula(tmp_path: Path, begins: str) -> None:
    path = tmp_path / "defter.xlsx"
    text = f"{begins}cmd|'/c calc'!A1"
    made = line(1, text=text, reporter=f"{begins}HYPERLINK()", resolution=f"{begins}1+1", place=f"{begins}A1")
    write_xlsx(path, register([made]), COVER, ignore)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    for cell in sheet[4]:
        assert cell.data_type in ("s", "d")
        assert not str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert cell.hyperlink is None


def test_a_missing_number_stands_out(tmp_path: Path) -> None:
    path = tmp_path / "defter.xlsx"
    write_xlsx(path, register([RegisterLine(number="2026-000001", text=MISSING, missing=True), line(2)]), COVER, ignore)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet["G4"].value == MISSING
    assert sheet["G4"].font.bold
    assert not sheet["G5"].font.bold


# --- pages ----------------------------------------------------------------------------------------
def test_every_page_can_be_filed_and_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In several sections, whose pages follow each other without a seam."""
    monkeypatch.setattr(register_pdf, "PDF_CHUNK", 40)
    path = tmp_path / "defter.pdf"
    write_pdf(path, register([line(n) for n in range(1, 131)]), COVER, ignore)
    pages = pages_of(path)
    assert len(pages) > 4
    numbers = []
    for place, text in enumerate(pages, 1):
        assert f"Sayfa {place} / {len(pages)}" in text
        assert "2026 yılı arıza ve talep kayıt defteri" in text
        assert "Basım: 23.11.2026 10:05" in text
        for name in (*COLUMNS, *SIGNED_BY):
            assert name in text
        numbers += [word for word in text.split() if word.startswith("2026-")]
    assert list(dict.fromkeys(numbers[:130])) == [f"2026-{n:06d}" for n in range(1, 131)]
    full = [text.count("Toner değişti") for text in pages[:-1]]
    assert max(full) - min(full) <= 1
    assert "eksik numara yoktur" in pages[-1]
    assert all("eksik numara" not in text for text in pages[:-1])


def test_what_people_wrote_is_never_markup(tmp_path: Path) -> None:
    path = tmp_path / "defter.pdf"
    text = "#panic() $x^2$ *kalın* <place> \\ `kod` #sys.inputs"
    write_pdf(path, register([line(1, text=text, reporter='#read("x")')]), COVER, ignore)
    (page,) = pages_of(path)
    shown = "".join(page.replace("\u200b", "").replace("\xad", "").split())
    assert "#panic()$x^2$*kalın*<place>\\`kod`#sys" in shown


@pytest.mark.parametrize("text", ["a" * 240, "😀🖨 ☎ العربية 漢字", "Z\u0300", " " * 5])
def test_odd_texts_are_set(tmp_path: Path, text: str) -> None:
    path = tmp_path / "defter.pdf"
    write_pdf(path, register([line(1, text=text, resolution=text * 4)]), COVER, ignore)
    assert len(pages_of(path)) == 1


@pytest.mark.parametrize("write", [write_xlsx, write_pdf])
def test_an_empty_year(tmp_path: Path, write: object) -> None:
    path = tmp_path / "defter"
    write(path, register([]), COVER, ignore)  # type: ignore[operator] # one of the two
    assert path.stat().st_size > 1000


# --- the file -------------------------------------------------------------------------------------
def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "defter.xlsx"
    path.write_bytes(b"last year's")

    def broken() -> Iterator[RegisterLine]:
        yield line(1)
        raise OSError(28, "No space left on device")

    made = register([])
    made.lines = broken()
    with pytest.raises(OSError, match="No space"), replacing(path) as part:
        write_xlsx(part, made, COVER, ignore)
    assert path.read_bytes() == b"last year's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_whole_one_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "defter.xlsx"
    with replacing(path) as part:
        write_xlsx(part, register([line(1)]), COVER, ignore)
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_a_line_has_a_cell_for_every_column() -> None:
    assert len(cells(line(1))) == len(COLUMNS)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("𝟕. adım", "7. adım"),
        ("yandı 🪫 acil", "yandı  acil"),
        ("İıŞşĞğ – “tamam” ✓ العربية", "İıŞşĞğ – “tamam” ✓ العربية"),
        ("漢字", "漢字"),
    ],
)
def test_what_no_font_has_is_drawn_plain_or_left_out(written: str, drawn: str) -> None:
    assert register_pdf.drawable(written) == drawn
