"""Lists: my tickets, my work, the unit's queue, and looking something up."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import ticket_view
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket, TicketId
from handlers.messages import Button, PostedMessage
from handlers.people.access import private_address
from handlers.tickets import cards, reading

SHOWN = 10
MAX_SEARCH_LETTERS = 100


def status(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/durum`, `/durum 123`, or as a reply to a message about a ticket."""
    if not words and answered is not None and answered.ticket is not None:
        words = turn.uow.tickets.get(answered.ticket).number
    ticket_view.status(turn, words)


def mine(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """`/islerim`: the cards of what they hold, to be worked in private."""
    _cards(turn, "my_work", turn.uow.tickets.held_by(turn.person.id))


def queue(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """`/sira`: the cards that nobody holds, most urgent first."""
    unit = turn.person.unit
    if unit is None or not turn.person.works_in(unit):
        raise NotAllowed("queue", turn.person.handle)
    waiting = [t for t in turn.uow.tickets.queue(unit) if may(turn.person, Action.READ, t)]
    _cards(turn, "queue", waiting)


def _cards(turn: Turn, template: str, tickets: Sequence[Ticket]) -> None:
    if not turn.person.role.needs_unit:
        raise NotAllowed(template, turn.person.handle)
    to = turn.address
    if turn.in_room:
        account = next((a for a in turn.uow.people.accounts(turn.person.id) if a.channel == turn.channel), None)
        places = turn.uow.conversations.private_of(turn.person.id)
        own = [place.address for place in places if place.channel == turn.channel]
        to = own[0] if own else private_address(account) if account else turn.address
        turn.say(turn.address, "sent_in_private", person=turn.person, rings=False)
    turn.say(to, template, tickets=tickets, shown=SHOWN)
    for ticket in tickets[:SHOWN]:
        cards.show(turn, ticket, to, fresh=True)


def search(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/ara kelime`: literal words, in what this person may read."""
    words = words.strip()[:MAX_SEARCH_LETTERS]
    if not words:
        raise Invalid("empty_search")
    _search(turn, words, None)


def search_older(turn: Turn, before: str, words: str) -> None:
    """Daha eskilerde ara: the same words, below that ticket."""
    _search(turn, words, TicketId(int(before)))


def _search(turn: Turn, words: str, before: TicketId | None) -> None:
    found = reading.search(turn, words, limit=SHOWN, before=before)
    further = [] if found.older is None else [Button("Daha eskilerde ara", f"search_older:{found.older}:{words}")]
    turn.say(
        turn.address,
        "found",
        buttons=further,
        typed=words,
        tickets=found.tickets,
        older=bool(further),
        further=before is not None,
    )
