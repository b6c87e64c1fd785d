"""People, their roles, and the accounts they speak from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
UnitId = str
"""A unit of the directorate, as the catalogue names it: `donanim`, `yazilim` (bylaw, Madde 5)."""
ROLE_KEPT = timedelta(days=30)
"""How long a role waits for somebody whom a staff list had no more."""


class Role(StrEnum):
    REQUESTER = "requester"
    TECHNICIAN = "technician"
    LEAD = "lead"
    DIRECTOR = "director"
    ADMIN = "admin"
    AUDITOR = "auditor"

    @property
    def needs_unit(self) -> bool:
        """A technician or lead belongs to one unit; the others to none."""
        return self in (Role.TECHNICIAN, Role.LEAD)

    @property
    def rank(self) -> int:
        """Who has a role gives none away for one of a lower rank by typing a code."""
        return _RANKS.index(self) if self in _RANKS else _RANKS.index(Role.TECHNICIAN)


_RANKS = (Role.REQUESTER, Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.ADMIN)
"""An auditor, who only reads, stands with the technicians."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account of somebody on one channel: `Account("telegram", "4711")`, `Account("web", "ayse")`."""

    channel: str
    name: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A right that somebody has for a time beside their own (vekâlet)."""

    role: Role
    unit: UnitId | None
    of: tuple[PersonId, ...]
    """In whose place they act: whose right it is, and between them whoever was named first and is away."""
    restricted: bool = False
    """Security matters, too."""


@dataclass(slots=True, kw_only=True)
class Person:
    """One human. `verified` is False while only their own word says who they are: no accounts or passwords then."""

    handle: str
    name: str = ""
    role: Role = Role.REQUESTER
    unit: UnitId | None = None
    department: str = ""
    room: str = ""
    phone: str = ""
    email: str = ""
    staff_no: str = ""
    verified: bool = False
    notice_version: int | None = None
    notice_shown_at: datetime | None = None
    left_at: datetime | None = None
    """When they left; of a guest who was recognised, when."""
    became: PersonId | None = None
    """Whom a guest turned out to be: from then on nobody speaks as the guest, and all that was theirs is that person's.
    Only histories still name the guest, since nobody may change them."""
    former_role: Role | None = None
    """Of who left, what they were. `role_until` and what is `then` stay, for whoever brings them back."""
    former_unit: UnitId | None = None
    left_by_list: bool = False
    """Nobody said that they left, a staff list had them no more: the next that has them gives back what they were."""
    role_until: datetime | None = None
    """When the role ends by itself; None: it does not."""
    then_role: Role | None = None
    """What they are from then on; None: somebody who reports."""
    then_unit: UnitId | None = None
    end_of_day: bool = False
    """Whether they want to hear before the day ends what follows from it."""
    id: PersonId = PersonId(0)
    lent: tuple[Lent, ...] = field(default=(), compare=False, repr=False)
    """What they may do at this moment as a deputy: never stored with them (`UseCaseContext` puts it there)."""
    offices: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Görevler that they hold today, or act in, where a page asks for it: never stored with them."""

    @property
    def known(self) -> bool:
        """Whether they have said who they are (name and müdürlük)."""
        return bool(self.name and self.department)

    @property
    def gone(self) -> bool:
        return self.left_at is not None

    @property
    def short_name(self) -> str:
        """The name as a card shows it: `Mehmet Kaya` → `Mehmet K.`."""
        first, _, rest = self.name.rpartition(" ")
        return f"{first} {rest[:1]}." if first else self.name or self.handle

    @property
    def roles(self) -> frozenset[Role]:
        """Their own, and those whose right they have for a time."""
        return frozenset({self.role, *(right.role for right in self.lent)})

    def works_in(self, unit: UnitId) -> bool:
        return self.role.needs_unit and self.unit == unit and not self.gone

    def turn_out_to_be(self, person: Person, at: datetime, *, with_role: bool = False) -> None:
        """A guest is recognised: what they said of themselves goes to `person`, where that lacks it. `with_role`: what
        they were given, too; for whom nobody vouches it ends here."""
        person.name = person.name or self.name
        person.department = person.department or self.department
        person.room, person.phone = person.room or self.room, person.phone or self.phone
        if (self.notice_version or 0) > (person.notice_version or 0):
            person.notice_version, person.notice_shown_at = self.notice_version, self.notice_shown_at
        if with_role and person.role is Role.REQUESTER:
            person.role, person.unit, person.role_until = self.role, self.unit, self.role_until
            person.then_role, person.then_unit = self.then_role, self.then_unit
        self.leave(at)
        self.became = person.id

    def leave(self, at: datetime, *, by_list: bool = False) -> None:
        """Somebody left the municipality: every right ends at once. `by_list`: nobody said so, a staff list has them
        no more."""
        if not self.gone:
            self.former_role, self.former_unit = self.role, self.unit
        self.left_at, self.left_by_list = at, by_list
        self.role, self.unit = Role.REQUESTER, None

    def be(self, role: Role, unit: UnitId | None, until: datetime | None = None) -> None:
        """With that role from now on. `until`: then they are again what they were without an end."""
        if until is None:
            self.then_role = self.then_unit = None
        elif self.role_until is None:
            self.then_role, self.then_unit = self.role, self.unit
        self.role, self.unit, self.role_until = role, unit, until

    def end_role(self) -> None:
        """Its time is over."""
        self.be(self.then_role or Role.REQUESTER, self.then_unit)

    def come_back(self, at: datetime) -> None:
        """A staff list has them again. What an earlier one took is theirs again, where that was not long ago."""
        if self.left_at is None:
            return
        if not self.left_by_list or at - self.left_at > ROLE_KEPT:
            self.former_role, self.former_unit, self.role_until = Role.REQUESTER, None, None
            self.then_role = self.then_unit = None
        self.not_gone_after_all(at)

    def not_gone_after_all(self, at: datetime) -> None:
        """It was a slip: what they were is theirs again, with its end; what ended meanwhile is over."""
        self.role, self.unit = self.former_role or Role.REQUESTER, self.former_unit
        self.left_at = self.former_role = self.former_unit = None
        self.left_by_list = False
        if self.role_until is not None and self.role_until <= at:
            self.end_role()


def told_apart(people: Sequence[Person], *, department: bool = False) -> list[str]:
    """A label for each: the name (with the müdürlük, where asked), and as much more as sets it apart from others."""
    parts = [[person.name or person.handle] + [person.department] * department for person in people]
    further = (*(() if department else ("department",)), "room", "staff_no", "handle")
    for part in further:
        same = Counter(labels := [_label(own) for own in parts])
        for person, own, label in zip(people, parts, labels, strict=True):
            if same[label] > 1:
                own.append(str(getattr(person, part)))
    return [_label(own) for own in parts]


def _label(parts: Sequence[str]) -> str:
    return " · ".join(filter(None, parts))
