"""Sample values: the depot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.samples.builders import NOW
from handlers.domain.stock import Item, ItemId

ITEM = Item(code="TN-2421", name="Toner (siyah)", minimum=5, target=20, shelf="A3", recorded_at=NOW, id=ItemId(1))
_COUNTS = {"code": "TN-2421", "left": 3, "quantity": 5}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "stock_low": {"item": ITEM, "left": 4, "used": 19, "days": 19, "proposal": 16},
    "stock_pending_told": {"item": ITEM, "quantity": 1, "number": "2026-000123"},
    "errors/stock_code_taken": {"code": "TN-2421", "name": "Toner (siyah)"},
    "errors/stock_too_long": {"most": 60},
    "errors/stock_movable_code": {"typed": "toner"},
    "errors/stock_minimum": {"most": 10_000},
    "errors/stock_quantity": {"typed": "500", "most": 50},
    "errors/stock_half": {"typed": "2,5"},
    "errors/stock_kept_no_more": _COUNTS,
    "errors/stock_short": _COUNTS,
    "errors/stock_document": {"most": 60},
    "errors/stock_received_twice": {**_COUNTS, "document": "4431", "day": date(2026, 11, 12)},
    "errors/stock_undone": {"number": "SH-2026-00413"},
    "errors/stock_undo_of_undo": {"number": "SH-2026-00413"},
    "errors/stock_undo_short": _COUNTS,
}
