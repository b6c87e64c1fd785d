"""The birim faaliyet raporu as pages and as a document: the same words, the same hash."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from bot.documents import year_report
from handlers.context import Acting
from handlers.domain.outages import Cause
from handlers.domain.recommendations import Recommendation
from handlers.reports import years
from handlers.reports.years import YearOutage, YearReport
from tests.handlers.reports.digest_rig import FRIDAY, DigestRig, at

NOW = at(date(2027, 1, 15), "09:00")
PARTS = [
    "I. Genel bilgiler",
    "II. Amaç ve hedefler",
    "III. Faaliyetlere ilişkin bilgi ve değerlendirmeler",
    "IV. Kurumsal kabiliyet ve kapasitenin değerlendirilmesi",
    "V. Öneri ve tedbirler",
]


@pytest.fixture(scope="module")
def house() -> tuple[DigestRig, YearReport]:
    rig = DigestRig()
    rig.opens(at(FRIDAY, "09:00"), category="toner-kartus")
    rig.opens(at(FRIDAY, "10:00"), unit="yazilim", category="bilgi-guvenligi", restricted=True, text="parola sızdı")
    found = rig.store.read(
        lambda uow: years.report(
            Acting(
                desk=rig.desk, uow=uow, now=NOW, person=uow.people.get(rig.who("kemal")), channel="web", event_key=""
            ),
            2026,
        )
    )
    outage = YearOutage(
        number="2026-000001", system="EBYS", since=NOW, worked=found.full_day, people=12, cause=Cause.LINE
    )
    text = "#let x = 1\n\n$Yedek$ *hat* <b>istensin</b> & alınsın"
    written = Recommendation(year=2026, version=1, text=text, written_at=NOW)
    return rig, replace(found, outages=[outage], recommendation=written)


def test_the_document_has_the_headings_of_the_regulation_as_styles(house: tuple[DigestRig, YearReport]) -> None:
    rig, report = house
    made = Document(io.BytesIO(year_report.docx(rig.desk, report, rig.desk.zone)))
    styled = {one.text: one.style.name for one in made.paragraphs if one.style is not None}
    assert [text for text, style in styled.items() if style == "Heading 1"] == PARTS
    assert styled["2026 yılı birim faaliyet raporu"] == "Title"
    assert "$Yedek$ *hat* <b>istensin</b> & alınsın" in styled
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    for said in ("EBYS", "Hat", "Arıza defteri: 2 kayıt (2026-000001 – 2026-000002)", "Güvenlik kayıtları: 1"):
        assert said in cells, said


def test_it_is_the_same_on_paper(house: tuple[DigestRig, YearReport]) -> None:
    rig, report = house
    pages = PdfReader(io.BytesIO(year_report.pdf(rig.desk, report, rig.desk.zone))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    digest = year_report.composed(rig.desk, report, rig.desk.zone).digest
    for said in (*PARTS, "#let x = 1", "<b>istensin</b>", f"Sayfa 2 / {len(pages)}", digest, "Kilitli ay yoktur"):
        assert said in text, said
    assert "parola" not in text
    assert "Taslak" not in text


def test_the_hash_is_of_what_it_says_and_not_of_when(house: tuple[DigestRig, YearReport]) -> None:
    rig, report = house

    def digest(one: YearReport) -> str:
        return year_report.composed(rig.desk, one, rig.desk.zone).digest

    assert digest(report) == digest(replace(report, made_at=at(date(2027, 2, 1), "09:00")))
    assert digest(report) != digest(replace(report, restricted=2))


@pytest.mark.parametrize(
    ("changed", "note"),
    [({"running": True}, "Taslak: yıl sürüyor"), ({"recommendation": None}, "Taslak: V. bölüm henüz yazılmadı.")],
)
def test_a_draft_says_so(house: tuple[DigestRig, YearReport], changed: dict[str, object], note: str) -> None:
    rig, report = house
    made = year_report.composed(rig.desk, replace(report, **changed), rig.desk.zone)  # type: ignore[arg-type] # a field each
    assert any(one.startswith(note) for one in made.notes)
