"""Which target a ticket has: the defaults, and the most specific of a house's own rules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.errors import Invalid
from handlers.domain.states import Priority
from handlers.domain.targets import NO_TARGET, Subject, Target, TargetRule, Targets
from tests.handlers.domain.calendars import at

HOUR = timedelta(hours=1)
NOW = at("2026-12-01T10:00")
LONG_AGO = at("2026-01-01T00:00")


def subject(category: str | None = "yazici-yazdirmiyor", kind: str = "ariza", p: Priority = Priority.NORMAL) -> Subject:
    return Subject(unit="donanim", category=category, kind=kind, priority=p)


@pytest.mark.parametrize(
    ("priority", "kind", "claim", "solve"),
    [
        (Priority.URGENT, "ariza", 0.25, 4),
        (Priority.HIGH, "ariza", 1, 8),
        (Priority.NORMAL, "ariza", 4, 24),
        (Priority.LOW, "talep", 8, 120),
        (Priority.URGENT, "talep", 0.25, 8),
    ],
)
def test_of_a_house_that_has_said_nothing(priority: Priority, kind: str, claim: float, solve: float) -> None:
    assert Targets().of(subject(kind=kind, p=priority), NOW) == Target(claim * HOUR, solve * HOUR)
    assert Targets().of(subject(None, kind, priority), NOW) == Target(claim * HOUR, solve * HOUR)


@pytest.mark.parametrize("category", ["yazilim-gelistirme", "teknik-sartname"])
def test_work_without_a_usual_length_has_none(category: str) -> None:
    assert Targets().of(subject(category, "talep"), NOW) == Target(4 * HOUR, None)


def test_the_most_specific_rule_wins() -> None:
    def rule(claim: float, **of: object) -> TargetRule:
        return TargetRule(target=Target(claim * HOUR, 99 * HOUR), valid_from=LONG_AGO, **of)  # type: ignore[arg-type] # a test's own shorthand

    category, normal = "yazici-yazdirmiyor", Priority.NORMAL
    ladder = [
        rule(1),
        rule(2, priority=normal),
        rule(3, priority=normal, kind="ariza"),
        rule(4, unit="donanim"),
        rule(5, unit="donanim", priority=normal),
        rule(6, category=category),
        rule(7, category=category, priority=normal),
        rule(8, unit="donanim", category=category, priority=normal),
    ]
    others = [
        rule(50, unit="yazilim"),
        rule(51, category="ekran"),
        rule(52, priority=Priority.LOW),
        rule(53, kind="talep"),
    ]
    for height in range(1, len(ladder) + 1):
        found = Targets(rules=[*others, *reversed(ladder[:height])]).of(subject(), NOW)
        assert found.claim == height * HOUR


def test_new_values_are_for_tickets_opened_from_then_on() -> None:
    old = TargetRule(target=Target(HOUR, 2 * HOUR), valid_from=LONG_AGO)
    new = TargetRule(target=NO_TARGET, valid_from=NOW)
    targets = Targets(rules=(new, old))
    assert targets.of(subject(), NOW - HOUR) == old.target
    assert targets.of(subject(), NOW) == NO_TARGET


def test_tickets_from_before_there_were_targets_have_none() -> None:
    targets = Targets(since=NOW)
    assert targets.of(subject(), NOW - HOUR) == NO_TARGET
    assert targets.of(subject(), NOW).claim == 4 * HOUR


def test_targets_that_nobody_could_meet_are_refused() -> None:
    with pytest.raises(Invalid, match="target_order"):
        Target(2 * HOUR, HOUR)
    with pytest.raises(Invalid, match="target_unreadable"):
        Target(timedelta(), HOUR)
