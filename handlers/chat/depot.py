"""`/depo`: what is left, what came in, what was given out; an item with its last movements, and a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.stock import MOST_RECEIVED, Item, ItemId, MoveId, StockMove, Why
from handlers.domain.stock_rights import StockAction
from handlers.messages import Button, PostedMessage
from handlers.queries.stock import UNREADABLE
from handlers.spoken_time import MONTHS
from handlers.stock import access, items, moving
from handlers.stock.items import Said
from handlers.stock.quantities import unknown_in
from knowledge.language.device_keys import make_key
from knowledge.language.folding import folded, one_line

MAX_SHOWN = 30
_LAST_MOVES = 5
_LETTERS = 120
_IN = ("giris", "geldi")
_OUT = ("ver", "cikis")
_NEW = ("yeni", "ekle")
_BACK = ("iade",)
_SALVAGED = ("hurdadan",)
_ORDERED = {"1 hafta": 7, "2 hafta": 14, "1 ay": 30}
_MINIMUM = re.compile(r"(?:^|\s)en\s*az\s+(\d{1,5})(?=\s|$)")
_DOCUMENT = re.compile(r"(?:^|\s)(?:irsaliye|fatura|vif|belge)(?:\s*no)?\s*[:.]?\s+(\S.*)$")


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Raises NotAllowed, Invalid(`depot_item`, `depot_words`, `stock_…`)."""
    said = one_line(unicodedata.normalize("NFC", words))[:_LETTERS]
    first, _, rest = said.partition(" ")
    if not said:
        show_all(turn)
    elif folded(first) in _IN:
        receive(turn, rest)
    elif folded(first) in _BACK:
        receive(turn, rest, why=Why.RETURNED)
    elif folded(first) in _SALVAGED:
        receive(turn, rest, why=Why.SALVAGED)
    elif folded(first) in _OUT:
        give(turn, rest)
    elif folded(first) in _NEW:
        record(turn, rest)
    else:
        show(turn, _item(turn, said))


def show_all(turn: Turn) -> None:
    """Those that fell below their minimum first."""
    access.require(turn, StockAction.SEE)
    left = turn.uow.stock.left()
    kept = [(one, left.get(one.id, 0)) for one in turn.uow.stock.items() if one.active]
    ordered = sorted(kept, key=lambda pair: not pair[0].is_low(pair[1]))
    turn.say(turn.address, "depot", lines=ordered[:MAX_SHOWN], total=len(kept), keeps=_keeps(turn))


def show(turn: Turn, item: Item) -> None:
    access.require(turn, StockAction.SEE)
    moves = turn.uow.stock.moves(item.id, limit=_LAST_MOVES)
    tickets = turn.uow.tickets.some([one.ticket for one in moves if one.ticket is not None])
    numbers = {key: access.shown_ticket(turn.person, ticket) for key, ticket in tickets.items()}
    turn.say(
        turn.address,
        "depot_item",
        item=item,
        left=turn.uow.stock.left_of(item.id),
        used=moving.used_lately(turn, item.id),
        pending=sum(one.quantity for one in turn.uow.stock.pending([item.id])),
        moves=[_told(one, "" if one.ticket is None else numbers[one.ticket]) for one in moves],
    )


def _told(move: StockMove, number: str | None) -> tuple[StockMove, str]:
    return (move, number) if number is not None else (replace(move, department=""), UNREADABLE)


def receive(turn: Turn, words: str, *, why: Why = Why.RECEIVED, again: bool = False) -> None:
    """`10 tn-2421 irsaliye 4431`; then it is asked whether it covers what is askıda. `why`: brought back unused, or won
    from what was scrapped, too."""
    access.require(turn, StockAction.KEEP)
    quantity, rest = _quantity(words)
    document = _DOCUMENT.search(folded(rest))
    written = rest[document.start(1) :] if document is not None else ""
    item = _item(turn, rest[: document.start()] if document is not None else rest)
    try:
        moved = moving.receive(turn, item.id, quantity, document=written, why=why, again=again)
    except Invalid as refusal:
        if refusal.reason != "stock_received_twice":
            raise
        anyway = Button("Yine de girilsin", f"depot_again:{words}")
        turn.say(turn.address, f"errors/{refusal.reason}", buttons=[anyway], **dict[str, Any](refusal.data))
        return
    waiting = turn.uow.stock.pending([item.id])
    covers = bool(waiting) and moved.left >= waiting[0].quantity
    settle = [Button("Düşülsün", f"depot_settle:{item.id}")] if covers else []
    turn.receipt(
        Effect.CHANGED,
        "depot_received",
        buttons=[*settle, _back(moved.move.id)],
        item=item,
        quantity=quantity,
        number=moved.move.number,
        left=moved.left,
        document=written,
        pending=sum(one.quantity for one in waiting),
        covers=covers,
    )


def receive_again(turn: Turn, *words: str) -> None:
    """Yine de girilsin."""
    receive(turn, ":".join(words), again=True)


