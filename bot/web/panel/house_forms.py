"""What is typed into the forms of the house's settings, as values of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from bot.web.forms import typed_text
from handlers.domain.house_settings import FieldKind, SettingRule, SettingView

SEEN = "seen."
MAX_LETTERS, MAX_LETTERS_OF_LINES = 2000, 8000
MAX_ROWS = 60
EMPTY_ROWS = 2
"""Below those that are there, for more."""
YES, NO = "1", "0"
_NUMBER = re.compile(r"-?[0-9]{1,15}")


def wanted(form: FormData, settings: Iterable[SettingView]) -> dict[str, Any]:
    """What was typed and differs from what holds; a secret where one was typed. Raises HttpRefusal."""
    found: dict[str, Any] = {}
    for view in settings:
        rule = view.rule
        if not rule.is_open or not _is_in(form, rule):
            continue
        value = _typed(form, rule, rule.key)
        if rule.is_secret:
            if value:
                found[rule.key] = value
        elif (value != view.given and not (view.given is None and not value)) or view.unusable:
            found[rule.key] = value
    return found


def versions(form: FormData) -> dict[str, int]:
    """Those that stood on the page."""
    return {
        name.removeprefix(SEEN): int(value)
        for name, value in form.items()
        if name.startswith(SEEN) and isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 9
    }


def _is_in(form: FormData, rule: SettingRule) -> bool:
    """What is left out of the form is left as it is."""
    if rule.kind in (FieldKind.UNITS, FieldKind.TABLES):
        return f"has.{rule.key}" in form
    return rule.key in form


def _typed(form: FormData, rule: SettingRule, name: str) -> Any:
    match rule.kind:
        case FieldKind.NUMBER:
            return _number(typed_text(form, MAX_LETTERS, name))
        case FieldKind.YES_NO:
            return form.get(name) == YES
        case FieldKind.DATE:
            return typed_text(form, MAX_LETTERS, name) or None
        case FieldKind.TIME:
            typed = typed_text(form, MAX_LETTERS, name).replace(".", ":")
            return typed or rule.unset
        case FieldKind.LINES:
            lines = typed_text(form, MAX_LETTERS_OF_LINES, name).replace(",", "\n").split("\n")
            return [line.strip() for line in lines if line.strip()]
        case FieldKind.UNITS:
            return sorted(str(one) for one in form.getlist(name))
        case FieldKind.TABLES:
            return _rows(form, rule)
        case _:
            return typed_text(form, MAX_LETTERS, name)


def _rows(form: FormData, rule: SettingRule) -> list[dict[str, Any]]:
    """Those in which something is named; one that was emptied is gone."""
    rows = []
    for place in range(MAX_ROWS):
        names = {field.key: f"{rule.key}.{place}.{field.key}" for field in rule.fields}
        if not any(name in form for name in names.values()):
            break
        row = {field.key: _typed(form, field, names[field.key]) for field in rule.fields}
        if any(row[field.key] for field in rule.fields if field.kind in (FieldKind.TEXT, FieldKind.LINES)):
            rows.append({name: value for name, value in row.items() if value not in (None, "")})
    return rows


def _number(typed: str) -> Any:
    """The text itself where it is none, also an empty one: who validates says so."""
    return int(typed) if _NUMBER.fullmatch(typed) else typed


def rows_shown(rule: SettingRule, given: Any) -> Sequence[Mapping[str, Any]]:
    """What a form shows: those that are there, and some for more."""
    blank = {field.key: "" for field in rule.fields}
    there = [{name: _shown(value) for name, value in row.items()} for row in given or ()]
    return [{**blank, **row} for row in there] + [blank] * EMPTY_ROWS


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else value
