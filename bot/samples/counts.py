"""Sample values: counting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import MEHMET, NOW
from bot.samples.stock import ITEM
from handlers.chat.counting import Told
from handlers.counts.counting import Sighting
from handlers.domain.counts import CountLine
from handlers.domain.devices import Device, number_of
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Person
from handlers.domain.places import PlaceId

_NUMBER = Number(Series.COUNT, 2026, 2)
_DEVICE = Device(number=number_of(108), recorded_at=NOW)
_SEEN = CountLine(seen=1, expected=1, by=MEHMET, at=NOW, place=PlaceId(1), recorded=PlaceId(2), device=_DEVICE.id)
_TOLD = [
    Told("D-00042", Sighting(device=_DEVICE, line=CountLine(seen=1, expected=1, device=_DEVICE.id))),
    Told("D-00108", Sighting(device=_DEVICE, line=_SEEN), recorded="214", here="312"),
    Told("D-00107", Sighting(device=_DEVICE, line=_SEEN, twice=True), by="Mehmet K.", clock="10:12"),
    Told("D-00999"),
]
_NUMBERED = {"number": _NUMBER}
_CODES = ["TN-2421", "DR-2400"]
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "count_none": {"keeps": True},
    "count_which": {},
    "count_begun": {**_NUMBERED, "what": "Depo", "here": "312", "done": 3, "expected": 12, "items": True},
    "count_stopped": {**_NUMBERED, "done": 3, "expected": 12},
    "count_put_right": {"number": _DEVICE.number, "place": "3. kat · 312"},
    "count_taken_back": {"number": _DEVICE.number},
    "count_freeze_asked": {**_NUMBERED, "until": "17:00", "who": Person(handle="fatma", name="Fatma Şahin")},
    "count_freeze_not": _NUMBERED,
    "count_frozen": {**_NUMBERED, "until": "17:00"},
    "count_written": _NUMBERED,
    "count_here": {"room": "312", "expected": 5, "done": 2},
    "count_item": {"item": ITEM, "line": CountLine(item=ITEM.id, expected=12, seen=9), "again": True},
    "count_seen": {"told": _TOLD, "labels": True},
    "count_found": {"said": "HP yazıcı, etiketsiz"},
    "count_board_told": _NUMBERED,
    "count_differences_told": {**_NUMBERED, "items": 2},
    "errors/count_board_large": {"most": 12},
    "errors/count_who": {"typed": "Ayşe"},
    "errors/count_place": {"typed": "arka taraf"},
    "errors/count_open": _NUMBERED,
    "errors/count_freeze_over": _NUMBERED,
    "errors/count_closed": {"day": date(2026, 11, 12)},
    "errors/count_no_items": _NUMBERED,
    "errors/count_seen": {"number": _DEVICE.number},
    "errors/count_unexplained": {"number": 4},
    "errors/count_uncounted": {"number": 7, "items": _CODES},
    "errors/count_again": {"items": _CODES},
    "errors/count_still_open": _NUMBERED,
    "errors/count_written": {"day": date(2026, 11, 12)},
    "errors/count_not_missing": {"number": _DEVICE.number},
    "errors/count_moved_since": {"code": "TN-2421", "left": 1, "missing": 3},
    "errors/stock_frozen": {**_NUMBERED, "until": "17:00"},
}
