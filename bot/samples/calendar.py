"""Sample values: days, hours, targets and what stands by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from bot.samples.builders import NOW
from bot.samples.tickets import waiting
from bot.samples.typed import Typed
from handlers.calendar import changes
from handlers.calendar.targets import Reach
from handlers.domain.calendar import ORDINARY_WEEK, SpecialDay, SpecialKind, WorkPattern
from handlers.domain.countdowns import Pace, TimeLeft
from handlers.domain.months import Month
from handlers.domain.targets import OF_FAULTS, Target, TargetRule
from handlers.tickets.timing import Standing

FULL_DAY = timedelta(hours=8)
SPECIAL = SpecialDay(
    day=date(2026, 12, 4), kind=SpecialKind.ADMIN_LEAVE, title="İdari izin", starts=time(14), confirmed=False
)
PATTERN = WorkPattern(first_day=date(2026, 2, 19), last_day=date(2026, 3, 19), week=ORDINARY_WEEK, unit="donanim")
RULE = TargetRule(target=Target(None, timedelta(hours=8)), valid_from=NOW, kind="talep", unit="donanim")
STANDING = Standing(
    of_claim=False,
    left=TimeLeft(Pace.LATE, timedelta(hours=2)),
    due=NOW,
    full_day=FULL_DAY,
    promised=date(2026, 12, 4),
    broken=True,
)
SAME: Mapping[str, Any] = {
    "change": changes.Change(longer=14, shorter=2, no_longer_late=3, late_after_all=1, partial=True),
    "day": date(2026, 12, 4),
    "days": 7,
    "doubtful": [SPECIAL],
    "due_today": True,
    "ends": time(8, 0),
    "events": [SPECIAL],
    "first": 1,
    "full_day": FULL_DAY,
    "last": 10,
    "latter": (time(12, 0), time(17, 0)),
    "locked": [Month(2026, 11)],
    "misread": "31 Şubat",
    "now": NOW + timedelta(minutes=5),
    "of_some": True,
    "pattern": PATTERN,
    "patterns": [PATTERN],
    "reached": Reach(41, 2, partial=True),
    "replaced": [SPECIAL],
    "rule": RULE,
    "rules": [RULE],
    "special": [SPECIAL],
    "standing": STANDING,
    "starts": time(17, 0),
    "targets": {"ariza": OF_FAULTS},
    "today": NOW.date(),
    "warning": "solve_late",
    "weekday": 4,
    "windows": ((time(8), time(12)), (time(13), time(17))),
}
"""Whatever people typed."""


def values(typed: Typed) -> Mapping[str, Any]:
    it = waiting(typed)
    return {**SAME, "agreed": {it.id: NOW}, "standings": {it.id: STANDING}}


IN_ONE: Mapping[str, Mapping[str, Any]] = {"errors/hours_overlap": {"former": (time(8, 0), time(12, 30))}}
"""Texts in which a name means something else than in all others."""
