"""Labels for devices as they are printed, and as a phone's photo of them is read."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
import segno
import typst
import zxingcpp
from PIL import Image, ImageFilter
from pypdf import PdfReader

from bot.documents import device_labels, typesetting
from bot.documents.device_labels import SHEETS, DeviceLabel
from bot.documents.letterhead import Letterhead
from bot.filestore.picture_codes import MAX_PIXELS, kept_of, read_codes

HEAD, URL = Letterhead("Defne Belediyesi"), "https://masa.defne.bel.tr"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MILLIMETRE = 72 / 25.4


def labels(count: int) -> list[DeviceLabel]:
    draw = random.Random(7)
    return [
        DeviceLabel(
            "".join(draw.choices(LETTERS, k=8)), f"D-{one:05}", "255.02.01.01.02.01/18/00252", "HP LaserJet M404dn"
        )
        for one in range(1, count + 1)
    ]


def drawn(some: list[DeviceLabel], sheet: str, dots_an_inch: int, monkeypatch: pytest.MonkeyPatch) -> Image.Image:
    """The page as a picture, from the same template and data as the PDF."""
    kept, compiled = [], typst.compile

    def both(source: str, **how: object) -> object:
        kept.append(compiled(source, **how, format="png", ppi=dots_an_inch))
        return compiled(source, **how)

    monkeypatch.setattr(typesetting.typst, "compile", both)
    device_labels.pdf(some, HEAD, URL, sheet=sheet)
    monkeypatch.undo()
    return Image.open(io.BytesIO(kept[0])).convert("L")


def jpeg(image: Image.Image, quality: int = 80) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def photo(label: Image.Image, *, turned: float = 0, blurred: float = 0) -> bytes:
    """1,600 pixels wide, the label a quarter of that, on grey."""
    shown = label.resize((400, round(label.height * 400 / label.width)))
    shown = shown.rotate(turned, expand=True, fillcolor=120).filter(ImageFilter.GaussianBlur(blurred))
    taken = Image.new("L", (1600, 1200), 120)
    taken.paste(shown, (620, 420))
    return jpeg(taken)


def test_all_labels_of_a_sheet_are_read_from_100_dots_an_inch(monkeypatch: pytest.MonkeyPatch) -> None:
    some = labels(65)
    found = zxingcpp.read_barcodes(drawn(some, "65", 100, monkeypatch))
    assert {kept_of(one.text) for one in found} == {one.token for one in some}


@pytest.mark.parametrize(("turned", "blurred"), [(0, 0), (17, 0.8), (90, 0), (200, 1.2), (3, 1.5)])
def test_a_photo_of_a_label_gives_its_token(turned: float, blurred: float, monkeypatch: pytest.MonkeyPatch) -> None:
    some = labels(1)
    printed = drawn(some, "50x25", 300, monkeypatch)
    assert read_codes(photo(printed, turned=turned, blurred=blurred)) == (some[0].token,)


def test_a_sheet_begins_where_labels_are_free_and_tells_what_a_person_needs() -> None:
    made = PdfReader(io.BytesIO(device_labels.pdf(labels(3), HEAD, URL, sheet="65", start=64)))
    said = [" ".join(page.extract_text().split()) for page in made.pages]
    assert ["D-00001" in said[0], "D-00002" in said[0], "D-00003" in said[1]] == [True, True, True]
    for word in ("Defne Belediyesi", "255.02.01.01.02.01", "18/00252", "HP LaserJet M404dn", "Arıza için okutun"):
        assert word in said[1]


@pytest.mark.parametrize("sheet", SHEETS)
def test_pages_have_the_size_of_the_sheet_and_a_test_page_its_frames(sheet: str) -> None:
    made = PdfReader(io.BytesIO(device_labels.pdf(labels(2), HEAD, URL, sheet=sheet)))
    assert len(made.pages) == (1 if SHEETS[sheet].labels > 1 else 2)
    size = [float(side) / MILLIMETRE for side in made.pages[0].mediabox[2:]]
    assert size == pytest.approx(SHEETS[sheet].page, abs=0.2)
    frames = PdfReader(io.BytesIO(device_labels.test_page(HEAD, sheet))).pages
    assert len(frames) == 1
    assert "%100 ölçekte basın" in " ".join(frames[0].extract_text().split())


def test_the_code_of_a_short_host_has_25_modules() -> None:
    assert segno.make_qr(device_labels.address("https://masa.kent.bel.tr/", "2345ABCD"), error="m").version == 2
    assert device_labels.address("https://x.tr/masa", "2345ABCD") == "HTTPS://X.TR/MASA/C/2345ABCD"


# --- what else may be in a picture ---------------------------------------------------------------
def code(text: str, kind: str = "Code128") -> bytes:
    drawn_code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind)).to_image(scale=4)
    page = Image.new("L", (1500, 900), 255)
    page.paste(Image.fromarray(drawn_code), (100, 100))
    return jpeg(page, 90)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Code128", "255.02.01.01.02.01/18/00252"),
        ("Code39", "DMB-1453"),
        ("EAN13", "8690001003005"),
        ("DataMatrix", "BIM-0042"),
        ("QRCode", "D-00042"),
    ],
)
def test_codes_of_other_systems_are_read(kind: str, text: str) -> None:
    assert read_codes(code(text, kind)) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "https://kotu.example/indir?x=1",
        "http://kotu.example/c/2345ABCDE",
        "WIFI:S:belediye;T:WPA;P:cokgizli;;",
        "BEGIN:VCARD\nN:Yilmaz;Ayse\nEND:VCARD",
        "tel:+905321112233",
    ],
)
def test_of_what_is_no_number_nothing_is_kept(text: str) -> None:
    assert read_codes(code(text, "QRCode")) == ()


def test_four_codes_at_most_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    some = labels(8)
    found = read_codes(jpeg(drawn(some, "65", 150, monkeypatch)))
    assert len(found) == 4
    assert set(found) <= {one.token for one in some}
    assert kept_of("HTTP://192.0.2.7:8080/masa/C/2345abcd") == "2345ABCD"


def test_what_is_no_picture_or_too_large_has_no_codes(tmp_path: Path) -> None:
    assert read_codes(b"%PDF-1.7") == ()
    assert read_codes(code("BIM-0042")[:2000]) == ()
    large = io.BytesIO()
    Image.new("1", (4001, MAX_PIXELS // 4000)).save(large, "PNG")
    assert read_codes(large.getvalue()) == ()
