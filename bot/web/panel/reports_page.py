"""`/panel/raporlar`: the months of each unit that somebody may see, signed or not, each to take along as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import REPORTS, YEAR_REPORT
from bot.web.rendering import NO_STORE
from handlers.context import Acting
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.months import Month, MonthLock
from handlers.domain.people import UnitId
from handlers.reports import months, years
from handlers.reports.months import MonthReport
from handlers.spoken_time import month_name

SHOWN_MONTHS = 13
"""The running one, and a year before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    month: Month
    title: str
    running: bool
    opened: int
    solved: int
    lock: MonthLock | None
    locked_by: str


@dataclass(frozen=True, slots=True)
class UnitMonths:
    unit: UnitId
    title: str
    lines: Sequence[MonthLine]


def _about(request: Request) -> str:
    return f"raporlar {request.path_params.get('name', '')}".strip()


@panel_page(REPORTS, about=_about)
async def reports(visit: Visit) -> Response:
    units = await visit.read(_look)
    own_years = await visit.read(years.years_of) if YEAR_REPORT.is_open_to(visit.person) else ()
    return visit.html(
        "panel_reports.html",
        units=units,
        drawable=visit.web.settings.month_report is not None,
        years=own_years,
        this_year=visit.desk.year(visit.now),
        endings=visit.web.settings.year_reports,
    )


@panel_page(REPORTS, about=_about)
async def month(visit: Visit) -> Response:
    """`donanim-2026-11.pdf`. Whether there is a unit of that name that is not theirs is not told."""
    draw = visit.web.settings.month_report
    unit, wanted = named(visit)
    found = await report_of(visit, unit, wanted)
    if draw is None:
        raise NotFound("page", visit.request.url.path)
    made = await run_in_threadpool(draw, found)
    about = f"{wanted} {unit}"
    await visit.web.gateway.write(lambda uow: uow.audit.log(visit.now, visit.person.id, "report_taken", about, CHANNEL))
    shown = {"Content-Disposition": f'inline; filename="aylik-rapor-{unit}-{wanted}.pdf"', **NO_STORE}
    return Response(made, media_type="application/pdf", headers=shown)


def named(visit: Visit) -> tuple[UnitId, Month]:
    """`donanim-2026-11` in the address. Raises NotFound for a month that there is not."""
    name = str(visit.request.path_params["name"])
    try:
        return UnitId(name[:-8]), _month(name[-7:], visit.now)
    except ValueError as error:
        raise NotFound("page", visit.request.url.path) from error


async def report_of(visit: Visit, unit: UnitId, wanted: Month) -> MonthReport:
    """Raises NotFound for a unit that is not theirs, as for none."""
    try:
        return await visit.read(lambda acting: months.report(acting, unit, wanted))
    except NotAllowed as error:
        raise NotFound("page", visit.request.url.path) from error


def _month(typed: str, now: datetime) -> Month:
    """Raises ValueError, also for one that is to come or was before there were desks."""
    found = Month.parse(typed)
    if not 2000 <= found.year <= now.year:
        raise ValueError(typed)
    return found


def _look(acting: Acting) -> Sequence[UnitMonths]:
    return [UnitMonths(unit, acting.desk.unit_title(unit), _lines(acting, unit)) for unit in months.units_of(acting)]


def _lines(acting: Acting, unit: UnitId) -> Sequence[MonthLine]:
    one, lines = Month.of(acting.working_time(unit).local_date(acting.now)), []
    for _ in range(SHOWN_MONTHS):
        since, until = _begins(acting, unit, one), _begins(acting, unit, one.following)
        opened, solved = acting.uow.summaries.opened_and_resolved(unit, since, until)
        lock = acting.uow.month_locks.standing(unit, one)
        who = None if lock is None else acting.uow.people.get(lock.locked_by)
        lines.append(
            MonthLine(
                month=one,
                title=month_name(one),
                running=until > acting.now,
                opened=opened if lock is None else lock.figures.opened,
                solved=solved if lock is None else lock.figures.solved,
                lock=lock,
                locked_by="" if who is None else who.name or who.handle,
            )
        )
        one = one.before
    return lines


def _begins(acting: Acting, unit: UnitId, one: Month) -> datetime:
    return acting.working_time(unit).at(one.first_day, time.min)
