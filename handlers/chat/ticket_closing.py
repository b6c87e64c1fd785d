"""How a ticket ends, in chat: "Ne yapıldı?", the reporter's yes or no, a reason for İptal and Birleştir."""

from __future__ import annotations

from typing import Any

from handlers.chat import (
    checklists,
    device_questions,
    efforts,
    evidence,
    outages,
    prompts,
    stock_use,
    ticket_view,
    time_questions,
)
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid, NotFound, WrongState
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import (
    closing,
    merges,
    notifications,
    numbers,
    parts,
    quick_answers,
    secrecy,
    separating,
    work,
)

RATED_EVERY = 3
"""One ticket in so many asks for a tap; a form on each would be ignored."""
RATINGS = (("🙂 İyiydi", 3), ("😐 İdare eder", 2), ("🙁 Kötüydü", 1))


def begin_resolve(turn: Turn, ticket: Ticket) -> None:
    """Tamamladım: "Ne yapıldı?" """
    require(turn.person, Action.RESOLVE, ticket)
    if ticket.state is State.RESOLVED:
        return
    try:
        parts.require_done(turn, ticket)
    except Invalid as refusal:
        anyway = Button("Yine de tamamla", f"done_anyway:{ticket.id}")
        turn.say(turn.address, "errors/parts_open", buttons=[anyway], ticket=ticket, **dict[str, Any](refusal.data))
        return
    if checklists.asks_first(turn, ticket) or evidence.asks_first(turn, ticket):
        return
    answers = stock_use.buttons(turn, ticket) or quick_answers.done_buttons(ticket)
    prompts.ask(turn, ticket, Expect.RESOLUTION, "prompt_done", buttons=answers)


def resolve_anyway(turn: Turn, ticket: Ticket) -> None:
    """Yine de tamamla: not without a word, which is kept as what was done. Its parts stay open."""
    require(turn.person, Action.RESOLVE, ticket)
    prompts.ask(turn, ticket, Expect.RESOLUTION, "prompt_done_anyway", detail=ANYWAY)


ANYWAY = "anyway"


def resolve(
    turn: Turn, ticket: Ticket, what_was_done: str, *, although_open: bool = False, use: stock_use.Use | None = None
) -> None:
    """The words are there, and what was used."""
    done = closing.resolve(turn, ticket, what_was_done, although_open=although_open)
    if done is Effect.NONE:
        return
    slot, reach = prompts.answered(turn, ticket), notifications.reach(turn, notifications.reporter_of(ticket))
    asks = efforts.buttons(turn, ticket)
    lines, back = stock_use.write(turn, ticket, use) if use is not None else ([], [])
    turn.receipt(
        done,
        "stock_used_receipt" if lines else "resolved_receipt",
        buttons=[*back, *asks],
        ticket=ticket,
        slot=slot or prompts.slot(turn, ticket),
        reach=reach,
        asks=bool(asks),
        stock=lines,
    )
    device_questions.ask_whether_right(turn, ticket)
    outages.after_head_resolved(turn, ticket)
    time_questions.ask_why_late(turn, ticket)


def confirm(turn: Turn, ticket: Ticket) -> None:
    """Evet, çalışıyor; and on some tickets: was it well done?"""
    done = closing.confirm(turn, ticket)
    if done is Effect.NONE:
        return
    asked = ticket.id % RATED_EVERY == 0
    turn.receipt(
        done,
        "confirmed",
        rings=True,
        buttons=[Button(label, f"rate:{ticket.id}:{stars}") for label, stars in RATINGS] if asked else (),
        slot=f"rating:{ticket.id}",
        ticket=ticket,
        asked=asked,
    )


def rate(turn: Turn, ticket: Ticket, stars: int) -> None:
    done = closing.rate(turn, ticket, stars)
    if done is Effect.NONE:
        return
    turn.uow.messages.disable_buttons(turn.address, f"rating:{ticket.id}")
    turn.receipt(done, "rated", ticket=ticket)


def still_broken(turn: Turn, ticket: Ticket) -> None:
    """Hâlâ bozuk: it is open again at once; the reporter is asked what still happens."""
    living = merges.survivor(turn.uow, ticket)
    concerned = ticket.concerns(turn.person.id)
    if closing.reopen(turn, ticket) is Effect.NONE and (living is ticket or not concerned):
        return
    turn.uow.messages.disable_buttons(turn.address, closing.ended_slot(ticket))
    turn.uow.messages.disable_buttons(turn.address, f"shown:{ticket.id}")
    if concerned:
        turn.dialog.last_ticket = ticket.id
        prompts.cancel_prompt(turn)
        turn.dialog.expects = Expectation(kind=Expect.REOPEN_REASON, ticket=ticket.id, asked=f"reopen:{ticket.id}")
        turn.say(
            turn.address,
            "reopened",
            buttons=[Button("Bilmiyorum, atla", f"prompt_skip:{ticket.id}")],
            slot=f"reopen:{ticket.id}",
            fresh=True,
            ticket=ticket,
            number=living.number,
        )


