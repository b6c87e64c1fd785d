"""Changing one's mind: `/iptal`, "vazgeçtim", "kaydımı iptal edin"."""

from __future__ import annotations

from handlers.chat import drafts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Draft, Phase
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import closing

CANCEL_WHICH = "cancel_which"


def drop_draft(turn: Turn, draft: Draft) -> None:
    """Vazgeçtim, before there is a ticket."""
    drafts.close(turn, draft, "dropped")
    turn.dialog.draft = None
    if draft.phase.is_on_behalf:
        turn.dialog.expects = None
    turn.say(turn.address, "draft_dropped")


def offer_cancel(turn: Turn, number: str | None = None) -> None:
    """ "iptal" with nothing in the making: which of the open tickets? `number`: the one that was named, if theirs."""
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active][:5]
    mine = [t for t in mine if t.number == number] or mine
    buttons = [Button(f"İptal et: {t.short}", f"cancel_mine:{t.id}") for t in mine]
    turn.say(
        turn.address,
        "cancel_which" if mine else "nothing_to_cancel",
        buttons=buttons,
        slot=CANCEL_WHICH,
        fresh=True,
        tickets=mine,
    )


def cancel_command(turn: Turn, _words: str, _answered: object) -> None:
    if turn.dialog.draft is not None and turn.dialog.draft.phase is not Phase.WORKED:
        drop_draft(turn, turn.dialog.draft)
    else:
        offer_cancel(turn)


def cancel_mine(turn: Turn, ticket: Ticket) -> None:
    """İptal et, under one's own ticket."""
    if closing.withdraw(turn, ticket) is Effect.NONE:
        return
    turn.uow.messages.disable_buttons(turn.address, CANCEL_WHICH)
    turn.uow.messages.disable_buttons(turn.address, f"shown:{ticket.id}")
    turn.say(turn.address, "cancelled_mine", ticket=ticket)
