"""The cards as they are printed: one A6 page a door."""

from __future__ import annotations

import io

from pypdf import PdfReader

from bot.documents.door_cards import pdf
from bot.documents.letterhead import Letterhead
from handlers.queries.door_cards import Door

MILLIMETRE = 72 / 25.4


def test_each_door_has_a_page_of_its_own_with_number_and_address() -> None:
    longest = Door("B-1412", "Ek hizmet binası, zemin kat, Sosyal İşler koridoru")
    made = pdf(
        [Door("312", "3. kat"), longest, Door("7")],
        Letterhead("Örnek İlçe Belediyesi"),
        "https://masa.ornek.bel.tr:8080",
    )
    pages = PdfReader(io.BytesIO(made)).pages
    said = [" ".join(page.extract_text().split()) for page in pages]
    assert len(pages) == 3
    assert [round(side / MILLIMETRE) for side in pages[0].mediabox[2:]] == [105, 148]
    for door, text in zip(("312", "B-1412", "7"), said, strict=True):
        assert f"ODA {door}" in text
        assert f"masa.ornek.bel.tr:8080 adresinde {door} yazın." in text
    assert "3. kat" in said[0]


def test_what_a_staff_list_holds_is_no_markup() -> None:
    made = pdf([Door("7", "#panic() $x$ *kat* \\ <b>")], Letterhead('#read("/etc/passwd")'), "http://127.0.0.1:8080")
    assert "#panic() $x$ *kat*" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