# --- cancelled and merged ------------------------------------------------------------------------
def begin_cancel(turn: Turn, ticket: Ticket) -> None:
    """İptal: not without a reason."""
    require(turn.person, Action.CANCEL, ticket)
    prompts.ask(turn, ticket, Expect.CANCEL_REASON, "prompt_cancel", buttons=quick_answers.cancel_reasons(ticket))


def cancel(turn: Turn, ticket: Ticket, reason: str, code: str = "other") -> None:
    """The reason is there."""
    done = closing.cancel(turn, ticket, reason, code)
    if done is Effect.NONE:
        return
    slot, reach = prompts.answered(turn, ticket), notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(done, "cancelled_receipt", ticket=ticket, slot=slot, reach=reach, reason=reason)
    stock_use.ask_of_written(turn, ticket)


def begin_merge(turn: Turn, ticket: Ticket) -> None:
    """Birleştir: with which?"""
    require(turn.person, Action.MERGE, ticket)
    others = [
        other
        for other in turn.uow.tickets.active_in(ticket.unit, ticket.category)
        if other.id != ticket.id and may(turn.person, Action.READ, other)
    ][:4]
    buttons = [Button(other.number, f"merge_into:{ticket.id}:{other.id}") for other in others]
    prompts.ask(turn, ticket, Expect.MERGE_TARGET, "prompt_merge", buttons=buttons, others=others)


def choose_merge(turn: Turn, ticket: Ticket, other: Ticket) -> None:
    """The target is chosen: why? What was merged itself stands for the one that it lives on in."""
    other = merges.survivor(turn.uow, other)
    require(turn.person, Action.MERGE, ticket)
    require(turn.person, Action.READ, other)
    if other.id == ticket.id or not other.state.active:
        raise Invalid("cannot_merge", number=ticket.number, other=other.number)
    secrecy.require_mergeable(ticket, other)
    prompts.answered(turn, ticket)
    prompts.ask(
        turn,
        ticket,
        Expect.CANCEL_REASON,
        "prompt_merge_reason",
        detail=f"merge:{other.id}",
        buttons=quick_answers.merge_reasons(ticket),
        other=other,
    )


def merge_target(turn: Turn, expects: Expectation, text: str) -> None:
    """The number was typed."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    require(turn.person, Action.MERGE, ticket)
    if not ticket.state.active:
        raise WrongState(ticket.number, ticket.state, "merge")
    number = ticket_view.named(text)
    if number is None:
        raise Invalid("no_number", typed=text[:40])
    try:
        other = numbers.find(turn, number)
        require(turn.person, Action.READ, other)
    except NotFound as error:
        raise Invalid("not_found") from error  # said as for any other, and asked again
    choose_merge(turn, ticket, other)


def merge(turn: Turn, ticket: Ticket, other: Ticket, reason: str) -> None:
    """The reason is there."""
    done = closing.merge(turn, ticket, other, reason)
    if done is Effect.NONE:
        return
    turn.receipt(
        done,
        "merged_receipt",
        buttons=[Button("Geri ayır", f"separate:{ticket.id}")],
        ticket=ticket,
        slot=prompts.answered(turn, ticket) or _merged_slot(ticket),
        other=other,
    )
    stock_use.ask_of_written(turn, ticket)


def _merged_slot(ticket: Ticket) -> str:
    """Of the receipt where nothing was asked before."""
    return f"merged:{ticket.id}"


def merge_same(turn: Turn, ticket: Ticket, other: Ticket) -> None:
    """Birleştir, under the line that points out the other: nobody has to take it on first, nor give a reason."""
    if ticket.state is State.OPEN and may(turn.person, Action.CLAIM, ticket):
        work.claim(turn, ticket)
    merge(turn, ticket, other, quick_answers.merge_text(0))


def separate(turn: Turn, ticket: Ticket) -> None:
    """Geri ayır."""
    other = merges.survivor(turn.uow, ticket)
    done = separating.separate(turn, ticket)
    if done is Effect.NONE:
        return
    for slot in (_merged_slot(ticket), prompts.slot(turn, ticket)):
        turn.uow.messages.disable_buttons(turn.address, slot)
    turn.receipt(done, "separated_receipt", ticket=ticket, other=other)


def reason_given(turn: Turn, expects: Expectation, text: str) -> None:
    """A reason in their own words, for İptal or Birleştir."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    verb, _, other = expects.detail.partition(":")
    if verb == "merge":
        merge(turn, ticket, turn.uow.tickets.get(int(other)), text)
    else:
        cancel(turn, ticket, text)


def merge_for(turn: Turn, ticket: Ticket, reason: str) -> None:
    """One of the reasons was tapped; the target is what the prompt was about."""
    expects = turn.dialog.expects
    if expects is None or expects.ticket != ticket.id or not expects.detail.startswith("merge:"):
        raise NotFound("prompt", ticket.number)
    merge(turn, ticket, turn.uow.tickets.get(int(expects.detail.removeprefix("merge:"))), reason)
