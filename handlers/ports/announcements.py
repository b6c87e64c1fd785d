"""Announcements, and who read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.announcements import Announcement, AnnouncementId, ReadCount, Reader
from handlers.domain.people import PersonId


class Announcements(Protocol):
    """None is ever deleted."""

    def add(self, one: Announcement, readers: Collection[PersonId]) -> Announcement:
        """With its id."""

    def save(self, one: Announcement) -> Announcement:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: AnnouncementId) -> Announcement:
        """Raises NotFound."""

    def latest(self, limit: int = 100) -> Sequence[Announcement]:
        """The newest first."""

    def in_force(self) -> Sequence[Announcement]:
        """The oldest first."""

    def counts(self) -> Mapping[AnnouncementId, ReadCount]: ...
    def readers(self, key: AnnouncementId) -> Sequence[Reader]:
        """By person."""

    def reader(self, key: AnnouncementId, person: PersonId) -> Reader | None: ...
    def unread_of(self, person: PersonId) -> Sequence[Announcement]:
        """Those in force, the oldest first."""

    def add_readers(self, key: AnnouncementId, people: Collection[PersonId]) -> None: ...
    def untold(self, limit: int) -> Sequence[Reader]:
        """Of those in force, the oldest first."""

    def silent(self, told_before: datetime) -> Sequence[Reader]:
        """Told by then, of those in force, neither read nor reminded yet."""

    def save_reader(self, one: Reader) -> None:
        """Its times are added: what somebody wrote meanwhile stays."""

    def count_of(self, person: PersonId) -> int:
        """Read by them, or written."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name is told what that one was, once."""
