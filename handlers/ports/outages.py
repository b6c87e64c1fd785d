"""Outages, and the systems that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.outages import Outage
from handlers.domain.people import PersonId
from handlers.domain.systems import System
from handlers.domain.ticket import TicketId

SYSTEMS = "systems"
"""Watched like a conversation: whatever is saved of an outage, of planned work or of a system touches it."""


class Outages(Protocol):
    """A ticket is the head of one open outage at most."""

    def add(self, outage: Outage) -> Outage:
        """With its id; raises Stale where its head has an open one."""

    def save(self, outage: Outage) -> None:
        """Raises NotFound; Stale where its head has another open one."""

    def get(self, key: int, *, to_change: bool = False) -> Outage:
        """`to_change`: nobody else changes it meanwhile. Raises NotFound."""

    def open(self) -> Sequence[Outage]:
        """The oldest first."""

    def of_head(self, ticket: TicketId) -> Outage | None:
        """The open one of that ticket."""

    def latest_of_head(self, ticket: TicketId) -> Outage | None:
        """The last one, ended or not."""

    def ended_since(self, since: datetime) -> Sequence[Outage]:
        """The one that ended first, first."""

    def count_of(self, person: PersonId) -> int:
        """Declared or ended by them."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""


class Systems(Protocol):
    """What this house changed of the systems that the desk ships with."""

    def changed(self) -> Sequence[System]:
        """By id."""

    def put(self, system: System) -> None:
        """In place of the one of that id."""
