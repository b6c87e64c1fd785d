"""Cards for the doors of a house (.pdf): one A6 page each, with the number to type and a code that opens the chat."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import segno
import typst

from bot.documents.register_pdf import drawable, own_fonts
from handlers.queries.door_cards import Door

_TEMPLATE = Path(__file__).parents[1] / "templates" / "door_cards.typ"
_QUIET = 4
"""Modules of white around a code, as ISO 18004 has it."""


def pdf(doors: Sequence[Door], institution: str, base_url: str) -> bytes:
    """Half a second for a floor: never within a transaction. `doors`: at least one."""
    cards = [
        {
            "number": drawable(door.number),
            "where": drawable(door.where),
            "code": _code(f"{base_url}/?oda={quote(door.number)}"),
        }
        for door in doors
    ]
    document = {"institution": drawable(institution), "address": base_url.partition("://")[2], "cards": cards}
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder / "door_cards.typ")
        (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
        made = typst.compile(
            str(folder / "door_cards.typ"), root=name, font_paths=own_fonts(), sys_inputs={"data": "data.json"}
        )
    assert isinstance(made, bytes)  # without an output path
    return made


def _code(address: str) -> str:
    """As SVG. A quarter of it may be worn off: it hangs on a door for years."""
    out = io.BytesIO()
    segno.make_qr(address, error="q").save(out, kind="svg", border=_QUIET, xmldecl=False, scale=4)
    return out.getvalue().decode("ascii")
