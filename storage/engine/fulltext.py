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
    TableClause,
    Text,
    TypeDecorator,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
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


def each_known(
    found: FromClause, newest: ColumnElement[int], name: str, sought: Sequence[str]
) -> list[ColumnElement[bool]]:
    """PostgreSQL: whether each of several terms stands anywhere in that column, asked once a question and before it.

    Its index puts together all rows that have a word before it looks at the next one: of a word in each of a million
    rows beside one in none that took 115 ms. So a word is looked for in the newest rows, and only one that is not there
    in the index; counted, for to find a first one the planner would rather read the table.
    """
    if len(sought) < 2:
        return []
    stands = literal_column(name).op("@@", is_comparison=True)
    whole: Any = literal_column(name).label("whole")
    some = select(whole).select_from(found).order_by(newest.desc()).limit(LATELY).subquery("lately")
    known = []
    for term in sought:
        wanted: Any = cast(literal([term], Terms("")), TSQUERY)
        in_some = literal_column("lately.whole").op("@@", is_comparison=True)(wanted)
        every = select(func.count()).select_from(found).where(stands(wanted)).scalar_subquery()
        known.append(
            or_(exists(select(literal_column("1")).select_from(some).where(in_some)), every > literal_column("0"))
        )
    return known
