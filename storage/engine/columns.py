"""Column types: times as UTC, text that every database takes, JSON as text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from knowledge.language.storable import storable


@lru_cache(maxsize=1024)
def _as_text(value: datetime) -> str:
    """One transaction writes the same few times into many rows."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class UtcTime(TypeDecorator[datetime]):
    """An aware time; on SQLite 26 characters of UTC that sort as the times do."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(26))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        if dialect.name != "sqlite":
            return value
        return _as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return value.astimezone(UTC)  # type: ignore[no-any-return] # psycopg's datetime comes as Any
        return datetime.fromisoformat(value).replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """What people typed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 # signature of TypeDecorator
        return None if value is None else storable(value)


class JsonText(TypeDecorator[Any]):
    """JSON in ASCII, so that any string survives; plain text to both databases, since nothing searches in it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002 # signature of TypeDecorator
        if not value:
            return "{}" if isinstance(value, dict) else "[]"
        return _encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 # signature of TypeDecorator
        return _EMPTY[value]() if value in _EMPTY else json.loads(value or "null")


_encode = json.JSONEncoder(separators=(",", ":")).encode
_EMPTY: dict[str | None, type[list[Any]] | type[dict[str, Any]]] = {"[]": list, "{}": dict}
