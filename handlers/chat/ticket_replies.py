"""What reporter and technician write to each other on a ticket, in chat."""

from __future__ import annotations

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import correspondence, merges, notifications
from knowledge import Intent


def write_to(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Whoever it concerns writes to it; after its end the receipt offers to reopen it, while that can be done."""
    correspondence.write_to_desk(turn, ticket, text, files)
    turn.dialog.last_ticket = ticket.id
    living = merges.survivor(turn.uow, ticket)
    ended = not living.state.active
    buttons = [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")] if ended and living.may_reopen(turn.now) else []
    turn.say(
        turn.address,
        "reply_kept",
        buttons=buttons,
        slot=f"ended:{ticket.id}" if buttons else None,
        fresh=True,
        ticket=ticket,
        number=living.number,
        ended=ended,
        reopens=bool(buttons),
        count=len(files),
        rings=False,
    )


def reply_in_private(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], slot: str | None) -> None:
    """A reply to a message about a ticket, by whoever got it: somebody whom it concerns, or who works on it."""
    if ticket.concerns(turn.person.id) and (
        turn.person.id == ticket.reporter or not may(turn.person, Action.NOTE, ticket)
    ):
        _concerned_replies(turn, ticket, text, files)
    else:
        reply_as_worker(turn, ticket, text, files, slot)


def _concerned_replies(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Under "Tamamlandı" a yes or no is as good as the button."""
    living = merges.survivor(turn.uow, ticket)
    intent = turn.understand(text).intent if text and not files else Intent.report
    own = turn.person.id == living.reporter
    if living.state is State.RESOLVED and own and intent in (Intent.yes, Intent.thanks):
        ticket_closing.confirm(turn, living)
    elif not own and not living.state.active and intent in (Intent.yes, Intent.thanks):
        turn.say(turn.address, "you_are_welcome")
    elif living.state in (State.RESOLVED, State.CLOSED) and intent is Intent.no:
        ticket_closing.still_broken(turn, ticket)
    else:
        write_to(turn, ticket, text, files)


def reply_as_worker(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], slot: str | None = None) -> None:
    """Under a card only the holder's reply goes to the reporter, or to who wrote what stands in that slot; anybody
    else's stays internal."""
    living = merges.survivor(turn.uow, ticket)
    require(turn.person, Action.NOTE, living)
    if living.holder != turn.person.id:
        note(turn, ticket, text, files, offer_sending=True)
        return
    reach = correspondence.reply_to_reporter(turn, ticket, text, files, to=correspondence.whose_words(turn, slot))
    _sent(turn, ticket, reach)


def _sent(turn: Turn, ticket: Ticket, reach: notifications.Reach, slot: str | None = None) -> None:
    """`slot`: of the receipt that this one replaces."""
    template = "sent_to_reporter" if reach is notifications.Reach.TOLD else "reporter_untold"
    turn.say(turn.address, template, ticket=ticket, slot=slot, rings=False, reach=reach)


def note(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, offer_sending: bool = False) -> None:
    """İç not."""
    entry = correspondence.add_note(turn, ticket, text, files)
    buttons = [Button("Personele gönder", f"to_reporter:{ticket.id}:{entry.id}")] if offer_sending and text else []
    turn.say(turn.address, "noted", buttons=buttons, slot=f"note:{entry.id}", ticket=ticket, rings=False)


def send_note(turn: Turn, ticket: Ticket, note: int) -> None:
    """Personele gönder."""
    if correspondence.send_note_to_reporter(turn, note) is Effect.CHANGED:
        reach = notifications.reach(turn, notifications.reporter_of(ticket))
        _sent(turn, ticket, reach, slot=f"note:{note}")
