"""`/ilgili` and `/ayir`: tickets that have to do with each other, and another matter in somebody's words."""

from __future__ import annotations

import re

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.messages import PostedMessage
from handlers.tickets import entries, linking, numbers, parts
from knowledge.language.folding import folded

_TAKEN_BACK = re.compile(r"(?:degil|sil|kaldir|cikar)")


def relate(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/ilgili 118 151`; under a card `/ilgili 151`; with "değil" behind it is taken back.

    Raises Invalid(`which_two`), and as `linking.relate`.
    """
    said = words.split()
    back = bool(said) and _TAKEN_BACK.fullmatch(folded(said[-1])) is not None
    tickets = [_named(turn, word) for word in (said[:-1] if back else said)]
    if answered is not None and answered.ticket is not None and len(tickets) == 1:
        tickets.insert(0, turn.uow.tickets.get(answered.ticket))
    if len(tickets) != 2:
        raise Invalid("which_two")
    ticket, other = tickets
    turn.speak_of(ticket)
    done = linking.unrelate(turn, ticket, other) if back else linking.relate(turn, ticket, other)
    if done is Effect.NONE:
        turn.say(turn.address, "linked_already", ticket=ticket, other=other, back=back)
    else:
        turn.receipt(done, "linked", ticket=ticket, other=other, back=back)


def part(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/altis 118 151 152`: the others become parts of the first; under its card `/altis 151 152`. With "çıkar" behind
    it they are parts of nothing any more.

    Raises Invalid(`which_parts`), and as `parts.put_under`.
    """
    said = words.split()
    back = bool(said) and _TAKEN_BACK.fullmatch(folded(said[-1])) is not None
    if any(parse(word.strip(",;")) is None for word in (said[:-1] if back else said)):
        raise Invalid("which_parts")
    tickets = [_named(turn, word) for word in (said[:-1] if back else said)]
    if answered is not None and answered.ticket is not None:
        tickets.insert(0, turn.uow.tickets.get(answered.ticket))
    if len(tickets) < 2:
        raise Invalid("which_parts")
    whole, *others = tickets
    turn.speak_of(whole)
    change = parts.take_out if back else parts.put_under
    done = [change(turn, other, whole) for other in others]
    if Effect.CHANGED not in done:
        turn.say(turn.address, "parts_already", ticket=whole, back=back)
        return
    turn.receipt(Effect.CHANGED, "parts_changed", ticket=whole, pieces=parts.of(turn, whole), whole=None, related=())


def _named(turn: Turn, word: str) -> Ticket:
    number = parse(word.strip(",;"))
    if number is None:
        raise Invalid("which_two")
    return numbers.find(turn, number, Action.NOTE)


def split(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/ayir`, or `/ayir konu`, as a reply to what a reporter wrote; to a card, or as `/ayir 118 konu`, of
    what they wrote last.

    Raises Invalid(`split_what`), and as `linking.split`.
    """
    ticket, words = _meant(turn, words, answered)
    turn.speak_of(ticket)
    said = entries.of_slot(turn, answered.slot if answered is not None else None)
    if said is not None and said.author != ticket.reporter:
        raise Invalid("split_what")
    new = linking.split(turn, ticket, said.text if said is not None else linking.newest_words(turn, ticket), words)
    title = turn.desk.subject(new)
    turn.receipt(Effect.CHANGED, "split_receipt", ticket=new, other=ticket, title=title)


def _meant(turn: Turn, words: str, answered: PostedMessage | None) -> tuple[Ticket, str]:
    if answered is not None and answered.ticket is not None:
        return turn.uow.tickets.get(answered.ticket), words
    first, _, rest = words.strip().partition(" ")
    if parse(first) is None:
        raise Invalid("split_what")
    return _named(turn, first), rest.strip()
