"""The list of those who work in the house, as the personnel office makes it: what was read of one, and what becomes of
each of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from handlers.domain.brought_lists import ImportedRow, ListColumn, ListImport, RowFault
from handlers.domain.people import Person, PersonId, Role

TAKEN_BACK_WITHIN = timedelta(days=14)


LIST_FIELDS = ("sicil_no", "ad", "soyad", "mudurluk", "oda", "telefon", "eposta")
"""What a column may be read as."""
NO_DEPARTMENT = "Müdürlük boş"
"""Why a row is left out that could be taken without one (`ReadAs.without_department`)."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """None: the list has no such column, and says nothing of it."""

    line: int
    staff_no: str
    name: str
    department: str
    room: str | None
    phone: str | None
    email: str | None

    def filled(self, person: Person) -> Person:
        """Roles are given otherwise. A column that the list has not changes nothing."""
        person.staff_no, person.name = self.staff_no, self.name
        if self.department:  # a row without one was taken so: what the desk knows stays
            person.department = self.department
        for name, value in (("room", self.room), ("phone", self.phone), ("email", self.email)):
            if value is not None:
                setattr(person, name, value)
        return person

    def says_what_is_known(self, person: Person) -> bool:
        return not person.gone and self.filled(replace(person)) == person

    def changes(self, person: Person) -> Mapping[str, tuple[str, str]]:
        """By field: before, after."""
        after = self.filled(replace(person))
        found = {name: (str(getattr(person, name)), str(getattr(after, name))) for name in SHOWN_FIELDS}
        return {name: both for name, both in found.items() if both[0] != both[1]}

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _ROW_FIELDS}


SHOWN_FIELDS = ("staff_no", "name", "department", "room", "phone", "email")


_ROW_FIELDS = tuple(one.name for one in fields(StaffRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffList:
    rows: Sequence[StaffRow]
    faults: Sequence[RowFault] = ()
    notes: Sequence[str] = ()
    """What was read under another name, what was left out, and what may be a slip, in Turkish."""
    columns: Sequence[ListColumn] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list may change of a person: as it was before, to be put back."""

    staff_no: str
    name: str
    department: str
    room: str
    phone: str
    email: str
    verified: bool
    role: str
    unit: str | None
    left_at: str | None
    former_role: str | None
    former_unit: str | None
    left_by_list: bool = False
    role_until: str | None = None
    then_role: str | None = None
    then_unit: str | None = None

    @classmethod
    def of(cls, person: Person) -> Standing:
        return cls(
            staff_no=person.staff_no,
            name=person.name,
            department=person.department,
            room=person.room,
            phone=person.phone,
            email=person.email,
            verified=person.verified,
            role=person.role.value,
            unit=person.unit,
            left_at=_written(person.left_at),
            former_role=person.former_role.value if person.former_role is not None else None,
            former_unit=person.former_unit,
            left_by_list=person.left_by_list,
            role_until=_written(person.role_until),
            then_role=person.then_role.value if person.then_role is not None else None,
            then_unit=person.then_unit,
        )

    def as_data(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def put_back(self, person: Person) -> None:
        for name in SHOWN_FIELDS:
            setattr(person, name, getattr(self, name))
        person.verified, person.role, person.unit = self.verified, Role(self.role), self.unit
        person.left_at, person.left_by_list = _read(self.left_at), self.left_by_list
        person.former_role = Role(self.former_role) if self.former_role is not None else None
        person.former_unit, person.role_until = self.former_unit, _read(self.role_until)
        person.then_role = Role(self.then_role) if self.then_role is not None else None
        person.then_unit = self.then_unit


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _read(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow(ImportedRow):
    row: StaffRow
    person: PersonId | None = None
    """Whom it is of; of a new one after it was taken in."""
    twin: PersonId | None = None
    """Who it may be, although the number says otherwise."""
    before: Standing | None = None
    after: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffImport(ListImport):
    absent: int = 0
    """Whom an earlier list had and this one has not, when it was read."""
