"""Duyuru (bylaw 7/10, 10/27): what is told to people, and who said that they read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.numbers import Number
from handlers.domain.people import Person, PersonId, Role

AnnouncementId = NewType("AnnouncementId", int)
MAX_LETTERS = 1500
REMINDED_AFTER_DAYS = 2
"""Working days after it was told; once."""
TOLD_AT_ONCE = 200
"""People in one tick: the writer is held no longer."""


class Audience(StrEnum):
    EVERYBODY = "everybody"
    STAFF = "staff"
    """Who works in Bilgi İşlem."""
    DEPARTMENT = "department"


class AnnouncementAction(StrEnum):
    ANNOUNCE = "announce"
    FOLLOW = "follow_announcements"
    """See who read and who did not."""


_MAY = {
    AnnouncementAction.ANNOUNCE: frozenset({Role.LEAD, Role.DIRECTOR, Role.ADMIN}),
    AnnouncementAction.FOLLOW: frozenset({Role.LEAD, Role.DIRECTOR, Role.ADMIN, Role.AUDITOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    number: Number
    text: str
    security: bool = False
    """Of information security (7/10)."""
    audience: Audience = Audience.EVERYBODY
    department: str = ""
    """Its name, where the audience is one."""
    made_by: PersonId
    made_at: datetime
    withdrawn_at: datetime | None = None
    """In force no more: nobody is told or reminded any longer."""
    version: int = 0
    id: AnnouncementId = AnnouncementId(0)

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    announcement: AnnouncementId
    person: PersonId
    told_at: datetime | None = None
    """When it was tried: whoever has no conversation finds it once they have one."""
    read_at: datetime | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadCount:
    readers: int
    told: int
    read: int


def may(person: Person, action: AnnouncementAction) -> bool:
    return not person.gone and bool(person.roles & _MAY[action])


def require(person: Person, action: AnnouncementAction) -> tuple[PersonId, ...]:
    """In whose place; empty: by their own role. Raises NotAllowed."""
    if not may(person, action):
        raise NotAllowed(action, person.handle)
    if person.role in _MAY[action]:
        return ()
    return next(one.of for one in person.lent if one.role in _MAY[action])


def require_text(text: str) -> str:
    """Trimmed; its lines stay. Raises Invalid(`announcement_empty`, `announcement_long`)."""
    kept = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not any(letter.isalnum() for letter in kept):
        raise Invalid("announcement_empty")
    if len(kept) > MAX_LETTERS:
        raise Invalid("announcement_long", most=MAX_LETTERS, letters=len(kept))
    return kept
