"""What reporter and technician write to each other on a ticket, in chat."""

from __future__ import annotations

from functools import partial

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import Entry, Ticket
from handlers.messages import Button
from handlers.tickets import closing, correspondence, merges, notifications
from handlers.tickets.closing import ended_slot, resolved_slot
from knowledge import Intent, Reading
from knowledge.language.quoting import is_quoted


def write_to(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, key: str | None = None) -> None:
    """Whoever it concerns writes to it. Where it counts as done its reporter is asked whether it works; after its end
    the receipt offers to reopen it, while that can be done.

    `key`: of the event that brought the words, where it was an earlier one.
    """
    written = correspondence.write_to_desk(turn, ticket, text, files, key=key)
    turn.dialog.last_ticket = ticket.id
    living = merges.survivor(turn.uow, ticket)
    if _may_confirm(turn, living):
        _ask_whether_it_works(turn, living, written)
        return
    ended = not living.state.active
    buttons = closing.answers(turn, ticket)[1:] if ended and living.may_reopen(turn.now) else ()
    turn.receipt(
        written,
        "reply_kept",
        buttons=buttons,
        slot=ended_slot(ticket) if buttons else None,
        fresh=True,
        ticket=ticket,
        number=living.number,
        ended=ended,
        reopens=bool(buttons),
        count=len(files),
    )


def _may_confirm(turn: Turn, living: Ticket) -> bool:
    return living.state is State.RESOLVED and turn.person.id == living.reporter


def _ask_whether_it_works(turn: Turn, ticket: Ticket, written: Entry | None = None) -> None:
    """`written`: what was kept on it just now."""
    say = partial(turn.receipt, written) if written is not None else partial(turn.say, turn.address)
    say(
        "works_now",
        buttons=closing.answers(turn, ticket),
        slot=ended_slot(ticket),
        fresh=True,
        ticket=ticket,
        title=turn.desk.subject(ticket),
        request=turn.desk.is_request(ticket.category),
        kept=written is not None,
        rings=False,
    )


def reply_in_private(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], slot: str | None) -> None:
    """A reply to a message about a ticket, by whoever got it: somebody whom it concerns, or who works on it."""
    if ticket.concerns(turn.person.id) and (
        turn.person.id == ticket.reporter or not may(turn.person, Action.NOTE, ticket)
    ):
        _concerned_replies(turn, ticket, text, files, asked=slot in _slots_that_ask(turn, ticket))
    else:
        reply_as_worker(turn, ticket, text, files, slot)


def _slots_that_ask(turn: Turn, ticket: Ticket) -> list[str]:
    """Of the messages that carry "Evet, çalışıyor" and "Hâlâ bozuk"."""
    both = (ticket, merges.survivor(turn.uow, ticket))
    return [slot for t in both for slot in (resolved_slot(t), ended_slot(t), f"shown:{t.id}")]


def _concerned_replies(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, asked: bool) -> None:
    """Under "Tamamlandı" a yes or no is as good as the button."""
    living = merges.survivor(turn.uow, ticket)
    if not text or files or living.state.active or is_quoted(text):
        write_to(turn, ticket, text, files)
        return
    reading = turn.understand(text)
    glad = reading.explicit and reading.intent in (Intent.yes, Intent.thanks)
    if glad and turn.person.id != living.reporter:
        turn.say(turn.address, "you_are_welcome")
    elif not pressed_in_words(turn, ticket, reading, asked=asked):
        keep_and_ask(turn, ticket, reading, text)


def pressed_in_words(turn: Turn, ticket: Ticket, reading: Reading, *, asked: bool) -> bool:
    """ "evet çalışıyor", "hâlâ bozuk", where it is said in so many words. `asked`: whether that was the question."""
    if not reading.explicit or (reading.bare and not asked):
        return False
    living = merges.survivor(turn.uow, ticket)
    if reading.intent is Intent.yes and _may_confirm(turn, living):
        ticket_closing.confirm(turn, living)
    elif reading.intent is Intent.no and living.state in (State.RESOLVED, State.CLOSED):
        ticket_closing.still_broken(turn, ticket)
    else:
        return False
    return True


def keep_and_ask(turn: Turn, ticket: Ticket, reading: Reading, text: str) -> None:
    """What was written goes to the ticket, where it is more than a yes, a no or a thanks; whether it works is asked."""
    only_answers = reading.explicit and reading.intent in (Intent.yes, Intent.no, Intent.thanks)
    living = merges.survivor(turn.uow, ticket)
    if only_answers and _may_confirm(turn, living):
        _ask_whether_it_works(turn, living)
    else:
        write_to(turn, ticket, text, ())


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
