"""The picture beside a daily summary: opened and solved of the last working days as bars, below them the queue.

Drawn for a phone held upright (1080 px wide). The two colours are told apart by everybody (Okabe and Ito's blue and
orange), and every bar carries its number.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers.context import Desk
from handlers.reports.digest_figures import DayFigures, Digest
from handlers.spoken_time import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, DPI = 1080, 150
UNIT_HEIGHT, HEAD = 850, 110
OPENED, SOLVED, QUEUE = "#0072B2", "#E69F00", "#4D4D4D"
_INK, _PALE = "#222222", "#D9D9D9"
_SHORT_DAYS = ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz")


def draw(desk: Desk, digests: Sequence[Digest]) -> bytes:
    """A PNG with a part for each unit. Takes about half a second: never within a transaction."""
    # matplotlib takes half a second and 30 MB to import, and is needed once a day.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = HEAD + UNIT_HEIGHT * len(digests)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    day = digests[0].day
    figure.text(
        0.05,
        1 - 34 / height,
        f"Günlük özet · {day.day} {MONTHS[day.month - 1]} {WEEKDAYS[day.weekday()]}",
        fontsize=19,
        fontweight="bold",
        color=_INK,
        va="top",
    )
    for place, digest in enumerate(digests):
        top = height - HEAD - UNIT_HEIGHT * place
        bars = figure.add_axes((0.05, (top - 490) / height, 0.9, 360 / height))
        queue = figure.add_axes((0.05, (top - 775) / height, 0.9, 150 / height))
        _bars(bars, desk.unit_title(digest.unit), digest.days)
        _queue(queue, digest.days)
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_png(out)  # type: ignore[no-untyped-call] # matplotlib types most, not this
    return out.getvalue()


def _bars(axes: Axes, title: str, days: Sequence[DayFigures]) -> None:
    places = range(len(days))
    for offset, colour, name, values in (
        (-0.2, OPENED, "Açılan", [day.opened for day in days]),
        (0.2, SOLVED, "Tamamlanan", [day.resolved for day in days]),
    ):
        bars = axes.bar([place + offset for place in places], values, width=0.38, color=colour, label=name)
        axes.bar_label(bars, fontsize=14, padding=2, color=_INK)
    axes.set_ylim(0, max(4, *(max(day.opened, day.resolved) for day in days)) * 1.2)
    axes.set_title(title, fontsize=17, fontweight="bold", color=_INK, loc="left", pad=36)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.012, 0.99), ncols=2, frameon=False, fontsize=15, handlelength=1)
    _bare(axes, days)


def _queue(axes: Axes, days: Sequence[DayFigures]) -> None:
    places, values = list(range(len(days))), [day.active for day in days]
    axes.fill_between(places, values, color=_PALE, linewidth=0)
    axes.plot(places, values, color=QUEUE, linewidth=2.5, marker="o", markersize=7)
    for place, value in zip(places, values, strict=True):
        axes.annotate(
            str(value), (place, value), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=14, color=_INK
        )
    axes.set_ylim(0, max(4, *values) * 1.5)
    axes.set_title("Gün sonunda açık kayıtlar", fontsize=15, color=_INK, loc="left", pad=12)
    _bare(axes, days)
    axes.tick_params(axis="x", labelbottom=False)  # the days stand above


def _bare(axes: Axes, days: Sequence[DayFigures]) -> None:
    """Numbers stand at the bars, so there is no scale; a day is a weekday and a date, today in bold."""
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_yticks([])
    axes.set_xticks(range(len(days)), [f"{_SHORT_DAYS[day.day.weekday()]}\n{day.day.day}" for day in days])
    axes.tick_params(axis="x", length=0, labelsize=14, labelcolor=_INK)
    axes.get_xticklabels()[-1].set_fontweight("bold")
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
