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
    assert notes[0] == "“Personel No” sütunu sicil_no olarak okundu"
    assert len(notes) == 6


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (
            "sicil_no,ad,mudurluk,oda,Cep Telefonu,Telefon",
            "no column for eposta; not plain which of 'Cep Telefonu', 'Telefon'",
        ),
        ("sicil_no,ad,mudurluk,unvan,telefon,eposta", "no column for oda; unknown 'unvan'"),
        ("sicil_no,ad,mudurluk,oda,telefon,eposta,kan grubu", "unknown 'kan grubu'"),
    ],
)
def test_a_column_that_is_not_plainly_one_is_never_guessed(tmp_path: Path, header: str, why: str) -> None:
    assert refused(tmp_path, f"{header}\n1,Ali Er,Zabıta,,,\n")[0].endswith(f"({why})")


def test_a_mudurluk_that_stands_under_two_names_is_noted_and_stays(tmp_path: Path) -> None:
    rows = [
        "1,Ali Er,Mali Hizmetler,,,",
        "2,Veli Ak,Mali Hizmetler,,,",
        "3,Can Su,Mali Hizmtler,,,",
        "4,Su Can,Fen İşleri,,,",
    ]
    file = tmp_path / "p.csv"
    file.write_text("\n".join([HEADER, *rows]))
    notes: list[str] = []
    read = staff_csv.read(file, notes.append)
    assert [row.department for row in read] == ["Mali Hizmetler", "Mali Hizmetler", "Mali Hizmtler", "Fen İşleri"]
    assert notes == [
        "4. satırdaki “Mali Hizmtler” “Mali Hizmetler” adına çok benziyor; aynı müdürlükse listede düzeltin"
    ]


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    assert read(tmp_path, "ad,eposta,oda,telefon,sicil_no,mudurluk\nAli Er,,,,7,Zabıta") == [
        StaffRow(2, "7", "Ali Er", "Zabıta", "", "", "")
    ]


def test_a_value_of_several_lines_counts_as_many(tmp_path: Path) -> None:
    problems = refused(tmp_path, f'{HEADER}\n1,Ali Er,Zabıta,"a\nb",,\n2,,Zabıta,,,\n')
    assert problems[0].startswith("p.csv:3: oda 'a\\nb'; expected nothing, or a room")
    assert problems[1].startswith("p.csv:4: ad ''; expected a name")


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
        (f"{HEADER}\n1,Ali \u202eEr,Zabıta,,,", "p.csv:2: ad 'Ali \\u202eEr'; expected a name"),
        (f"{HEADER}\n1,Ali Er,,,,", "p.csv:2: mudurluk ''; expected a name"),
        (f"{HEADER}\n1,Ali Er,Zabıta,,yok,", "p.csv:2: telefon 'yok'; expected nothing, or digits"),
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
    problems = refused(tmp_path, f"{HEADER}\n,Ali Er,Zabıta,,,\n2,Veli Ak,Zabıta,,,\n3,,,,x,\n4,Ali\n")
    assert [problem.split(":")[1] for problem in problems] == ["2", "4", "4", "4", "5"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadStaffList, match=r"yok\.csv: No such file or directory"):
        staff_csv.read(tmp_path / "yok.csv")
