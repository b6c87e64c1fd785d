"""Malzeme at Tamamladım: what is offered with one press, and what is written once the ticket is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.chat.turn import Turn
from handlers.domain.stock import Item, ItemId
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.stock import moving, offering

MISFIT, PENDING, OWN = "f", "d", "o"
"""What was answered of one item: it fits, it lay in the depot, it was the müdürlük's own."""
ANYWAY = "a"
"""The parts of the ticket stay open."""
_MOST_WORDS = 1000
"""As many as card and register show of what was done (`closing.resolution`)."""


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody says that they used, with what they answered so far; a button carries it as its text."""

    items: Sequence[tuple[ItemId, int]]
    answers: Sequence[str] = ()
    """`d3`: of item 3 it was answered that it lay in the depot."""
    words: str = ""
    """What was typed; empty: it is said by the desk."""

    def answering(self, answer: str, of: ItemId) -> Use:
        return replace(self, answers=(*self.answers, f"{answer}{of}"))

    def says(self, answer: str, of: ItemId) -> bool:
        return f"{answer}{of}" in self.answers

    def __str__(self) -> str:
        items = ",".join(f"{key}x{number}" for key, number in self.items)
        return f"{items}/{','.join(self.answers)}/{self.words[:_MOST_WORDS]}"

    @classmethod
    def parse(cls, written: str) -> Use:
        items, answers, words = written.split("/", 2)
        pairs = [one.partition("x") for one in items.split(",")]
        return cls([(ItemId(int(key)), int(number)) for key, _, number in pairs], answers.split(","), words)


@dataclass(frozen=True, slots=True)
class Line:
    """Of the receipt."""

    item: Item
    quantity: int
    left: int
    pending: int
    """How many of them wait for their stock."""
    own: bool = False
    """The müdürlük's own: nothing was taken."""


def buttons(turn: Turn, ticket: Ticket) -> list[Button]:
    """Empty: no malzeme is asked for."""
    found = offering.offered(turn, ticket)
    if not found:
        return []
    did = _did(turn, ticket)
    taken = [
        Button(f"1 × {one.item.code} {did} ({one.left} var)", f"stock_use:{ticket.id}:{Use([(one.item.id, 1)])}")
        for one in found
    ]
    return [
        *taken,
        Button("Malzeme kullanmadım", f"stock_none:{ticket.id}"),
        Button("Başka", f"stock_other:{ticket.id}"),
    ]


def _did(turn: Turn, ticket: Ticket) -> str:
    return "teslim edildi" if moving.hands_over(turn, ticket) else "takıldı"


def said(turn: Turn, ticket: Ticket, use: Use) -> str:
    """What was done, where nobody typed it."""
    did = _did(turn, ticket)
    of = {key: turn.uow.stock.item(key).code for key, _ in use.items}
    return ", ".join(f"{number} × {of[key]} {did}" for key, number in use.items)


def write(turn: Turn, ticket: Ticket, use: Use) -> tuple[list[Line], list[Button]]:
    """The movements, and what waits for stock; the buttons take each back."""
    lines: list[Line] = []
    back: list[Button] = []
    for key, quantity in use.items:
        item, left = turn.uow.stock.item(key, to_change=True), turn.uow.stock.left_of(key)
        rests = moving.frozen_by(turn) is not None  # what is used meanwhile waits for its movement
        taken = 0 if rests or use.says(OWN, key) else min(left, quantity)
        waits = quantity - taken if use.says(PENDING, key) or (rests and not use.says(OWN, key)) else 0
        if taken:
            moved = moving.take(turn, ticket, key, taken)
            left = moved.left
            label = "Geri al" if len(use.items) == 1 else f"Geri al: {item.code}"
            back.append(Button(label, f"stock_undo:{ticket.id}:{moved.move.id}"))
            if moved.fit is not None:
                _tell_fit(turn, ticket, item, moved.fit)
        if waits:
            waiting = moving.take_unbooked(turn, ticket, key, waits)
            label = "Askıdakini geri al" if len(use.items) == 1 else f"Askıdakini geri al: {item.code}"
            back.append(Button(label, f"stock_withdraw:{ticket.id}:{waiting.id}"))
        lines.append(Line(item=item, quantity=quantity, left=left, pending=waits, own=use.says(OWN, key)))
    return lines, back


def ask_of_written(turn: Turn, ticket: Ticket) -> None:
    """It was cancelled or merged: what was written on it as used, was it? Who does not answer leaves it so."""
    stock = turn.uow.stock
    used = [one for one in stock.of_ticket(ticket.id) if one.why.uses_up]
    undone = stock.undone_by([one.id for one in used])
    stands = [one for one in used if one.id not in undone]
    waiting = [one for one in stock.pending() if one.ticket == ticket.id]
    if not stands and not waiting:
        return
    codes = {key: stock.item(key).code for key in {one.item for one in stands} | {one.item for one in waiting}}
    back = [
        Button(
            "Depoya iade edildi" if len(stands) == 1 else f"{codes[one.item]} depoya iade edildi",
            f"stock_undo:{ticket.id}:{one.id}",
        )
        for one in stands
    ]
    back += [
        Button(f"Askıdaki {codes[one.item]} geri alınsın", f"stock_withdraw:{ticket.id}:{one.id}") for one in waiting
    ]
    written = [(-one.delta, codes[one.item]) for one in stands]
    turn.say(
        turn.address,
        "stock_written",
        buttons=[Button("Kullanıldı, kalsın", f"stock_keep:{ticket.id}"), *back],
        slot=written_slot(ticket),
        fresh=True,
        ticket=ticket,
        lines=[*written, *((one.quantity, codes[one.item]) for one in waiting)],
    )


def written_slot(ticket: Ticket) -> str:
    return f"stock:{ticket.id}"


def _tell_fit(turn: Turn, ticket: Ticket, item: Item, fit: str) -> None:
    turn.say(
        turn.address,
        "stock_fit_learnt",
        buttons=[Button("Geri al", f"stock_unfit:{ticket.id}:{item.id}/{fit}")],
        rings=False,
        item=item,
        fit=fit,
    )
