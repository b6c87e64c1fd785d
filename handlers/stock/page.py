"""What the pages of the depot ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_in
from handlers.domain.months import Month
from handlers.domain.page_changes import Outcome
from handlers.domain.stock import MOST_RECEIVED, ItemId, ItemKind, MoveId, Why, require_quantity
from handlers.domain.stock_rights import StockAction
from handlers.people.list_changes import carried_out
from handlers.stock import access, items, moving
from handlers.stock.items import Said


class StockWish(StrEnum):
    RECORD = "stock_record"
    CORRECT = "stock_correct"
    RECEIVE = "stock_receive"
    ORDER = "stock_order"
    SETTLE = "stock_settle"
    UNDO = "stock_undo"
    WITHDRAW = "stock_withdraw"


def try_out(acting: Acting, action: StockWish, given: Mapping[str, str]) -> Month | None:
    """Whether it could be done now; nothing is changed. The month whose list is corrected by it, where that was taken.
    Raises NotAllowed, Invalid, NotFound."""
    if action not in (StockWish.UNDO, StockWish.WITHDRAW):  # whoever used it may do those too
        access.require(acting, StockAction.KEEP)
    match action:
        case StockWish.RECORD:
            items.usable(acting, said_of(given))
        case StockWish.CORRECT:
            items.usable(acting, said_of(given), acting.uow.stock.item(_item(given)))
        case StockWish.RECEIVE:
            item = acting.uow.stock.item(_item(given))
            require_quantity(_number(given, "quantity"), MOST_RECEIVED)
            moving.require_new_document(acting, item, given.get("document", ""), again=bool(given.get("again")))
        case StockWish.SETTLE:
            acting.uow.stock.item(_item(given))
        case StockWish.UNDO:
            first, _, _ = moving.undoable(acting, _move(given))
            return moving.corrected_by(acting, first)
        case StockWish.WITHDRAW:
            moving.withdrawable(acting, _use(given))
        case StockWish.ORDER:
            acting.uow.stock.item(_item(given))
            items.require_order_day(acting, _until(given))
    return None


def carry_out(acting: Acting, action: StockWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: StockWish, given: Mapping[str, str]) -> bool:
    match action:
        case StockWish.RECORD:
            items.record(acting, said_of(given))
        case StockWish.CORRECT:
            before = acting.uow.stock.item(_item(given))
            return items.correct(acting, before.id, said_of(given)) != before
        case StockWish.RECEIVE:
            moving.receive(
                acting,
                _item(given),
                _number(given, "quantity"),
                document=given.get("document", ""),
                why=_came_in(given),
                note=given.get("note", "")[: items.MAX_LETTERS],
                again=bool(given.get("again")),
            )
            if given.get("settle"):
                moving.settle(acting, _item(given))
        case StockWish.ORDER:
            before = acting.uow.stock.item(_item(given))
            return items.order(acting, before.id, _until(given)) != before
        case StockWish.SETTLE:
            return bool(moving.settle(acting, _item(given)))
        case StockWish.UNDO:
            moving.undo(acting, _move(given))
        case StockWish.WITHDRAW:
            moving.withdraw(acting, _use(given))
    return True


def said_of(given: Mapping[str, str]) -> Said:
    """Raises Invalid(`stock_minimum`)."""
    kind = given.get("kind", "")
    return Said(
        code=given.get("code", ""),
        name=given.get("name", ""),
        unit=given.get("unit", "") or "adet",
        movable_code=given.get("movable_code", ""),
        minimum=_limit(given, "minimum"),
        target=_limit(given, "target"),
        shelf=given.get("shelf", ""),
        kind=ItemKind(kind) if kind in set(ItemKind) else ItemKind.CONSUMABLE,
        fits=re.split(r"[\n,;]", given.get("fits", "")),
        active=not given.get("gone"),
    )


def _until(given: Mapping[str, str]) -> date | None:
    """None: nothing is on its way. Raises Invalid(`no_such_day`)."""
    typed = given.get("until", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid("no_such_day", misread=typed[:20]) from None


def _came_in(given: Mapping[str, str]) -> Why:
    typed = given.get("why", "")
    return Why(typed) if typed in moving.CAME_IN else Why.RECEIVED


def _limit(given: Mapping[str, str], name: str) -> int:
    typed = given.get(name, "").strip() or "0"
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_RECEIVED))):
        raise Invalid("stock_minimum", most=MOST_RECEIVED)
    return int(typed)


def _number(given: Mapping[str, str], name: str) -> int:
    typed = given.get(name, "").strip()
    if re.fullmatch(r"[0-9]+[.,][0-9]+", typed):
        raise Invalid("stock_half", typed=typed[:20])
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_RECEIVED))):
        raise Invalid("stock_quantity", typed=typed[:20], most=MOST_RECEIVED)
    return int(typed)


def _item(given: Mapping[str, str]) -> ItemId:
    """Raises NotFound for what is no key."""
    return ItemId(key_in(given, "id", "item"))


def _move(given: Mapping[str, str]) -> MoveId:
    return MoveId(key_in(given, "move", "move"))


def _use(given: Mapping[str, str]) -> int:
    return key_in(given, "use", "pending")
