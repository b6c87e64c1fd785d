"""A house's list of devices, as messy as they are: what is read of it, and what is said of the rest, word for word."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bot.documents import device_list
from handlers.domain.brought_lists import ReadAs, UnreadableList
from handlers.domain.device_lists import DEPOT, DeviceList

TODAY = date(2026, 12, 1)
MESSY = Path(__file__).with_name("inventory-messy.xlsx")
OFFICIAL = "255.02.01.01.02.01/18/00252"
_LOST = "Excel bu numarayı sayıya çevirmiş, son haneleri kaybolmuş"
_AS_TEXT = "Sütunu Metin yapıp numarayı yeniden yazın."
_NO_DEVICE = "Bu kaydı sonra kimse bulamaz: seri no, sicil no, bilgisayar adı ya da oda gerekli."


def book(*rows: Sequence[object], title: str = "Liste", merged: str = "") -> bytes:
    out, made = io.BytesIO(), openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    made.save(out)
    return out.getvalue()


def of(*rows: Sequence[object], **said: object) -> DeviceList:
    return device_list.brought(book(*rows), TODAY, ReadAs(**said))  # type: ignore[arg-type]


def one(heading: str, cell: object) -> tuple[Mapping[str, str], Sequence[str], Sequence[str]]:
    """What a single cell gives beside a serial: values, problems, notes."""
    found = of(("Seri no", heading), ("SN12345", cell))
    values = dict(found.rows[0].values) if found.rows else {}
    values.pop("serial", None)
    return values, [fault.says for fault in found.faults], list(found.notes)


def test_the_messy_list_of_a_house() -> None:
    found = device_list.read(MESSY, TODAY)
    (row,) = found.rows
    assert (row.line, dict(row.values)) == (
        4,
        {
            "asset_no": OFFICIAL,
            "kind": "dizustu",
            "brand": "HP",
            "model": "ProBook",
            "serial": "5CD8123ABC",
            "department": "Mali Hizmetler Müdürlüğü",
            "holder": "AYŞE YILMAZ",
            "bought_on": "2018-07-17",
            "price": "4.572,83",
            "warranty_until": "2021-07-17",
            "ips": "10.0.0.15",
        },
    )
    assert [fault.says for fault in found.faults] == [
        f"Satır 5, Sicil no: {_LOST} (2,55E+19). {_AS_TEXT} Satır 5, Seri no: {_LOST} (1,23E+17). {_AS_TEXT}",
        f"Satır 7, Sicil no: Excel bu numarayı bölme işlemine çevirmiş (0,0714). {_AS_TEXT}",
        "Satır 8, Sicil no: hücrede formül var, sonucu dosyada yok. Excel'de açıp kaydederek yeniden yükleyin.",
    ]
    assert found.faults[1].cells[5] == "MALİ HİZ. MÜD.", "a merged cell fills the rows below it"
    assert "Satır 8, Seri no: “To be filled by O.E.M.” seri numarası değildir; boş sayıldı." in found.notes
    assert "Satır 8, Alım tarihi: 01.01.2030 gelecekte; boş bırakıldı." in found.notes
    assert "Satır 8, Bedel: “#YOK” para değil; boş sayıldı." in found.notes
    assert "Satır 7, IP: “yok” adres değil; boş sayıldı." in found.notes
    assert found.notes[0].startswith("1 satır atlandı")


def test_rows_that_are_handed_back_are_read_again_once_they_are_mended() -> None:
    found = device_list.read(MESSY, TODAY)
    rows = [(*found.header, "Sorun"), *((*one.cells, one.says) for one in found.faults)]
    again = of(*rows)
    assert not again.rows, "nothing is taken as it stands: what Excel made of a number is none, as text too"
    rows[1] = (2, "255.02.01.01.02.01/18/00253", "YAZICI HP", "M404dn", "PHB1234567", *rows[1][5:])
    mended = of(*rows)
    assert [(row.get("asset_no"), row.get("kind"), row.get("model")) for row in mended.rows] == [
        ("255.02.01.01.02.01/18/00253", "yazici", "M404dn")
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("Alım Tarihi", date(2018, 7, 17), "bought_on", "2018-07-17"),
        ("Alım Tarihi", 43298, "bought_on", "2018-07-17"),
        ("GİRİŞ TARİHİ", "17/07/18", "bought_on", "2018-07-17"),
        ("Fatura tarihi", "17.7.2018", "bought_on", "2018-07-17"),
        ("Bedeli", 4572.83, "price", "4.572,83"),
        ("Tutar", "4,572.83", "price", "4,572.83"),
        ("Giriş değeri", "₺ 1.250", "price", "₺ 1.250"),
        ("MAC Adresi", "00-1A-2B-3C-4D-5E", "macs", "00-1A-2B-3C-4D-5E"),
        ("IP", "10.0.0.16 ", "ips", "10.0.0.16"),
        ("Kullanıcı", "44494556292 - AYŞE YILMAZ", "holder", "AYŞE YILMAZ"),
        ("Zimmetli olduğu yer", "44494556292 - AYŞE YILMAZ", "holder", "AYŞE YILMAZ"),
        ("Zimmetli", "(ambar)", "holder", DEPOT),
        ("Konum", "Ek bina   kat 3 oda 312", "room", "Ek bina kat 3 oda 312"),
        ("Demirbaş No", OFFICIAL, "asset_no", OFFICIAL),
        ("Barkod", "255.2.1.1.2.1/18/252", "asset_no", "255.2.1.1.2.1/18/252"),
        ("Barkod", "8690001003005", "other_no", "8690001003005"),
        ("Cinsi", "LAZER YAZICI", "kind", "yazici"),
        ("Malzeme adı", "BİLGİSAYAR KASASI", "kind", "bilgisayar"),
        ("Açıklama", "Masa", "kind", "diger"),
        ("Marka", "Hewlett Packard", "brand", "HP"),
        ("Marka/Model", "Lenovo ThinkCentre M70q", "model", "ThinkCentre M70q"),
        ("Asset Tag", "BİM-0042", "asset_no", "BİM-0042"),
        ("Bilgisayar adı", "PC-MALI-07", "host", "PC-MALI-07"),
        ("Not\u202e", "iki\u200b kez  geldi", "note", "iki kez geldi"),
    ],
)
def test_what_a_cell_says(heading: str, cell: object, field: str, value: str) -> None:
    values, problems, _ = one(heading, cell)
    assert (values.get(field), problems) == (value, [])


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Alım tarihi", "31.02.2024", "Satır 2, Alım tarihi: “31.02.2024” diye bir gün yok."),
        ("Alım tarihi", "geçen yıl", "Satır 2, Alım tarihi: “geçen yıl” bir gün değil; gün.ay.yıl yazın (17.07.2018)."),
        (
            "Sicil no",
            25502010102011800253,
            f"Satır 2, Sicil no: {_LOST} (2,55E+19). {_AS_TEXT}",
        ),
        (
            "Sicil no",
            "=A2",
            "Satır 2, Sicil no: hücrede formül var, sonucu dosyada yok. Excel'de açıp kaydederek yeniden yükleyin.",
        ),
    ],
)
def test_what_keeps_a_row_out(heading: str, cell: object, said: str) -> None:
    assert one(heading, cell) == ({}, [said], [])


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Alım tarihi", "01.01.2030", "Satır 2, Alım tarihi: 01.01.2030 gelecekte; boş bırakıldı."),
        ("Bedel", "#YOK", "Satır 2, Bedel: “#YOK” para değil; boş sayıldı."),
        ("MAC", "00-1A-2B-3C-4D", "Satır 2, MAC: “00-1A-2B-3C-4D” 12 haneli değil; boş sayıldı."),
        ("IP", "yok", "Satır 2, IP: “yok” adres değil; boş sayıldı."),
        ("Garanti süresi", "24 ay", "Satır 2, Garanti süresi: alım tarihi yok; boş bırakıldı."),
    ],
)
def test_what_is_left_empty_and_said(heading: str, cell: object, said: str) -> None:
    assert one(heading, cell) == ({}, [], [said])


@pytest.mark.parametrize(
    "serial", ["To be filled by O.E.M.", "Default string", "N/A", "0", "123456789", "00000000", "INVALID", "yok", "-"]
)
def test_what_boards_have_for_a_serial_is_none(serial: str) -> None:
    found = of(("Sicil no", "Seri no"), (OFFICIAL, serial))
    assert "serial" not in found.rows[0].values
    if serial not in ("N/A", "0", "yok", "-"):
        assert found.notes == [f"Satır 2, Seri no: “{serial}” seri numarası değildir; boş sayıldı."]


def test_one_number_twice_keeps_both_out_and_the_same_row_twice_is_one() -> None:
    rows = [("Seri no", "Sicil no"), ("5CD8123ABC", ""), ("5cd-8123abc", OFFICIAL), ("X98765", ""), ("X98765", "")]
    found = of(*rows)
    assert [fault.says for fault in found.faults] == [
        "Satır 2: seri no 5CD8123ABC satır 3'te de var. Biri yanlış; ikisi de alınmadı.",
        "Satır 3: seri no 5cd-8123abc satır 2'de de var. Biri yanlış; ikisi de alınmadı.",
    ]
    assert [row.line for row in found.rows] == [4]
    assert found.notes[0].startswith("1 satır atlandı")


def test_identity_numbers_are_counted_and_never_kept() -> None:
    found = of(
        ("Seri no", "ZİMMETLİ"), ("SN12345", "44494556292 - AYŞE YILMAZ"), ("SN12346", "10000000146 HASAN KAYA"),
        ("=A1", "44494556292 - AYŞE YILMAZ"),
    )  # fmt: skip
    assert found.notes[0] == "Zimmetli sütunundaki kimlik numaraları alınmadı (3 hücre); yalnız adlar okundu."
    assert "44494556292" not in repr(found.rows) + repr(found.faults)


def test_totals_repeated_headings_and_empty_rows_are_skipped_and_plain_blanks_stay_blank() -> None:
    head = ("Seri no", "Birimi")
    found = of(
        ("2026 DEMİRBAŞ",), (), head, ("SN12345", "Fen İşleri"), (), head, ("SN12346", None), ("GENEL TOPLAM", 2),
    )  # fmt: skip
    assert [(row.line, row.get("department")) for row in found.rows] == [(4, "Fen İşleri"), (7, "")]
    assert found.notes[0].startswith("2 satır atlandı")


def test_an_empty_cell_says_nothing_unless_it_is_to_clear() -> None:
    rows = (("Seri no", "Firma", "Garanti bitiş"), ("SN12345", "", ""))
    assert dict(of(*rows).rows[0].values) == {"serial": "SN12345"}
    assert dict(of(*rows, empties_clear=True).rows[0].values) == {
        "serial": "SN12345", "supplier": "", "warranty_until": ""
    }  # fmt: skip


def test_warranty_counts_from_the_day_of_buying() -> None:
    found = of(
        ("Seri no", "Alım tarihi", "Garanti süresi"), ("SN12345", "31.01.2024", "2 yıl"), ("X1", "31.08.2024", 6)
    )
    assert [row.get("warranty_until") for row in found.rows] == ["2026-01-31", "2025-02-28"]


def test_what_nobody_could_find_again_is_told() -> None:
    found = of(("Cinsi", "Seri no", "Oda"), ("Yazıcı", "", "312"), ("Yazıcı", "", ""))
    assert [row.line for row in found.rows] == [2]
    assert [fault.says for fault in found.faults] == [f"Satır 3: {_NO_DEVICE}"]


def test_what_a_column_is_may_be_said() -> None:
    rows = (("Seri no", "Nerede"), ("SN12345", "Fen İşleri"))
    assert of(*rows).columns[1].is_lost
    said = of(*rows, columns={1: "department"})
    assert said.rows[0].get("department") == "Fen İşleri"
    turned = of(("Nerede", "Seri no"), ("Zabıta", "SN12346"), headings=said.headings)
    assert turned.rows[0].get("department") == "Zabıta", "remembered by its heading"


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1254"])
def test_glpi_and_snipe_it_as_they_export(delimiter: str, encoding: str) -> None:
    glpi = ["Ad", "Üretici", "Seri numarası", "Tür", "Model", "Konum", "Envanter numarası"]
    snipe = ["Asset Tag", "Serial", "Model", "Manufacturer", "Checked Out To", "Location", "Purchase Date"]
    for head, row in (
        (glpi, ["PC-07", "Dell", "8ABCD12", "Bilgisayar", "OptiPlex 3080", "312", "BİM-7"]),
        (snipe, ["BİM-7", "8ABCD12", "OptiPlex 3080", "Dell", "Ayşe Yılmaz", "312", "2018-07-17"]),
    ):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([head, row])
        found = device_list.brought(out.getvalue().encode(encoding), TODAY)
        values = dict(found.rows[0].values)
        assert (values["brand"], values["serial"], values["model"], values["room"]) == (
            "Dell", "8ABCD12", "OptiPlex 3080", "312"
        )  # fmt: skip
        assert "BİM-7" in values.values()


def refused(content: bytes | str, **how: int) -> str:
    with pytest.raises(UnreadableList) as caught:
        device_list.brought(content, TODAY, **how)
    return caught.value.says


def test_files_that_are_no_list_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(book(("Ad", "Soyad"), ("a", "b"))) == (
        "Bu dosyada tanıdığım bir başlık satırı yok (ilk 20 satıra baktım). "
        "Sicil no, seri no ya da demirbaş no sütunu gerekli."
    )
    assert refused(b"\x89PNG\r\n\x1a\n") == "Bu bir Excel ya da CSV dosyası değil."
    locked = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked) == "Dosya parolalı; parolasız kaydedip yükleyin."
    assert refused(book(("Seri no",))) == "Başlığın altında cihaz yok."
    assert refused(book(("Seri no",), ("SN12345",)), sheet_no=2) == "Dosyada hiçbir şey yok: boş görünüyor."
    monkeypatch.setattr(device_list, "MAX_FILE", 10)
    assert refused(book(("Seri no",))) == "Dosya 20 MB'tan büyük."
