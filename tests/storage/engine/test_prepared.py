"""Statements that never change: as many as stand in the source, and their rows have a type."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import NamedTuple, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Column, TypeDecorator, bindparam, select, update

import storage
from handlers.ports import UnitOfWork
from storage import Store, repositories
from storage.engine.columns import JsonText
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.tables import conversation, person
from tests.storage.builders import add_person
from tests.storage.stores import open_sqlite


class Place(NamedTuple):
    address: str
    channel: str


def test_a_statement_is_not_prepared_inside_a_function() -> None:
    with pytest.raises(TypeError, match="test_a_statement_is_not_prepared_inside_a_function"):
        prepared(select(conversation.c.address, conversation.c.channel), Place)
    with pytest.raises(TypeError, match="top of a module"):
        prepared_value(select(person.c.id), int)


@pytest.mark.parametrize("columns", [["address"], ["channel", "address"], ["address", "channel", "title"]])
def test_a_row_has_the_fields_of_its_statement(columns: list[str]) -> None:
    module = {"prepared": prepared, "statement": select(*(conversation.c[name] for name in columns)), "Place": Place}
    with pytest.raises(TypeError, match="Place has the fields"):
        exec("prepared(statement, Place)", module)


def test_what_is_put_together_for_a_call_leaves_nothing_behind(tmp_path: Path) -> None:
    with open_sqlite(tmp_path) as store:
        store.write(add_person)
        before = _kept(store)
        for number in range(200):
            query = select(conversation.c.address, conversation.c.channel).where(conversation.c.last_seq >= number)
            store.read(lambda uow, query=query: list(uow.transaction.query(query, Place)))
            store.read(lambda uow, number=number: uow.people.named("ayse" * number))
        assert _kept(store) == before


def test_a_query_names_its_columns(tmp_path: Path) -> None:
    with open_sqlite(tmp_path) as store, pytest.raises(TypeError, match="Place has the fields"):
        store.read(lambda uow: uow.transaction.query(select(conversation.c.address), Place))


def _kept(store: Store) -> int:
    assert store._prepared is not None
    return len(store._prepared)


# --- types ----------------------------------------------------------------------------------------
def _statements() -> Iterator[tuple[str, Prepared[object]]]:
    for module in pkgutil.iter_modules(repositories.__path__):
        found = importlib.import_module(f"{repositories.__name__}.{module.name}")
        for name, value in vars(found).items():
            if isinstance(value, Prepared) and value.row is not None:
                yield f"{module.name}.{name}", value


STATEMENTS = dict(_statements())


def test_there_are_statements_to_look_at() -> None:
    assert len(STATEMENTS) > 40


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_the_types_of_a_row_are_those_of_its_columns(statement: Prepared[object]) -> None:
    assert statement.row is not None
    hints = get_type_hints(statement.row)
    for column in statement.on("sqlite").exported_columns:  # type: ignore[attr-defined] # a select
        hint = hints[column.key]
        parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        types = {getattr(part, "__supertype__", get_origin(part) or part) for part in parts}
        stored = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        wanted = {list, dict, Mapping} if isinstance(column.type, JsonText) else {stored.python_type}
        assert types & wanted, f"{column} is {stored}"
        if isinstance(column, Column) and column.nullable:
            assert type(None) in types, f"{column} may be NULL"


# --- signatures -----------------------------------------------------------------------------------
ALLOWED = {
    "engine/transaction.py: execute",
    "maintenance/invariants/context.py: rows",
    "maintenance/invariants/tickets.py: replayed",
}
"""SQLAlchemy's own answers, for those who look after the database."""
PLUMBING = {"columns.py", "in_list.py", "like.py", "postgres_notify.py"}
"""What SQLAlchemy's and the driver's own signatures ask for."""


def _public_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    root = Path(storage.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts or path.name in PLUMBING:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        owners = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_")]
        for owner in owners:
            for node in owner.body:
                if isinstance(node, ast.FunctionDef) and (node.name == "__init__" or node.name[0] != "_"):
                    yield f"{path.relative_to(root)}: {node.name}", node


def test_no_any_comes_out_of_the_store() -> None:
    found = []
    for name, function in _public_functions():
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        notes = [argument.annotation for argument in arguments] + [function.returns]
        names = {node.id for note in notes if note is not None for node in ast.walk(note) if isinstance(node, ast.Name)}
        if "Any" in names and name not in ALLOWED:
            found.append(name)
    assert found == []


_OF_CHANNEL = prepared(
    select(conversation.c.address, conversation.c.channel)
    .where(conversation.c.channel == bindparam("channel"))
    .where(conversation.c.person.in_(select(person.c.id)) | conversation.c.person.is_(None)),
    Place,
    remembered=True,
)
_TITLE = prepared(update(conversation).where(conversation.c.channel == bindparam("of_channel")))
_LOCKED = prepared(select(conversation.c.address, conversation.c.channel).with_for_update(), Place)
_ROLE = prepared(update(person).where(person.c.handle == bindparam("of_handle")))


@pytest.mark.parametrize(
    "change",
    [
        lambda transaction: transaction.run(_TITLE, {"of_channel": "web", "channel": "slack"}),
        lambda transaction: transaction.run(_ROLE, {"of_handle": "ayse", "role": "lead"}),
        lambda transaction: transaction.execute(_TITLE.on("sqlite"), {"of_channel": "web", "channel": "slack"}),
        lambda transaction: transaction.run(_LOCKED, {}),
        lambda transaction: transaction.execute(_LOCKED.on("sqlite")),
        lambda transaction: transaction.forget_answers(),
    ],
    ids=[
        "its own table",
        "a table of its subquery",
        "a statement of the call",
        "after a lock was waited for",
        "and by a statement of the call",
        "another work",
    ],
)
def test_what_is_remembered_is_asked_anew_once_it_may_have_changed(
    tmp_path: Path, change: Callable[[Transaction], None]
) -> None:
    def look(uow: UnitOfWork) -> None:
        transaction: Transaction = uow.transaction  # type: ignore[attr-defined] # storage's
        first = transaction.run(_OF_CHANNEL, {"channel": "web"})
        assert transaction.run(_OF_CHANNEL, {"channel": "web"}) is first
        assert transaction.run(_OF_CHANNEL, {"channel": "slack"}) is not first
        assert transaction.run(_OF_CHANNEL, {"channel": "web"}) is first
        change(transaction)
        assert transaction.run(_OF_CHANNEL, {"channel": "web"}) is not first

    with open_sqlite(tmp_path) as store:
        store.write(add_person)
        store.write(look)
