"""Sample values: devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.samples.typed import Typed
from handlers.domain.devices import number_of
from handlers.tickets.device_line import DeviceLine

NUMBER, OTHER = number_of(42), number_of(107)
LINE = DeviceLine(
    name="HP M404dn",
    number=str(NUMBER),
    sure=True,
    warranty=date(2027, 7, 17),
    ended=False,
    nth=3,
    life="at_service",
    place="3. kat · 214",
    said="312",
    part="2026-000121",
)
_OF_ONE = {"number": NUMBER, "other": OTHER}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "errors/device_number_taken": {**_OF_ONE, "field": "asset_no", "name": "Lenovo M70q, Fen İşleri 105"},
    "errors/device_serial_taken": {**_OF_ONE, "serial": "5CD8123ABC", "name": "Lenovo M70q"},
    "errors/device_written_off": {**_OF_ONE, "ref": "HT-2026-003", "day": date(2026, 5, 12)},
    "errors/device_two_keys": {"said": "sicil no D-00042'yi, seri no D-00107'yi"},
    "errors/no_such_device": {"typed": "d99999"},
    "errors/several_devices": {"typed": "18/252", "number": 3},
    "errors/device_too_many": {"count": 700, "most": 500},
    "errors/device_holder_unknown": {"typed": "Hasan"},
    "errors/device_kind": {"kind": "buzdolabı"},
    "errors/device_too_long": {"most": 60, "note": 500},
    "errors/device_holder_left": {"who": "Hasan Kaya"},
    **{f"errors/device_{name}": _OF_ONE for name in ("withdrawn", "merged", "on_ticket")},
    **{f"errors/device_{name}": {"typed": "yok"} for name in ("serial", "asset_no", "other_no", "host", "mac", "ip")},
}


def values(typed: Typed) -> Mapping[str, Any]:
    return {"device": replace(LINE, name=typed.words, said=typed.words)}
