"""Sample values: digests, weeks, months and years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.samples import documents
from bot.samples.builders import MEHMET, NOW, person, ticket
from bot.samples.calendar import FULL_DAY
from bot.samples.people import somebody
from bot.samples.terms import TERM
from bot.samples.typed import Typed
from handlers.domain.anchors import Anchor
from handlers.domain.charts import ThisWeek
from handlers.domain.months import Month, MonthFigures, MonthLock, Waited
from handlers.domain.states import State
from handlers.queries.overview import Overview, UnitNow
from handlers.reports import digest_figures
from handlers.reports.documents_due import DocumentsDue
from handlers.reports.ending import EndingSoon
from handlers.reports.months import MonthReport

OVERVIEW = Overview(
    at=NOW,
    today=NOW.date(),
    units=[
        UnitNow(
            unit=unit,
            open=12,
            queued=3,
            waiting=4,
            urgent=1,
            older=5,
            late=2,
            reopened=1,
            days=[(NOW.date(), 4, 3)],
        )
        for unit in ("donanim", "yazilim")
    ],
)
MONTH = MonthReport(
    unit="donanim",
    month=Month(2026, 11),
    figures=MonthFigures(opened=12, solved=11, with_target=10, in_target=9, median_s=7200, ninth_s=28800),
    lock=MonthLock(
        unit="donanim",
        month=Month(2026, 11),
        figures=MonthFigures(opened=11, solved=4, with_target=3, in_target=3, median_s=60, ninth_s=60),
        locked_at=NOW,
        locked_by=MEHMET,
    ),
    locked_by=person(name="Fatma Şahin"),
    waits=[Waited(State.WAITING_PARTS, timedelta(hours=12), 4), Waited(State.WAITING_VENDOR, timedelta(hours=2), 1)],
    late=[("parts", 2), (None, 1)],
    running=True,
    full_day=FULL_DAY,
    outages=[(ticket(), "EBYS", True)] * 11,
)
SAME: Mapping[str, Any] = {
    "asked_about": "now",
    "director": True,
    "done": 3_000,
    "flow": [("donanim", 4, 3), ("yazilim", 2, 2)],
    "monday": date(2026, 11, 16),
    "month": MONTH.month,
    "month_report": MONTH,
    "opened": 4_212,
    "opens_on": date(2026, 12, 1),
    "overview": OVERVIEW,
    "page": "/oda-kartlari.pdf",
    "recommended": False,
    "solved": 4,
    "stretch_said": "Bugün",
    "sunday": date(2026, 11, 22),
    "wanted_daily": True,
    "week": ThisWeek(
        opened=86,
        solved=91,
        waited_for=State.WAITING_PARTS,
        waited=timedelta(hours=112),
        subject="toner-kartus",
    ),
}
"""Whatever people typed."""


def _digest(typed: Typed) -> digest_figures.Digest:
    wait = digest_figures.Wait(state=State.WAITING_PARTS, count=1, since=NOW, days=2)
    holder = somebody(typed).name
    oldest = digest_figures.OpenTicket(
        number="2026-000001",
        category="yazici-yazdirmiyor",
        state=State.OPEN,
        priority=ticket().priority,
        opened_at=NOW,
        days=3,
        holder=holder,
        restricted=False,
    )
    return digest_figures.Digest(
        unit="donanim",
        day=NOW.date(),
        since=NOW - timedelta(days=3),
        until=NOW,
        opened=3,
        resolved=2,
        solved_by_tip=1,
        active=4,
        unclaimed=1,
        waits=(wait,),
        oldest=(oldest,),
        by_category=(("yazici-yazdirmiyor", 2), (None, 1)),
        by_department=((typed.department, 2, 1),),
        resolved_by=((holder, 2),),
        comparison=digest_figures.Comparison(days=5, opened_average=2.4, resolved_average=3.0),
        days=(),
        in_between=False,
    )


def _view(typed: Typed) -> digest_figures.View:
    day = _digest(typed)
    overdue = digest_figures.Overdue(
        unclaimed=2, unsolved=1, oldest_unclaimed=day.oldest[0], oldest_unsolved=day.oldest[0]
    )
    return digest_figures.View(
        digests=[day, day],
        names=True,
        secrets=True,
        held=[(somebody(typed).name, 2)],
        in_place_of=typed.director,
        emergencies=day.oldest,
        overdue=overdue,
        ending=EndingSoon(number=3, nearest=TERM),
        documents=DocumentsDue(2, 3, documents.ONE),
        anchor=Anchor(number=12, day=NOW.date(), at=NOW, heads=3, previous="", hash="88d041ac" + "0" * 56),
    )


def values(typed: Typed) -> Mapping[str, Any]:
    day = _digest(typed)
    return {**SAME, "c": day.comparison, "d": day, "view": _view(typed), "waits": day.waits}
