"""Where a setting comes from, and what is wrong with one in an operator's words. Secrets are never repeated."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import SettingsError

PREFIX = "MASA_"
HIDDEN = "a value that is not shown here"


def first_of(error: ValidationError, kind: type[BaseModel], file: Path, text: str) -> SettingsError:
    details = error.errors()[0]
    path = tuple(str(part) for part in details["loc"])
    return SettingsError(source_or_variable(path, file, text), _found(path, details, kind), _wanted(details))


def source_or_variable(path: tuple[str, ...], file: Path, text: str) -> str:
    """The variable that set it, else file and line; where neither did, the variable that could."""
    return source(path, file, text) or variable(path)


def variable(path: tuple[str, ...]) -> str:
    """The one that sets it: MASA_WEB__PORT."""
    return PREFIX + "__".join(path).upper()


def source(path: tuple[str, ...], file: Path, text: str) -> str | None:
    """The variable that set it, else file and line; None: nobody did. What is missing stands where its section does."""
    by_name = {name.upper(): name for name in os.environ}
    for length in range(len(path), 0, -1):
        name = by_name.get(variable(path[:length]))
        if name and os.environ[name]:
            return name
    lengths = range(len(path), 0, -1)
    line = next((line for length in lengths if (line := _line_of(path[:length], text))), None)
    return f"{file}:{line}" if line else None


def _line_of(path: tuple[str, ...], text: str) -> int | None:
    """Where a key of a TOML text is set: the first line without which the text does not hold it."""
    lines, start = text.splitlines(keepends=True), 1
    for number in range(1, len(lines) + 1):
        try:
            found: Any = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value that takes several lines
        for key in path:
            found = _within(found, key)
        if found is not None:
            return start
        start = number + 1
    return None


def _within(found: Any, key: str) -> Any:
    match found:
        case dict():
            return found.get(key)
        case list() if key.isdigit() and int(key) < len(found):
            return found[int(key)]
        case _:
            return None


def _found(path: tuple[str, ...], details: ErrorDetails, kind: type[BaseModel]) -> str:
    if details["type"] == "extra_forbidden":
        return f"unknown setting {'.'.join(path)}"
    if holds_a_secret(kind, path):
        return HIDDEN
    return quoted(re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", str(details["input"])))


def holds_a_secret(kind: type[BaseModel], path: tuple[str, ...]) -> bool:
    """Whether the setting is secret, or a section with a secret in it."""
    of = _type_of(kind, path[0])
    if not issubclass(of, BaseModel):
        return issubclass(of, SecretStr)
    return holds_a_secret(of, path[1:]) if path[1:] else bool(secret_names(of))


def secret_names(kind: type[BaseModel]) -> frozenset[str]:
    """Names of the secret settings, here and in the sections below."""
    below = {name: _type_of(kind, name) for name in kind.model_fields}
    own = {name for name, of in below.items() if issubclass(of, SecretStr)}
    return frozenset(own.union(*(secret_names(of) for of in below.values() if issubclass(of, BaseModel))))


def _type_of(kind: type[BaseModel], name: str) -> type:
    """`object` for what is no plain class: neither a secret nor a section."""
    field = kind.model_fields.get(name)
    return field.annotation if field is not None and isinstance(field.annotation, type) else object


def _wanted(details: ErrorDetails) -> str:
    limits = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return "one of the settings in the README"
        case "expected":
            return str(limits["what"])
        case "bool_parsing" | "bool_type":
            return "1 or 0 (true or false)"
        case "int_parsing" | "int_type" | "int_from_float":
            return "a whole number"
        case "model_type" | "model_attributes_type":
            return "a section with settings of its own"
        case "literal_error":
            return str(limits["expected"])
        case _:
            return re.sub(r"^Input should be (a valid )?", "", details["msg"])


def quoted(value: str) -> str:
    return repr(value if len(value) <= 200 else value[:200] + "…")
