"""Proposals to write devices off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId
from handlers.domain.scrap import ScrapId, ScrapProposal


class Scrap(Protocol):
    """None is ever deleted."""

    def add(self, proposal: ScrapProposal) -> ScrapProposal:
        """With its id."""

    def save(self, proposal: ScrapProposal) -> ScrapProposal:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: ScrapId) -> ScrapProposal:
        """Raises NotFound."""

    def by_number(self, number: str) -> ScrapProposal | None:
        """`HT-2026-003`."""

    def collecting(self) -> ScrapProposal | None:
        """The newest that more can be added to."""

    def latest(self, limit: int = 50) -> Sequence[ScrapProposal]:
        """The newest first."""

    def of_devices(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, ScrapProposal]:
        """The newest proposal in which each stands; of those that stand in none nothing."""

    def shows(self, file: str) -> bool:
        """Whether a photo stands in one of them."""

    def count_of(self, person: PersonId) -> int:
        """How many lines they proposed, and in how many commissions they are."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name proposed what that one did."""
