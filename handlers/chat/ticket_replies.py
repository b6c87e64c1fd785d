"""What reporter and technician write to each other on a ticket, in chat."""

from __future__ import annotations

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import correspondence, notifications
from knowledge import Intent


def write_to(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """The reporter writes to their ticket; after its end the receipt offers to reopen it."""
    correspondence.write_to_desk(turn, ticket, text, files)
    turn.dialog.last_ticket = ticket.id
    ended = not ticket.state.active
    buttons = [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")] if ended and ticket.may_reopen(turn.now) else []
    turn.say(
        turn.address,
        "reply_kept",
        buttons=buttons,
        slot=f"ended:{ticket.id}" if buttons else None,
        fresh=True,
        ticket=ticket,
        ended=ended,
        count=len(files),
        rings=False,
    )


def reply_in_private(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """A reply to a message about a ticket, by whoever got it: the reporter, or somebody who works on it."""
    if turn.person.id == ticket.reporter:
        _reporter_replies(turn, ticket, text, files)
    else:
        reply_as_worker(turn, ticket, text, files)


def _reporter_replies(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Under "Tamamlandı" a yes or no is as good as the button."""
    intent = turn.understand(text).intent if text and not files else Intent.report
    if ticket.state is State.RESOLVED and intent in (Intent.yes, Intent.thanks):
        ticket_closing.confirm(turn, ticket)
    elif ticket.state in (State.RESOLVED, State.CLOSED) and intent is Intent.no:
        ticket_closing.still_broken(turn, ticket)
    else:
        write_to(turn, ticket, text, files)


def reply_as_worker(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Under a card only the holder's reply goes to the reporter; anybody else's stays internal."""
    require(turn.person, Action.NOTE, ticket)
    if ticket.holder != turn.person.id:
        note(turn, ticket, text, files, offer_sending=True)
        return
    correspondence.reply_to_reporter(turn, ticket, text, files)
    _sent(turn, ticket)


def _sent(turn: Turn, ticket: Ticket, slot: str | None = None) -> None:
    """`slot`: of the receipt that this one replaces."""
    told = notifications.notifies_reporter(ticket)
    turn.say(turn.address, "sent_to_reporter" if told else "reporter_untold", ticket=ticket, slot=slot, rings=False)


def note(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, offer_sending: bool = False) -> None:
    """İç not."""
    entry = correspondence.add_note(turn, ticket, text, files)
    buttons = [Button("Personele gönder", f"to_reporter:{ticket.id}:{entry.id}")] if offer_sending and text else []
    turn.say(turn.address, "noted", buttons=buttons, slot=f"note:{entry.id}", ticket=ticket, rings=False)


def send_note(turn: Turn, ticket: Ticket, note: int) -> None:
    """Personele gönder."""
    if correspondence.send_note_to_reporter(turn, note) is Effect.CHANGED:
        _sent(turn, ticket, slot=f"note:{note}")
