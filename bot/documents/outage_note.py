"""What is written after an outage (.pdf), on A4."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import datetime, tzinfo
from pathlib import Path

import typst

from bot.documents.register_pdf import drawable, own_fonts
from handlers.spoken_time import worked_length
from handlers.terms import CAUSES, NOTE_MOMENTS, NOTE_QUESTIONS, STATES
from handlers.tickets.outage_notes import OutageNote

_TEMPLATE = Path(__file__).parents[1] / "templates" / "outage_note.typ"


def pdf(note: OutageNote, institution: str, zone: tzinfo) -> bytes:
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
    document = {
        "institution": drawable(institution),
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
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder / "outage_note.typ")
        (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
        made = typst.compile(
            str(folder / "outage_note.typ"), root=name, font_paths=own_fonts(), sys_inputs={"data": "data.json"}
        )
    assert isinstance(made, bytes)  # without an output path
    return made
