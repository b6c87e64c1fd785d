"""LIKE in which `%` and `_` are letters like any other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def pattern(words: str) -> str:
    """Of what has these words in it, for a parameter; `escape` is a backslash."""
    return f"%{_literal(words)}%"


def contains(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    return column.like(pattern(words), escape="\\")


def ends_with(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    return column.like(f"%{_literal(words)}", escape="\\")
