"""XML of agents as the values that their JSON has: names in small letters, text, and lists where one stands twice."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

DEEPEST = 32
MOST_ELEMENTS = 300_000
"""The inventory of a machine with a thousand programs has about fifteen thousand."""


class Unreadable(Exception):
    """It is no XML, has an entity or a document type of its own, or is nested too deeply."""


class _Reader:
    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self._elements = 0
        self.root: dict[str, Any] = {}

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) >= DEEPEST or self._elements > MOST_ELEMENTS:
            raise Unreadable
        self._open.append((name.lower(), {}, []))

    def end(self, _name: str) -> None:
        name, children, text = self._open.pop()
        value: Any = children or "".join(text).strip()
        there = self._open[-1][1] if self._open else self.root
        if name not in there:
            there[name] = value
        elif isinstance(there[name], list):
            there[name].append(value)
        else:
            there[name] = [there[name], value]

    def text(self, letters: str) -> None:
        if self._open:
            self._open[-1][2].append(letters)


def read(document: bytes) -> dict[str, Any]:
    """By the name of its root: `{"request": {"query": "PROLOG", …}}`. Raises Unreadable."""
    reader, parser = _Reader(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(document, True)  # signature of expat: this is all of it
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable from error
    return reader.root


def _refuse(*_said: object) -> None:
    """Neither entities that grow nor files that are read stand in what an agent sends."""
    raise Unreadable
