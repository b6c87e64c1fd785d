"""What the pages of announcements show: the list, and of one who read it and who did not, by müdürlük."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.announcements import (
    Announcement,
    AnnouncementAction,
    AnnouncementId,
    ReadCount,
    may,
    require,
)
from handlers.domain.store_events import Stream

NOBODY = ReadCount(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementLine:
    one: Announcement
    count: ReadCount
    who: str
    """Of who sent it for somebody "(V.)" stands behind it, on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementsPage:
    lines: Sequence[AnnouncementLine]
    announces: bool
    departments: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLine:
    name: str
    department: str
    read_at: datetime | None
    reminded_at: datetime | None
    reachable: bool
    """They have a conversation with the desk."""
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementPage:
    line: AnnouncementLine
    read: Sequence[ReaderLine]
    unread: Sequence[ReaderLine]
    departments: Sequence[tuple[str, int, int]]
    """Of each müdürlük how many read it, of how many."""
    announces: bool


def look(acting: Acting) -> AnnouncementsPage:
    """Raises NotAllowed."""
    require(acting.person, AnnouncementAction.FOLLOW)
    found = acting.uow.announcements.latest()
    return AnnouncementsPage(
        lines=_lines(acting, found),
        announces=may(acting.person, AnnouncementAction.ANNOUNCE),
        departments=DepartmentNames.of(acting.uow).open,
    )


def one(acting: Acting, key: AnnouncementId) -> AnnouncementPage:
    """Raises NotAllowed, NotFound."""
    require(acting.person, AnnouncementAction.FOLLOW)
    found = acting.uow.announcements.get(key)
    readers = acting.uow.announcements.readers(key)
    people = acting.uow.people.of_ids({reader.person for reader in readers})
    reachable = {person for _, person in acting.uow.conversations.private_of_all()}
    lines = [
        ReaderLine(
            name=people[reader.person].name or people[reader.person].handle,
            department=people[reader.person].department or "",
            read_at=reader.read_at,
            reminded_at=reader.reminded_at,
            reachable=reader.person in reachable,
            gone=people[reader.person].gone,
        )
        for reader in readers
    ]
    lines.sort(key=lambda line: (line.department, line.name))
    counted: dict[str, tuple[int, int]] = {}
    for line in lines:
        read, all_of_it = counted.get(line.department, (0, 0))
        counted[line.department] = (read + (line.read_at is not None), all_of_it + 1)
    sent = acting.uow.store_events.history(Stream.ANNOUNCEMENT, key)[0]
    shown = _lines(acting, [found])[0]
    return AnnouncementPage(
        line=replace(shown, who=f"{shown.who} (V.)") if sent.acting_for else shown,
        read=[line for line in lines if line.read_at is not None],
        unread=[line for line in lines if line.read_at is None and not line.gone],
        departments=[(name, *count) for name, count in counted.items()],
        announces=may(acting.person, AnnouncementAction.ANNOUNCE),
    )


def _lines(acting: Acting, found: Sequence[Announcement]) -> list[AnnouncementLine]:
    counts = acting.uow.announcements.counts()
    people = acting.uow.people.of_ids({one.made_by for one in found})
    return [
        AnnouncementLine(
            one=one, count=counts.get(one.id, NOBODY), who=people[one.made_by].name or people[one.made_by].handle
        )
        for one in found
    ]
