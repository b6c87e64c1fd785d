"""What the pages of süreli kayıtlar and firmalar show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.contracts import access
from handlers.domain.devices import Device
from handlers.domain.errors import NotFound
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.term_rights import TermAction
from handlers.domain.terms import TAKEN_BACK_WITHIN, Term, TermId, TermState
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.vendors import Vendor, VendorId
from handlers.people.officers import today_of
from handlers.place_names import standing
from handlers.ports import TermsWanted

ROWS = 50
"""On one page."""
SOON_DAYS = 30
FAR_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    term: Term
    left: int | None
    """Days; None: it has no end."""
    vendor: str
    place: str
    ticket: str
    """Of the one that opened for it and is worked on; empty: none, or none that they may read."""
    failing_days: int | None
    """For how long its certificate could not be read; None: it could, or nobody reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPage:
    rows: Sequence[TermRow]
    number: int
    """Of all that were found."""
    any: bool
    """Whether there is any, whatever was looked for."""
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTerm:
    row: TermRow
    devices: Sequence[Device]
    before: Term | None
    """From which it goes on."""
    after: Term | None
    lines: Sequence[StoreEvent]
    """Of its history, the newest first."""
    people: Mapping[PersonId, Person]
    keeps: bool
    renews: bool
    comes_back: bool
    """What was done to it can be taken back yet."""
    vendors: Sequence[str]


def look(acting: Acting, wanted: TermsWanted, *, skip: int = 0, limit: int = ROWS) -> TermPage:
    """The next to end first. Raises NotAllowed."""
    access.require(acting, TermAction.SEE)
    found = acting.uow.terms.wanted(wanted, skip=skip, limit=limit)
    number = acting.uow.terms.count(wanted)
    return TermPage(
        rows=rows_of(acting, found),
        number=number,
        any=bool(number) or acting.uow.terms.count(TermsWanted()) > 0,
        keeps=access.may(acting, TermAction.KEEP),
    )


def ending(acting: Acting, days: int) -> Sequence[TermRow]:
    """In force, and over within so many days. Raises NotAllowed."""
    access.require(acting, TermAction.SEE)
    by = today_of(acting) + timedelta(days=days)
    wanted = TermsWanted(states=frozenset({TermState.IN_FORCE}), ends_by=by)
    return rows_of(acting, acting.uow.terms.wanted(wanted, limit=ROWS))


def one(acting: Acting, number: Number) -> OneTerm:
    """Raises NotAllowed, NotFound."""
    access.require(acting, TermAction.SEE)
    term = acting.uow.terms.numbered(number)
    if term is None:
        raise NotFound("term", number)
    lines = list(reversed(acting.uow.store_events.history(Stream.TERM, term.id)))
    done = term.changed_state_at
    back = term.state in (TermState.RENEWED, TermState.DROPPED) and done is not None
    keeps = access.may(acting, TermAction.KEEP)
    return OneTerm(
        row=rows_of(acting, [term])[0],
        devices=acting.uow.devices.several(set(term.devices)) if term.devices else [],
        before=_before(acting, lines),
        after=None if term.successor is None else acting.uow.terms.get(term.successor),
        lines=lines,
        people=acting.uow.people.of_ids({line.who for line in lines if line.who is not None}),
        keeps=keeps,
        renews=access.renews(acting, term) and term.state in (TermState.IN_FORCE, TermState.ENDED),
        comes_back=keeps and back and done is not None and acting.now - done <= TAKEN_BACK_WITHIN,
        vendors=[one.name for one in acting.uow.vendors.all() if one.active],
    )


def vendor_names(acting: Acting) -> Sequence[str]:
    return [one.name for one in acting.uow.vendors.all() if one.active]


def rows_of(acting: Acting, terms: Sequence[Term]) -> list[TermRow]:
    today, tickets = today_of(acting), _tickets(acting, terms)
    return [
        TermRow(
            term=term,
            left=term.days_left(today),
            vendor=acting.uow.vendors.get(term.vendor).name if term.vendor is not None else "",
            place=place_of(acting, term),
            ticket=tickets.get(term.id, ""),
            failing_days=_failing(term, today),
        )
        for term in terms
    ]


def place_of(work: UseCaseContext, term: Term) -> str:
    if term.place is None:
        return term.place_text
    return str(standing(work.uow.places.get, work.uow.places.get(term.place)).spot)


def _tickets(acting: Acting, terms: Sequence[Term]) -> dict[TermId, str]:
    found: Mapping[TicketId, Ticket] = acting.uow.tickets.some([one.ticket for one in terms if one.ticket is not None])
    shown = {}
    for term in terms:
        ticket = None if term.ticket is None else found.get(term.ticket)
        if ticket is not None and ticket.state.active and may(acting.person, Action.READ, ticket):
            shown[term.id] = ticket.number
    return shown


def _failing(term: Term, today: date) -> int | None:
    since = None if term.read is None else term.read.failing_since
    return None if since is None else max((today - since).days, 1)


def _before(acting: Acting, lines: Sequence[StoreEvent]) -> Term | None:
    recorded = next((line for line in lines if line.what == "recorded"), None)
    number = None if recorded is None else Number.parse(recorded.ref)
    if number is None or number.series is not Series.TERM:
        return None
    return acting.uow.terms.numbered(number)


# --- firms ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRow:
    vendor: Vendor
    terms: int
    """Of it, in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorPage:
    rows: Sequence[VendorRow]
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneVendor:
    vendor: Vendor
    terms: Sequence[TermRow]
    keeps: bool


def vendors(acting: Acting) -> VendorPage:
    """Those that are worked with first. Raises NotAllowed."""
    access.require(acting, TermAction.SEE)
    found = acting.uow.terms.wanted(TermsWanted(states=frozenset({TermState.IN_FORCE})), limit=FAR_DAYS)
    counted: dict[VendorId, int] = {}
    for term in found:
        if term.vendor is not None:
            counted[term.vendor] = counted.get(term.vendor, 0) + 1
    rows = [VendorRow(vendor=one, terms=counted.get(one.id, 0)) for one in acting.uow.vendors.all()]
    return VendorPage(
        rows=sorted(rows, key=lambda row: not row.vendor.active), keeps=access.may(acting, TermAction.KEEP_VENDORS)
    )


def vendor(acting: Acting, key: VendorId) -> OneVendor:
    """Raises NotAllowed, NotFound."""
    access.require(acting, TermAction.SEE)
    found = acting.uow.vendors.get(key)
    terms = acting.uow.terms.wanted(TermsWanted(vendor=key), limit=ROWS)
    return OneVendor(vendor=found, terms=rows_of(acting, terms), keeps=access.may(acting, TermAction.KEEP_VENDORS))
