"""`column IN (…)` with the whole list as one parameter, so that the statement is the same for any number of values."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, Integer, String, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine


class _Many(TypeDecorator[Any]):
    """A list: JSON on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[Integer] | type[String]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.of()))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class _ValuesOf(GenericFunction[Any]):
    name = "masa_values_of"
    inherit_cache = True


@compiles(_ValuesOf, "sqlite")
def _on_sqlite(element: _ValuesOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 # a parameter's mark


@compiles(_ValuesOf, "postgresql")
def _on_postgres(element: _ValuesOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **options)}))"


def in_list(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column is one of the values of the parameter of that name."""
    of = Integer if isinstance(column.type, Integer) else String
    return column.op("IN", is_comparison=True)(_ValuesOf(bindparam(name, type_=_Many(of))))
