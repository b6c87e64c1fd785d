"""Labels that are stuck on devices (.pdf): a code that a phone opens, the number to say, the official number.

A sheet is filled from whichever label is free first, so that one that was begun is used up. Printed at 100 %: the test
page has the frames of the sheet and a ruler.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import segno

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages

_QUIET = 2
"""Modules of white around a code: the label itself is white."""
MOST_LABELS = 2_000
"""In one file: five seconds."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Millimetres."""

    title: str
    page: tuple[float, float]
    label: tuple[float, float]
    left: float = 0
    top: float = 0
    gap: float = 0
    """Between two beside each other; below each other they touch."""
    columns: int = 1
    rows: int = 1
    code: float = 17
    """The side of the code, with its rim."""

    @property
    def labels(self) -> int:
        return self.columns * self.rows


SHEETS: Mapping[str, LabelSheet] = {
    "65": LabelSheet("A4, 65 etiket (38,1 × 21,2 mm)", (210, 297), (38.1, 21.2), 4.65, 10.7, 2.5, 5, 13, 17),
    "24": LabelSheet("A4, 24 etiket (70 × 37 mm)", (210, 297), (70, 37), 0, 0.5, 0, 3, 8, 27),
    "50x25": LabelSheet("Rulo, 50 × 25 mm", (50, 25), (50, 25), code=21),
    "40x20": LabelSheet("Rulo, 40 × 20 mm", (40, 20), (40, 20), code=17),
}


@dataclass(frozen=True, slots=True)
class DeviceLabel:
    token: str
    number: str
    """`D-00042`."""
    asset_no: str = ""
    """The official number (taşınır sicil no)."""
    model: str = ""


def pdf(labels: Sequence[DeviceLabel], head: Letterhead, label_url: str, *, sheet: str, start: int = 1) -> bytes:
    """Two seconds for a thousand: never within a transaction. `labels`: at least one; `sheet`: a key of SHEETS;
    `start`: the first label of the first sheet that is free, from 1."""
    kind = SHEETS[sheet]
    return set_pages("device_labels", head, document(labels, head, label_url, kind, start))


def test_page(head: Letterhead, sheet: str) -> bytes:
    """The frames of the labels and a ruler of 100 mm, to be held against a sheet before one is wasted."""
    return set_pages("device_labels", head, _geometry(SHEETS[sheet]) | {"labels": [], "start": 1})


def document(
    labels: Sequence[DeviceLabel], head: Letterhead, label_url: str, kind: LabelSheet, start: int
) -> dict[str, object]:
    """What the template sets."""
    return {
        **_geometry(kind),
        "house": drawable(head.institution),
        "start": min(max(start, 1), kind.labels),
        "labels": [
            {
                "code": _code(address(label_url, one.token)),
                "number": one.number,
                "asset_no": _in_two(drawable(one.asset_no)),
                "model": drawable(one.model),
            }
            for one in labels
        ],
    }


def address(label_url: str, token: str) -> str:
    """In capitals a code needs half as many letters: 25 modules for a host of up to 19 letters instead of 29. What
    stands behind the host is read in any case."""
    split = urlsplit(label_url)
    return f"{split.scheme}://{split.netloc}{split.path.rstrip('/')}/c/{token}".upper()


def _geometry(kind: LabelSheet) -> dict[str, object]:
    return {"sheet": {**asdict(kind), "labels": kind.labels}}


def _in_two(asset_no: str) -> list[str]:
    """27 letters do not fit in a line of a small label: code, then year and sequence."""
    code, slash, rest = asset_no.partition("/")
    return [code, rest] if slash else [asset_no] if asset_no else []


def _code(written: str) -> str:
    """As SVG. Only what is drawn, since a thousand stand in one file."""
    out = io.BytesIO()
    segno.make_qr(written, error="m").save(
        out, kind="svg", border=_QUIET, xmldecl=False, svgns=True, nl=False, scale=1, omitsize=True
    )
    return out.getvalue().decode("ascii")
