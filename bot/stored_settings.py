"""What was said in the browser, laid under what environment and file say. What cannot be used is left out: the desk
starts whatever stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config import Settings
from bot.setting_problems import OTHERWISE, problem
from handlers.domain.house_settings import StoredSetting

UNKNOWN = "Bu sürümde böyle bir ayar yok."
_OF_MACHINE = frozenset(
    {
        "database_url",
        "data_dir",
        "demo",
        "watchdog_seconds",
        "web.host",
        "web.port",
        "web.base_url",
        "knowledge.articles",
        "knowledge.catalogue",
    }
)
"""Where the database lies, how the desk is reached, and which files of the machine it reads."""


def is_of_machine(key: str) -> bool:
    """Such are platforms' addresses too: who could turn one to another server would be sent the token there."""
    return key in _OF_MACHINE or key.endswith(".base_url")


def path_of(key: str) -> tuple[str, ...]:
    return tuple(key.split("."))


def joined(base: Settings, stored: Mapping[str, Any]) -> tuple[Settings, Mapping[str, str]]:
    """`base` with what was stored beneath it, and of what could not be used why, in Turkish."""
    given = base.model_dump(exclude_unset=True)
    unusable = {key: UNKNOWN for key in stored if not _is_known(type(base), path_of(key))}
    values = {
        key: value
        for key, value in stored.items()
        if value is not None and key not in unusable and not is_of_machine(key) and not _stands_in(given, path_of(key))
    }
    while values:
        try:
            return type(base)(**_under(given, values)), unusable
        except ValidationError as error:
            blamed = _blamed(error.errors(), values)
            unusable |= blamed
            values = {key: value for key, value in values.items() if key not in blamed}
    return base, unusable


def values_of(stored: Iterable[StoredSetting]) -> Mapping[str, Any]:
    return {one.key: one.value for one in stored if one.value is not None}


def _is_known(kind: type[BaseModel], path: tuple[str, ...]) -> bool:
    field = kind.model_fields.get(path[0])
    if field is None or len(path) == 1:
        return field is not None
    below = field.annotation
    return isinstance(below, type) and issubclass(below, BaseModel) and _is_known(below, path[1:])


def _stands_in(given: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    found: Any = given
    for part in path:
        if not isinstance(found, Mapping) or part not in found:
            return False
        found = found[part]
    return True


def _under(given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    laid: dict[str, Any] = {}
    for key, value in values.items():
        *above, last = path_of(key)
        section = laid
        for part in above:
            section = section.setdefault(part, {})
        section[last] = value
    return _over(laid, given)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {**below, **above} | {
        name: _over(below[name], value)
        for name, value in above.items()
        if isinstance(value, Mapping) and isinstance(below.get(name), Mapping)
    }


def _blamed(errors: Iterable[ErrorDetails], values: Mapping[str, Any]) -> dict[str, str]:
    """The stored ones at or below the places of the errors; all of them where none is."""
    found: dict[str, str] = {}
    for details in errors:
        place = tuple(str(part) for part in details["loc"])
        for key in values:
            path = path_of(key)
            if place[: len(path)] == path or path[: len(place)] == place:
                found.setdefault(key, _placed(place[len(path) :], problem(details)))
    return found or dict.fromkeys(values, OTHERWISE)


def _placed(within: tuple[str, ...], said: str) -> str:
    """`2. satır: …` of a list."""
    return f"{int(within[0]) + 1}. satır: {said}" if within and within[0].isdecimal() else said
