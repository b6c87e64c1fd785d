"""What somebody does in private, as steps of a play."""

from __future__ import annotations

from collections.abc import Callable

from handlers.messages import plain
from tests.handlers.tickets.table import Table


def steps(*taken: Callable[[Table], object]) -> Callable[[Table], None]:
    def take(table: Table) -> None:
        for step in taken:
            step(table)

    return take


def shows(who: str, ticket: int = 1) -> Callable[[Table], object]:
    return lambda table: table.shows(who, ticket)


def press(who: str, *actions: str) -> Callable[[Table], object]:
    return lambda table: table.press(who, *actions)


def says(who: str, text: str) -> Callable[[Table], object]:
    return lambda table: table.says(who, text)


def replies(who: str, text: str, *, to: str) -> Callable[[Table], object]:
    return lambda table: table.replies(who, text, to=to)


def read_in_chat(who: str, words: str) -> Callable[[Table], str]:
    def read(table: Table) -> str:
        before = len(table.shown(table.place(who, "")))
        table.says(who, words)
        said = table.shown(table.place(who, ""))[before + 1 :]
        return plain(said[0].text)

    return read
