"""How much somebody may send in files within a day, so that nobody fills the disk of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.ports import Attachment, UnitOfWork

A_DAY = timedelta(days=1)
MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuota:
    """Bytes within 24 hours; 0: as much as there is room for."""

    person: int = 0
    """Of whom somebody vouches for, in all their conversations."""
    conversation: int = 0
    """Of a group and of everybody's private talk."""
    guest: int = 0
    """Of whom nobody knows."""
    guests: int = 0
    """Of all these together: each of their browsers may call itself another one."""


def require_room(uow: UnitOfWork, quota: FileQuota, file: Attachment, under_way: Iterable[Attachment] = ()) -> None:
    """`under_way`: files that are on disk and in no event yet. Raises Invalid(`file_quota`)."""
    since = file.at - A_DAY
    waiting = [other for other in under_way if other.at > since and uow.attachments.get(other.id) is None]
    who = _sender(uow, file)
    known = who is not None and who.verified

    def require(limit: int, taken: int, same: Iterable[Attachment]) -> None:
        if limit and taken + sum(other.size for other in same) + file.size > limit:
            raise Invalid("file_quota", limit_mb=limit // MEGA)

    taken = uow.attachments.taken(since, conversation=file.conversation)
    here = [other for other in waiting if other.conversation == file.conversation]
    require(quota.conversation if known or _is_room(uow, file) else quota.guest, taken, here)
    if who is not None:
        own = [other for other in waiting if other.uploader == who.id]
        require(quota.person if known else quota.guest, uow.attachments.taken(since, uploader=who.id), own)
    if not known and not _is_room(uow, file):
        require(quota.guests, uow.attachments.taken_by_guests(since), waiting)


def _sender(uow: UnitOfWork, file: Attachment) -> Person | None:
    """A platform's file is here before anybody knows whose account sent it: in private, whoever speaks there."""
    if file.uploader is not None:
        return uow.people.get(file.uploader)
    place = uow.conversations.get(file.conversation)
    return uow.people.get(place.person) if place is not None and place.person is not None else None


def _is_room(uow: UnitOfWork, file: Attachment) -> bool:
    place = uow.conversations.get(file.conversation)
    return place is not None and place.is_room
