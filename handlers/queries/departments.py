"""Ayarlar → Müdürlükler: the list with who and what is of each, and what people typed that is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.departments import MERGE_KEPT, UNKNOWN, Department, DepartmentId
from handlers.domain.rights import Action, may
from handlers.ports import UnitOfWork
from knowledge.facts import DEPARTMENTS
from knowledge.language import comparison

USUAL: Sequence[str] = tuple(dict.fromkeys(title for title, _ in DEPARTMENTS))
"""What most houses have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLine:
    department: Department
    people: int
    open_tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedLine:
    written: str
    """As most of them wrote it."""
    people: int
    open_tickets: int
    near: str
    """The one of the list that it may be; empty: none is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentsPage:
    changes: bool
    """Whether who looks may change the list."""
    listed: Sequence[DepartmentLine]
    closed: Sequence[DepartmentLine]
    merged: Sequence[tuple[Department, str, bool]]
    """What is one with another now: with the name of that, and whether it can be taken back."""
    unlisted: Sequence[UnlistedLine]
    names: Sequence[str]
    """Those that people may be of."""


def lines(uow: UnitOfWork) -> Sequence[DepartmentLine]:
    """Every one that ever stood in the list, by name."""
    return _lines(uow, DepartmentNames.of(uow), uow.departments.people(), uow.departments.open_tickets())


def look(acting: Acting) -> DepartmentsPage:
    uow = acting.uow
    names = DepartmentNames.of(uow)
    people, tickets = uow.departments.people(), uow.departments.open_tickets()
    found = _lines(uow, names, people, tickets)
    return DepartmentsPage(
        changes=may(acting.person, Action.MANAGE_PEOPLE),
        listed=[one for one in found if one.department.open],
        closed=[one for one in found if one.department.closed_at is not None and one.department.merge is None],
        merged=[
            (one.department, names.name(one.department.name), _is_fresh(one.department, acting.now))
            for one in found
            if one.department.merge is not None
        ],
        unlisted=_unlisted(names, people, tickets),
        names=names.open,
    )


def _lines(
    uow: UnitOfWork, names: DepartmentNames, people: Mapping[str, int], tickets: Mapping[str, int]
) -> Sequence[DepartmentLine]:
    of_people, of_tickets = _by_department(names, people), _by_department(names, tickets)
    return [
        DepartmentLine(department=one, people=of_people[one.id], open_tickets=of_tickets[one.id])
        for one in sorted(uow.departments.all(), key=lambda one: comparison.office(one.name))
    ]


def _is_fresh(one: Department, now: datetime) -> bool:
    return one.merge is not None and now - one.merge.at <= MERGE_KEPT


def _by_department(names: DepartmentNames, counts: Mapping[str, int]) -> Counter[DepartmentId]:
    found: Counter[DepartmentId] = Counter()
    for written, number in counts.items():
        if (one := names.find(written)) is not None:
            found[one.id] += number
    return found


def _unlisted(names: DepartmentNames, people: Mapping[str, int], tickets: Mapping[str, int]) -> Sequence[UnlistedLine]:
    """Those of one spelling or another together, most people first."""
    spelled: dict[str, Counter[str]] = {}
    for written in {*people, *tickets}:
        if written != UNKNOWN and names.find(written) is None:
            spelled.setdefault(comparison.office(written), Counter())[written] = people.get(written, 0)
    found = []
    for counts in spelled.values():
        written = min(counts, key=lambda one: (-counts[one], one))
        meant = names.meant(written)
        near = meant.name or next(iter(meant.near), "")
        found.append(
            UnlistedLine(
                written=written,
                people=counts.total(),
                open_tickets=sum(tickets.get(one, 0) for one in counts),
                near=near if near in names.open else "",
            )
        )
    return sorted(found, key=lambda one: (-one.people, comparison.office(one.written)))
