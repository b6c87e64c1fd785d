"""Invitations of a müdürlük (.pdf): a label for each person, with a code to type and one to point a phone at."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import segno
import typst

from bot.documents.register_pdf import drawable, own_fonts
from bot.web import Invitation
from handlers.people.join_codes import CODE_LIVES

_TEMPLATE = Path(__file__).parents[1] / "templates" / "invitations.typ"
_QUIET = 4
"""Modules of white around a code, as ISO 18004 has it."""


def pdf(invitations: Sequence[Invitation], institution: str, base_url: str) -> bytes:
    """A second for a large müdürlük: never within a transaction. `invitations`: at least one."""
    document = {
        "institution": drawable(institution),
        "address": base_url.partition("://")[2],
        "days": CODE_LIVES.days,
        "labels": [
            {
                "name": drawable(one.name),
                "department": drawable(one.department),
                "code": one.code,
                "picture": _picture(one.link),
            }
            for one in invitations
        ],
    }
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder / "invitations.typ")
        (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
        made = typst.compile(
            str(folder / "invitations.typ"), root=name, font_paths=own_fonts(), sys_inputs={"data": "data.json"}
        )
    assert isinstance(made, bytes)  # without an output path
    return made


def _picture(link: str) -> str:
    out = io.BytesIO()
    segno.make_qr(link, error="m").save(out, kind="svg", border=_QUIET, xmldecl=False, scale=4)
    return out.getvalue().decode("ascii")
