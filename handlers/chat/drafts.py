"""The message that carries a report in the making: what it becomes once the report is over.

It said "Henüz kayıt açılmadı"; that must not stand there when a ticket is open.
"""

from __future__ import annotations

from typing import Literal

from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.ticket import Ticket

Outcome = Literal["opened", "opened_both", "worked", "added", "joined", "dropped", "not_ours", "over"]


def close(
    turn: Turn, draft: Draft, outcome: Outcome, ticket: Ticket | None = None, other: Ticket | None = None
) -> None:
    """The suggestion shrinks to one line without buttons; so does the reminder of it."""
    if draft.phase.is_shown:
        one = draft.category if other is None else None
        turn.say(
            turn.address,
            "draft_closed",
            slot=draft.slot,
            ticket=ticket,
            rings=False,
            outcome=outcome,
            title=turn.desk.title(one) if one else "Bildiriminiz",
            other=other,
        )
    if draft.reminded:
        turn.uow.messages.disable_buttons(turn.address, reminder_slot(draft))
    if draft.phase is Phase.WORKED:
        turn.uow.messages.disable_buttons(turn.address, worked_slot(draft))


def is_shown(turn: Turn, draft: Draft) -> bool:
    """Whether they had the answer to it before them when they wrote."""
    return turn.uow.messages.shown(turn.address, draft.slot, turn.now) is not None


def reminder_slot(draft: Draft) -> str:
    return f"{draft.slot}:reminder"


def worked_slot(draft: Draft) -> str:
    return f"{draft.slot}:worked"
