"""Cards for the doors of a house (.pdf): one A6 page each, with the number to type and a code that opens the chat."""

from __future__ import annotations

import io
from collections.abc import Sequence
from urllib.parse import quote

import segno

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from handlers.queries.door_cards import Door

_QUIET = 4
"""Modules of white around a code, as ISO 18004 has it."""


def pdf(doors: Sequence[Door], head: Letterhead, base_url: str) -> bytes:
    """Half a second for a floor: never within a transaction. `doors`: at least one."""
    cards = [
        {
            "number": drawable(door.number),
            "where": drawable(door.where),
            "code": _code(f"{base_url}/?oda={quote(door.number)}"),
        }
        for door in doors
    ]
    document: dict[str, object] = {"address": base_url.partition("://")[2], "cards": cards}
    return set_pages("door_cards", head, document)


def _code(address: str) -> str:
    """As SVG. A quarter of it may be worn off: it hangs on a door for years."""
    out = io.BytesIO()
    segno.make_qr(address, error="q").save(out, kind="svg", border=_QUIET, xmldecl=False, scale=4)
    return out.getvalue().decode("ascii")
