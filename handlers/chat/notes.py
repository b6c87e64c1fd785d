"""`/not`: an internal note, under a card as a reply or with the ticket's number."""

from __future__ import annotations

from handlers.chat import ticket_replies
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.messages import PostedMessage
from handlers.tickets import numbers


def note_command(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/not 123 metin`, or `/not metin` as a reply. Always internal."""
    ticket, text = _target(turn, words, answered)
    require(turn.person, Action.NOTE, ticket)
    turn.speak_of(ticket)
    if not (text or turn.files):
        raise Invalid("empty_note")
    ticket_replies.note(turn, ticket, text, turn.files)


def _target(turn: Turn, words: str, answered: PostedMessage | None) -> tuple[Ticket, str]:
    if answered is not None and answered.ticket is not None:
        return turn.uow.tickets.get(answered.ticket), words
    first, *rest = words.split(None, 1) or [""]
    number = parse(first.rstrip(":"))
    if number is None:
        raise Invalid("note_needs_number")
    return numbers.find(turn, number, Action.NOTE), "".join(rest).strip()
