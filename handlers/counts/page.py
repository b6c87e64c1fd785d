"""What the pages of counts ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum

from handlers.context import Acting
from handlers.counts import access, closing, counting, opening
from handlers.counts.opening import Wanted
from handlers.device_finding import by_token, found_by
from handlers.devices.page import person_called
from handlers.domain.counts import Count, CountId, Scope, SeenBy
from handlers.domain.devices import Device, DeviceId, token_in
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_from, key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.people import PersonId
from handlers.domain.stock import MOST_RECEIVED, ItemId
from handlers.people.list_changes import carried_out

MOST_TICKED = 500
_BOARD_LETTERS = 80


class CountWish(StrEnum):
    OPEN = "count_open"
    STAND = "count_stand"
    SEE = "count_see"
    TICK = "count_tick"
    TAKE_BACK = "count_take_back"
    ITEM = "count_item"
    FOUND = "count_found"
    PUT_RIGHT = "count_put_right"
    EXPLAIN = "count_explain"
    CLOSE = "count_close"
    FREEZE = "count_freeze"
    UNFREEZE = "count_unfreeze"
    WRITE = "count_write"
    LOST = "count_lost"


_COUNTS = (CountWish.STAND, CountWish.SEE, CountWish.TICK, CountWish.TAKE_BACK, CountWish.ITEM, CountWish.FOUND)


def try_out(acting: Acting, action: CountWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed but that a new room may be added. Raises NotAllowed, Invalid,
    NotFound."""
    if action is CountWish.OPEN:
        opening.require_possible(acting, wanted_of(acting, given))
        return
    count = _count(acting, given)
    if action in _COUNTS:
        access.require_counts(acting, opening.require_open(acting, count.id))
    match action:
        case CountWish.STAND:
            counting.place_meant(acting, given.get("room", ""))
        case CountWish.SEE:
            _device(acting, given)
        case CountWish.TICK:
            _ticked(given)
        case CountWish.TAKE_BACK:
            acting.uow.counts.line(count.id, _line(given))
        case CountWish.ITEM:
            acting.uow.stock.item(_item(given))
            _quantity(given)
        case CountWish.FOUND:
            if not given.get("words", "").strip():
                raise Invalid("count_found_what")
        case CountWish.PUT_RIGHT:
            acting.uow.counts.line(count.id, _line(given))
        case CountWish.EXPLAIN:
            access.require_keeps(acting)
            opening.require_open(acting, count.id)
            _explained(given)
        case CountWish.CLOSE:
            closing.require_closable(acting, count.id)
        case CountWish.FREEZE | CountWish.UNFREEZE:
            access.require_orders(acting)
        case CountWish.WRITE:
            closing.require_writable(acting, count.id)
        case CountWish.LOST:
            closing.require_lost(acting, count.id, DeviceId(_key(given, "device")))


def carry_out(acting: Acting, action: CountWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: CountWish, given: Mapping[str, str]) -> bool:
    if action is CountWish.OPEN:
        opening.open_count(acting, wanted_of(acting, given))
        return True
    count = _count(acting, given)
    match action:
        case CountWish.STAND:
            return counting.stand_at(acting, count.id, given.get("room", "")) != count
        case CountWish.SEE:
            device, how = _device(acting, given)
            return not counting.see(acting, count.id, device.id, how).twice
        case CountWish.TICK:
            seen = [counting.see(acting, count.id, key, SeenBy.HAND) for key in _ticked(given)]
            return any(not one.twice for one in seen)
        case CountWish.TAKE_BACK:
            counting.take_back(acting, count.id, _line(given))
        case CountWish.ITEM:
            counting.count_item(acting, count.id, _item(given), _quantity(given))
        case CountWish.FOUND:
            counting.note_found(acting, count.id, given.get("words", ""))
        case CountWish.PUT_RIGHT:
            counting.put_right(acting, count.id, _line(given))
        case CountWish.EXPLAIN:
            for key, words in _explained(given).items():
                closing.explain(acting, count.id, key, words)
        case CountWish.CLOSE:
            closing.close(acting, count.id)
        case CountWish.FREEZE | CountWish.UNFREEZE:
            return opening.freeze(acting, count.id, frozen=action is CountWish.FREEZE) != count
        case CountWish.WRITE:
            closing.write_differences(acting, count.id)
        case CountWish.LOST:
            closing.say_lost(acting, count.id, DeviceId(_key(given, "device")))
    return True


