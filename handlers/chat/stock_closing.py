"""Tamamladım with malzeme: one press, or what was typed, resolves the ticket and writes the movement.

Nothing holds a ticket up: what the book does not have is asked about once, and written as its answer says.
"""

from __future__ import annotations

from typing import Any

from handlers.chat import prompts, stock_use, ticket_closing
from handlers.chat.stock_use import ANYWAY, MISFIT, OWN, PENDING, Use
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.stock import Item, ItemId, require_quantity
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.stock import items, moving, offering
from handlers.stock.quantities import named_in, unknown_in
from handlers.tickets import device_links, quick_answers


def typed(turn: Turn, ticket: Ticket, text: str, *, although_open: bool) -> None:
    """What was done, in their own words: with malzeme in it, where the ticket takes any. Raises
    Invalid(`stock_quantity`, `stock_half`); the question stands."""
    kept = [one for one in turn.uow.stock.items() if one.active] if offering.takes_any(turn, ticket) else []
    answers = [ANYWAY] if although_open else []
    if found := named_in(text, kept):
        _take(turn, ticket, Use([(one.item.id, one.quantity) for one in found], answers, text))
    elif (unknown := unknown_in(text, kept)) is not None:
        near = [
            Button(one.code, f"stock_use:{ticket.id}:{Use([(one.id, unknown.quantity)], answers)}")
            for one in unknown.near
        ]
        _ask(turn, ticket, "prompt_stock_unknown", near, although_open, typed=unknown.typed, near=unknown.near)
    else:
        ticket_closing.resolve(turn, ticket, text, although_open=although_open)


def pressed(turn: Turn, ticket: Ticket, written: str) -> None:
    """One of the answers. Raises as `_take`."""
    _take(turn, ticket, Use.parse(written))


def _take(turn: Turn, ticket: Ticket, use: Use) -> None:
    """Whatever speaks against it is said before the ticket is resolved, so that both are done or neither.

    Raises NotAllowed, NotFound, Invalid(`stock_quantity`, `stock_kept_no_more`) and as `closing.resolve`.
    """
    if ticket.state is State.RESOLVED:
        return
    require(turn.person, Action.RESOLVE, ticket)
    although_open = ANYWAY in use.answers
    wanted = sorted(use.items)
    for _, quantity in wanted:
        require_quantity(quantity)
    there = [turn.uow.stock.item(key, to_change=True) for key, _ in wanted]
    for item in there:
        if not item.active:
            raise Invalid("stock_kept_no_more", code=item.code)
    if _asks_whether_it_fits(turn, ticket, use, there):
        return
    for item, (key, quantity) in zip(there, wanted, strict=True):
        left, told = turn.uow.stock.left_of(key), use.says(PENDING, key) or use.says(OWN, key)
        if left < quantity and not told:
            _ask_where_from(turn, ticket, use, item, left, quantity)
            return
    words = use.words or stock_use.said(turn, ticket, use)
    ticket_closing.resolve(turn, ticket, words, although_open=although_open, use=use)


def none(turn: Turn, ticket: Ticket) -> None:
    """Malzeme kullanmadım: what was done, then?"""
    if ticket.state is not State.RESOLVED:
        require(turn.person, Action.RESOLVE, ticket)
        prompts.answered(turn, ticket)
        prompts.ask(turn, ticket, Expect.RESOLUTION, "prompt_done", buttons=quick_answers.done_buttons(ticket))


def other(turn: Turn, ticket: Ticket) -> None:
    """Başka, Değiştir, Düzelt: it is typed."""
    if ticket.state is not State.RESOLVED:
        require(turn.person, Action.RESOLVE, ticket)
        codes = [one.code for one in turn.uow.stock.items() if one.active]
        _ask(turn, ticket, "prompt_stock", [], False, codes=codes)


def withdraw(turn: Turn, _ticket: Ticket, use: str) -> None:
    """Askıdakini geri al. Raises as `moving.withdraw`."""
    gone, item = moving.withdraw(turn, int(use))
    turn.receipt(Effect.CHANGED, "stock_withdrawn", item=item, quantity=gone.quantity)


def keep(turn: Turn, ticket: Ticket) -> None:
    """Kullanıldı, kalsın."""
    turn.uow.messages.disable_buttons(turn.address, stock_use.written_slot(ticket))


def unfit(turn: Turn, _ticket: Ticket, written: str) -> None:
    """Geri al, of what was learnt."""
    key, _, name = written.partition("/")
    item = turn.uow.stock.item(ItemId(int(key)))
    if items.forget_fit(turn, item.id, name):
        turn.receipt(Effect.CHANGED, "stock_unfit", item=item, fit=name)


def _asks_whether_it_fits(turn: Turn, ticket: Ticket, use: Use, there: list[Item]) -> bool:
    device = device_links.subject(turn.uow, ticket)
    if device is None or not device.description.name:
        return False
    doubted = (one for one in there if one.fits and not use.says(MISFIT, one.id))
    wrong = next((one for one in doubted if not items.fits(one, device)), None)
    if wrong is None:
        return False
    yes = Button("Yazılsın", f"stock_use:{ticket.id}:{use.answering(MISFIT, wrong.id)}")
    change = Button("Değiştir", f"stock_other:{ticket.id}")
    name = device.description.name
    _ask(turn, ticket, "prompt_stock_misfit", [yes, change], ANYWAY in use.answers, item=wrong, name=name)
    return True


def _ask_where_from(turn: Turn, ticket: Ticket, use: Use, item: Item, left: int, quantity: int) -> None:
    pending = f"stock_use:{ticket.id}:{use.answering(PENDING, item.id)}"
    although_open = ANYWAY in use.answers
    if left:
        rest = quantity - left
        some = [
            Button(f"{left} tanesini düş, {rest} tanesi askıda", pending),
            Button("Düzelt", f"stock_other:{ticket.id}"),
        ]
        _ask(turn, ticket, "prompt_stock_short", some, although_open, item=item, left=left, quantity=quantity)
        return
    own = Button("Müdürlüğün yedeği", f"stock_use:{ticket.id}:{use.answering(OWN, item.id)}")
    _ask(turn, ticket, "prompt_stock_gone", [own, Button("Depoda vardı", pending)], although_open, item=item)


def _ask(turn: Turn, ticket: Ticket, template: str, buttons: list[Button], although_open: bool, **about: Any) -> None:
    """What was asked before was answered, and this comes of it."""
    prompts.answered(turn, ticket)
    detail = ticket_closing.ANYWAY if although_open else ""
    prompts.ask(turn, ticket, Expect.RESOLUTION, template, detail=detail, buttons=buttons, **about)
