"""Labels of invitations: everybody has theirs, and hostile names are only letters."""

from __future__ import annotations

import io

from pypdf import PdfReader

from bot.documents.invitations import pdf
from bot.documents.letterhead import Letterhead
from bot.web import Invitation


def test_each_person_has_a_label_with_their_code() -> None:
    names = ["Ayşe Yılmaz", '#set page(fill: red) "]', *(f"Kişi {n}" for n in range(8))]
    found = [
        Invitation(name=name, department="Mali Hizmetler", code=f"ABCDE-FGH2{n % 8 + 2}", link="http://x/#kod=A")
        for n, name in enumerate(names)
    ]
    pages = PdfReader(io.BytesIO(pdf(found, Letterhead("Örnek Belediyesi"), "http://127.0.0.1:8080"))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert len(pages) == 2
    for shown in ("Ayşe Yılmaz", "#set page(fill: red)", "ABCDE-FGH22", "127.0.0.1:8080", "Kişi 7"):
        assert shown in text
