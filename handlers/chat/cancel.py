"""Changing one's mind: `/iptal`, "vazgeçtim", "kaydımı iptal edin"."""

from __future__ import annotations

from handlers.chat import drafts, ticket_view
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Draft, Phase
from handlers.domain.states import SolvedBy
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import label
from handlers.messages import Button
from handlers.tickets import closing, numbers

CANCEL_WHICH = "cancel_which"
MAX_OFFERED = 8


def drop_draft(turn: Turn, draft: Draft) -> None:
    """Vazgeçtim, before there is a ticket."""
    drafts.close(turn, draft, "dropped")
    turn.dialog.draft = None
    if draft.phase.is_on_behalf:
        turn.dialog.expects = None
    turn.say(turn.address, "draft_dropped")


def offer_cancel(turn: Turn, named: Ticket | None = None) -> None:
    """ "iptal" with nothing in the making: which of the open tickets? `named`: the one of theirs that was meant."""
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active]
    mine = [t for t in mine if named is not None and t.id == named.id] or mine
    shown = mine[:MAX_OFFERED]
    buttons = [Button(f"İptal et: {label(t, mine)}", f"cancel_mine:{t.id}") for t in shown]
    if len(shown) == 1 and not turn.desk.is_request(shown[0].category):
        buttons.append(Button("Çözüldü", f"solved_mine:{shown[0].id}:{SolvedBy.UNTOLD}"))
    turn.say(
        turn.address,
        "cancel_which" if mine else "nothing_to_cancel",
        buttons=buttons,
        slot=CANCEL_WHICH,
        fresh=True,
        tickets=shown,
        more=len(mine) - len(shown),
    )


def cancel_command(turn: Turn, words: str, _answered: object) -> None:
    """`/iptal`: of the report in the making; `/iptal 123`: of that ticket, where it is theirs."""
    number = ticket_view.named(words)
    if number is not None:
        offer_cancel(turn, numbers.own_open(turn, number))
    elif turn.dialog.draft is not None and turn.dialog.draft.phase is not Phase.WORKED:
        drop_draft(turn, turn.dialog.draft)
    else:
        offer_cancel(turn)


def cancel_mine(turn: Turn, ticket: Ticket) -> None:
    """İptal et, under one's own ticket."""
    done = closing.withdraw(turn, ticket)
    if done is Effect.NONE:
        return
    turn.uow.messages.disable_buttons(turn.address, CANCEL_WHICH)
    for slot in (f"shown:{ticket.id}", f"solved:{ticket.id}"):
        turn.uow.messages.disable_buttons(turn.address, slot)
    turn.receipt(done, "cancelled_mine", ticket=ticket, rings=True)
