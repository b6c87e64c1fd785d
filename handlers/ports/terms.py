"""Süreli kayıtlar, and the firms that many of them are with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.domain.terms import Term, TermId, TermKind, TermState
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import Vendor, VendorId


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsWanted:
    words: str = ""
    """In name, number of the contract, line or host, or in the firm's name."""
    kinds: frozenset[TermKind] = frozenset()
    """Empty: all, as `states`."""
    states: frozenset[TermState] = frozenset()
    ends_by: date | None = None
    """With that day; those without an end are not among them."""
    vendor: VendorId | None = None


class Terms(Protocol):
    """None is ever deleted."""

    def add(self, term: Term) -> Term:
        """With its id."""

    def save(self, term: Term) -> Term:
        """With its next version. Raises NotFound, Stale (another was first)."""

    def get(self, key: TermId, *, to_change: bool = False) -> Term:
        """`to_change`: whoever else changes it waits for this transaction. Raises NotFound."""

    def numbered(self, number: Number) -> Term | None: ...

    def wanted(self, wanted: TermsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[Term]:
        """The next to end first; those without an end behind them."""

    def count(self, wanted: TermsWanted) -> int: ...

    def to_look_at(self, day: date) -> Sequence[Term]:
        """Those of which `next_day` has come by then."""

    def of_ticket(self, ticket: TicketId) -> Term | None:
        """Of which that one opened for the end as it is."""

    def of_device(self, devices: Collection[DeviceId]) -> Sequence[Term]:
        """In force, that cover one of them; the last to end first."""

    def of_place(self, places: Collection[PlaceId]) -> Sequence[Term]:
        """In force, of one of those places."""

    def read_from(self) -> Mapping[str, Term]:
        """Those whose certificate is read, in force or ended, by their `host`."""

    def move(self, of: PersonId, to: PersonId) -> None:
        """What one account wrote down counts as the other's."""


class Vendors(Protocol):
    """None is ever deleted."""

    def all(self) -> Sequence[Vendor]:
        """By their names, those that are worked with no more too."""

    def get(self, key: VendorId) -> Vendor:
        """Raises NotFound."""

    def by_name(self, name: str) -> Vendor | None:
        """However it is spelled."""

    def add(self, vendor: Vendor) -> Vendor:
        """With its id. Raises Stale where there is one of that name."""

    def save(self, vendor: Vendor) -> Vendor:
        """With its next version. Raises NotFound, Stale (another was first, or as `add`)."""

    def move(self, of: PersonId, to: PersonId) -> None:
        """As in `Terms`."""
