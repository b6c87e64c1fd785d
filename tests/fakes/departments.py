from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.domain.departments import Department, DepartmentId
from handlers.domain.errors import NotFound, Stale
from knowledge.language import comparison
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakeDepartments:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Department]:
        return sorted(self._transaction.seen.department_list.values(), key=lambda one: one.id)

    def get(self, department: DepartmentId) -> Department:
        found = self._transaction.seen.department_list.get(department)
        if found is None:
            raise NotFound("department", department)
        return found

    def add(self, department: Department) -> Department:
        added = replace(department, id=DepartmentId(self._transaction.new_id()))
        self._put(added)
        return added

    def save(self, department: Department) -> None:
        self.get(department.id)
        self._put(department)

    def remove(self, department: DepartmentId) -> None:
        self.get(department)
        del self._transaction.changing.department_list[department]

    def spelled(self) -> Sequence[str]:
        return sorted({*self.people(), *filter(None, self._transaction.seen.departments.values())})

    def people(self) -> Mapping[str, int]:
        present = (one for one in self._transaction.seen.people.values() if not one.gone and one.department)
        return Counter(one.department for one in present)

    def open_tickets(self) -> Mapping[str, int]:
        written, tickets = self._transaction.seen.departments, self._transaction.seen.tickets.values()
        return Counter(written[one.id] for one in tickets if one.state.active and written[one.id])

    def _put(self, department: Department) -> None:
        keys = set(map(comparison.office, department.names))
        for other in self.all():
            if other.id != department.id and (taken := keys & set(map(comparison.office, other.names))):
                raise Stale("department", taken.pop())
        self._transaction.changing.department_list[department.id] = replace(
            department,
            name=storable(department.name),
            short_names=tuple(map(storable, department.short_names)),
            former_names=tuple(replace(one, name=storable(one.name)) for one in department.former_names),
        )
