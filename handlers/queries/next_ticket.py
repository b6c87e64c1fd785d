"""The ticket that stands below another one in the list from which it was opened."""

from __future__ import annotations

from urllib.parse import parse_qsl

from handlers.context import Acting
from handlers.domain.ticket_filter import parse
from handlers.ports import SearchTooSlow
from handlers.queries.ticket_lists import meant, place_from, printed_place, vocabulary

MOST_LETTERS = 2_000
"""Of the address of a list."""


def next_ticket(acting: Acting, number: str, query: str, place: str) -> tuple[str, str] | None:
    """Its number, and its own place. `place`: where the one of that `number` stood, whatever became of it since; None:
    it was the last, the address is none of a list, or its words take too long."""
    if not place or len(query) > MOST_LETTERS:
        return None
    wanted, _ = parse(parse_qsl(query), vocabulary(acting))
    known = place_from(place, wanted.sorted_by)
    if known is None:
        return None
    after, before = known
    try:
        rows = acting.uow.ticket_lists.page(meant(acting, wanted), wanted.sorted_by, after=after, limit=2)
    except SearchTooSlow:
        return None  # the ticket is worth more than the way to the next one
    following = next((one for one in rows if one.ticket.number != number), None)
    return None if following is None else (following.ticket.number, printed_place(following.place, before + 1))
