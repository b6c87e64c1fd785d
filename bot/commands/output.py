"""How the commands print: JSON for programs, tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from handlers.messages import unmarked

WIDE = 160
"""Columns where the output goes to a file or a pipe."""


def print_json(document: object) -> None:
    """One line, ASCII only."""
    sys.stdout.write(json.dumps(document) + "\n")


def console() -> Console:
    """Colours only where somebody looks, and not against NO_COLOR."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, emoji=False, markup=False)


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    made = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(shown(cell) for cell in row))
    return made


def shown(text: str) -> str:
    """Somebody's words without what a terminal would obey."""
    return "".join(letter for letter in unmarked(text) if letter == "\n" or letter.isprintable())


def local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M}"
