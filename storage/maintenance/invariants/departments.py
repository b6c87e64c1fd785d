"""Müdürlükler: each name is of one, and what was merged leads to one that stands."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.domain.departments import DepartmentId
from knowledge.language import comparison
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.departments import SqlDepartments
from storage.tables import department_name

_NAMES = select(department_name.c.key, department_name.c.department).order_by(department_name.c.key)


def names_and_merges(ground: InvariantContext) -> Iterator[Finding]:
    """A person or a ticket may have the name of one that was merged: it is counted as what that led to."""
    listed = {one.id: one for one in SqlDepartments(ground.transaction).all()}
    owner = {row.key: row.department for row in ground.rows(_NAMES)}
    keys: dict[str, DepartmentId] = {}
    for one in listed.values():
        ground.advance(1)
        where = f"department {one.id}"
        for key in dict.fromkeys(map(comparison.office, one.names)):
            if (first := keys.setdefault(key, one.id)) != one.id:
                yield where, f"has a name of department {first}"
            if owner.get(key) != one.id:
                yield where, "has a name under which it is not kept"
        passed, at = {one.id}, one
        while at.merge is not None:
            into = listed.get(at.merge.into)
            if into is None:
                yield where, f"was merged into department {at.merge.into}, which there is not"
                break
            if into.id in passed:
                yield where, "was merged in a circle"
                break
            passed.add(into.id)
            at = into
    for key, its in owner.items():
        if keys.get(key) != its:
            yield f"department {its}", "is kept under a name that it does not have"
