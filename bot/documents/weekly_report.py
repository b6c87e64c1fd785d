"""The weekly report (.pdf): one page, with the charts of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from bot.web.panel.chart_plots import plots_of, sentence
from bot.web.panel.plots import Plot
from bot.web.rendering import Cell, page
from handlers.context import Desk
from handlers.domain.charts import Charts
from handlers.spoken_time import near_days

_DRAWN = ("acik-is-yuku", "gelen-tamamlanan", "acik-yas")
_TOLD = ("cozum-suresi", "bekleme", "konu-mudurluk", "gun-saat")
_INK, _FAINT, _LINE = "#18211f", "#566360", "#b9c4c2"
_STYLE = f"""<style>
text {{ font-family: "DejaVu Sans"; font-size: 12px; fill: {_INK}; }}
.value, .label, .on {{ text-anchor: middle; }}
.name {{ text-anchor: end; }}
.value {{ font-weight: bold; }}
.label {{ fill: {_FAINT}; }}
.on {{ fill: #ffffff; font-weight: bold; }}
.small {{ font-size: 10px; }}
.axis {{ stroke: {_LINE}; }}
.off {{ fill: #e4e9e8; }}
.c-a {{ fill: #1d5fb8; }} .c-b {{ fill: #0f6b66; }} .c-c {{ fill: #8a5a00; }}
.c-line {{ fill: none; stroke: {_INK}; stroke-width: 2; stroke-dasharray: 4 3; }}
</style>"""
"""What panel.css says, for paper."""
_COLOURS = {"a": "#1d5fb8", "b": "#0f6b66", "c": "#8a5a00", "line": _INK}


def pdf(desk: Desk, found: Charts, monday: date) -> bytes:
    """Half a second: never within a transaction."""
    plots = {plot.name: plot for plot in plots_of(found, desk.title, lambda **_filters: "")}
    units = ", ".join(desk.unit_title(unit) for unit in found.units)
    document: dict[str, object] = {
        "title": f"Haftalık rapor: {near_days(monday, monday + timedelta(days=6), monday)} {monday.year}",
        "units": drawable(units),
        "sentence": drawable(sentence(found.this_week, desk.title, "Hafta boyunca")),
        "charts": [_chart(plots[name]) for name in _DRAWN],
        "told": [[plots[name].title, drawable(plots[name].empty or plots[name].said)] for name in _TOLD],
        "repeated": [[drawable(str(cell)) for cell in row[:4]] for row in _of_no_person(plots["tekrar"])[:3]],
    }
    return set_pages("weekly_report", Letterhead.of(desk), document)


def _of_no_person(plot: Plot) -> Sequence[Sequence[Cell]]:
    """A page that is passed on names devices and rooms."""
    return [row for row in plot.rows if row[0] != "Kişi"]


def _chart(plot: Plot) -> dict[str, object]:
    return {
        "title": plot.title,
        "said": drawable(plot.empty or plot.said),
        "legend": [[_COLOURS[mark], word] for mark, word in plot.legend],
        "svg": "" if plot.empty else _svg(plot),
    }


def _svg(plot: Plot) -> str:
    """As the page draws it, with its colours in it."""
    drawn = page("chart_alone.html", plot=plot).strip()
    head, _, rest = drawn.partition("<title>")
    return drawable(f"{head}{_STYLE}<title>{rest}")
