"""The message that carries a report in the making: what it becomes once the report is over.

It said "Henüz kayıt açılmadı"; that must not stand there when a ticket is open.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.ticket import Ticket

DRAFT_LIVES = timedelta(hours=2)
"""A report that nobody pressed on for so long is over; what is written next is another one."""
Outcome = Literal["opened", "opened_both", "worked", "added", "joined", "dropped", "not_ours", "over"]


def keep(turn: Turn, text: str, files: tuple[str, ...]) -> Draft:
    """Add to the report in the making, or begin one."""
    draft = turn.dialog.draft
    if draft is None or draft.phase is Phase.WORKED or turn.now - draft.changed_at > DRAFT_LIVES:
        if draft is not None:
            close(turn, draft, "over")
        draft = Draft(id=turn.desk.randomness.token()[:16], started_at=turn.now, changed_at=turn.now)
        turn.dialog.draft = draft
    return add(turn, draft, text, files)


def add(turn: Turn, draft: Draft, text: str, files: tuple[str, ...]) -> Draft:
    if text:
        draft.texts.append(text)
        draft.keys.append(turn.event_key)
    draft.files.extend(files)
    draft.changed_at = turn.now
    return draft


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
