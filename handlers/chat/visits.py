"""A visit, in chat: Yoldayım, Kapalıydı and Randevu of whoever holds a ticket, the times among which its reporter
chooses."""

from __future__ import annotations

from handlers.chat import prompts, ticket_replies
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.domain.visits import read_times, written_times
from handlers.messages import Button
from handlers.tickets import cards, deadlines, notifications, questions, visits

_MINUTES = (5, 20, 30)


def set_off(turn: Turn, ticket: Ticket, minutes: str) -> None:
    """Yoldayım; then with one tap how long it takes, where ten minutes are wrong."""
    needed = int(minutes or visits.USUAL_MINUTES)
    done = visits.set_off(turn, ticket, needed)
    if done is Effect.NONE:
        return
    prompts.answered(turn, ticket)
    others = [number for number in sorted((*_MINUTES, visits.USUAL_MINUTES)) if number != needed]
    reach = notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(
        done,
        "on_the_way",
        buttons=[*[Button(f"{n} dk", f"set_off:{ticket.id}:{n}") for n in others], _undo(ticket)],
        slot=prompts.slot(turn, ticket),
        fresh=not minutes,
        ticket=ticket,
        minutes=needed,
        reach=reach,
    )


def found_closed(turn: Turn, ticket: Ticket) -> None:
    """Kapalıydı."""
    if visits.found_closed(turn, ticket) is Effect.CHANGED:
        _ask(turn, ticket, "prompt_closed")


def offer(turn: Turn, ticket: Ticket) -> None:
    """Randevu; where times stand before the reporter already, one of them can be set here."""
    visits.offer(turn, ticket)
    _ask(turn, ticket, "prompt_visit")


def _ask(turn: Turn, ticket: Ticket, template: str) -> None:
    """Whoever reached the reporter by telephone sets the time here; a photo of the door is kept as a note."""
    times = visits.of(turn, ticket).offered
    buttons = visits.time_buttons(turn, ticket, times)
    prompts.ask(
        turn,
        ticket,
        Expect.VISIT,
        template,
        buttons=[*buttons, _undo(ticket), Button("Geç", f"prompt_skip:{ticket.id}")],
        times=[button.label for button in buttons],
        reach=notifications.reach(turn, notifications.reporter_of(ticket)),
    )


def _undo(ticket: Ticket) -> Button:
    return Button("Geri al", f"visit_undo:{ticket.id}")


def said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """A time is when they come; anything else is a note. Raises Invalid for a time at which nobody comes, and goes on
    waiting for one."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    at = None if files else deadlines.read_time(text, turn.now, turn.working_time(ticket.unit))
    if at is not None:
        agree(turn, ticket, written_times([at]))
        return
    prompts.cancel_prompt(turn)
    ticket_replies.note(turn, ticket, text, files)


def agree(turn: Turn, ticket: Ticket, at: str) -> None:
    """A time that was offered, or that the two agreed on by telephone."""
    times = read_times(at)
    if len(times) != 1:
        raise Invalid("visit_over")
    done = visits.agree(turn, ticket, times[0])
    if done is Effect.NONE or not may(turn.person, Action.VISIT, ticket):
        return
    slot = prompts.answered(turn, ticket) or prompts.slot(turn, ticket)
    reach = notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(
        done, "visit_agreed", ticket=ticket, slot=slot, time=visits.local_time(turn, ticket, times[0]), reach=reach
    )


def refuse(turn: Turn, ticket: Ticket) -> None:
    """Uymuyor: what they write next goes to whoever works on it."""
    if visits.refuse(turn, ticket) is Effect.NONE:
        return
    questions.worker_waits(turn, ticket, asked=visits.slot(ticket))
    holder = turn.uow.people.get(ticket.holder) if ticket.holder else None
    turn.say(turn.address, "visit_when", slot=visits.slot(ticket), fresh=True, ticket=ticket, holder=holder)


def withdraw(turn: Turn, ticket: Ticket) -> None:
    """Geri al."""
    done = visits.withdraw(turn, ticket)
    if done is Effect.NONE:
        cards.refresh(turn, ticket)
        return
    slot = prompts.answered(turn, ticket) or prompts.slot(turn, ticket)
    reach = notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(done, "visit_withdrawn", ticket=ticket, slot=slot, reach=reach)
