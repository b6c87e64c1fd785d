"""Which units have nobody who could take a ticket up, for whoever reads their lists or sets up the house."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting
from handlers.domain.people import UnitId
from handlers.domain.ticket_filter import TicketFilter
from handlers.queries.ticket_lists import TicketLine
from handlers.tickets import empty_units


def look(acting: Acting) -> Sequence[str]:
    """Their names, in the order of the catalogue."""
    return [acting.desk.unit_title(unit) for unit in _found(acting)]


def shown_in(acting: Acting, wanted: TicketFilter, lines: Sequence[TicketLine]) -> Sequence[str]:
    """Names of those that a list asks for, or of which it shows a ticket to somebody who may see it."""
    meant = {*wanted.units, *(one.ticket.unit for one in lines)}
    return [acting.desk.unit_title(unit) for unit in _found(acting) if unit in meant]


def _found(acting: Acting) -> Sequence[UnitId]:
    return empty_units.without_workers(acting.uow, acting.desk.units)