def wanted_of(acting: Acting, given: Mapping[str, str]) -> Wanted:
    """`board`: a name, handle or staff number a line. Raises Invalid(`count_scope`, `count_who`, `count_freeze`)."""
    scope = given.get("scope", "")
    if scope not in set(Scope):
        raise Invalid("count_scope")
    board: list[PersonId] = []
    for typed in filter(None, map(str.strip, re.split(r"[\n;]", given.get("board", "")))):
        found = person_called(acting, typed[:_BOARD_LETTERS])
        if found is None:
            raise Invalid("count_who", typed=typed[:_BOARD_LETTERS])
        board.append(found.id)
    until = given.get("freeze", "").strip()
    if until and not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", until, re.ASCII):
        raise Invalid("count_freeze")
    return Wanted(
        scope=Scope(scope),
        department=given.get("department", ""),
        place=given.get("room", ""),
        board=board,
        freeze_until=time.fromisoformat(until) if until else None,
    )


def _count(acting: Acting, given: Mapping[str, str]) -> Count:
    """Raises NotFound."""
    return acting.uow.counts.get(CountId(_key(given, "count")))


def _device(acting: Acting, given: Mapping[str, str]) -> tuple[Device, SeenBy]:
    """`token`: of a scanned label; `typed`: any of its numbers. Raises Invalid(`no_such_device`, `several_devices`)."""
    if token := token_in(given.get("token", "") or given.get("typed", "")):
        device = by_token(acting.uow, token)
        if device is not None:
            return device, SeenBy.LABEL
    typed = given.get("typed", "").strip()[:60]
    found = found_by(acting.uow, typed) if typed else []
    if len(found) != 1:
        raise Invalid("several_devices" if found else "no_such_device", typed=typed or "(boş)", number=len(found))
    return found[0], SeenBy.HAND


def _ticked(given: Mapping[str, str]) -> list[DeviceId]:
    """Raises Invalid(`device_none_ticked`, `device_too_many`), NotFound."""
    typed = [one for one in given.get("ids", "").split(",") if one]
    if not typed:
        raise Invalid("device_none_ticked")
    if len(typed) > MOST_TICKED:
        raise Invalid("device_too_many", count=len(typed), most=MOST_TICKED)
    keys = [key_from(one) for one in typed]
    if None in keys:
        raise NotFound("device", given["ids"][:40])
    return [DeviceId(key) for key in dict.fromkeys(keys) if key is not None]


def _explained(given: Mapping[str, str]) -> dict[DeviceId, str]:
    """`why_42`: of device 42."""
    found = {}
    for name, words in given.items():
        key = key_from(name.removeprefix("why_")) if name.startswith("why_") else None
        if key is not None and words.strip():
            found[DeviceId(key)] = words
    if not found:
        raise Invalid("count_explain_what")
    return found


def _quantity(given: Mapping[str, str]) -> int:
    """Raises Invalid(`stock_half`, `stock_quantity`)."""
    typed = given.get("quantity", "").strip()
    if re.fullmatch(r"[0-9]+[.,][0-9]+", typed):
        raise Invalid("stock_half", typed=typed[:20])
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_RECEIVED))):
        raise Invalid("stock_quantity", typed=typed[:20], most=MOST_RECEIVED)
    return int(typed)


def _item(given: Mapping[str, str]) -> ItemId:
    return ItemId(_key(given, "item"))


def _line(given: Mapping[str, str]) -> int:
    return _key(given, "line")


def _key(given: Mapping[str, str], name: str) -> int:
    """Raises NotFound for what is no key."""
    return key_in(given, name, name)
