"""What reporter and technician write to each other on a ticket, in chat."""

from __future__ import annotations

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import Entry, Ticket
from handlers.messages import Button
from handlers.tickets import correspondence, merges, notifications
from knowledge import Intent


def write_to(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, key: str | None = None) -> None:
    """Whoever it concerns writes to it; after its end the receipt offers to reopen it, while that can be done.

    `key`: of the event that brought the words, where it was an earlier one.
    """
    written = correspondence.write_to_desk(turn, ticket, text, files, key=key)
    turn.dialog.last_ticket = ticket.id
    living = merges.survivor(turn.uow, ticket)
    ended = not living.state.active
    buttons = [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")] if ended and living.may_reopen(turn.now) else []
    turn.receipt(
        written,
        "reply_kept",
        buttons=buttons,
        slot=f"ended:{ticket.id}" if buttons else None,
        fresh=True,
        ticket=ticket,
        number=living.number,
        ended=ended,
        reopens=bool(buttons),
        count=len(files),
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
    to = correspondence.whose_words(turn, slot)
    written = correspondence.reply_to_reporter(turn, ticket, text, files, to=to)
    _sent(turn, ticket, written, notifications.whom_it_concerns(turn, ticket, to))


def _sent(
    turn: Turn, ticket: Ticket, written: Entry | Effect, to: notifications.Concerned, slot: str | None = None
) -> None:
    """`slot`: of the receipt that this one replaces."""
    reach = notifications.reach(turn, to)
    told = reach is notifications.Reach.TOLD
    turn.receipt(written, "sent_to_reporter" if told else "reporter_untold", ticket=ticket, slot=slot, reach=reach)


def note(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, offer_sending: bool = False) -> None:
    """İç not."""
    entry = correspondence.add_note(turn, ticket, text, files)
    buttons = [Button("Personele gönder", f"to_reporter:{ticket.id}:{entry.id}")] if offer_sending and text else []
    turn.receipt(entry, "noted", buttons=buttons, slot=f"note:{entry.id}", ticket=ticket)


def send_note(turn: Turn, ticket: Ticket, note: int) -> None:
    """Personele gönder."""
    sent = correspondence.send_note_to_reporter(turn, note)
    if sent is Effect.CHANGED:
        _sent(turn, ticket, sent, notifications.reporter_of(ticket), slot=f"note:{note}")
