"""Statements compiled once a process: what one engine compiled, every other of its kind uses.

SQLAlchemy keeps them an engine; here a store has two of those, and a process may open several.
"""

from __future__ import annotations

from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache

STATEMENTS_KEPT = 1_000


class CompiledStatements:
    """SQLAlchemy's `compiled_cache`, whose keys begin with the dialect: with its kind here."""

    def __init__(self, kept: int = STATEMENTS_KEPT) -> None:
        self._kept: LRUCache[tuple[object, ...], object] = LRUCache(kept)

    def get(self, key: tuple[Dialect, *tuple[object, ...]], default: object = None) -> object:
        found: object = self._kept.get(_of_its_kind(*key), default)
        return found

    def __setitem__(self, key: tuple[Dialect, *tuple[object, ...]], compiled: object) -> None:
        self._kept[_of_its_kind(*key)] = compiled

    def __len__(self) -> int:
        return len(self._kept)


def _of_its_kind(dialect: Dialect, *statement: object) -> tuple[object, ...]:
    """A server of another version may be spoken to in another way."""
    return (type(dialect), dialect.driver, dialect.server_version_info, *statement)


COMPILED = CompiledStatements()
"""Of this process."""
OPTIONS = {"compiled_cache": COMPILED}
"""Execution options of an engine."""
