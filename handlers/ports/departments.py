"""The list of müdürlükler, and how they stand written on people and tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from handlers.domain.departments import Department, DepartmentId


class Departments(Protocol):
    def all(self) -> Sequence[Department]:
        """Closed and merged ones too, in the order in which they were added."""

    def get(self, department: DepartmentId) -> Department:
        """Raises NotFound."""

    def add(self, department: Department) -> Department:
        """With its id. Raises Stale where another has one of its names, in any spelling."""

    def save(self, department: Department) -> None:
        """Raises NotFound, Stale."""

    def remove(self, department: DepartmentId) -> None:
        """Raises NotFound."""

    def spelled(self) -> Sequence[str]:
        """Everything that was written as one: on people who have not left, and on tickets."""

    def people(self) -> Mapping[str, int]:
        """How many have not left, by what is written on them."""

    def open_tickets(self) -> Mapping[str, int]:
        """How many nobody has finished yet, by what is written on them."""