def settle(turn: Turn, key: str) -> None:
    """Düşülsün: what is askıda, as far as the stock goes."""
    item = turn.uow.stock.item(ItemId(int(key)))
    number = sum(-one.move.delta for one in moving.settle(turn, item.id))
    left, waits = turn.uow.stock.left_of(item.id), sum(one.quantity for one in turn.uow.stock.pending([item.id]))
    if number:
        turn.receipt(Effect.CHANGED, "depot_settled", item=item, number=number, left=left, pending=waits)
    else:
        turn.say(turn.address, "depot_not_settled", item=item, left=left, pending=waits)


def give(turn: Turn, words: str) -> None:
    """`2 tn-2421 Fen İşleri`."""
    access.require(turn, StockAction.KEEP)
    quantity, rest = _quantity(words)
    code = _first_code(turn, rest)
    item = _item(turn, rest[:code])
    moved = moving.give(turn, item.id, quantity, rest[code:])
    turn.receipt(
        Effect.CHANGED,
        "depot_given",
        buttons=[_back(moved.move.id)],
        item=item,
        quantity=quantity,
        number=moved.move.number,
        left=moved.left,
        department=moved.move.department,
    )


def record(turn: Turn, words: str) -> None:
    """`TN-2421 Toner siyah en az 5`."""
    minimum = _MINIMUM.search(folded(words))
    rest = words if minimum is None else words[: minimum.start()] + words[minimum.end() :]
    code, _, name = one_line(rest).partition(" ")
    added = items.record(turn, Said(code=code, name=name, minimum=int(minimum[1]) if minimum is not None else 0))
    turn.receipt(Effect.CHANGED, "depot_recorded", item=added)


def undo(turn: Turn, key: str) -> None:
    """Geri al; of what was used on a ticket, that stays resolved. Raises as `moving.undo`."""
    undone = moving.undo(turn, MoveId(int(key)))
    turn.receipt(
        Effect.CHANGED,
        "stock_undone",
        item=undone.item,
        quantity=abs(undone.move.delta),
        left=undone.left,
        number=undone.move.number,
        month=MONTHS[undone.corrects.number - 1] if undone.corrects is not None else "",
        this=MONTHS[turn.working_time().local_date(turn.now).month - 1],
    )


def order(turn: Turn, key: str, days: str = "") -> None:
    """Sipariş verildi: until when is it not told again how little is left? `0`: it is not on its way after all."""
    access.require(turn, StockAction.KEEP)
    item, slot = turn.uow.stock.item(ItemId(int(key))), f"depot_order:{key}"
    if not days:
        waits = [Button(label, f"depot_ordered:{key}:{number}") for label, number in _ORDERED.items()]
        turn.say(turn.address, "depot_order_days", buttons=waits, slot=slot, fresh=True, item=item)
        return
    until = turn.working_time().local_date(turn.now) + timedelta(days=int(days)) if int(days) else None
    saved = items.order(turn, item.id, until)
    back = [Button("Geri al", f"depot_ordered:{key}:0")] if until is not None else []
    turn.say(turn.address, "depot_ordered", buttons=back, slot=slot, item=saved)


def _quantity(words: str) -> tuple[int, str]:
    typed, _, rest = words.strip().partition(" ")
    if not typed or not rest.strip():
        raise Invalid("depot_words")
    if not typed.isdecimal():
        known = re.fullmatch(r"\d+[.,]\d+", typed)
        raise Invalid("stock_half", typed=typed) if known else Invalid("depot_words")
    if len(typed) > len(str(MOST_RECEIVED)):
        raise Invalid("stock_quantity", typed=typed[:20], most=MOST_RECEIVED)
    return int(typed), re.sub(r"^(?:adet|tane|x|×)\s+", "", rest.strip())


def _first_code(turn: Turn, words: str) -> int:
    """How many letters of it are an item's code: "tn 2421 Fen İşleri" has it in two words."""
    parts = [match.end() for match in re.finditer(r"\S+", words)]
    return next((end for end in parts if turn.uow.stock.by_code(words[:end]) is not None), parts[0] if parts else 0)


def _item(turn: Turn, typed: str) -> Item:
    """Raises Invalid(`depot_item`)."""
    access.require(turn, StockAction.SEE)
    found = turn.uow.stock.by_code(typed) if make_key(typed) else None
    if found is None:
        unknown = unknown_in(typed, turn.uow.stock.items())
        near = [one.code for one in unknown.near] if unknown is not None else []
        raise Invalid("depot_item", typed=typed.strip()[:40], near=near)
    return found


def _keeps(turn: Turn) -> bool:
    return access.may(turn, StockAction.KEEP)


def _back(move: MoveId) -> Button:
    return Button("Geri al", f"depot_undo:{move}")


BUTTONS: dict[str, Callable[..., None]] = {
    "depot_again": receive_again,
    "depot_ordered": order,
    "depot_settle": settle,
    "depot_undo": undo,
}
