"""Yedek defteri: how the daily backup check was answered in a month, day by day, by whom (bylaw 10/51). Read from the
tickets that were opened for it, so that a day without an answer, or without a ticket, stands there too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.context import UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.recurring import Recurring, days
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Ticket
from handlers.reports.register import MAX_RESOLUTION_LETTERS, WITHHELD, fit
from handlers.spoken_time import MONTHS
from handlers.tickets import recurring
from knowledge.language.folding import folded

COLUMNS = ("Gün", "Denetim", "Sonuç", "Yanıtlayan", "Saat", "Kayıt no", "Yapılan iş")
FIRST_YEAR = 2000
RESULTS: dict[str, str] = {
    recurring.OK: "Tamam",
    recurring.WARNING: "Uyarı var",
    recurring.FAILED: "Alınamadı",
    "waits": "Bekleniyor",
    "silent": "Yanıtlanmadı",
    "unopened": "Kayıt açılmadı",
}
_WORD = re.compile(r"(?P<name>[a-z]+)(?: (?P<year>\d{4}))?")
_NUMBERS = (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"), re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    day: date
    check: str
    """What is checked, as the unit calls it."""
    result: str
    """A key of RESULTS."""
    by: str = ""
    at: datetime | None = None
    """Local."""
    number: str = ""
    resolution: str = ""

    @property
    def clock(self) -> str:
        return "" if self.at is None else f"{self.at:%H.%M}"

    @property
    def bad(self) -> bool:
        return self.result not in (recurring.OK, "waits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    month: date
    """Its first day."""
    lines: Sequence[Line]

    @property
    def title(self) -> str:
        return f"Yedek defteri, {MONTHS[self.month.month - 1]} {self.month.year}"

    def closing(self) -> str:
        """The sentence under the last line."""
        if not self.lines:
            return f"{MONTHS[self.month.month - 1]} {self.month.year} için yedek denetimi yoktur."
        counted = {said: sum(one.result == key for one in self.lines) for key, said in RESULTS.items()}
        told = ", ".join(f"{count} {said.casefold()}" for said, count in counted.items() if count)
        return f"{len(self.lines)} denetim günü: {told}."


def month_of(words: str, today: date) -> date:
    """The first day of `kasım`, `kasım 2026`, `2026-11`, `11.2026`, `geçen ay`; nothing said: of this month. A name
    without a year is the last one that has begun.

    Raises Invalid(`month_unreadable`, `month_ahead`).
    """
    plain = " ".join(folded(words).split())
    this = today.replace(day=1)
    if plain in ("", "bu ay"):
        return this
    if plain in ("gecen ay", "onceki ay"):
        return (this - timedelta(days=1)).replace(day=1)
    found = _said(plain, this)
    if found is None:
        raise Invalid("month_unreadable")
    if found > this:
        raise Invalid("month_ahead")
    return found


def _said(plain: str, this: date) -> date | None:
    for pattern in _NUMBERS:
        if (match := pattern.fullmatch(plain)) is not None:
            year, month = int(match["year"]), int(match["month"])
            return date(year, month, 1) if 1 <= month <= len(MONTHS) and year >= FIRST_YEAR else None
    named = _WORD.fullmatch(plain)
    month = 0 if named is None else _month(named["name"])
    if named is None or not month:
        return None
    if named["year"]:
        return date(int(named["year"]), month, 1) if int(named["year"]) >= FIRST_YEAR else None
    return date(this.year if month <= this.month else this.year - 1, month, 1)


def _month(name: str) -> int:
    names = [folded(one) for one in MONTHS]
    return names.index(name) + 1 if name in names else 0


def units_of(work: UseCaseContext, person: Person) -> Sequence[UnitId]:
    """Whose book somebody may read: the director and an auditor every unit's, a lead (or their deputy) the own.

    Raises NotAllowed.
    """
    if may(person, Action.READ_ALL):
        return work.desk.units
    require(person, Action.KEEP_RECURRING)
    led = [right.unit for right in person.lent if right.role is Role.LEAD]
    own = [person.unit] if person.role is Role.LEAD else []
    return [unit for unit in dict.fromkeys([*own, *led]) if unit is not None]


def open_book(work: UseCaseContext, month: date, units: Sequence[UnitId]) -> Book:
    """Up to today."""
    known = [one for one in work.uow.recurring.checked() if one.unit in units]
    lines = [line for made in known for line in _lines(work, made, month)]
    return Book(month=month, lines=sorted(lines, key=lambda one: (one.day, one.check)))


def _lines(work: UseCaseContext, made: Recurring, month: date) -> Sequence[Line]:
    time_of_unit = work.working_time(made.unit)
    today = time_of_unit.local_date(work.now)
    last = min((month + timedelta(days=31)).replace(day=1) - timedelta(days=1), today)
    expected = _expected(work, made, month, last)
    found = []
    for n in range((last - month).days + 1):
        day = month + timedelta(days=n)
        ticket = work.uow.tickets.of_draft(recurring.draft_of(made, day))
        if ticket is not None:
            found.append(_line(work, made, ticket, day, today))
        elif day in expected and day < today:
            found.append(Line(day=day, check=made.title, result="unopened"))
    return found


def _expected(work: UseCaseContext, made: Recurring, first: date, last: date) -> frozenset[date]:
    """The days of the rule as it is, since it was written down and until it was taken away."""
    time_of_unit, calendar = work.working_time(made.unit), work.time_rules.calendar.of(made.unit)
    first = max(first, time_of_unit.local_date(made.written_at) + timedelta(days=1))
    if made.withdrawn_at is not None:
        last = min(last, time_of_unit.local_date(made.withdrawn_at) - timedelta(days=1))
    if last < first:
        return frozenset()
    return frozenset(days(made.rhythm, made.shift, made.begins, time_of_unit, calendar, first, last))


def _line(work: UseCaseContext, made: Recurring, ticket: Ticket, day: date, today: date) -> Line:
    answered = recurring.result_of(work, ticket)
    if answered is None:
        waits = day >= today and ticket.state.active
        result = "waits" if waits else "silent"
        return Line(day=day, check=made.title, result=result, number=ticket.number, resolution=_done(ticket))
    by = work.uow.people.get(answered.who) if answered.who is not None else None
    return Line(
        day=day,
        check=made.title,
        result=answered.after or "",
        by="" if by is None else fit(by.name or by.handle, 60),
        at=answered.at.astimezone(work.desk.zone),
        number=ticket.number,
        resolution=_done(ticket),
    )


def _done(ticket: Ticket) -> str:
    return WITHHELD if ticket.restricted else fit(ticket.resolution, MAX_RESOLUTION_LETTERS)
