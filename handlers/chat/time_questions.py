"""What is asked in one tap about a ticket's time: when to look at a wait again, and why it was late."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.terms import LATE_REASONS
from handlers.tickets import follow_ups, lateness, timing


def follow_up_buttons(ticket: Ticket) -> list[Button]:
    """Of working days."""
    choices = (("Yarın", 1), ("2 gün", 2), ("1 hafta", 5))
    return [Button(label, f"look_again:{ticket.id}:{days}") for label, days in choices]


def look_again(turn: Turn, ticket: Ticket, days: str) -> None:
    done = follow_ups.set_day(turn, ticket, follow_ups.in_working_days(turn, ticket, int(days)))
    if done is not Effect.NONE:
        tell_day(turn, ticket)


def tell_day(turn: Turn, ticket: Ticket) -> None:
    """Where this turn has set one."""
    known = follow_ups.of(turn, ticket)
    said = None if known is None or not known.postponed else timing.history_of(turn, ticket)[known.line - 1]
    if known is not None and said is not None and (said.at, said.who) == (turn.now, turn.person.id):
        turn.receipt(Effect.CHANGED, "follow_up_set", ticket=ticket, day=known.day)


def ask_why_late(turn: Turn, ticket: Ticket) -> None:
    """Once it is done; whoever does not answer is not asked again."""
    if not timing.is_late(turn, ticket):
        return
    buttons = [Button(label, f"late_because:{ticket.id}:{code}") for code, label in LATE_REASONS.items()]
    turn.say(turn.address, "late_why", buttons=buttons, slot=_slot(ticket), fresh=True, ticket=ticket, rings=False)


def late_because(turn: Turn, ticket: Ticket, code: str) -> None:
    done = lateness.explain(turn, ticket, code)
    if done is not Effect.NONE:
        turn.receipt(done, "late_noted", slot=_slot(ticket), ticket=ticket, late_reason=LATE_REASONS[code])


def _slot(ticket: Ticket) -> str:
    return f"late:{ticket.id}"
