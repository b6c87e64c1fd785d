from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import staff_csv
from bot.documents.staff_csv import BadStaffList, StaffRow

HEADER = "sicil_no,ad,mudurluk,oda,telefon,eposta"
AYSE = "1001,Ayşe Yılmaz,Mali Hizmetler,3. kat 312,1453,ayse@belediye.example"
ROW = StaffRow(2, "1001", "Ayşe Yılmaz", "Mali Hizmetler", "3. kat 312", "1453", "ayse@belediye.example")


def read(tmp_path: Path, content: bytes | str) -> list[StaffRow]:
    file = tmp_path / "p.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return staff_csv.read(file)


def refused(tmp_path: Path, content: bytes | str) -> list[str]:
    with pytest.raises(BadStaffList) as caught:
        read(tmp_path, content)
    return [problem.replace(f"{tmp_path}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{AYSE}\n",
        f"{HEADER}\r\n{AYSE}",
        f"\ufeff{HEADER}\n{AYSE}\n",
        f"{HEADER}\n{AYSE}\n".encode("cp1254"),
        f"{HEADER}\n{AYSE}\n".replace(",", ";").encode("cp1254"),
        "Sicil No;AD;Müdürlük;Oda;Telefon;Eposta\n" + AYSE.replace(",", ";"),
        f'{HEADER}\n"1001","Ayşe Yılmaz", Mali Hizmetler ,3. kat 312,1453,ayse@belediye.example\n\n',
    ],
)
def test_what_offices_export_is_read(tmp_path: Path, content: bytes | str) -> None:
    assert read(tmp_path, content) == [ROW]


def test_columns_are_known_by_what_offices_call_them_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Personel No;Adı Soyadı;Müdürlügü;Oda Nosu;Cep Tel.;E-Posta Adresi\n" + AYSE.replace(",", ";"))
    notes: list[str] = []
    assert staff_csv.read(file, notes.append) == [ROW]
    assert notes[0] == "“Personel No” sütunu Sicil no olarak okundu"
    assert len(notes) == 6


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("sicil_no,ad,birim,çalıştığı birim,telefon,eposta", "not plain which of 'birim', 'çalıştığı birim'"),
        ("sicil_no,ad,unvan,oda,telefon,eposta", "no column for mudurluk; unknown 'unvan'"),
    ],
)
def test_a_column_that_is_not_plainly_one_is_never_guessed(tmp_path: Path, header: str, why: str) -> None:
    assert refused(tmp_path, f"{header}\n1,Ali Er,Zabıta,,,\n")[0].endswith(f"({why})")


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    assert read(tmp_path, "ad,eposta,oda,telefon,sicil_no,mudurluk\nAli Er,,,,7,Zabıta") == [
        StaffRow(2, "7", "Ali Er", "Zabıta", "", "", "")
    ]


def test_a_value_of_several_lines_counts_as_many(tmp_path: Path) -> None:
    assert read(tmp_path, f'{HEADER}\n1,Ali Er,Zabıta,"a\nb",,\n')[0].room == "a b"
    problems = refused(tmp_path, f'{HEADER}\n1,Ali Er,Zabıta,"a\nb",,\n2,,Zabıta,,,\n')
    assert problems[0].startswith("p.csv:4: ad ''; expected a name")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "p.csv:1: nothing in it; expected the header sicil_no,ad,"),
        ("sicil,ad\n1,x", "p.csv:1: header 'sicil,ad'; expected sicil_no,ad,mudurluk,oda,telefon,eposta"),
        (f"{HEADER}\n1,Ali Er,Zabıta", "p.csv:2: 3 values; expected 6"),
        (f"{HEADER}\n,Ali Er,Zabıta,,,", "p.csv:2: sicil_no ''; expected letters and digits"),
        (f"{HEADER}\n=1+1,Ali Er,Zabıta,,,", "p.csv:2: sicil_no '=1+1'; expected letters and digits"),
        (f"{HEADER}\n1,123,Zabıta,,,", "p.csv:2: ad '123'; expected a name, at most 80"),
        (f"{HEADER}\n1,{'x' * 81},Zabıta,,,", f"p.csv:2: ad '{'x' * 80}'; expected a name"),
        (f"{HEADER}\n1,Ali \x1bEr,Zabıta,,,", "p.csv:2: ad 'Ali \\x1bEr'; expected a name"),
        (f"{HEADER}\n1,Ali Er,,,,", "p.csv:2: mudurluk ''; expected a name"),
        (HEADER, "p.csv:1: nobody below the header"),
        (f"{HEADER}\n44", "p.csv:2: 1 values; expected 6"),
        (b"PK\x03\x04workbook", "p.csv:1: an archive that is no workbook"),
        (b"\xff\xfea", "p.csv:1: byte 0x61; expected text in UTF-8"),
        (f"{HEADER}\n1,Ali Er,Zabıta,,,ali@", "p.csv:2: eposta 'ali@'; expected nothing, or an e-mail"),
        (f"{HEADER}\n{AYSE}\n{AYSE}", "p.csv:3: sicil_no '1001' stands in line 2 too; expected each once"),
        (f'{HEADER}\n1,"Ali,Zabıta', "p.csv:2: unexpected end of data; expected CSV"),
        (f"{HEADER}\n1,Ali Er,Zabıta\0,,,", "p.csv:2: byte 0x00; expected text in UTF-8 or Windows-1254"),
        (f"{HEADER}\n{AYSE}\n2,".encode() + b"\xc5,x,,,", "p.csv:3: byte 0xc5; expected text in UTF-8"),
        (b"\xef\xbb\xbf" + HEADER.encode() + b"\n1,\xdd", "p.csv:2: byte 0xdd; expected text in UTF-8"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, content: bytes | str, says: str) -> None:
    assert refused(tmp_path, content)[0].startswith(says)


