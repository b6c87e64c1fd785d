"""Hedefler: what the institution, or a lead for the own unit, sets in place of the defaults, for tickets to come and,
where they say so, for those that are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.countdowns import Countdowns, Pace
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.domain.states import Change, Priority, TicketEvent
from handlers.domain.targets import REQUEST, Subject, Target, TargetRule, applied
from handlers.domain.ticket import Ticket

FAULT = "ariza"
KINDS = (FAULT, REQUEST)
MAX_APPLIED = 2000
"""Open tickets to which a new target is applied at once."""


def set_target(
    acting: Acting, target: Target, *, category: str | None, kind: str | None, priority: Priority | None
) -> TargetRule:
    """Raises NotAllowed, NotFound for a category that there is not."""
    require(acting.person, Action.KEEP_CALENDAR)
    if category is not None and acting.desk.category(category) is None:
        raise NotFound("category", category)
    rule = TargetRule(
        target=target,
        valid_from=acting.now,
        unit=unit_of_calendar(acting.person),
        category=category,
        kind=kind,
        priority=priority,
    )
    added = acting.uow.calendars.add_target(rule)
    _log(acting, "target_set", added)
    return added


def take_back(acting: Acting, key: int) -> TargetRule | None:
    """None where it is gone already. Tickets opened meanwhile are counted anew. Raises NotAllowed."""
    require(acting.person, Action.KEEP_CALENDAR)
    found = rule(acting, key)
    if found is None:
        return None
    _require_own(acting, found)
    acting.uow.calendars.remove_target(key)
    acting.uow.timings.count_anew(found.valid_from)
    _log(acting, "target_removed", found)
    return found


# --- tickets that are open already ----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reach:
    """What a target would do to tickets that are open already."""

    changed: int
    late: int
    """Of them, late by it at once."""
    partial: bool = False
    """There are more than were looked at."""


def reach(work: UseCaseContext, rule: TargetRule) -> Reach:
    """Counted as if it had been theirs from the beginning."""
    active = _active(work, rule)
    found = list(_changed(work, rule, active[:MAX_APPLIED]))
    return Reach(len(found), sum(late for _, late in found), partial=len(active) > MAX_APPLIED)


def apply(acting: Acting, rule: TargetRule) -> Reach:
    """Açık kayıtlara da uygula: those that it changes have it from their opening on, and their history says so.

    Raises NotAllowed.
    """
    _require_own(acting, rule)
    found = list(_changed(acting, rule, _active(acting, rule)[:MAX_APPLIED]))
    for ticket, _ in found:
        ticket.log(Change.RETARGETED, by=acting.person.id, at=acting.now, channel=acting.channel, after=str(rule.id))
        acting.uow.tickets.save(ticket)
    if found:
        _log(acting, "target_applied", rule, len(found))
    return Reach(len(found), sum(late for _, late in found))


def take_off(acting: Acting, rule: TargetRule) -> int:
    """It counts for those no more that were open when it was set; how many they were. Raises NotAllowed."""
    _require_own(acting, rule)
    has_it = [ticket for ticket in _active(acting, rule) if rule.id in applied(_history(acting, ticket))]
    for ticket in has_it:
        ticket.log(Change.RETARGETED, by=acting.person.id, at=acting.now, channel=acting.channel, before=str(rule.id))
        acting.uow.tickets.save(ticket)
    if has_it:
        _log(acting, "target_taken_off", rule, len(has_it))
    return len(has_it)


def rule(work: UseCaseContext, key: int) -> TargetRule | None:
    return next((one for one in work.time_rules.targets.rules if one.id == key), None)


def _active(work: UseCaseContext, rule: TargetRule) -> Sequence[Ticket]:
    units = [rule.unit] if rule.unit is not None else work.desk.units
    return [t for unit in units for t in work.uow.tickets.active_in(unit, rule.category, limit=MAX_APPLIED + 1)]


def _changed(work: UseCaseContext, rule: TargetRule, tickets: Sequence[Ticket]) -> Iterator[tuple[Ticket, bool]]:
    """Whose target it changes, and whether it makes them late."""
    rules = work.time_rules
    for ticket in tickets:
        history = _history(work, ticket)
        given = TicketEvent(work.now, work.actor, work.channel, Change.RETARGETED, after=str(rule.id))
        before, after = rules.countdowns(ticket, history), rules.countdowns(ticket, [*history, given])
        if _targets(before) != _targets(after):
            yield ticket, _is_late(after, work.now) and not _is_late(before, work.now)


def _history(work: UseCaseContext, ticket: Ticket) -> Sequence[TicketEvent]:
    return [*work.uow.tickets.history(ticket.id), *ticket.fresh_events]


def _targets(counted: Countdowns) -> tuple[timedelta | None, timedelta | None]:
    return None if counted.claim is None else counted.claim.target, counted.solve.target


def _is_late(counted: Countdowns, now: datetime) -> bool:
    left = counted.now_counts.left(now)
    return left is not None and left.pace is Pace.LATE


def _require_own(acting: Acting, rule: TargetRule) -> None:
    require(acting.person, Action.KEEP_CALENDAR)
    if rule.unit != unit_of_calendar(acting.person):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)


def rules_of(work: UseCaseContext, unit: UnitId | None) -> Sequence[TargetRule]:
    """Of the institution and that unit, the newest first."""
    return [rule for rule in reversed(work.time_rules.targets.rules) if rule.unit in (None, unit)]


def table(work: UseCaseContext, unit: UnitId | None) -> Mapping[str, Mapping[Priority, Target]]:
    """By kind and priority, of a subject for which nothing of its own is set."""

    def of(kind: str, priority: Priority) -> Target:
        subject = Subject(unit=unit or "", category=None, kind=kind, priority=priority)
        return work.time_rules.targets.of(subject, work.now)

    return {kind: {priority: of(kind, priority) for priority in Priority} for kind in KINDS}


def _log(acting: Acting, what: str, rule: TargetRule, tickets: int = 0) -> None:
    said = (rule.unit or "*", rule.category or "*", rule.kind or "*", rule.priority or "*")
    lengths = "/".join("-" if given is None else f"{given // timedelta(minutes=1)}" for given in _lengths(rule))
    about = f"{' '.join(said)} {lengths} min" + (f", {tickets} tickets" if tickets else "")
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


def _lengths(rule: TargetRule) -> tuple[timedelta | None, timedelta | None]:
    return rule.target.claim, rule.target.solve
