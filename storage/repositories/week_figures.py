"""What weeks that are over add to the charts, as it was counted: see `handlers.ports.week_figures`."""

from __future__ import annotations

import sys
from array import array
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, bindparam, delete, literal_column, select, text, update

from handlers.domain.people import UnitId
from handlers.domain.states import State
from handlers.domain.ticket import TicketId
from handlers.ports.figures import SolvedOnSubject
from handlers.ports.week_figures import HoursOfBoth, StateOfBoth, WaitOfBoth, WeekFigures
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.tables import figure_week, ticket

_MICROSECOND, _HOUR = timedelta(microseconds=1), timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME = figure_week.c.ends_at.type
_COUNTED: ColumnElement[bool] = literal_column("counted", Boolean)


class WeekRow(NamedTuple):
    ends_at: datetime
    content: dict[str, Any]


_KEPT = prepared(
    select(figure_week.c.ends_at, figure_week.c.content)
    .where(
        figure_week.c.unit == bindparam("of_unit"),
        figure_week.c.ends_at > bindparam("since", type_=_TIME),
        figure_week.c.ends_at <= bindparam("until", type_=_TIME),
        _COUNTED,
    )
    .order_by(figure_week.c.ends_at),
    WeekRow,
)
_ENDS = prepared_value(
    select(figure_week.c.ends_at).where(
        figure_week.c.unit == bindparam("of_unit"), figure_week.c.ends_at > bindparam("since", type_=_TIME), _COUNTED
    ),
    datetime,
)
_FIRST = prepared_value(
    select(ticket.c.opened_at)
    .where(ticket.c.unit == bindparam("of_unit"))
    .order_by(ticket.c.opened_at)
    .limit(literal_column("1")),
    datetime,
)
_ANNOUNCE = prepared(upsert(lambda statement: statement(figure_week).on_conflict_do_nothing()))
_ALIKE = prepared_value(
    select(figure_week.c.alike).where(
        figure_week.c.unit == bindparam("of_unit"),
        figure_week.c.ends_at == bindparam("of_end", type_=_TIME),
        figure_week.c.alike.is_not(None),
    ),
    str,
)
_LOCK = prepared(
    {
        "sqlite": text("SELECT 1"),
        "postgresql": text("LOCK TABLE figure_week IN SHARE ROW EXCLUSIVE MODE"),
    }
)
"""Who has changed something, and cannot know yet that a week is announced, is waited for."""
_KEEP = prepared(
    update(figure_week).where(
        figure_week.c.unit == bindparam("of_unit"), figure_week.c.ends_at == bindparam("of_end", type_=_TIME), ~_COUNTED
    )
)
_FORGET = prepared(delete(figure_week))


class SqlWeeksOfFigures:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def kept(self, unit: UnitId, since: datetime, until: datetime) -> Mapping[datetime, WeekFigures]:
        rows = self._transaction.run(_KEPT, {"of_unit": unit, "since": since, "until": until})
        return {row.ends_at: _read(row.content) for row in rows}

    def ends(self, unit: UnitId, since: datetime) -> frozenset[datetime]:
        return frozenset(self._transaction.run(_ENDS, {"of_unit": unit, "since": since}))

    def begins(self, unit: UnitId) -> datetime | None:
        return self._transaction.run(_FIRST, {"of_unit": unit}).first()

    def announce(self, unit: UnitId, starts: datetime, ends: datetime) -> None:
        if self._transaction.dialect == "postgresql":
            self._transaction.run(_LOCK, {})
        row = {"unit": unit, "starts_at": starts, "ends_at": ends, "counted": False, "content": {}}
        self._transaction.run(_ANNOUNCE, row)

    def keep(self, unit: UnitId, ends: datetime, counted: WeekFigures, alike: str) -> bool:
        row = {"of_unit": unit, "of_end": ends, "counted": True, "content": _written(counted), "alike": alike}
        return self._transaction.run(_KEEP, row).rowcount == 1

    def alike(self, unit: UnitId, ends: datetime) -> str | None:
        return self._transaction.run(_ALIKE, {"of_unit": unit, "of_end": ends}).first()

    def forget(self) -> None:
        self._transaction.run(_FORGET, {})


def _written(counted: WeekFigures) -> dict[str, Any]:
    return {
        "opened": _hours_written(counted.opened),
        "resolved": _hours_written(counted.resolved),
        "subjects": counted.subjects,
        "solved": [[one.category, one.has_target, one.missed, _packed(one.seconds)] for one in counted.solved],
        "waited": [
            [one.state.value, one.month, one.every // _MICROSECOND, one.shared // _MICROSECOND]
            for one in counted.waited
        ],
        "standing": [[one.state.value, one.every, one.shared] for one in counted.standing],
        "waiting": list(counted.waiting),
        "repeated": counted.repeated,
    }


def _read(content: Mapping[str, Any]) -> WeekFigures:
    return WeekFigures(
        opened=_hours_read(content["opened"]),
        resolved=_hours_read(content["resolved"]),
        subjects=content["subjects"],
        solved=[
            SolvedOnSubject(category, has_target, missed, _unpacked(seconds))
            for category, has_target, missed, seconds in content["solved"]
        ],
        waited=[
            WaitOfBoth(State(state), month, every * _MICROSECOND, shared * _MICROSECOND)
            for state, month, every, shared in content["waited"]
        ],
        standing=[StateOfBoth(State(state), every, shared) for state, every, shared in content["standing"]],
        waiting=[TicketId(one) for one in content["waiting"]],
        repeated=content["repeated"],
    )


def _hours_written(hours: HoursOfBoth) -> list[str]:
    return [_packed([(one - _EPOCH) // _HOUR for one in hours.hours]), _packed(hours.every), _packed(hours.shared)]


def _hours_read(written: Sequence[str]) -> HoursOfBoth:
    hours, every, shared = map(_unpacked, written)
    return HoursOfBoth(list(map(_hour, hours)), every, shared)


@lru_cache(maxsize=50_000)
def _hour(number: int) -> datetime:
    return _EPOCH + number * _HOUR


def _packed(seconds: Sequence[int]) -> str:
    """Of a year there are hundreds of thousands: read as numbers of JSON they would take longer than all else. As
    migration 0071 writes them, too."""
    return b64encode(b"".join(one.to_bytes(4, "little") for one in seconds)).decode("ascii")


def _unpacked(written: str) -> list[int]:
    found = array("I", a2b_base64(written))
    if sys.byteorder != "little":
        found.byteswap()
    return found.tolist()
