"""A report in the making: how it grows, and what the message that carries it becomes once it is over.

It said "Henüz kayıt açılmadı"; that must not stand there when a ticket is open.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.ticket import Ticket
from handlers.tickets import detection, photographed
from handlers.tickets.device_links import SCANNED
from knowledge import Reading
from knowledge.mail_text import own_words

DRAFT_LIVES = timedelta(hours=2)
"""A report that nobody pressed on for so long is over; what is written next is another one."""
Outcome = Literal[
    "opened", "opened_both", "worked", "by_itself", "added", "joined", "planned", "dropped", "not_ours", "over"
]


def keep(turn: Turn, text: str, files: tuple[str, ...]) -> Draft:
    """Add to the report in the making, or begin one."""
    draft = turn.dialog.draft
    if draft is None or draft.phase is Phase.WORKED or not _lives(turn, draft):
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
    if files and (device := photographed.device_in(turn.uow, files)) is not None:
        draft.facts[SCANNED] = str(device.number)
    draft.changed_at = turn.now
    return draft


def understand(turn: Turn, draft: Draft) -> Reading:
    """All that was written, read as one; of several messages only what each says, or the end of the first mail would
    take the next message with it."""
    return turn.understand(draft.text if len(draft.texts) < 2 else "\n".join(map(own_words, draft.texts)))


def is_sensitive(turn: Turn, draft: Draft) -> bool:
    """Whether it is of a security matter, wholly or by half, or may be."""
    near = draft.category or next(iter(draft.candidates), None)
    return any(map(turn.desk.is_restricted, (near, draft.second))) or turn.desk.is_secret(draft.text)


def live(turn: Turn) -> Draft | None:
    """The report in the making whose answer stands on the screen."""
    draft = turn.dialog.draft
    return draft if draft and draft.phase.is_answered and _lives(turn, draft) else None


def lately_worked(turn: Turn) -> Draft | None:
    """The report that the steps solved a while ago."""
    draft = turn.dialog.draft
    return draft if draft and draft.phase is Phase.WORKED and _lives(turn, draft) else None


def _lives(turn: Turn, draft: Draft) -> bool:
    return turn.now - draft.changed_at <= DRAFT_LIVES


def close(
    turn: Turn, draft: Draft, outcome: Outcome, ticket: Ticket | None = None, other: Ticket | None = None
) -> None:
    """The suggestion shrinks to one line without buttons; so does the reminder of it. Whoever waits for somebody now
    can still read the steps."""
    if draft.phase.is_shown:
        waits = outcome in ("opened", "opened_both", "added", "joined")
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
            article=turn.desk.article(draft.tried_article) if waits else None,
        )
    if outcome in ("worked", "dropped", "not_ours", "planned"):
        detection.came_to_nothing(turn, draft.id)
    turn.uow.messages.disable_buttons(turn.address, asked_slot(draft))
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


def asked_slot(draft: Draft) -> str:
    """Of the question whether the steps helped, put once more."""
    return f"{draft.slot}:asked"
