"""Targets: the working time until somebody claims a ticket (üstlenme) and until it is solved (çözüm) at most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.errors import Invalid
from handlers.domain.people import UnitId
from handlers.domain.states import Change, Priority, TicketEvent

REQUEST = "talep"
"""The kind of a subject that asks for something; of all others something is broken."""


@dataclass(frozen=True, slots=True)
class Target:
    """Working time; None: hedef yok. Raises Invalid where it could not be met by anybody."""

    claim: timedelta | None
    solve: timedelta | None

    def __post_init__(self) -> None:
        if any(given is not None and given <= timedelta() for given in (self.claim, self.solve)):
            raise Invalid("target_unreadable")
        if self.claim is not None and self.solve is not None and self.solve < self.claim:
            raise Invalid("target_order")


NO_TARGET = Target(None, None)


def applied(history: Sequence[TicketEvent]) -> Mapping[int, int]:
    """The rules that somebody applied to a ticket that was open already, each with the line that did."""
    found: dict[int, int] = {}
    for line, event in enumerate(history, start=1):
        if event.what is Change.RETARGETED and event.after is not None:
            found[int(event.after)] = line
        elif event.what is Change.RETARGETED and event.before is not None:
            found.pop(int(event.before), None)
    return found


def _hours(claim: float, solve: float) -> Target:
    return Target(timedelta(hours=claim), timedelta(hours=solve))


OF_FAULTS = {
    Priority.URGENT: _hours(0.25, 4),
    Priority.HIGH: _hours(1, 8),
    Priority.NORMAL: _hours(4, 24),
    Priority.LOW: _hours(8, 80),
}
"""Of a house that has said nothing else: 8 hours are a working day of ordinary length."""
OF_REQUESTS = {
    Priority.URGENT: _hours(0.25, 8),
    Priority.HIGH: _hours(1, 16),
    Priority.NORMAL: _hours(4, 40),
    Priority.LOW: _hours(8, 120),
}
SOLVED_WHEN_PROMISED = frozenset({"yazilim-gelistirme", "teknik-sartname"})
"""Subjects whose work has no usual length: who takes one says until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What decides a ticket's target."""

    unit: UnitId
    category: str | None
    kind: str
    """`ariza` or `talep`, as the catalogue has it."""
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule:
    """What a house sets in place of the defaults; an empty condition holds for all. The most specific rule wins: of the
    category before the unit's before the house's, of one priority before of all, the newest of equals."""

    target: Target
    valid_from: datetime
    """For tickets opened from then on."""
    unit: UnitId | None = None
    category: str | None = None
    kind: str | None = None
    priority: Priority | None = None
    id: int = 0

    def concerns(self, subject: Subject) -> bool:
        conditions = (
            (self.unit, subject.unit),
            (self.category, subject.category),
            (self.kind, subject.kind),
            (self.priority, subject.priority),
        )
        return all(wanted in (None, given) for wanted, given in conditions)

    @property
    def _rank(self) -> tuple[bool, bool, bool, bool, datetime, int]:
        said = (self.category, self.unit, self.priority, self.kind)
        category, unit, priority, kind = (condition is not None for condition in said)
        return category, unit, priority, kind, self.valid_from, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """All of a house's. `since`: tickets opened before had none (the desk had no targets then)."""

    rules: Sequence[TargetRule] = ()
    since: datetime | None = None

    def of(self, subject: Subject, opened_at: datetime, given: Collection[int] = ()) -> Target:
        """`given`: rules that somebody applied to this very ticket, although it was opened before."""
        had_none = self.since is not None and opened_at < self.since
        found = [
            rule
            for rule in self.rules
            if rule.concerns(subject) and (rule.id in given or (rule.valid_from <= opened_at and not had_none))
        ]
        if not found and had_none:
            return NO_TARGET
        if found:
            return max(found, key=lambda rule: rule._rank).target
        usual = (OF_REQUESTS if subject.kind == REQUEST else OF_FAULTS)[subject.priority]
        return Target(usual.claim, None) if subject.category in SOLVED_WHEN_PROMISED else usual