def test_every_bad_row_is_named_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, f"{HEADER}\n,Ali Er,Zabıta,,,\n2,Veli Ak,Zabıta,,,\n3,,,,,x\n4,Ali\n")
    assert [problem.split(":")[1] for problem in problems] == ["2", "4", "4", "4", "5"]


OFFICE = "Sicil;Adı;Soyadı;Unvanı;Müdürlüğü;Dahili;Cep Tel"


@pytest.mark.parametrize(
    "content",
    [
        f"{OFFICE}\n7;Su;Can;Şef;Fen İşleri;2210;0544 555 66 77\n",
        f"sep=;\r\n{OFFICE}\r\n7;Su;Can;;Fen İşleri;2210;0544 555 66 77\r\n",
        f"2026 YILI PERSONELİ;;;;;;\n;;;;;;\n{OFFICE}\n7;Su;Can;;Fen İşleri;2210;0544 555 66 77\n",
        f"{OFFICE};;\n7;Su;Can;;Fen İşleri;2210;0544 555 66 77;;\n;;;;;;;;\n",
        f"{OFFICE}\n7;Su\u00a0;Can;;Fen\u00a0İşleri;2210;0544\u2009555 66 77\n{OFFICE}\nToplam: 1 kişi;;;;;;\n",
        f"{OFFICE}\n'7;Su;Can;;Fen İşleri;2210;0544 555 66 77\n",
        f"{OFFICE}\n7;Su;Can;;Fen İşleri;2210;0544 555 66 77\n".replace(";", "\t").encode("utf-16"),
        f"{OFFICE}\n7;Su;Can;;Fen İşleri;2210;0544 555 66 77\n".replace(";", "\t")
        .encode("utf-16-be")
        .join([b"\xfe\xff", b""]),
    ],
)
def test_a_list_as_an_office_program_makes_it(tmp_path: Path, content: bytes | str) -> None:
    (row,) = read(tmp_path, content)
    assert (row.staff_no, row.name, row.department) == ("7", "Su Can", "Fen İşleri")
    assert row.phone == "2210 / 0544 555 66 77"
    assert (row.room, row.email) == (None, None), "a list without these columns says nothing of them"


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("0.544.555.66.77", "0.544.555.66.77"),
        ("0326 214 00 00 Dahili: 2210", "0326 214 00 00 Dahili: 2210"),
        ("dahili 2210", "dahili 2210"),
        ("2210; 2211", "2210; 2211"),
        ("yok", ""),
        ("-", ""),
        ("5,44556E+09", ""),
        ("izinli", ""),
    ],
)
def test_a_phone_that_is_none_is_left_out_and_said(tmp_path: Path, phone: str, kept: str) -> None:
    file = tmp_path / "p.csv"
    file.write_text(f'{HEADER}\n7,Su Can,Zabıta,-,"{phone}",yok\n')
    notes: list[str] = []
    (row,) = staff_csv.read(file, notes.append)
    assert (row.phone, row.room, row.email) == (kept, "", "")
    said = f"2. satırdaki telefon “{phone}” anlaşılmadı, boş bırakıldı"
    assert notes == ([] if kept else [said])


def test_what_is_brought_to_a_page_keeps_whom_it_can() -> None:
    found = staff_csv.pasted(
        f"{HEADER}\n1,Ali Er,Zabıta,,,ali@\n2,Veli Ak,Zabıta,,,v@x.tr\n2,Veli Ak,Zabıta,,,v@x.tr\n"
        "3,fatma demir,,,,\n4,Can Su,Zabıta,,,\n4,Ece Öz,Zabıta,,,\n5,A B,Zabıta,,,o@x.tr\n6,C D,Zabıta,,,O@x.tr\n"
    )
    assert [(row.staff_no, row.email) for row in found.rows] == [("1", None), ("2", "v@x.tr"), ("5", None), ("6", None)]
    assert [(one.line, one.whom, one.says) for one in found.faults] == [
        (5, "fatma demir", "Müdürlük boş"),
        (6, "Can Su", "Sicil no “4” 7. satırda da var"),
        (7, "Ece Öz", "Sicil no “4” 6. satırda da var"),
    ]
    said = "\n".join(found.notes)
    for note in ("3. ve 4. satır: aynı satır iki kez", "“ali@” e-posta adresi değil, e-postasız", "8. satır: “o@x.tr”"):
        assert note in said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadStaffList, match=r"yok\.csv: No such file or directory"):
        staff_csv.read(tmp_path / "yok.csv")
