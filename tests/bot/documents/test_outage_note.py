"""The note after an outage as it is printed."""

from __future__ import annotations

import io
from datetime import timedelta

from pypdf import PdfReader

from bot.documents.letterhead import Letterhead
from bot.documents.outage_note import pdf
from handlers.domain.outages import Cause, NoteQuestion
from handlers.tickets.outage_notes import Moment, OutageNote
from tests.clock import START
from tests.handlers.domain.builders import ticket
from tests.scenarios.stage import shared_desk


def test_it_says_what_was_asked_and_takes_no_words_for_markup() -> None:
    head = ticket(number="2026-000140")
    note = OutageNote(
        outage=1,
        head=head,
        system="EBYS",
        since=START,
        ended_at=START + timedelta(hours=1),
        worked=timedelta(hours=1),
        full_day=timedelta(hours=8),
        people=41,
        cause=Cause.VENDOR,
        moments=[Moment(at=START, what="declared"), Moment(at=START, what="line", text="#panic() $x$")],
        answers=[(NoteQuestion.WHY, "disk *doldu* \\ <b>")],
        actions=[(head, None)],
    )
    (page,) = PdfReader(io.BytesIO(pdf(note, Letterhead("Örnek İlçe Belediyesi"), shared_desk().zone))).pages
    said = " ".join(page.extract_text().split())
    for part in ("Kesinti notu: EBYS", "2026-000140", "41 kişi", "kesinti ilan edildi", "#panic() $x$", "Neden oldu?"):
        assert part in said
    assert "disk *doldu* \\ <b>" in said
