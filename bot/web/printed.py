"""What stands on printed pages, as the panel hands it to whatever sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPart:
    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    empty: str = ""
    numbers: Sequence[int] = ()
    """Columns, from 0, that are set to the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """What stands on printed pages."""

    title: str
    about: str
    printed: str
    """When, and the newest anchor."""
    closing: str
    parts: Sequence[PrintedPart]
    wide: bool = True
    signatures: Sequence[str] = ()
    """A box for each who signs it: what they do, and below it a name where it is known, behind a line feed."""
    status: str = "Hazırlık çıktısı; taşınır kaydı değildir."
    """In each page's foot, before its digest; empty for what has nothing to do with movables."""


@dataclass(frozen=True, slots=True)
class PrintedBox:
    title: str
    lines: Sequence[str] = ()
    is_signed: bool = True
    """There is room for a signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """To be filled in by hand later, or as it was filled in here."""

    title: str
    heads: Sequence[str]
    cells: Sequence[str]
    """Of one row, or of several one after the other."""
    widths: Sequence[int]
    height: int = 11
    """Millimetres of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """What stands on a form of custody, A4 upright."""

    title: str
    printed: str
    """When, and the newest anchor."""
    number: str = ""
    """Of the act; also on every page's foot."""
    under: str = ""
    head: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    parts: Sequence[PrintedPart] = ()
    said: Sequence[str] = ()
    boxes: Sequence[PrintedBox] = ()
    rows_below: Sequence[PrintedRow] = ()
    notes: Sequence[str] = ()
    status: str = "Hazırlık çıktısı; taşınır kaydı değildir."
