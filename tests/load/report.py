"""docs/measurements.md and its picture, from the newest table of each kind that `make bench` kept.

`python -m tests.load.report`
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from tests.load.figures import KEPT, ROOT, shown

PAGE = ROOT / "docs" / "measurements.md"
PICTURE = ROOT / "docs" / "measurements.png"
SECTIONS = {
    "bench_load": "Nothing lost under load",
    "bench_growth": "An archive that grows",
    "bench_search": "The search",
    "bench_panel": "Pages of the panel",
    "bench_backlog": "After a day off",
    "bench_desk": "The web, alone and pressed",
    "bench_ticket_life": "A ticket's whole life",
    "bench_times": "Counting tickets' time",
    "bench_telegram": "Telegram",
    "bench_slack": "Slack",
    "bench_storage": "The store",
    "bench_knowledge": "Understanding",
}
Kept = Mapping[str, Any]
_BLUE, _ORANGE, _GREEN, _GREY = "#2a6fb0", "#d9822b", "#3a9a62", "#9aa4ad"
_KINDS = {"web": _BLUE, "worker": _GREEN, "postgres": _ORANGE, "the load itself": _GREY}


def newest() -> dict[tuple[str, str], Kept]:
    lines = [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()]
    return {(line["bench"], line["name"]): line for line in lines}


# --- the page ---
def page(tables: Mapping[tuple[str, str], Kept]) -> str:
    last = max(tables.values(), key=lambda table: table["at"])
    parts = [
        "# Measurements",
        "",
        "What `make bench` found, written by `python -m tests.load.report`. Loopback only; databases sync to disk",
        "(SQLite FULL, PostgreSQL with fsync); load, desk and database share the machine.",
        "",
        f"Machine: {last['machine']}. {last['software']}.",
        "",
        "![Latencies of the burst, growth, what an event costs, workers](measurements.png)",
    ]
    for bench in dict.fromkeys([*SECTIONS, *(name for name, _ in tables)]):
        own = [table for (name, _), table in tables.items() if name == bench]
        if own:
            parts += ["", f"## {SECTIONS.get(bench, bench)}"]
        for table in own:
            parts += ["", *_table(table)]
    return "\n".join(parts) + "\n"


def _table(table: Kept) -> list[str]:
    columns = table["columns"]
    lines = [
        f"**{_escaped(table['title'])}** · {table['at'][:10]}, commit {table['commit']}",
        "",
        _row(columns),
        "|" + "|".join(["---", *["---:"] * (len(columns) - 1)]) + "|",
        *(_row([shown(cell) for cell in row]) for row in table["rows"]),
    ]
    return [*lines, "", _escaped(table["note"])] if table["note"] else lines


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# --- the picture ---
def picture(tables: Mapping[tuple[str, str], Kept]) -> None:
    mpl.use("Agg")
    plt.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    figure, places = plt.subplots(2, 2, figsize=(11, 7.5), layout="constrained")
    panels = (
        (("bench_load", "burst"), _latencies),
        (("bench_growth", "sqlite"), _growth),
        (("bench_load", "burst_cost"), _costs),
        (("bench_load", "throughput"), _workers),
    )
    for axes, (key, draw) in zip(places.flat, panels, strict=True):
        if key in tables:
            draw(axes, tables[key])
        else:
            axes.set_axis_off()
    figure.savefig(PICTURE, dpi=110)
    plt.close(figure)


def _latencies(axes: Axes, table: Kept) -> None:
    names = [_short(row[0]) for row in table["rows"]]
    columns = table["columns"]
    acknowledged, answered = columns.index("p99"), len(columns) - 1
    for offset, place, color, name in (
        (-0.2, acknowledged, _BLUE, "acknowledged"),
        (0.2, answered, _ORANGE, "answered"),
    ):
        values = [row[place] or 0 for row in table["rows"]]
        bars = axes.bar([at + offset for at in range(len(names))], values, 0.38, color=color, label=f"{name}, p99")
        axes.bar_label(bars, [f"{value:,.0f}" for value in values], fontsize=8)
    axes.axhline(100, color=_BLUE, linestyle=":", linewidth=1)
    axes.axhline(500, color=_ORANGE, linestyle=":", linewidth=1)
    axes.set_xticks(range(len(names)), names)
    axes.set_yscale("log")
    axes.set(title=table["title"] + "\n(dotted: the targets)", ylabel="ms")
    axes.legend(frameon=False)


def _growth(axes: Axes, table: Kept) -> None:
    sizes = [int(re.sub(r"\D", "", column)) for column in table["columns"] if column.endswith("tickets")]
    for row in table["rows"]:
        if str(row[0]).endswith(", ms") and "start" not in row[0] and None not in row[1 : len(sizes) + 1]:
            axes.plot(sizes, row[1 : len(sizes) + 1], marker="o", markersize=3, linewidth=1.2)
            axes.annotate(
                row[0].removesuffix(", ms"),
                (sizes[-1], row[len(sizes)]),
                (4, -2),
                textcoords="offset points",
                fontsize=7,
            )
    axes.set(xscale="log", yscale="log", title=table["title"], xlabel="tickets", ylabel="ms")
    axes.set_xlim(sizes[0] * 0.8, sizes[-1] * 40)


def _costs(axes: Axes, table: Kept) -> None:
    setup, columns = "", table["columns"]
    spent: dict[str, dict[str, float]] = {}
    for row in table["rows"]:
        setup = row[0] or setup
        events = row[columns.index("CPU ms an event")]
        if isinstance(events, float):
            spent.setdefault(_short(setup), {})[row[1]] = events
    for place, kinds in enumerate(spent.values()):
        below = 0.0
        for kind, value in kinds.items():
            axes.bar(place, value, 0.6, below, color=_KINDS[kind], label=kind if kind not in _labels(axes) else None)
            below += value
    axes.set_xticks(range(len(spent)), list(spent))
    axes.set(title="What a report of the burst costs", ylabel="CPU ms")
    axes.legend(frameon=False)


def _labels(axes: Axes) -> list[str]:
    return axes.get_legend_handles_labels()[1]


def _workers(axes: Axes, table: Kept) -> None:
    names = [_short(row[0]) for row in table["rows"]]
    busy = table["columns"].index("machine busy %")
    bars = axes.bar(names, [row[1] for row in table["rows"]], 0.6, color=_GREEN)
    axes.bar_label(bars, [f"{row[1]:,.0f}/s\nmachine {row[busy]:.0f} % busy" for row in table["rows"]], fontsize=8)
    axes.margins(y=0.25)
    axes.set(title=table["title"], ylabel="events a second")


def _short(setup: str) -> str:
    return setup.replace("PostgreSQL, ", "PG, ")


def main() -> None:
    tables = newest()
    PAGE.write_text(page(tables), encoding="utf-8")
    picture(tables)
    print(f"{PAGE.relative_to(ROOT)}, {PICTURE.relative_to(ROOT)}: {len(tables)} tables")


if __name__ == "__main__":
    main()
