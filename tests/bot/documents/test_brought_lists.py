"""A staff list that is brought to a page: what is good of it, what is not and why, in Turkish."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from bot.documents import sheets, staff_csv
from handlers.domain.brought_lists import ReadAs, UnreadableList
from handlers.domain.staff_lists import NO_DEPARTMENT, StaffList

HEAD = "Telefon\tGörev\tMüdürlük\tAd Soyad\tE-posta\tSicil\tOda\n"
AYSE = "1453\tMemur\tMali Hizmetler\tAyşe Yılmaz\tayse@belediye.example\t1001\t312\n"


def book(*rows: tuple[object, ...], merged: str = "") -> bytes:
    out, workbook = io.BytesIO(), openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    workbook.save(out)
    return out.getvalue()


def refused(content: bytes | str) -> str:
    with pytest.raises(UnreadableList) as caught:
        staff_csv.pasted(content) if isinstance(content, str) else staff_csv.brought(content)
    return caught.value.says


def names(found: StaffList) -> list[tuple[str, str, str]]:
    return [(row.staff_no, row.name, row.department) for row in found.rows]


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
def test_any_order_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    found = staff_csv.brought((HEAD + AYSE).replace("\t", delimiter).encode(encoding))
    assert names(found) == [("1001", "Ayşe Yılmaz", "Mali Hizmetler")]
    assert found.faults == []
    assert "“Görev” sütunu okunmadı" in found.notes


@pytest.mark.parametrize(
    "heading", ["Çalıştığı Birim", "Görev Yaptığı Birim", "Daire/Müdürlük", "Çalıştığı Müdürlük", "Birimi", "BİRİM ADI"]
)
def test_a_mudurluk_is_known_by_what_offices_write_over_it(heading: str) -> None:
    found = staff_csv.pasted(f"Sicil\tAd Soyad\t{heading}\tTel (Dahili)\n7\tAli Er\tZabıta\t1453\n")
    assert names(found) == [("7", "Ali Er", "Zabıta")]
    assert found.rows[0].phone == "1453"


def test_what_a_column_is_may_be_said() -> None:
    house_head = "Sicil\tKişi adı\tNerede\tTel\tNot\n"
    rows = "7\tAli Er\tZabıta\t1453\t3. kat\n8\tCan Su\tZabıta\t\t\n"
    with pytest.raises(UnreadableList) as caught:
        staff_csv.pasted(house_head + rows)
    assert "Müdürlük sütunu bulunamadı" in caught.value.says
    assert [(one.heading, one.field, one.filled, one.sample) for one in caught.value.columns][2:] == [
        ("Nerede", "", 2, ("Zabıta",)),
        ("Tel", "telefon", 1, ("1453",)),
        ("Not", "", 1, ("3. kat",)),
    ]
    found = staff_csv.pasted(house_head + rows, ReadAs({1: "ad", 2: "mudurluk", 4: "oda"}))
    assert names(found) == [("7", "Ali Er", "Zabıta"), ("8", "Can Su", "Zabıta")]
    assert [(row.room, row.phone) for row in found.rows] == [("3. kat", "1453"), ("", "")]
    assert not any(one.is_lost for one in found.columns)


def test_what_is_said_of_a_column_takes_it_from_the_one_that_was_guessed() -> None:
    found = staff_csv.pasted("Sicil\tAd Soyad\tMüdürlük\tŞube\n7\tAli Er\tA\tZabıta\n", ReadAs({3: "mudurluk"}))
    assert names(found) == [("7", "Ali Er", "Zabıta")]
    assert [one.heading for one in found.columns if one.is_lost] == ["Müdürlük"]


def test_who_has_no_mudurluk_is_taken_where_it_is_said_so() -> None:
    text = "Sicil\tAd Soyad\tMüdürlük\n7\tAli Er\tZabıta\n8\tCan Su\t\n"
    assert [one.says for one in staff_csv.pasted(text).faults] == [NO_DEPARTMENT]
    found = staff_csv.pasted(text, ReadAs(without_department=True))
    assert (names(found)[1], found.faults) == (("8", "Can Su", ""), [])
    assert names(staff_csv.pasted("Sicil\tAd\n8\tCan Su\n", ReadAs(without_department=True))) == [("8", "Can Su", "")]


def test_what_is_pasted_is_read_like_a_file() -> None:
    (row,) = staff_csv.pasted(HEAD + AYSE).rows
    assert (row.room, row.phone, row.email) == ("312", "1453", "ayse@belediye.example")


@pytest.mark.parametrize("other", ["Daire Başkanlığı", "Birim Adı", "Departman", "Çalıştığı Birim"])
@pytest.mark.parametrize("own", ["Müdürlük", "mudurluk", "Görev Yaptığı Müdürlük"])
def test_beside_a_mudurluk_what_stands_above_or_below_it_is_left_out(own: str, other: str) -> None:
    found = staff_csv.pasted(f"Sicil No;Ad Soyad;{other};{own}\n1;Ali Er;Destek;Zabıta\n")
    assert names(found) == [("1", "Ali Er", "Zabıta")]
    assert f"“{other}” sütunu okunmadı" in found.notes


def test_a_bad_row_is_left_out_and_said_the_others_stay() -> None:
    rows = (
        '1\t\tZabıta\t=HYPERLINK("http://x")\t\t7\t\n'
        "1\t\tZabıta\tAli Er\tali@\t8\t\n"
        "1\t\t\tVeli Ak\t\t9\t\n"
        "1\t\tZabıta\tCan Su\t\t1001\t\n"
        "1\t\tZabıta\tAli \x1bEr\t\t11\t\n"
    ).replace('"', "'")
    found = staff_csv.pasted(HEAD + AYSE + rows)
    assert names(found) == [("8", "Ali Er", "Zabıta")], "an address that is none costs nobody their place"
    assert "4. satır: “ali@” e-posta adresi değil, e-postasız alınır" in found.notes
    assert [(one.line, one.whom, one.says) for one in found.faults if one.line in (2, 5, 6)] == [
        (2, "Ayşe Yılmaz", "Sicil no “1001” 6. satırda da var"),
        (5, "Veli Ak", "Müdürlük boş"),
        (6, "Can Su", "Sicil no “1001” 2. satırda da var"),
    ]
    assert found.faults[1].says.startswith("Ad soyad “=HYPERLINK")
    assert found.faults[-1].line == 7


def test_a_workbook_with_a_title_and_merged_headings() -> None:
    found = staff_csv.brought(
        book(
            ("2026 PERSONEL LİSTESİ",),
            ("Sicil No", "Adı Soyadı", "Müdürlük", "İletişim", None),
            (None, None, None, "Telefon", "E-posta"),
            (1001.0, "Ayşe Yılmaz", "Mali Hizmetler", 1453, "ayse@belediye.example"),
            (1002, "Veli Ak", "=1+1", None, None),
            merged="D2:E2",
        )
    )
    (row,) = found.rows
    assert (row.staff_no, row.phone, row.email, row.line) == ("1001", "1453", "ayse@belediye.example", 4)
    assert [one.says for one in found.faults] == ["Müdürlük boş"], "a formula is worth what it was saved with"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "hiçbir şey yok"),
        (b"\n \n;;;\n", "hiçbir şey yok"),
        (HEAD.encode(), "kimse yok"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "resim"),
        (b"\xd0\xcf\x11\xe0 old", "Excel dosyası açılamadı"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "Dosya parolalı"),
        (b"PK\x03\x04 broken", "Excel dosyası açılamadı"),
        (b"\x00\x01\x02", "okunamadı"),
        ("Ad Soyad;Oda\nAyşe;1\n".encode(), "Sicil no, Müdürlük sütunu bulunamadı"),
        (b"Sicil;Ad;Daire;Birim\n1;Ali;Fen;Fen\n", "hangisinin okunacağı belli değil"),
        (book(("Sicil", "Ad Soyad", "Müdürlük")), "kimse yok"),
    ],
)
def test_what_cannot_be_a_list_is_told_in_words(content: bytes, says: str) -> None:
    assert says in refused(content)


def test_a_workbook_that_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MAX_UNPACKED + 1))
    assert "çok büyük" in refused(out.getvalue())
    monkeypatch.setattr(staff_csv, "MOST_ROWS", 2)
    assert "2 satırdan çok" in refused((HEAD + AYSE * 30).encode())


def xlsx_of(*cells: str) -> bytes:
    """The sheet has these alone."""
    content, out = book(("Sicil", "Ad Soyad", "Müdürlük")), io.BytesIO()
    rows = "".join(
        f'<row r="{one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{one}"><v>1</v></c></row>' for one in cells
    )
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            sheet = name.startswith("xl/worksheets/")
            main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            made = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            new.writestr(name, made if sheet else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        xlsx_of("A1", "XFD1048576"),
        xlsx_of("A1", "ZZZZZZ1"),
    ],
)
def test_two_cells_far_apart_do_not_take_the_memory_of_the_house(content: bytes) -> None:
    """They are read beside the desk, by a process that may take no more."""
    assert "Excel dosyası aç" in refused(content)


def ods(*rows: tuple[str, ...]) -> bytes:
    """As LibreOffice writes it, as far as anybody reads it."""
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
    cells = "".join(f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}" '
            f'xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>'
            f'<table:table table:name="Liste">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def _ods_cell(cell: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


def test_a_sheet_of_libreoffice_is_read() -> None:
    found = staff_csv.brought(ods(("Sicil", "Ad Soyad", "Müdürlük"), ("7", "Ali Er", "Zabıta")))
    assert names(found) == [("7", "Ali Er", "Zabıta")]
