"""Hedefler: what the institution, or a lead for the own unit, sets in place of the defaults, for tickets to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.domain.states import Priority
from handlers.domain.targets import REQUEST, Subject, Target, TargetRule

FAULT = "ariza"


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
    found = next((rule for rule in acting.time_rules.targets.rules if rule.id == key), None)
    if found is None:
        return None
    if found.unit != unit_of_calendar(acting.person):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)
    acting.uow.calendars.remove_target(key)
    acting.uow.timings.count_anew(found.valid_from)
    _log(acting, "target_removed", found)
    return found


def rules_of(work: UseCaseContext, unit: UnitId | None) -> Sequence[TargetRule]:
    """Of the institution and that unit, the newest first."""
    return [rule for rule in reversed(work.time_rules.targets.rules) if rule.unit in (None, unit)]


def table(work: UseCaseContext, unit: UnitId | None) -> Mapping[str, Mapping[Priority, Target]]:
    """By kind and priority, of a subject for which nothing of its own is set."""

    def of(kind: str, priority: Priority) -> Target:
        subject = Subject(unit=unit or "", category=None, kind=kind, priority=priority)
        return work.time_rules.targets.of(subject, work.now)

    return {kind: {priority: of(kind, priority) for priority in Priority} for kind in (FAULT, REQUEST)}


def _log(acting: Acting, what: str, rule: TargetRule) -> None:
    said = (rule.unit or "*", rule.category or "*", rule.kind or "*", rule.priority or "*")
    lengths = "/".join("-" if given is None else f"{given // timedelta(minutes=1)}" for given in _lengths(rule))
    acting.uow.audit.log(acting.now, acting.person.id, what, f"{' '.join(said)} {lengths} min", acting.channel)


def _lengths(rule: TargetRule) -> tuple[timedelta | None, timedelta | None]:
    return rule.target.claim, rule.target.solve
