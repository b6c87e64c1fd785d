"""Two people who were made one by hand: what is needed to take that back, while nothing happened to either since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from handlers.domain.people import Person, PersonId
from handlers.domain.staff_lists import Standing

TAKEN_BACK_WITHIN = timedelta(days=14)


class Stands(StrEnum):
    """Why they stay one."""

    ROLE = "role"
    """One of them was more than somebody who reports: their work went along, or the role may have changed since."""
    KNOWN = "uses"
    """The one of the list had used the desk: what was whose cannot be told any more."""
    OLD = "old"
    TALKED = "talked"
    """Something was said where they speak."""
    TICKETS = "tickets"
    """A ticket of theirs went on, or there is another one."""
    CHANGED = "changed"
    """The person, or where they may speak from."""


@dataclass(frozen=True, slots=True)
class Look:
    """What has to be as it was, for them to be parted exactly."""

    person: Mapping[str, Any]
    accounts: Mapping[str, str]
    """Each (`web:b-1`), with where it speaks in private."""
    places: Mapping[str, int]
    """Where they are written to in private, with the number of the last message."""
    tickets: Mapping[str, int]
    """That they reported or follow, by number, with their versions."""
    kept: Mapping[str, int] = field(default_factory=dict)
    """How many leaves, approvals and the like name them."""

    def differs_in(self, now: Look) -> Stands | None:
        if self.places != now.places:
            return Stands.TALKED
        if self.tickets != now.tickets:
            return Stands.TICKETS
        return Stands.CHANGED if self != now else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleJoin:
    guest: PersonId
    person: PersonId
    by: PersonId
    at: datetime
    guest_before: Mapping[str, Any]
    person_before: Mapping[str, Any]
    look: Look
    """Right after it."""
    never: Stands | None = None
    """Why it could not be taken back from the beginning."""


def standing_of(person: Person) -> Mapping[str, Any]:
    """As text and numbers, to be kept."""
    shown_at = person.notice_shown_at
    return {
        **Standing.of(person).as_data(),
        "notice_version": person.notice_version,
        "notice_shown_at": shown_at.isoformat() if shown_at is not None else None,
    }


def put_back(person: Person, standing: Mapping[str, Any]) -> None:
    """As they stood then; whoever was somebody else is themselves again."""
    of_list = {name: value for name, value in standing.items() if not name.startswith("notice_")}
    Standing(**of_list).put_back(person)
    shown_at = standing["notice_shown_at"]
    person.notice_version = standing["notice_version"]
    person.notice_shown_at = datetime.fromisoformat(shown_at) if shown_at is not None else None
    person.became = None
