"""`/panel/gosterge`: the one screen of what is open now, and the eight charts, each with its numbers as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.web.panel.chart_plots import plots_of, sentence
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import FIGURES, TICKETS
from bot.web.panel.plots import COMPARED, Plot
from bot.web.rendering import NO_STORE, Cell
from handlers.context import Acting
from handlers.domain.charts import PERIODS, USUAL_PERIOD, Charts
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.queries import charts, overview
from handlers.queries.overview import Overview
from handlers.spoken_time import near_days, short_day

_PERIOD_WORDS = {4: "Son 4 hafta", 12: "Son 12 hafta", 26: "Son 26 hafta", 52: "Son 52 hafta"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Asked:
    weeks: int
    unit: UnitId | None
    ignored: Sequence[str]
    """What was asked for and does not exist, in words."""

    @property
    def query(self) -> str:
        chosen: dict[str, str | int] = {"donem": self.weeks}
        if self.unit is not None:
            chosen["birim"] = self.unit
        return f"?{urlencode(chosen)}"


@dataclass(frozen=True, slots=True)
class Tile:
    count: int
    words: str
    link: str = ""


def _about(request: Request) -> str:
    return f"gosterge {request.url.query}".strip()


@panel_page(FIGURES, about=_about)
async def figures(visit: Visit) -> Response:
    asked, drawn, now, units = await visit.read(lambda acting: _look(acting, visit.request))
    return visit.html(
        "panel_figures.html",
        sentence=sentence(drawn.this_week, visit.desk.title),
        tiles=_tiles(visit, now, asked.unit),
        units_now=[(one, visit.desk.unit_title(one.unit), _link(visit, one.unit)) for one in now.units],
        days=[{"name": short_day(day), "opened": opened, "solved": solved} for day, opened, solved in now.days],
        periods=[(weeks, _PERIOD_WORDS[weeks]) for weeks in PERIODS],
        chosen_weeks=asked.weeks,
        chosen_unit=asked.unit,
        units=[(unit, visit.desk.unit_title(unit)) for unit in units],
        ignored=asked.ignored,
        period=_period(visit, drawn),
        plots=(plots := _plots(visit, drawn, asked.unit)),
        compares=any(COMPARED in one.said for one in plots),
        asked=asked.query,
    )


@panel_page(FIGURES, about=_about)
async def numbers(visit: Visit) -> Response:
    """The numbers of one chart. Who took them stands in the audit."""
    asked, drawn, _, _ = await visit.read(lambda acting: _look(acting, visit.request))
    name = visit.request.path_params["chart"]
    plot = next((one for one in _plots(visit, drawn, asked.unit) if one.name == name), None)
    if plot is None:
        raise NotFound("page", visit.request.url.path)
    about = f"gosterge {name} {asked.query[1:]}: {len(plot.rows)}"
    await visit.web.gateway.write(
        lambda uow: uow.audit.log(visit.now, visit.person.id, "figures_exported", about, CHANNEL)
    )
    shown = {"Content-Disposition": f'attachment; filename="gosterge-{name}.csv"', **NO_STORE}
    return Response(as_csv(plot), media_type="text/csv; charset=utf-8", headers=shown)


def as_csv(plot: Plot) -> bytes:
    """As a Turkish spreadsheet opens it: with a mark of its encoding, semicolons, decimal commas, and no formulas."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow([_plain(word) for word in plot.head])
    rows.writerows([_plain(cell) for cell in row] for row in plot.rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(cell).replace(".", ",")


def _look(acting: Acting, request: Request) -> tuple[Asked, Charts, Overview, Sequence[UnitId]]:
    units = charts.units_of(acting)
    asked = _asked(request, units)
    return asked, charts.look(acting, asked.weeks, asked.unit), overview.look(acting, asked.unit), units


def _asked(request: Request, units: Sequence[UnitId]) -> Asked:
    ignored = []
    typed = request.query_params.get("donem", "")
    weeks = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else USUAL_PERIOD
    if weeks not in PERIODS:
        weeks = USUAL_PERIOD
    if typed and typed != str(weeks):
        ignored.append(f"“{typed[:20]}” diye bir dönem yok, {_PERIOD_WORDS[weeks].lower()} gösteriliyor.")
    unit = request.query_params.get("birim", "")
    if unit and unit not in units:
        ignored.append(f"“{unit[:20]}” diye görebileceğiniz bir birim yok, yok sayıldı.")
    return Asked(weeks, unit if unit in units else None, ignored)


def _plots(visit: Visit, drawn: Charts, unit: UnitId | None) -> Sequence[Plot]:
    return plots_of(drawn, visit.desk.title, lambda **filters: _link(visit, unit, **filters))


def _link(visit: Visit, unit: UnitId | None, **filters: str) -> str:
    wanted = {"birim": unit, **filters} if unit is not None else filters
    return f"{visit.browser.base}/panel/{TICKETS.path}" + (f"?{urlencode(wanted)}" if wanted else "")


def _tiles(visit: Visit, now: Overview, unit: UnitId | None) -> Sequence[Tile]:
    return [
        Tile(now.open, "açık", _link(visit, unit, durum="acik")),
        Tile(now.urgent, "acil", _link(visit, unit, durum="acik", oncelik="acil")),
        Tile(now.late, "geciken", _link(visit, unit, geciken="1", sirala="sure")),
        Tile(now.older, "1 iş gününden eski", _link(visit, unit, durum="acik", sirala="eski")),
        Tile(now.reopened, "son 7 günde yeniden açılan"),
    ]


def _period(visit: Visit, drawn: Charts) -> str:
    today = visit.now.astimezone(visit.desk.zone).date()
    units = ", ".join(visit.desk.unit_title(unit) for unit in drawn.units)
    return f"{near_days(drawn.period.first, today, today)} · {units}"
