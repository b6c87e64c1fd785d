"""Numbers of each series: spelt as the desk does, none twice, none missing, the counter where the last stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Integer, cast, func, literal, select

from handlers.domain.numbers import EVER, Number, Series
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import (
    announcement,
    breach,
    counter,
    depot_order,
    device,
    document_track,
    handover,
    inventory_count,
    scrap_proposal,
    service_visit,
    stock_move,
    term,
    ticket,
    training,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where the numbers of a series stand."""

    series: Series
    column: Column[str]
    noun: str

    @property
    def year(self) -> ColumnElement[int]:
        if not self.series.by_year:
            return literal(EVER)
        return cast(func.substr(self.column, len(self.series.prefix) + 1, 4), Integer)

    @property
    def place(self) -> ColumnElement[int]:
        begins = len(self.series.prefix) + (6 if self.series.by_year else 1)
        return cast(func.substr(self.column, begins), Integer)

    def where(self, year: int) -> str:
        named = self.series.prefix.rstrip("-")
        return " ".join([named] * bool(named) + [f"year {year}"] * self.series.by_year)


NUMBERED = (
    Numbered(Series.TICKET, ticket.c.number, "ticket"),
    Numbered(Series.DEVICE, device.c.number, "device"),
    Numbered(Series.HANDOVER, handover.c.number, "handover"),
    Numbered(Series.DEPOT_ORDER, depot_order.c.number, "depot order"),
    Numbered(Series.SCRAP_PROPOSAL, scrap_proposal.c.number, "scrap proposal"),
    Numbered(Series.COUNT, inventory_count.c.number, "count"),
    Numbered(Series.TRAINING, training.c.number, "training"),
    Numbered(Series.ANNOUNCEMENT, announcement.c.number, "announcement"),
    Numbered(Series.DOCUMENT, document_track.c.number, "document"),
    Numbered(Series.STOCK_MOVE, stock_move.c.number, "movement"),
    Numbered(Series.TERM, term.c.number, "term"),
    Numbered(Series.SERVICE_VISIT, service_visit.c.number, "service form"),
    Numbered(Series.PRIVACY_CASE, breach.c.number, "privacy case"),
)
"""A store that gives numbers has its row here."""
_COUNTERS = select(counter.c.kind, counter.c.year, counter.c.value).order_by(counter.c.kind, counter.c.year)


def without_gaps(ground: InvariantContext) -> Iterator[Finding]:
    counters = {(row.kind, row.year): row.value for row in ground.rows(_COUNTERS)}
    for numbered in NUMBERED:
        own = {year: value for (kind, year), value in counters.items() if kind == numbered.series.value}
        yield from _of_series(ground, numbered, own)
    kinds = {numbered.series.value for numbered in NUMBERED}
    for (kind, year), value in counters.items():
        if kind not in kinds:
            yield f"counter {kind} {year}", f"stands at {value}, and nothing has such numbers"


def _of_series(ground: InvariantContext, numbered: Numbered, counters: Mapping[int, int]) -> Iterator[Finding]:
    for (written,) in ground.rows(select(numbered.column).where(func.length(numbered.column) < _shortest(numbered))):
        yield f"{numbered.noun} {written}", f"is no number such as {_example(numbered)}"
    year, place = numbered.year, numbered.place
    by_year = select(
        year.label("year"),
        func.count().label("count"),
        func.count(place.distinct()).label("different"),
        func.min(place).label("first"),
        func.max(place).label("last"),
    ).group_by(year)
    years = {row.year: row for row in ground.rows(by_year)}
    for one in sorted(counters.keys() | years.keys()):
        where, found, counted = numbered.where(one), years.get(one), counters.get(one, 0)
        if found is None:
            if counted:
                yield where, f"the counter stands at {counted} and there is no {numbered.noun}"
            continue
        if found.different != found.count:
            yield where, f"{found.count - found.different} numbers were given twice"
        if found.first != 1:
            yield where, f"its first number is {found.first}"
        if missing := found.last - found.first + 1 - found.different:
            yield where, f"{missing} numbers are missing, the first after {_before_gap(ground, numbered, one)}"
        if found.last != counted:
            yield where, f"the counter stands at {counted}, the last number is {found.last}"


def _example(numbered: Numbered) -> str:
    return str(Number(numbered.series, 2026 if numbered.series.by_year else EVER, 1))


def _shortest(numbered: Numbered) -> int:
    return len(_example(numbered))


def _before_gap(ground: InvariantContext, numbered: Numbered, year: int) -> int:
    previous: int | None = None
    places = select(numbered.place.label("place")).where(numbered.year == year).order_by("place")
    for (place,) in ground.rows(places):
        if previous is not None and place > previous + 1:
            return previous
        previous = place
    return previous or 0
