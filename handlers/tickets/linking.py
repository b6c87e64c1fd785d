"""İlgili: two tickets that have to do with each other. Ayır: another matter in somebody's words gets its own ticket."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid
from handlers.domain.links import related
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, device_links, opening, timing
from knowledge import Decision

_GOES_ALONG = ("oda", "dahili", "mudurluk")
"""What is told of where somebody sits."""
SPLIT = "split"
"""The `reason` of a link between a ticket and what was split off it."""


def relate(acting: Acting, ticket: Ticket, other: Ticket, *, reason: str | None = None) -> Effect:
    """Each says so of the other.

    Raises NotAllowed, NotFound for an `other` that they may not read, Invalid(`cannot_link`) for itself and for a
    security matter: that it has to do with something tells of it.
    """
    require(acting.person, Action.NOTE, ticket)
    require(acting.person, Action.READ, other)
    require_linkable(ticket, other)
    if other.number in related(timing.history_of(acting, ticket)):
        return Effect.NONE
    for one, another in ((ticket, other), (other, ticket)):
        _log(acting, one, Change.LINKED, after=another.number, reason=reason)
    return Effect.CHANGED


def require_linkable(ticket: Ticket, other: Ticket) -> None:
    """Raises Invalid(`cannot_link`)."""
    if ticket.id == other.id or ticket.restricted or other.restricted:
        raise Invalid("cannot_link", number=ticket.number, other=other)


def unrelate(acting: Acting, ticket: Ticket, other: Ticket) -> Effect:
    """Taken back, on both. Raises NotAllowed, NotFound."""
    require(acting.person, Action.NOTE, ticket)
    require(acting.person, Action.READ, other)
    if other.number not in related(timing.history_of(acting, ticket)):
        return Effect.NONE
    for one, another in ((ticket, other), (other, ticket)):
        _log(acting, one, Change.UNLINKED, before=another.number)
    return Effect.CHANGED


def newest_words(acting: Acting, ticket: Ticket) -> str:
    """What its reporter wrote to it last; where they wrote nothing more, the report."""
    written = [
        entry.text
        for entry in acting.uow.tickets.entries(ticket.id)
        if entry.kind is EntryKind.REPLY and entry.author == ticket.reporter and entry.text
    ]
    return written[-1] if written else ticket.text


def split(acting: Acting, ticket: Ticket, words: str, subject: str = "") -> Ticket:
    """A new ticket of the same reporter with these words of theirs; the words stay where they were, too: a record loses
    no lines. `subject`: what it is about, in words; else the words themselves tell it.

    Raises NotAllowed, Invalid(`nothing_to_split`, `cannot_link`).
    """
    require(acting.person, Action.NOTE, ticket)
    require_splittable(acting, ticket, words)
    category, near = _subject(acting, subject or words)
    new = opening.register(
        acting,
        opening.NewTicket(
            written=(opening.Written(words),),
            reporter=ticket.reporter,
            category=category,
            near=near or ticket.category,
            facts={name: ticket.facts[name] for name in _GOES_ALONG if name in ticket.facts},
            conversation=ticket.conversation,
            untold=ticket.untold,
            learns=False,
        ),
    )
    device_links.copy(acting, ticket, new)
    relate(acting, ticket, new, reason=SPLIT)  # before it is announced: nobody is asked whether the two are one
    opening.announce(acting, new)
    return new


def require_splittable(acting: Acting, ticket: Ticket, words: str) -> None:
    """Raises Invalid(`nothing_to_split`, `cannot_link`)."""
    if not words.strip():
        raise Invalid("nothing_to_split")
    if ticket.restricted or acting.desk.is_secret(words):
        raise Invalid("cannot_link", number=ticket.number, other=ticket)


def _subject(acting: Acting, words: str) -> tuple[str | None, str | None]:
    """The category where the words are plain, else the nearest."""
    reading = acting.desk.knowledge.read(words)
    nearest = reading.candidates[0].category if reading.candidates else None
    return (nearest, nearest) if reading.decision is Decision.suggest else (None, nearest)


def _log(
    acting: Acting,
    ticket: Ticket,
    what: Change,
    *,
    before: str | None = None,
    after: str | None = None,
    reason: str | None = None,
) -> None:
    person, channel = acting.person.id, acting.channel
    ticket.log(what, by=person, at=acting.now, channel=channel, before=before, after=after, reason=reason)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
