"""Sample values: handovers and depot orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.samples.builders import AYSE, person
from handlers.domain.devices import number_of
from handlers.domain.numbers import Number, Series

_DEVICE = {"number": number_of(42)}
_HANDOVER = {"number": Number(Series.HANDOVER, 2026, 31)}
_ORDER = {"number": Number(Series.DEPOT_ORDER, 2026, 12)}
_AYSE = person(id=AYSE, name="Ayşe Yılmaz")
_LINES = ["1. Dizüstü, HP ProBook 450 · D-00042 · seri 5CD8123A00"]
_FELL = {**_DEVICE, "problem": "Gelmedi", "handover": _HANDOVER["number"]}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "handover_who": _DEVICE,
    "handover_made": {**_HANDOVER, "who": _AYSE, "told": False},
    "handover_confirm": {**_HANDOVER, "count": 1, "lines": _LINES, "giving": False, "reminded": True},
    "handover_confirmed": {**_HANDOVER, "lines": _LINES, "giving": False, "waits": False},
    "handover_confirmed_told": {**_HANDOVER, "who": _AYSE},
    "handover_waits": {**_HANDOVER, "who": _AYSE, "days": 3},
    "handover_lapsed": {**_HANDOVER, "days": 7},
    "handover_what": _DEVICE,
    "handover_fell": _FELL,
    "handover_fell_told": {**_FELL, "who": _AYSE},
    "handover_cancelled": _HANDOVER,
    "handover_signed": {**_HANDOVER, "on_paper": True},
    "handover_signed_told": {**_HANDOVER, "lines": _LINES},
    "order_asked": {**_ORDER, "known": True, "away": True},
    "order_wanted": {**_ORDER, "devices": ["HP ProBook 450 · D-00042"], "receiver": _AYSE, "asked_by": _AYSE},
    "order_why": _ORDER,
    "order_decided": {**_ORDER, "given": False, "why": "Yeni cihaz beklensin"},
    "handover_how": _DEVICE,
    "handover_returned": {**_DEVICE, "how": "tam", "handover": _HANDOVER["number"]},
    "errors/handover_nobody": {"typed": "Ayşa"},
    "errors/handover_held": {**_DEVICE, "who": "Hasan Kaya"},
    "errors/handover_under_way": {**_DEVICE, "who": "Zeynep A.", "handover": Number(Series.HANDOVER, 2026, 30)},
    "errors/handover_order_missing": _DEVICE,
    "errors/handover_receiver_left": {"who": "Hasan Kaya"},
    "errors/handover_lines": {"most": 30},
    "errors/handover_changed": _HANDOVER,
    "errors/handover_not_yours": _HANDOVER,
    "errors/handover_over": {**_HANDOVER, "state": "confirmed"},
    "errors/handover_no_such_line": _HANDOVER,
    "errors/handover_in_depot": _DEVICE,
    "errors/order_not_in_depot": _DEVICE,
    "errors/order_refused": {**_ORDER, "why": "Yeni cihaz beklensin"},
    "errors/order_given": _ORDER,
}
