"""Görevler (Taşınır Mal Yönetmeliği m.6): what somebody is answerable for beside their role, from a day to a day; and
who acts in their place.

One person has several, they change hands, and their holders may sit in another müdürlük.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId


class Office(StrEnum):
    AMBAR = "ambar"
    TASINIR_KAYIT = "tasinir_kayit"
    TASINIR_KONTROL = "tasinir_kontrol"
    EVRAK = "evrak"
    ARSIV = "arsiv"
    YEDEK = "yedek"
    SISTEM_ODASI = "sistem_odasi"
    KVKK = "kvkk"
    HARCAMA_YETKILISI = "harcama_yetkilisi"


NEVER_ONE_PERSON = frozenset({Office.TASINIR_KAYIT, Office.TASINIR_KONTROL})
"""Taşınır Mal Yönetmeliği m.6/3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """That somebody holds an office, or acts for who does. Never deleted: it is ended, or withdrawn where it was a
    slip."""

    office: Office
    person: PersonId
    starts: date
    """Local, as `ends`: both are within."""
    ends: date | None = None
    """None: until further notice."""
    in_place_of: PersonId | None = None
    """Whose office it is, where this is their vekil."""
    document: str = ""
    """Number of the document behind it."""
    entered_by: PersonId
    entered_at: datetime
    withdrawn_at: datetime | None = None
    id: int = 0

    def is_on(self, day: date) -> bool:
        return self.withdrawn_at is None and self.starts <= day and (self.ends is None or day <= self.ends)

    def meets(self, other: Officer) -> bool:
        """Whether there is a day on which both hold."""
        last = min((one.ends for one in (self, other) if one.ends is not None), default=None)
        both = self.withdrawn_at is None and other.withdrawn_at is None
        return both and (last is None or max(self.starts, other.starts) <= last)

    def covers(self, other: Officer) -> bool:
        """Whether it holds on each day of the other."""
        lasts = self.ends is None or (other.ends is not None and other.ends <= self.ends)
        return self.withdrawn_at is None and self.starts <= other.starts and lasts


@dataclass(frozen=True, slots=True)
class Answerable:
    """Whoever answers for an office on a day."""

    person: PersonId
    in_place_of: PersonId | None = None


def require_possible(made: Officer, others: Iterable[Officer]) -> None:
    """Raises Invalid(`officer_days`, `officer_oneself`, `officer_both`, `officer_twice`, `officer_not_theirs`,
    `officer_has_deputy`)."""
    if made.ends is not None and made.ends < made.starts:
        raise Invalid("officer_days")
    if made.in_place_of == made.person:
        raise Invalid("officer_oneself")
    near = [one for one in others if one.id != made.id and one.meets(made)]
    same = [one for one in near if one.office is made.office]
    if made.office in NEVER_ONE_PERSON:
        _require_two_people(made, near)
    if any(one.person == made.person for one in same):
        raise Invalid("officer_twice", office=made.office)
    if made.in_place_of is None:
        return
    if not any(one.person == made.in_place_of and one.in_place_of is None and one.covers(made) for one in same):
        raise Invalid("officer_not_theirs", office=made.office)
    if any(one.in_place_of == made.in_place_of for one in same):
        raise Invalid("officer_has_deputy", office=made.office)


def _require_two_people(made: Officer, near: Sequence[Officer]) -> None:
    """Nobody holds both, or acts in either while they hold the other."""
    for one in near:
        if one.office in NEVER_ONE_PERSON - {made.office} and one.person == made.person:
            raise Invalid("officer_both")


def answerable(officers: Iterable[Officer], office: Office, day: date) -> Sequence[Answerable]:
    """To whom goes what needs this office on that day: where somebody acts for its holder, to them alone."""
    on = [one for one in officers if one.office is office and one.is_on(day)]
    replaced = {one.in_place_of for one in on if one.in_place_of is not None}
    return [Answerable(one.person, one.in_place_of) for one in on if one.person not in replaced or one.in_place_of]


def offices_of(officers: Iterable[Officer], person: PersonId, day: date) -> dict[Office, PersonId | None]:
    """Those whose right they have on that day, with whom they act for in each; an own one counts before a vekâlet. Its
    holder keeps it while somebody acts for them: both are answerable (bylaw 12-B-3)."""
    own = [one for one in officers if one.person == person and one.is_on(day)]
    return {one.office: one.in_place_of for one in sorted(own, key=lambda one: one.in_place_of is None)}
