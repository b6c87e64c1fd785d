"""Open tickets that may be of the same fault: pointed out, never joined by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting, UseCaseContext
from handlers.domain.links import related
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import cards, timing
from knowledge.language import comparison
from knowledge.language.folding import folded

LOOKED_AT = 200
"""The newest of a subject among which one of the same room is looked for."""
MAX_CHARACTERS = 400
"""Of a report that are compared."""


def point_out(work: UseCaseContext, ticket: Ticket) -> None:
    """A line beside a new card: the same person or room reported nearly the same, and that ticket is open. Not one of
    which somebody said that it is another matter: what it was split off, or is bound to."""
    if ticket.restricted:
        return
    bound = related(timing.history_of(work, ticket))
    others = [other for other in _of_the_same(work, ticket) if other.number not in bound]
    near = nearest_first(ticket.text, others)
    if near:
        title = work.desk.subject(ticket)
        other = near[0]
        buttons = [
            Button(f"Birleştir: {other.short}", f"merge_same:{ticket.id}:{other.id}"),
            Button("Değil", f"not_same:{ticket.id}:{other.id}"),
        ]
        place = slot(ticket)
        cards.tell_workers(
            work, ticket, "work_similar", other=other, title=title, buttons=buttons, slot=place, rings=False
        )


def slot(ticket: Ticket) -> str:
    """Of the line that points out another."""
    return f"similar:{ticket.id}"


def deny(acting: Acting, ticket: Ticket, other: Ticket) -> None:
    """Değil: whoever works in the unit says so, and it stands where it was asked, in every room."""
    require(acting.person, Action.NOTE, ticket)
    title = acting.desk.subject(ticket)
    for place in acting.uow.messages.standing_in(slot(ticket)):
        who = acting.person
        acting.say(place, "not_same", slot=slot(ticket), ticket=ticket, rings=False, title=title, other=other, who=who)


def nearest_first(text: str, tickets: Sequence[Ticket]) -> list[Ticket]:
    """Those whose report is near enough to the text."""
    reports = [(ticket.id, ticket.text[:MAX_CHARACTERS]) for ticket in tickets]
    found = comparison.nearest(text[:MAX_CHARACTERS], reports, comparison.REPORTS)
    by_id = {ticket.id: ticket for ticket in tickets}
    return [by_id[ticket] for ticket in found]


def _of_the_same(work: UseCaseContext, ticket: Ticket) -> list[Ticket]:
    """Of the same subject, by the same person or from the same room."""
    others = {other.id: other for other in work.uow.tickets.open_of_reporter(ticket.reporter)}
    room = ticket.facts.get("oda", "")
    if room and ticket.category is not None:
        newest = work.uow.tickets.active_in(ticket.unit, ticket.category, limit=LOOKED_AT)
        others |= {other.id: other for other in newest if is_one_room(room, other.facts.get("oda", ""))}
    return [
        other
        for other in others.values()
        if other.id != ticket.id
        and other.state.active
        and not other.restricted
        and (other.unit, other.category) == (ticket.unit, ticket.category)
    ]


def is_one_room(one: str, other: str) -> bool:
    """ "312" is "3. kat 312"; "3. kat" is no room."""
    words, others = set(folded(one).split()), set(folded(other).split())
    numbers = {word for word in words & others if len(word) > 1 and word[0].isdigit() and not word.endswith(".")}
    return bool(numbers) and (words <= others or others <= words)
