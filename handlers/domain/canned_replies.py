"""Hazır yanıt: a text that a unit sends again and again, with the words that differ each time as named places in it.

A place is `{oda}`, with what stands there where nothing is known behind a stroke: `{oda|odanız}`. `{bos:parça adı}` is
asked of whoever sends it. Nothing in a text is ever run: places are looked up, once, and what fills them is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.domain.errors import Invalid
from handlers.domain.people import UnitId

MOST = 30
"""Of a unit."""
MAX_LETTERS = 1000
MAX_NAME_LETTERS = 24
FIELDS: Mapping[str, str] = {
    "ad": "personelimiz",
    "kayit": "kaydınız",
    "konu": "kaydınız",
    "oda": "odanız",
    "teknisyen": "teknisyenimiz",
    "dahili": "birimimiz",
    "tarih": "bugün",
}
"""What can be named, and what stands there where nothing is known and the text says nothing else."""
_ASKED = "bos"
_PLACE = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_NAME = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    unit: UnitId
    name: str
    """Short, folded: `toner-geldi`."""
    text: str
    written_at: datetime
    withdrawn_at: datetime | None = None
    id: int = 0


def require_usable(name: str, text: str) -> None:
    """Raises Invalid(`canned_name`, `canned_text`, `canned_field`)."""
    if not _NAME.match(name) or len(name) > MAX_NAME_LETTERS:
        raise Invalid("canned_name", most=MAX_NAME_LETTERS)
    if not text.strip() or len(text) > MAX_LETTERS:
        raise Invalid("canned_text", most=MAX_LETTERS)
    for field, _ in _places(text):
        if field not in FIELDS and not (_blank(field) or "").strip():
            raise Invalid("canned_field", field=field[:40], fields=[*FIELDS, "bos:parça adı"])
    if set("{}") & set(_PLACE.sub("", text)):
        raise Invalid("canned_field", field="", fields=[*FIELDS, "bos:parça adı"])


def blanks(text: str) -> Sequence[str]:
    """What is asked of whoever sends it, each once, in the order of the text."""
    return list(dict.fromkeys(blank for field, _ in _places(text) if (blank := _blank(field)) is not None))


def filled(text: str, values: Mapping[str, str], answers: Sequence[str]) -> str:
    """`answers`: to the blanks, in their order; an empty one is a skipped one. No place is ever left a hole."""
    told = dict(zip(blanks(text), answers, strict=True))

    def fill(match: re.Match[str]) -> str:
        field, instead = match[1].strip(), match[2]
        blank = _blank(field)
        value = told.get(blank, "") if blank is not None else values.get(field, "")
        return value.strip() or (instead or "").strip() or FIELDS.get(field, blank or "")

    return _PLACE.sub(fill, text)


def _places(text: str) -> Iterator[tuple[str, str | None]]:
    yield from ((match[1].strip(), match[2]) for match in _PLACE.finditer(text))


def _blank(field: str) -> str | None:
    """What it asks for; None: it is none that is asked."""
    asked, colon, what = field.partition(":")
    return what.strip() if colon and asked.strip() == _ASKED else None
