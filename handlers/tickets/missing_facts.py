"""What a category needs and the report did not say, told afterwards by its reporter."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Acting
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.tickets import cards, copies, correspondence, device_links, entries, placing, siblings
from knowledge.language.folding import one_line

MAX_FACT_LETTERS = 200
"""Characters of one fact, as the card shows it."""
OF_BOTH = frozenset({"oda", "dahili"})
"""Where somebody sits is so for both tickets of one message."""


def complete(acting: Acting, ticket: Ticket, fact: str, text: str, files: tuple[str, ...] = ()) -> Entry | None:
    """`fact`: a name that `Ticket.facts` has. A photo may tell it without a word.

    The entry keeps all of it; None: the ticket has ended, and nothing was kept.
    """
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    if not ticket.state.active:
        return None
    entry = entries.write(acting, ticket, EntryKind.FACT, text, files)
    if text:
        ticket.facts[fact] = as_fact(text)
    ticket.files += files
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    ticket.log(Change.COMPLETED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=fact)
    acting.uow.tickets.save(ticket)
    placing.place(acting, ticket)
    device_links.recognise(acting, ticket)
    device_links.heard(acting, ticket, text)
    if files or len(text) > MAX_FACT_LETTERS:  # the card counts files and cuts words: they come beside it
        copies.to_workers(acting, ticket, entry, rings=ticket.holder is not None)
    cards.refresh(acting, ticket)  # after the files: where they stand under the card, it does not bring them again
    _complete_sibling(acting, ticket, fact)
    return entry


def put_right(acting: Acting, ticket: Ticket, told: Mapping[str, str], text: str) -> Entry:
    """What they told before falls on the card; their words reach those who work on it, who may have read the wrong one.

    `told`: the facts, as they are right.
    """
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    for fact, value in told.items():
        ticket.facts[fact] = as_fact(value)
        ticket.log(Change.COMPLETED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=fact)
    placing.place(acting, ticket)
    device_links.recognise(acting, ticket)
    return correspondence.write_to_desk(acting, ticket, text)


def as_fact(text: str) -> str:
    """As the card shows it."""
    return one_line(text)[:MAX_FACT_LETTERS]


def _complete_sibling(acting: Acting, ticket: Ticket, fact: str) -> None:
    other, told = siblings.beside(acting.uow, ticket), ticket.facts.get(fact)
    if other is None or not told or fact not in OF_BOTH or other.facts.get(fact) or not other.state.active:
        return
    if siblings.is_kept_from(acting.uow, other):
        return  # in whatever words it was told, they stay with the security matter
    other.facts[fact] = told
    other.log(Change.COMPLETED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=fact)
    acting.uow.tickets.save(other)
    placing.place(acting, other)
    cards.refresh(acting, other)
