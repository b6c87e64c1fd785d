"""By which a building, a floor and a room are one, however they are written."""

from __future__ import annotations

import re

from knowledge.language.folding import folded

_WORD = re.compile(r"[a-z0-9]+")
_ONLY_A_BUILDING = frozenset({"bina", "binasi", "binamiz", "blok", "blogu"})
_ONLY_A_ROOM = frozenset({"oda", "odasi", "no", "nolu", "numarali"})


def building_key(building: str) -> str:
    """`EK BİNA`, `ek binası`: "ek"."""
    return " ".join(word for word in _WORD.findall(folded(building)) if word not in _ONLY_A_BUILDING)


def floor_key(floor: str) -> str:
    """`3`, `03`: "3"."""
    plain = "".join(_WORD.findall(folded(floor)))
    return str(int(plain)) if plain.isdigit() and plain.isascii() else plain


def room_key(room: str) -> str:
    """`B-14`, `b14`: "b14"; `312 nolu oda`: "312"; `arşiv odası`: "arsiv"."""
    words = _WORD.findall(folded(room))
    return "".join([word for word in words if word not in _ONLY_A_ROOM] or words)
