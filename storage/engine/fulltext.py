"""Finding rows by the words in them: FTS5 on SQLite, a GIN index over tsvectors on PostgreSQL.

Text is indexed as it is stored: folded, one line. A term finds every word that begins with it, and one with a figure
every number that has it somewhere (`knowledge.language.number_parts`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    FromClause,
    Integer,
    Select,
    TableClause,
    Text,
    TypeDecorator,
    bindparam,
    cast,
    column,
    exists,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy import table as named_table
from sqlalchemy.dialects.postgresql import TSQUERY

from knowledge.language import number_parts

_TERM = re.compile(r"[^\W_]+")
_LONG = re.compile(r"(\S{500})(?=\S)")
"""PostgreSQL refuses a word of more than 2,046 bytes."""
SEPARATORS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def one_line(folded: str) -> str:
    """Folded text as it is indexed."""
    return _LONG.sub(r"\1 ", " ".join(folded.split()))


def terms(text: str) -> list[str]:
    """What of a folded word is looked up; empty for "%" and other signs."""
    return _TERM.findall(text)


class Terms(TypeDecorator[Sequence[str]]):
    """All of them, each as the beginning of a word; on SQLite in these columns (separated by blanks)."""

    impl = Text
    cache_ok = True

    def __init__(self, columns: str) -> None:
        super().__init__()
        self.columns = columns

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return " & ".join(_either("'{}':*", " | ", term) for term in value)
        every = " AND ".join(_either('"{}" *', " OR ", term) for term in value)
        return f"{{{self.columns}}} : ({every})"


def _either(form: str, either: str, term: str) -> str:
    """A term as the beginning of a word, or as part of a number, too."""
    ways = [term, number_parts.SIGN + term] if number_parts.is_part(term) else [term]
    return f"({either.join(map(form.format, ways))})"


def fts(index: str) -> TableClause:
    """SQLite: an FTS5 index as a table; `rowid` is the id of the row that it indexes."""
    return named_table(index, column("rowid", Integer), column(index))


def matches(indexed: TableClause, *columns: str) -> ColumnElement[bool]:
    """SQLite: whether these columns have the terms of the parameter `terms`."""
    wanted = bindparam("terms", type_=Terms(" ".join(columns)))
    return indexed.c[indexed.name].op("MATCH", is_comparison=True)(wanted)


def vector(*columns: str) -> str:
    """PostgreSQL: the words of these columns, as SQL of a generated column."""
    text = " || ' ' || ".join(columns)
    signs = SEPARATORS.replace("'", "''")
    words = f"string_to_array(translate({text}, '{signs}', repeat(' ', {len(SEPARATORS)})), ' ')"
    return f"array_to_tsvector(array_remove({words}, ''))"


def has_terms(name: str) -> ColumnElement[bool]:
    """PostgreSQL: whether that column of vectors has the terms of the parameter `terms`."""
    wanted: Any = cast(bindparam("terms", type_=Terms("")), TSQUERY)
    return literal_column(name).op("@@", is_comparison=True)(wanted)


LATELY = 500
"""Rows in which a word that many have is found."""


def said_lately(
    found: FromClause, newest: ColumnElement[int], name: str, sought: Sequence[str]
) -> Select[*tuple[bool, ...]]:
    """PostgreSQL: of each term, whether one of the newest rows has it in that column."""
    whole: Any = literal_column(name).label("whole")
    some = select(whole).select_from(found).order_by(newest.desc()).limit(LATELY).cte("lately")
    stands = literal_column("lately.whole").op("@@", is_comparison=True)
    return select(*(exists(select(literal_column("1")).select_from(some).where(stands(_query(one)))) for one in sought))


def has_words(name: str, rare: Sequence[str], common: Sequence[str]) -> list[ColumnElement[bool]]:
    """PostgreSQL: whether that column has all of them; only the rare ones are looked up in its index.

    It puts together all rows that have a word before it looks at the next one: of a word in each of a million rows that
    takes 115 ms, however few have the other.
    """
    column = literal_column(name).op("@@", is_comparison=True)
    by_index: list[ColumnElement[bool]] = [column(cast(literal(rare, Terms("")), TSQUERY))] if rare else []
    return by_index + [column(_query(one)).is_(true()) for one in common]


def _query(term: str) -> Any:
    return cast(literal([term], Terms("")), TSQUERY)
