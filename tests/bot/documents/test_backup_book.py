"""The yedek defteri as pages."""

from __future__ import annotations

import io
from datetime import date, datetime

from pypdf import PdfReader

from bot.documents.backup_book import pdf
from bot.documents.letterhead import Letterhead
from handlers.reports.backup_book import Book, Line

DONE = datetime.fromisoformat("2026-12-01T08:05+03:00")


def test_each_day_its_result_and_who() -> None:
    check = "Günlük yedek denetimi"
    lines = [
        Line(day=date(2026, 12, 1), check=check, result="ok", by="Ali Çelik", at=DONE, number="2026-000001"),
        Line(day=date(2026, 12, 2), check=check, result="silent", number="2026-000002"),
        Line(day=date(2026, 12, 3), check=check, result="failed", by="#let x", resolution="$$ *kalın*"),
    ]
    made = pdf(Book(month=date(2026, 12, 1), lines=lines), Letterhead("Örnek Belediyesi"), "Basım: bugün")
    text = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    for said in ("01.12.2026", "Tamam", "Ali Çelik", "08.05", "Yanıtlanmadı", "Alınamadı", "#let x", "*kalın*"):
        assert said in text, said
    assert "3 denetim günü: 1 tamam, 1 alınamadı, 1 yanıtlanmadı." in text


def test_two_months_fill_more_than_a_page() -> None:
    lines = [Line(day=date(2026, 12, 1), check="Yedek", result="ok") for _ in range(90)]
    made = PdfReader(io.BytesIO(pdf(Book(month=date(2026, 12, 1), lines=lines), Letterhead("Belediye"), "")))
    assert len(made.pages) > 1
    assert f"Sayfa 2 / {len(made.pages)}" in made.pages[1].extract_text()
