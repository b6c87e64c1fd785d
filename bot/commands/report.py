"""`masa report`: the report of a week, a month or a year as a file, whoever has it on their page too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands.sources import opened_store, require_unit
from bot.config import Settings, load
from bot.documents import month_report, weekly_report, year_report
from bot.documents.register_export import replacing
from bot.errors import OperatorError
from handlers.context import Acting, Desk
from handlers.domain.months import Month
from handlers.domain.people import Person, Role, UnitId
from handlers.ports import UnitOfWork
from handlers.queries import charts
from handlers.reports import months, years

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|W(?P<week>\d{2})))?")
_OPERATOR = Person(handle="masa", role=Role.DIRECTOR)
"""Whoever runs a command reads what the director reads."""
PDF, DOCX = "pdf", "docx"

Look = Callable[[Acting], Callable[[], bytes]]
"""Reads what is to be told; what comes back draws it, when the database is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    period: str
    unit: UnitId | None
    ending: str
    today: date


def report(
    period: Annotated[str, typer.Argument(help="Yıl, ay ya da hafta: 2026, 2026-11, 2026-W48.")],
    out: Annotated[Path, typer.Option("--out", help="Yazılacak dosya.")],
    as_format: Annotated[
        str | None, typer.Option("--format", help="pdf ya da docx (yalnız yıl); yazılmazsa dosya adından anlaşılır.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Ay için gereken, hafta için seçilebilen birim: donanim …")] = None,
    force: Annotated[bool, typer.Option("--force", help="Aynı adlı dosya varsa üzerine yazar.")] = False,
) -> None:
    """Haftalık, aylık ya da yıllık raporu yazar: yıllığı birim faaliyet raporudur."""
    settings = load()
    require_unit(settings, unit)
    now = process_clock().now()
    ending = _ending(out, as_format)
    _check_target(out, force=force)
    desk = build_desk(settings)
    look = _look(desk, settings, _Wish(period=period, unit=unit, ending=ending, today=now.astimezone(desk.zone).date()))

    def read(uow: UnitOfWork) -> Callable[[], bytes]:
        return look(Acting(desk=desk, uow=uow, now=now, person=_OPERATOR, channel="cli", event_key=""))

    with opened_store(settings) as store:
        draw = store.read(read)
    try:
        with replacing(out) as part:
            part.write_bytes(draw())
    except OSError as error:
        raise OperatorError(f"--out: {str(out)!r}: {error.strerror or error}; nothing was written") from None
    print(f"{out}: {period}")


def _ending(out: Path, wanted: str | None) -> str:
    """Raises OperatorError."""
    named = out.suffix.lower().removeprefix(".")
    ending = (wanted or named).lower()
    if ending not in (PDF, DOCX):
        said = f"--format: {wanted!r}; expected pdf or docx" if wanted else f"--out: {str(out)!r}; expected a file name"
        raise OperatorError(said if wanted else f"{said} that ends in .pdf or .docx, or --format")
    if wanted and named in (PDF, DOCX) and named != ending:
        raise OperatorError(f"--format: {ending}, but --out ends in .{named}; expected the same")
    return ending


def _check_target(out: Path, *, force: bool) -> None:
    """Raises OperatorError before any work is done."""
    if out.is_dir():
        raise OperatorError(f"--out: {str(out)!r} is a folder; expected a file name in it")
    if not out.parent.is_dir():
        raise OperatorError(f"--out: {str(out)!r}; expected an existing folder, but there is no {str(out.parent)!r}")
    if out.exists() and not force:
        raise OperatorError(f"--out: {str(out)!r} exists; expected a new name, or --force to replace it")


def _look(desk: Desk, settings: Settings, wish: _Wish) -> Look:
    """Raises OperatorError for a period that is none, or is to come."""
    found = _PERIOD.fullmatch(wish.period)
    if found is None:
        raise OperatorError(f"{wish.period!r}; expected a year (2026), a month (2026-11) or a week (2026-W48)")
    year = int(found["year"])
    if not years.FIRST_YEAR <= year <= wish.today.year:
        raise OperatorError(f"{wish.period!r}; expected a year from {years.FIRST_YEAR} to {wish.today.year}")
    if found["month"] is None and found["week"] is None:
        return _of_year(desk, settings, wish, year)
    if wish.ending != PDF:
        raise OperatorError(f"{wish.period!r} as docx; expected pdf: only the report of a year is a document")
    if found["month"] is not None:
        return _of_month(desk, settings, wish)
    return _of_week(desk, wish, year, int(found["week"]))


def _of_year(desk: Desk, settings: Settings, wish: _Wish, year: int) -> Look:
    if wish.unit is not None:
        raise OperatorError(f"--unit: {wish.unit!r}; expected none: the report of a year is of all units")
    write = year_report.docx if wish.ending == DOCX else year_report.pdf

    def look(acting: Acting) -> Callable[[], bytes]:
        found = years.report(acting, year)
        return lambda: write(desk, found, settings.timezone)

    return look


def _of_month(desk: Desk, settings: Settings, wish: _Wish) -> Look:
    try:
        month = Month.parse(wish.period)
    except ValueError:
        month = None
    if month is None or month > Month.of(wish.today):
        raise OperatorError(f"{wish.period!r}; expected a month as YYYY-MM, {Month.of(wish.today)} or earlier")
    unit = wish.unit
    if unit is None:
        raise OperatorError(f"{wish.period!r} needs --unit; expected one of {', '.join(desk.units)}")

    def look(acting: Acting) -> Callable[[], bytes]:
        found = months.report(acting, unit, month)
        return lambda: month_report.pdf(desk, found, settings.timezone)

    return look


def _of_week(desk: Desk, wish: _Wish, year: int, week: int) -> Look:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        monday = None
    if monday is None or monday > wish.today:
        last = wish.today.isocalendar()
        raise OperatorError(f"{wish.period!r}; expected a week as YYYY-Www, {last.year}-W{last.week:02} or earlier")
    ends = monday + timedelta(days=7)

    def look(acting: Acting) -> Callable[[], bytes]:
        until: datetime | None = None
        if ends <= wish.today:
            until = acting.working_time(wish.unit).at(ends, time.min) - timedelta(microseconds=1)
        found = charts.look(acting, only=wish.unit, until=until)
        return lambda: weekly_report.pdf(desk, found, monday)

    return look
