"""Sample values: the depot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.samples.builders import MEHMET, NOW
from handlers.chat.stock_use import Line
from handlers.domain.months import Month
from handlers.domain.numbers import Number, Series
from handlers.domain.stock import Item, ItemId, StockMove, Why

ITEM = Item(code="TN-2421", name="Toner (siyah)", minimum=5, target=20, shelf="A3", recorded_at=NOW, id=ItemId(1))
_COUNTS = {"code": "TN-2421", "left": 3, "quantity": 5}
_MOVE = StockMove(
    number=Number(Series.STOCK_MOVE, 2026, 412),
    item=ITEM.id,
    at=NOW,
    delta=-1,
    why=Why.USED,
    who=MEHMET,
    department="Mali Hizmetler",
    document="4431",
)
_MOVED = {"item": ITEM, "quantity": 1, "left": 3, "number": _MOVE.number}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "stock_used_receipt": {
        "stock": [
            Line(item=ITEM, quantity=1, left=3, pending=0),
            Line(item=ITEM, quantity=2, left=0, pending=2),
            Line(item=ITEM, quantity=1, left=0, pending=0, own=True),
        ]
    },
    "stock_month": {"month": Month(2026, 11), "title": "Kasım 2026", "items": 7, "without": 2},
    "depot_order_days": {"item": ITEM},
    "depot_ordered": {"item": replace(ITEM, ordered_until=date(2026, 12, 15))},
    "errors/stock_order_day": {"last": date(2027, 5, 20)},
    "stock_low_week": {"lines": [(ITEM, 3)], "more": 1},
    "stock_written": {"lines": [(1, "TN-2421"), (2, "DR-2400")]},
    "prompt_stock": {"codes": ["TN-2421", "DR-2400"]},
    "prompt_stock_unknown": {"typed": "tn2450", "near": [ITEM]},
    "prompt_stock_misfit": {"item": ITEM, "name": "Brother HL-1110"},
    "prompt_stock_short": {"item": ITEM, "left": 3, "quantity": 5},
    "prompt_stock_gone": {"item": ITEM},
    "stock_undone": {**_MOVED, "month": "Kasım", "this": "Aralık"},
    "stock_withdrawn": {"item": ITEM, "quantity": 1},
    "stock_fit_learnt": {"item": ITEM, "fit": "Brother HL-L2350DW"},
    "stock_unfit": {"item": ITEM, "fit": "Brother HL-L2350DW"},
    "depot": {"lines": [(ITEM, 3)], "total": 2, "keeps": True},
    "depot_item": {"item": ITEM, "left": 3, "used": 19, "pending": 1, "moves": [(_MOVE, "2026-000123")]},
    "depot_received": {**_MOVED, "document": "4431", "pending": 1, "covers": True},
    "depot_settled": {"item": ITEM, "number": 1, "left": 9, "pending": 2},
    "depot_not_settled": {"item": ITEM, "left": 1, "pending": 2},
    "depot_given": {**_MOVED, "department": "Fen İşleri"},
    "depot_recorded": {"item": ITEM},
    "errors/depot_item": {"typed": "tn2450", "near": ["TN-2421"]},
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
    "errors/stock_pending_over": {"code": "TN-2421", "settled": "SH-2026-00413"},
    "errors/stock_undo_of_undo": {"number": "SH-2026-00413"},
    "errors/stock_undo_short": _COUNTS,
}
