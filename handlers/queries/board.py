"""The board: tickets in the columns of their way, each no longer than a screen holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.context import Acting
from handlers.domain.page_changes import PageAction
from handlers.domain.people import Person, UnitId
from handlers.domain.states import ACTIVE, WAITS, State
from handlers.domain.ticket_filter import Order, TicketFilter
from handlers.ports import Wanted
from handlers.queries.ticket_lists import MOST_COUNTED, TicketLine, lines, meant
from handlers.tickets import bulk_changes, page_changes

MOST_CARDS = 50
FINISHED_WITHIN = timedelta(days=7)
_MOVES = (PageAction.CLAIM, PageAction.RELEASE, PageAction.WAIT, PageAction.RESUME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    line: TicketLine
    moves: Sequence[PageAction]
    """Where it may be moved from here, by whoever looks."""
    resolves: bool
    """They may complete it, with words: on its own page."""
    assigns: bool
    """They may give it to somebody: there, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    state: State
    """Of a wait, which; OPEN, CLAIMED and RESOLVED for the others."""
    cards: Sequence[Card]
    total: int
    """At most `MOST_COUNTED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    columns: Sequence[Column]
    waits: Sequence[Column]
    """Under one head: a column for each reason there is."""
    held: Sequence[tuple[Person, int]]
    """How many each has in their hands, the most first."""


def board(acting: Acting, units: tuple[UnitId, ...]) -> Board:
    """Of these units among what they may read; of all where none is named."""
    wanted = meant(acting, TicketFilter(units=units))
    waits = [_column(acting, wanted, state, Order.OLDEST) for state in sorted(WAITS)]
    return Board(
        columns=[
            _column(acting, wanted, State.OPEN, Order.URGENCY),
            _column(acting, wanted, State.CLAIMED, Order.DUE),
            _finished(acting, wanted),
        ],
        waits=[one for one in waits if one.total],
        held=_held(acting, wanted),
    )


def _column(acting: Acting, wanted: Wanted, state: State, order: Order) -> Column:
    return _filled(acting, replace(wanted, states=frozenset({state})), state, order)


def _finished(acting: Acting, wanted: Wanted) -> Column:
    states = frozenset({State.RESOLVED, State.CLOSED})
    lately = replace(wanted, states=states, finished_after=acting.now - FINISHED_WITHIN)
    return _filled(acting, lately, State.RESOLVED, Order.NEWEST)


def _filled(acting: Acting, wanted: Wanted, state: State, order: Order) -> Column:
    lists = acting.uow.ticket_lists
    return Column(
        state=state,
        cards=[_card(acting, one) for one in lines(acting, lists.page(wanted, order, limit=MOST_CARDS))],
        total=lists.count(wanted, MOST_COUNTED),
    )


def _card(acting: Acting, of: TicketLine) -> Card:
    offered = page_changes.offered(acting, of.ticket)
    return Card(
        line=of,
        moves=[one for one in _MOVES if one in offered and one in bulk_changes.BULK],
        resolves=PageAction.RESOLVE in offered,
        assigns=PageAction.ASSIGN in offered and of.ticket.holder is None,
    )


def _held(acting: Acting, wanted: Wanted) -> Sequence[tuple[Person, int]]:
    counted = acting.uow.ticket_lists.held(replace(wanted, states=ACTIVE))
    people = [(acting.uow.people.get(one), number) for one, number in counted.items()]
    return sorted(people, key=lambda one: (-one[1], one[0].name))
