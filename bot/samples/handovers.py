"""Sample values: handovers and depot orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.domain.devices import number_of
from handlers.domain.numbers import Number, Series

_DEVICE = {"number": number_of(42)}
_HANDOVER = {"number": Number(Series.HANDOVER, 2026, 31)}
_ORDER = {"number": Number(Series.DEPOT_ORDER, 2026, 12)}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "errors/handover_held": {**_DEVICE, "who": "Hasan Kaya"},
    "errors/handover_under_way": {**_DEVICE, "who": "Zeynep A.", "handover": Number(Series.HANDOVER, 2026, 30)},
    "errors/handover_order_missing": _DEVICE,
    "errors/handover_receiver_left": {"who": "Hasan Kaya"},
    "errors/handover_lines": {"most": 30},
    "errors/handover_changed": _HANDOVER,
    "errors/handover_not_yours": _HANDOVER,
    "errors/handover_over": _HANDOVER,
    "errors/handover_no_such_line": _HANDOVER,
    "errors/handover_in_depot": _DEVICE,
    "errors/order_not_in_depot": _DEVICE,
    "errors/order_refused": {**_ORDER, "why": "Yeni cihaz beklensin"},
    "errors/order_given": _ORDER,
}
