"""What is written after an outage (.pdf), on A4."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from handlers.spoken_time import worked_length
from handlers.terms import CAUSES, NOTE_MOMENTS, NOTE_QUESTIONS, STATES
from handlers.tickets.outage_notes import OutageNote


def pdf(note: OutageNote, head: Letterhead, zone: tzinfo) -> bytes:
    """A quarter of a second: never within a transaction."""

    def clock(at: datetime) -> str:
        return f"{at.astimezone(zone):%d.%m.%Y %H.%M}"

    facts = {
        "Kayıt": note.head.number,
        "Süre": f"{clock(note.since)} – {clock(note.ended_at)}",
        "Mesai içinde": worked_length(note.worked, note.full_day),
        "Yaşayan": f"{note.people} kişi",
        "Neden": CAUSES[note.cause],
    }
    document: dict[str, object] = {
        "title": drawable(f"Kesinti notu: {note.system}"),
        "facts": [[name, drawable(value)] for name, value in facts.items()],
        "moments": [[clock(one.at), drawable(one.text or NOTE_MOMENTS[one.what])] for one in note.moments],
        "answers": [[NOTE_QUESTIONS[question], drawable(text)] for question, text in note.answers],
        "actions": [
            [
                one.number,
                drawable(one.text),
                drawable(owner.name or owner.handle) if owner else "sırada",
                STATES[one.state],
            ]
            for one, owner in note.actions
        ],
    }
    return set_pages("outage_note", head, document)
