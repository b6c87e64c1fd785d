"""Sample values: handovers and depot orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
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
_DAY = date(2026, 12, 15)
_AT = datetime(2026, 11, 29, 10, 50, tzinfo=UTC)
_NUMBERS = {"numbers": ["D-00042", "D-00108"]}
_KEPT = [(number_of(42), "HP ProBook 450", False), (number_of(108), "Dell P2422H", True)]
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "handover_promise": {"common": False, "outside": False, "day": _DAY},
    "handover_who": {**_NUMBERS, "common": False},
    "handover_outside": _NUMBERS,
    "handover_made": {
        **_HANDOVER,
        "who": _AYSE,
        "count": 2,
        "common": False,
        "outside": "",
        "day": _DAY,
        "told": False,
    },
    "handover_confirm": {
        **_HANDOVER,
        "count": 1,
        "lines": _LINES,
        "giving": False,
        "common": False,
        "reminded": True,
        "other": None,
    },
    "handover_confirmed": {**_HANDOVER, "lines": _LINES, "giving": False, "waits": False},
    "handover_confirmed_told": {**_HANDOVER, "who": _AYSE},
    "handover_swapped": {**_HANDOVER, "who": _AYSE, "lines": _LINES},
    "handover_code": {**_HANDOVER, "lines": _LINES, "who": _AYSE, "code": "042117", "minutes": 10},
    "handover_code_asked": {**_HANDOVER, "who": _AYSE, "minutes": 10},
    "handover_page": _HANDOVER,
    "handover_waits": {**_HANDOVER, "who": _AYSE, "outside": "", "lines": _LINES, "days": 3, "paper": False},
    "handovers_waiting": {"lines": [(_HANDOVER["number"], _AYSE, "", _DAY)], "total": 1},
    "handover_due_back": {**_HANDOVER, "who": "Defne Bilişim", "day": _DAY, "late": 2, "devices": ["D-00042"]},
    "handover_lapsed": {**_HANDOVER, "days": 7},
    "handover_what": _DEVICE,
    "handover_fell": _FELL,
    "handover_fell_told": {**_FELL, "who": _AYSE},
    "handover_cancelled": _HANDOVER,
    "handover_signed": {**_HANDOVER, "how": "code", "page": False, "who": _AYSE, "outside": "", "day": None},
    "handover_signed_told": {**_HANDOVER, "lines": _LINES},
    "swap_who": _NUMBERS,
    "swap_made": {**_HANDOVER, "giver": _AYSE, "receiver": _AYSE, "own": True, "told": False, "days": 7},
    "order_asked": {**_ORDER, "known": True, "away": "3–7 Aralık"},
    "order_stuck": {**_ORDER, "who": _AYSE, "known": True, "away": "3–7 Aralık"},
    "order_wanted": {
        **_ORDER,
        "named": True,
        "devices": ["Dizüstü HP ProBook 450, D-00042"],
        "receiver": _AYSE,
        "outside": "",
        "asked_by": _AYSE,
        "ticket": None,
    },
    "order_why": _ORDER,
    "order_decided": {
        **_ORDER,
        "given": True,
        "unsigned": False,
        "why": "Yeni cihaz beklensin",
        "by": "Zeynep A. (Müdür V.)",
    },
    "order_sign": _ORDER,
    "order_signed": {**_ORDER, "document": "2026/1412"},
    "orders_day_signed": {"day": _DAY, "count": 3},
    "orders_unsigned": {"days": [(_DAY, 3)], "more": 2},
    "orders": {
        "asked": [_ORDER["number"]],
        "total": 1,
        "days": [(_DAY, 3)],
        "held": [(["Dizüstü", "Monitör"], _DAY, _DAY, "2026/1412")],
    },
    "standing_given": {
        "kinds": ["Dizüstü", "Monitör"],
        "first": _DAY,
        "last": _DAY,
        "document": "2026/1412",
        "counts": False,
    },
    "standing_ended": {"document": "2026/1412"},
    "handover_note": _DEVICE,
    "handover_how": {**_DEVICE, "name": "HP ProBook 450"},
    "handover_returned": {**_DEVICE, "how": "tam", "at": _AT, "handover": _HANDOVER["number"]},
    "clearance_which": {},
    "clearance": {
        "who": _AYSE,
        "devices": _KEPT,
        "kept": _KEPT,
        "waiting": [_HANDOVER["number"]],
        "tickets": ["2026-000123"],
        "clear": False,
        "at": _AT,
    },
    "device_lost_ask": {**_DEVICE, "name": "HP ProBook 450"},
    "device_lost": {**_DEVICE, "lost_ticket": "2026-000123", "held": True},
    "device_lost_told": {**_DEVICE, "name": "HP ProBook 450", "who": _AYSE},
    "device_found": _DEVICE,
    "breach_question": {"device": "D-00042"},
    "breach_answered": {"until": _AT, "known": True},
    "breach_reminder": {"breach": Number(Series.PRIVACY_CASE, 2026, 4), "hours": 24, "until": _AT, "late": False},
    "breach_reported": {"breach": Number(Series.PRIVACY_CASE, 2026, 4), "at": _AT, "late": True, "notes": True},
    "breach_told": {"number": "2026-000123", "until": _AT},
    "errors/handover_nobody": {"typed": "Ayşa", "near": ["Ayşe Yılmaz"]},
    "errors/handover_held": {**_DEVICE, "who": "Hasan Kaya"},
    "errors/handover_under_way": {
        **_DEVICE,
        "who": "Zeynep A.",
        "handover": Number(Series.HANDOVER, 2026, 30),
        "just": True,
        "day": _DAY,
    },
    "errors/handover_order_missing": _DEVICE,
    "errors/handover_order_unsigned": {**_DEVICE, "order": _ORDER["number"]},
    "errors/handover_receiver_left": {"who": "Hasan Kaya"},
    "errors/handover_oneself": _DEVICE,
    "errors/handover_due_back": {"days": 366},
    "errors/handover_outside_signs": _HANDOVER,
    "errors/handover_code_over": {**_HANDOVER, "minutes": 10},
    "errors/handover_code_wrong": _HANDOVER,
    "errors/handover_code_swap": _HANDOVER,
    "errors/handover_code_nowhere": {"who": "Hasan K."},
    "errors/handover_lines": {"most": 30},
    "errors/handover_changed": _HANDOVER,
    "errors/handover_not_yours": _HANDOVER,
    "errors/handover_over": {**_HANDOVER, "state": "confirmed"},
    "errors/handover_no_such_line": _HANDOVER,
    "errors/handover_in_depot": _DEVICE,
    "errors/order_not_in_depot": _DEVICE,
    "errors/order_refused": {**_ORDER, "why": "Yeni cihaz beklensin"},
    "errors/order_given": _ORDER,
    "errors/order_not_given": _ORDER,
    "errors/standing_kind_unknown": {"typed": "buzdolabı"},
    "errors/device_lost": _DEVICE,
    "errors/clearance_refused": {
        "who": "Ayşe Yılmaz",
        "devices": [number_of(42), number_of(108)],
        "kept": [],
        "waiting": [],
    },
    "errors/no_such_handover": {"typed": "TB-31"},
    "errors/handover_not_confirmed": _HANDOVER,
    "errors/official_document": {"most": 40},
    "errors/official_day": {"first": date(2026, 12, 1), "day": date(2026, 11, 3)},
    "errors/official_list": {"line": 3, "typed": "TB-2026-00031 2026/118"},
    "errors/official_lines": {"count": 700, "most": 500},
    "errors/official_faults": {"faults": [(2, "TB-2026-00031 onaylanmamış.")]},
}
