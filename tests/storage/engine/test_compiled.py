"""Statements are compiled once, whichever engine runs them; of another database's they are not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.compiled import CompiledStatements

person = Table("person", MetaData(), Column("id", Integer, primary_key=True), Column("name", String))


@pytest.fixture
def kept() -> CompiledStatements:
    return CompiledStatements()


@pytest.fixture
def engines(tmp_path: Path, kept: CompiledStatements) -> Iterator[list[Engine]]:
    options: dict[str, Any] = {"compiled_cache": kept}
    opened = [create_engine(f"sqlite:///{tmp_path / name}.db", execution_options=options) for name in ("a", "b")]
    for number, engine in enumerate(opened):
        with engine.begin() as connection:
            person.create(connection)
            connection.execute(person.insert(), [{"id": number, "name": f"Ayşe {number}"}])
    yield opened
    for engine in opened:
        engine.dispose()


def test_what_one_engine_compiled_another_runs_with_its_own_values(
    engines: list[Engine], kept: CompiledStatements
) -> None:
    compiled: list[object] = []
    for engine in engines:

        @event.listens_for(engine, "before_cursor_execute")
        def ran(_c: object, _cursor: object, _s: object, _p: object, context: Any, _many: bool) -> None:
            compiled.append(context.compiled)

    names = []
    before = len(kept)
    for number, engine in enumerate(engines):
        with engine.connect() as connection:
            names.append(connection.execute(select(person.c.name).where(person.c.id == number)).scalar_one())
    assert names == ["Ayşe 0", "Ayşe 1"]
    assert len(kept) == before + 1
    assert compiled[0] is compiled[1]


def test_another_kind_of_database_and_another_version_have_their_own(kept: CompiledStatements) -> None:
    older, newer = postgresql.dialect(), postgresql.dialect()
    newer.server_version_info = (18, 0)
    kept[sqlite.dialect(), "statement"] = "of SQLite"
    kept[older, "statement"] = "of an older server"
    assert kept.get((sqlite.dialect(), "statement")) == "of SQLite"
    assert kept.get((postgresql.dialect(), "statement")) == "of an older server"
    assert kept.get((newer, "statement")) is None


def test_no_more_are_kept_than_there_is_room_for() -> None:
    kept = CompiledStatements(4)
    for number in range(50):
        kept[sqlite.dialect(), number] = number
    assert len(kept) <= 6  # SQLAlchemy lets it grow by half before it forgets
    assert kept.get((sqlite.dialect(), 49)) == 49
