"""Sample values: what is asked and answered, and how much of what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.samples.typed import Typed
from handlers.chat.commands import COMMANDS

SAME: Mapping[str, Any] = {
    "again": True,
    "asked": True,
    "asks": True,
    "channel": "telegram",
    "commands": list(COMMANDS.values()),
    "count": 2,
    "further": True,
    "inside": True,
    "kept": True,
    "kind": "location",
    "letters": 80,
    "limit": 60,
    "limit_mb": 20,
    "matter": "people",
    "megapixels": 63,
    "more": 3,
    "most": 31,
    "parts": 2,
    "phase": "asked",
    "rest": True,
    "room": "312",
    "second": "E-imza",
    "shown": 10,
    "size_mb": 21,
    "steps": 3,
    "title": "Yazıcı yazdırmıyor",
    "total": 106,
    "unit": "donanim",
    "units": ["donanim", "yazilim"],
    "unsent": True,
    "waiting_citizens": True,
    "what": "begins",
    "why": False,
    "wished": True,
}
"""Whatever people typed."""


def values(typed: Typed) -> Mapping[str, Any]:
    return {
        **SAME,
        **dict.fromkeys(("inner", "meaning", "question", "reason", "text", "told", "typed", "wish"), typed.words),
        "near": [typed.title],
        "step": (2, typed.words),
    }
