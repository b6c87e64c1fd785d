"""`/mesai`: the weekly hours, what others would do to tickets, and taking them back.

/mesai 08.30-12.30 13.00-17.00, 19 Şubat - 19 Mart
/mesai 08.00-12.00 13.00-17.00; cuma 08.00-12.00 13.30-17.30; 1 Kasım
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from handlers import dates
from handlers.calendar import hours
from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.calendar import Week, WorkPattern, weekdays
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.domain.working_time import Window
from handlers.messages import Button, PostedMessage
from handlers.tickets import recounting

_PARTS = re.compile(r"[;,\n]")


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """What holds now and later; with hours: what they would change."""
    require(turn.person, Action.KEEP_CALENDAR)
    if words.strip() and not shortcuts.removes(words):
        _propose(turn, words)
        return
    unit = unit_of_calendar(turn.person)
    today = turn.working_time(unit).local_date(turn.now)
    known = hours.of(turn, unit)
    mine = [one for one in known if one.unit == unit]
    if words.strip() and not mine:
        raise Invalid("nothing_to_drop")
    turn.say(
        turn.address,
        "work_hours",
        buttons=[Button(f"Geri al: {one.first_day:%d.%m.%Y}", f"hours_undo:{one.id}") for one in mine],
        slot="work_hours",
        fresh=True,
        patterns=known,
        pattern=turn.time_rules.calendar.of(unit).pattern(today),
        unit=unit,
        dropping=bool(words.strip()),
    )


def _propose(turn: Turn, words: str) -> None:
    pattern = _meant(turn, words)
    turn.say(
        turn.address,
        "work_hours_preview",
        buttons=[Button("Evet, yaz", f"hours_add:{words}"), Button("Vazgeç", "hours_drop")],
        slot="work_hours_preview",
        fresh=True,
        pattern=pattern,
        change=hours.preview(turn, pattern),
    )


def _meant(turn: Turn, words: str) -> WorkPattern:
    """Of the parts that were said: hours of every weekday, of named days, and from when until when."""
    today = turn.working_time(unit_of_calendar(turn.person)).local_date(turn.now)
    stretch: tuple[date, date | None] = (today, None)
    every, of_days = tuple[Window, ...](), dict[int, tuple[Window, ...]]()
    for part in _PARTS.split(words):
        windows, rest = dates.read_windows(part)
        named = [number for name, number in dates.WEEKDAYS_FOLDED.items() if name in rest.split()]
        if named:
            of_days |= dict.fromkeys(named, windows)
            rest = " ".join(word for word in rest.split() if word not in dates.WEEKDAYS_FOLDED)
        elif windows:
            every += windows
        if rest:
            stretch = dates.read_stretch(rest, today)
    if not every and not of_days:
        raise Invalid("hours_missing")
    return hours.proposed(turn, _week(every, of_days), *stretch)


def _week(every: tuple[Window, ...], of_days: dict[int, tuple[Window, ...]]) -> Week:
    week = list(weekdays(*every))
    for day, windows in of_days.items():
        week[day] = windows
    return tuple(week)


def _add(turn: Turn, *words: str) -> None:
    """Evet, yaz."""
    added = hours.add(turn, _meant(turn, ":".join(words)))
    turn.receipt(
        Effect.CHANGED,
        "work_hours_added",
        buttons=[Button("Geri al", f"hours_undo:{added.id}")],
        slot="work_hours_preview",
        pattern=added,
    )
    recounting.watch(turn, turn.address)


def _drop(turn: Turn) -> None:
    turn.say(turn.address, "calendar_dropped", slot="work_hours_preview", of_some=False)


def _undo(turn: Turn, key: str) -> None:
    """Geri al. Nothing where it is gone already."""
    gone = hours.take_back(turn, int(key))
    if gone is not None:
        turn.receipt(Effect.CHANGED, "work_hours_removed", pattern=gone)
        recounting.watch(turn, turn.address)


BUTTONS: dict[str, Callable[..., None]] = {"hours_add": _add, "hours_drop": _drop, "hours_undo": _undo}
