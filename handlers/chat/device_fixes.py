"""What is typed to correct a device, a field a line: `model M404dn`, `garanti 17.07.2027`; a dash empties it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.device_terms import CONDITIONS as _WORDS
from handlers.domain.devices import Condition, Description
from handlers.domain.errors import Invalid
from knowledge.device_kinds import kind_written
from knowledge.language.folding import folded

CONDITIONS: Mapping[Condition, str] = {one: _WORDS[one].capitalize() for one in Condition}
_FIELDS: Mapping[str, str] = {
    "marka": "brand", "model": "model", "seri": "serial", "sicil": "asset_no", "demirbas": "asset_no",
    "numara": "other_no", "etiket": "other_no", "ad": "host", "mac": "macs", "ip": "ips", "firma": "supplier",
    "bedel": "price", "fiyat": "price", "not": "note", "alim": "bought_on", "garanti": "warranty_until",
    "tur": "kind", "mudurluk": "department",
}  # fmt: skip
_LINE = re.compile(r"(?P<field>\w+)(?:\s*(?:no|tarihi|bitis|bitiş|adi|adı)\b)?\s*[:=]?\s*(?P<value>.*)", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_EMPTY = frozenset({"-", "yok", "sil"})


def read(before: Description, text: str) -> tuple[Description, str | None]:
    """The description with what is said, and the müdürlük where one is. Raises Invalid(`device_fix`, `device_kind`,
    `device_day`)."""
    changes: dict[str, Any] = {}
    department: str | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        field = None if match is None else _FIELDS.get(folded(match["field"]))
        if match is None or field is None or not match["value"]:
            raise Invalid("device_fix", typed=line[:40])
        value = "" if folded(match["value"]) in _EMPTY else match["value"].strip()
        if field == "department":
            department = value
        else:
            changes[field] = _value(field, value)
    if not changes and department is None:
        raise Invalid("device_fix", typed=text.strip()[:40])
    return replace(before, **changes), department


def _value(field: str, value: str) -> object:
    if field in ("bought_on", "warranty_until"):
        return _day(value) if value else None
    if field in ("macs", "ips"):
        return tuple(re.split(r"[\s,;]+", value)) if value else ()
    if field == "kind":
        kind = kind_written(value)
        if kind is None:
            raise Invalid("device_kind", kind=value[:40])
        return kind
    return value


def _day(typed: str) -> date:
    match = _DAY.fullmatch(typed)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match is not None else date.fromisoformat(typed)
    except ValueError as error:
        raise Invalid("device_day", typed=typed[:40]) from error
