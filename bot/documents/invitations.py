"""Invitations of a müdürlük (.pdf): a label for each person, with a code to type and one to point a phone at."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from bot.web import Invitation
from handlers.people.join_codes import CODE_LIVES

_QUIET = 4
"""Modules of white around a code, as ISO 18004 has it."""


def pdf(invitations: Sequence[Invitation], head: Letterhead, base_url: str) -> bytes:
    """A second for a large müdürlük: never within a transaction. `invitations`: at least one."""
    document: dict[str, object] = {
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
    return set_pages("invitations", head, document)


def _picture(link: str) -> str:
    out = io.BytesIO()
    segno.make_qr(link, error="m").save(out, kind="svg", border=_QUIET, xmldecl=False, scale=4)
    return out.getvalue().decode("ascii")
