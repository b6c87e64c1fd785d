"""What the macros of `charts.html` draw: a chart in words, numbers and links, with the table and CSV of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.web.rendering import Cell, number

LEVELS = 5
"""Shades of a cell."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of a bar or column."""

    value: float
    words: str
    """What it says to whoever points at it, or hears it."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: Sequence[Part]
    total: str
    mark: float | None = None
    """Where the line of the year before goes through."""
    shaded: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    label: str
    words: str
    median: float | None = None
    """None: too few to say."""
    ninth: float | None = None
    target: float | None = None
    missed: bool = False
    """Half of them or more took longer than the target."""


@dataclass(frozen=True, slots=True)
class Square:
    count: int
    level: int
    words: str
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Square]]]
    slanted: bool
    """Names of columns are long."""


@dataclass(frozen=True, slots=True)
class Plot:
    name: str
    """In the address of its CSV."""
    title: str
    question: str
    macro: str
    """Of `charts.html`: `columns`, `pairs`, `bars`, `strips` or `grid`."""
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    legend: Sequence[tuple[str, str]] = ()
    """Class and word of each series."""
    bars: Sequence[Bar] = ()
    strips: Sequence[Strip] = ()
    grid: Grid | None = None
    top: float = 1
    """What the longest bar, column or strip stands for."""
    scale: Sequence[tuple[float, str]] = ()
    said: str = ""
    """In a sentence, compared with the same period of the year before."""
    empty: str = ""
    """What stands there where nothing is to be drawn."""
    notes: Sequence[str] = field(default_factory=list)


COMPARED = "Geçen yıl aynı dönem"
"""How each comparison begins."""


def compared(now: float, before: float, unit: str) -> str:
    """Empty: there is nothing to compare with."""
    if not before:
        return ""
    change = round(100 * (now - before) / before)
    how = "aynı" if not change else f"%{abs(change)} {'artış' if change > 0 else 'azalış'}"
    return f"{COMPARED}: {number(before)} {unit} ({how})."


def level(count: int, most: int) -> int:
    """0: none at all; else one of the shades."""
    return 0 if not count else min(LEVELS, 1 + (LEVELS * count - 1) // most)
