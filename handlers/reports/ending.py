"""What ends within thirty days: a line of the morning for lead and director (bylaw 10/22, 7/17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.domain.people import UnitId
from handlers.domain.terms import TICKET_AT, Term, TermState
from handlers.ports import TermsWanted, UnitOfWork

_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingSoon:
    number: int
    nearest: Term


def ending_soon(uow: UnitOfWork, today: date, unit: UnitId | None = None) -> EndingSoon | None:
    """Of that unit, of all where none is named; None: nothing ends."""
    in_force = frozenset({TermState.IN_FORCE})
    found = uow.terms.wanted(TermsWanted(states=in_force, ends_by=today + timedelta(days=TICKET_AT)), limit=_MOST)
    own = [one for one in found if unit in (None, one.unit)]
    return EndingSoon(number=len(own), nearest=own[0]) if own else None
