"""Süreli kayıtlar (bylaw 10/22, 7/17): whatever ends on a day: a warranty, a contract, a licence, a line, a
certificate, a domain, an e-imza.

It is told at its steps before the end and on the day, each once; a changed end begins anew. That it ended is told once,
and then it is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import EVER, Number, Series
from handlers.domain.officers import Office
from handlers.domain.people import PersonId, UnitId
from handlers.domain.places import PlaceId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId

TermId = NewType("TermId", int)
DEFAULT_STEPS = (90, 60, 30, 7, 1)
"""Days before the end."""
MOST_STEPS = 10
FARTHEST_STEP = 730
ON_THE_DAY = 0
TICKET_AT = 30
"""So many days before the end a ticket opens by itself: somebody then holds it."""
TAKEN_BACK_WITHIN = timedelta(days=7)
"""A renewal or a Vazgeç that was a slip."""
OF_TERM = "term:"
"""How the draft of its ticket begins: `term:17:2026-12-28`."""


class TermKind(StrEnum):
    WARRANTY = "warranty"
    CONTRACT = "contract"
    LICENCE = "licence"
    LINE = "line"
    """A remote unit's line, or any other subscription."""
    CERTIFICATE = "certificate"
    DOMAIN = "domain"
    SIGNATURE = "signature"
    """An e-imza or mühür: of a person their name and the end, nothing else."""
    CREDITS = "credits"
    SUPPORT_END = "support_end"


class TermState(StrEnum):
    IN_FORCE = "in_force"
    RENEWED = "renewed"
    """Another goes on from it."""
    ENDED = "ended"
    DROPPED = "dropped"
    """Vazgeçildi: the house lets it go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What whoever tells a provider of a fault is asked for (bylaw 7/17)."""

    number: str = ""
    service_no: str = ""
    speed: str = ""
    fault_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRead:
    """How the last reading of a certificate of the house went."""

    at: datetime
    failing_since: date | None = None
    """None: it was read."""
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    number: Number
    kind: TermKind
    name: str
    """`masa.defne.bel.tr`, `Fatma Ş.`."""
    unit: UnitId
    """Whose leads hear of it, and whose ticket opens."""
    ends: date | None = None
    """A day, never a length; None: süresiz."""
    starts: date | None = None
    vendor: VendorId | None = None
    contract_no: str = ""
    steps: tuple[int, ...] = DEFAULT_STEPS
    office: Office | None = None
    """Whose holder hears of it, too."""
    devices: tuple[DeviceId, ...] = ()
    place: PlaceId | None = None
    place_text: str = ""
    """Where it is, as it was written, where that means no place of the list: "Yeşilköy Kütüphanesi"."""
    line: Line = field(default_factory=Line)
    cost: str = ""
    """A note."""
    note: str = ""
    host: str = ""
    """`ebelediye.defne.bel.tr:443`, where its certificate is read from; empty: nobody reads it."""
    read: CertificateRead | None = None
    state: TermState = TermState.IN_FORCE
    successor: TermId | None = None
    """Of `RENEWED` alone."""
    told: Mapping[int, date] = field(default_factory=dict)
    """When each step was, of the end as it is now."""
    ticket: TicketId | None = None
    """That opened for the end as it is now."""
    changed_state_at: datetime | None = None
    recorded_at: datetime
    recorded_by: PersonId | None = None
    """None: the desk itself, by the house's settings."""
    version: int = 0
    id: TermId = TermId(0)

    def days_left(self, today: date) -> int | None:
        """Below 0: it ended; None: it has no end."""
        return None if self.ends is None else (self.ends - today).days

    def has_ended(self, today: date) -> bool:
        return self.ends is not None and self.ends < today

    def step_due(self, today: date) -> int | None:
        """The nearest step that has come and was not told; None: there is none, or it is over."""
        left = self.days_left(today)
        if self.state is not TermState.IN_FORCE or left is None or left < 0:
            return None
        come = [step for step in self._all_steps if step >= left]
        nearest = min(come, default=None)
        return nearest if nearest is not None and nearest not in self.told else None

    def with_told(self, step: int, today: date) -> Term:
        """That step was told; those that passed before it are told no more."""
        passed = {one: today for one in self._all_steps if one >= step and one not in self.told}
        return replace(self, told={**self.told, **passed})

    def with_passed(self, today: date) -> Term:
        """Of one that is written down late: what would have been told before today is not told now."""
        left = self.days_left(today)
        if left is None or left < 0:
            return self
        return replace(self, told={one: today for one in self._all_steps if one > left})

    def needs_ticket(self, today: date) -> bool:
        left = self.days_left(today)
        in_force = self.state is TermState.IN_FORCE and self.ticket is None
        return in_force and left is not None and 0 <= left <= TICKET_AT

    @property
    def next_day(self) -> date | None:
        """On which the clock has to look at it again; None: never."""
        if self.state is not TermState.IN_FORCE or self.ends is None:
            return None
        waiting = [self.ends - timedelta(days=one) for one in self._all_steps if one not in self.told]
        if self.ticket is None:
            waiting.append(self.ends - timedelta(days=TICKET_AT))
        return min(waiting, default=self.ends + timedelta(days=1))

    @property
    def _all_steps(self) -> tuple[int, ...]:
        return (*self.steps, ON_THE_DAY)


def number_of(place: int) -> Number:
    """`SK-00017`."""
    return Number(Series.TERM, EVER, place)


def moved(term: Term, ends: date | None, today: date) -> Term:
    """With another end: what is still to come is told anew, and what had ended is in force again."""
    if ends == term.ends:
        return term
    revived = term.state is TermState.ENDED and (ends is None or ends >= today)
    state = TermState.IN_FORCE if revived else term.state
    return replace(term, ends=ends, told={}, ticket=None, state=state).with_passed(today)


def require_order(starts: date | None, ends: date | None) -> None:
    """Raises Invalid(`term_reversed`)."""
    if starts is not None and ends is not None and ends < starts:
        raise Invalid("term_reversed", ends=ends)


def require_later(term: Term, ends: date) -> None:
    """Raises Invalid(`term_same_end`, `term_not_later`) for a renewal that ends with what it renews, or before it."""
    if ends == term.ends:
        raise Invalid("term_same_end", ends=ends)
    if term.ends is not None and ends < term.ends:
        raise Invalid("term_not_later", ends=ends, before=term.ends)


def require_steps(steps: tuple[int, ...]) -> None:
    """Raises Invalid(`term_steps`)."""
    if not 0 < len(steps) <= MOST_STEPS or any(not 1 <= one <= FARTHEST_STEP for one in steps):
        raise Invalid("term_steps", most=FARTHEST_STEP)
