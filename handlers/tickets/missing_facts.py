"""What a category needs and the report did not say, told afterwards by its reporter."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, siblings
from knowledge.language.folding import one_line

MAX_FACT_LETTERS = 200
"""Characters of one fact, as the card shows it."""
OF_BOTH = frozenset({"oda", "dahili"})
"""Where somebody sits is so for both tickets of one message."""


def complete(acting: Acting, ticket: Ticket, fact: str, text: str, files: tuple[str, ...] = ()) -> Effect:
    """`fact`: a name that `Ticket.facts` has. A photo may tell it without a word. Nothing once the ticket has ended."""
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    if not ticket.state.active:
        return Effect.NONE
    if text:
        ticket.facts[fact] = one_line(text)[:MAX_FACT_LETTERS]
    ticket.files += files
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    ticket.log(Change.COMPLETED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=fact)
    acting.uow.tickets.save(ticket)
    if files:
        _bring_files(acting, ticket, text, files)
    cards.refresh(acting, ticket)  # after the files: where they stand under the card, it does not bring them again
    _complete_sibling(acting, ticket, fact)
    return Effect.CHANGED


def _bring_files(acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """The card counts them; where it is edited in place, they have to come in a message of their own."""
    holder = acting.uow.people.get(ticket.holder) if ticket.holder else None
    cards.tell_workers(
        acting,
        ticket,
        "work_reply",
        author=acting.person,
        text=text,
        files=files,
        holder=holder,
        count=len(files),
        rings=holder is not None,
    )


def _complete_sibling(acting: Acting, ticket: Ticket, fact: str) -> None:
    other, told = siblings.beside(acting.uow, ticket), ticket.facts.get(fact)
    if other is None or not told or fact not in OF_BOTH or other.facts.get(fact) or not other.state.active:
        return
    other.facts[fact] = told
    other.log(Change.COMPLETED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=fact)
    acting.uow.tickets.save(other)
    cards.refresh(acting, other)
