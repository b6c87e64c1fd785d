"""What is asked in one tap about a ticket's time: when to look at a wait again, and why it was late."""

from __future__ import annotations

from datetime import date

from handlers import dates
from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid, WrongState
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.spoken_time import day_name
from handlers.terms import LATE_REASONS
from handlers.tickets import follow_ups, lateness, notifications, promises, timing

_DAYS = (("Yarın", 1), ("2 gün", 2), ("1 hafta", 5))
"""Working days from today."""


def follow_up_buttons(ticket: Ticket) -> list[Button]:
    return [Button(label, f"look_again:{ticket.id}:{days}") for label, days in _DAYS]


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


# --- söz ver, yardım iste -------------------------------------------------------------------------
def ask_promise(turn: Turn, ticket: Ticket) -> None:
    """Söz ver: by which day?"""
    require(turn.person, Action.PROMISE, ticket)
    if not ticket.state.active or ticket.holder is None:
        raise WrongState(ticket.number, ticket.state, "promise")
    days = {promises.in_working_days(turn, ticket, days): label for label, days in _DAYS}
    buttons = [Button(label, f"promise_on:{ticket.id}:{day.isoformat()}") for day, label in days.items()]
    prompts.ask(turn, ticket, Expect.PROMISE, "prompt_promise", buttons=buttons)


def promise_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """The day, typed. Raises Invalid where none is said, and goes on waiting for one."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    today = turn.working_time(ticket.unit).local_date(turn.now)
    promise_on(turn, ticket, dates.read(text, today).days[0].isoformat())


def promise_on(turn: Turn, ticket: Ticket, day: str) -> None:
    """A day on which nobody works is answered with the next that is worked, one tap away."""
    meant = date.fromisoformat(day)
    try:
        done = promises.give(turn, ticket, meant)
    except Invalid as refusal:
        instead = refusal.data.get("instead")
        if not isinstance(instead, date):
            raise
        turn.say(
            turn.address,
            "errors/promise_off",
            buttons=[Button(f"Evet, {day_name(instead)}", f"promise_on:{ticket.id}:{instead.isoformat()}")],
            slot=prompts.slot(turn, ticket),
            fresh=True,
            ticket=ticket,
            day=meant,
            instead=instead,
        )
        return
    if done is Effect.NONE:
        prompts.cancel_prompt(turn)
        return
    slot, reach = prompts.answered(turn, ticket), notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(done, "promised", ticket=ticket, slot=slot, day=meant, reach=reach)


def ask_for_help(turn: Turn, ticket: Ticket) -> None:
    done = promises.ask_for_help(turn, ticket)
    if done is not Effect.NONE:
        turn.receipt(done, "help_asked", ticket=ticket)


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
