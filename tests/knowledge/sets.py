"""Labelled messages that nobody trains on, each set by writers of its own: `c`, `d`, `e` as they were typed, `wrapped`
with what people write around them, `pairs` with two problems each, `singles` with one in several clauses."""

import json
from functools import cache
from pathlib import Path

from knowledge.catalogue import load_catalogue
from knowledge.corpus import Example, labelled_messages
from knowledge.matcher import CATALOGUE

FOLDER = Path(__file__).parent / "sets"


@cache
def labelled() -> dict[str, list[Example]]:
    """Every set of messages that may be wrapped, by its name."""
    return {name: _messages(name) for name in ("c", "d", "e")}


@cache
def wrapped() -> list[Example]:
    return _messages("wrapped")


@cache
def singles() -> list[Example]:
    return _messages("singles")


@cache
def pairs() -> list[tuple[str, set[str]]]:
    rows = map(json.loads, (FOLDER / "pairs.jsonl").read_text("utf-8").splitlines())
    return [(row["text"], set(row["categories"])) for row in rows]


def _messages(name: str) -> list[Example]:
    return labelled_messages(FOLDER / f"{name}.jsonl", load_catalogue(CATALOGUE))
