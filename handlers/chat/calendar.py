"""`/takvim` and `/idari`: the days that differ, what a change of them would do to tickets, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from handlers import dates
from handlers.calendar import days as special_days
from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.calendar import SpecialDay, SpecialKind
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may, require, unit_of_calendar
from handlers.messages import Button, PostedMessage
from handlers.terms import SPECIAL_DAYS, SPECIAL_TITLES
from handlers.tickets import recounting
from knowledge.language.folding import folded, one_line

SHOWN_FOR = timedelta(days=120)
MAX_BUTTONS = 6
MAX_BASIS_LETTERS = 120
_KINDS = {
    "idari": SpecialKind.ADMIN_LEAVE,
    "tatil": SpecialKind.HOLIDAY,
    "yarim": SpecialKind.HALF,
    "calisma": SpecialKind.WORKED,
    "calisilan": SpecialKind.WORKED,
    "onemli": SpecialKind.EVENT,
}
_FILLERS = frozenset({"izin", "izni", "gun", "gunu", "resmi", "tam"})
"""Beside the kind they say nothing more."""
_MARK = "|"


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/takvim`: what comes; with a kind and a day: that day would be so; with a day alone: what is known of it."""
    require(turn.person, Action.KEEP_CALENDAR)
    kind, rest = _kind(words)
    if shortcuts.removes(words):
        _list(turn, dropping=True)
    elif kind is not None:
        _propose(turn, kind, rest)
    elif words.strip():
        _of_day(turn, dates.read(words, _today(turn)).days[0])
    else:
        _list(turn)


def administrative_leave(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/idari izin 6 Şubat Valilik kararı`."""
    require(turn.person, Action.KEEP_CALENDAR)
    _propose(turn, SpecialKind.ADMIN_LEAVE, _without_fillers(words))


def _kind(words: str) -> tuple[SpecialKind | None, str]:
    first, _, rest = words.strip().partition(" ")
    kind = _KINDS.get(folded(first))
    return kind, _without_fillers(rest) if kind else words


def _without_fillers(words: str) -> str:
    typed = words.split()
    while typed and folded(typed[0]) in _FILLERS:
        typed.pop(0)
    return " ".join(typed)


def _today(turn: Turn) -> date:
    return turn.working_time(unit_of_calendar(turn.person)).local_date(turn.now)


# --- shown ----------------------------------------------------------------------------------------
def _list(turn: Turn, *, dropping: bool = False) -> None:
    """`dropping`: to take one back. Raises Invalid(`nothing_to_drop`)."""
    unit = unit_of_calendar(turn.person)
    coming = special_days.coming(turn, unit, SHOWN_FOR)
    mine = [one for one in coming if one.unit == unit and one.decided_by is not None]
    if dropping and not mine:
        raise Invalid("nothing_to_drop")
    doubtful = special_days.unconfirmed(turn)
    feasts = list(dict.fromkeys((day.day.year, special_days.feast(day)) for day in doubtful))
    confirms = may(turn.person, Action.KEEP_CALENDAR_OF_ALL)
    turn.say(
        turn.address,
        "calendar",
        buttons=[Button(f"Geri al: {one.title}, {one.day:%d.%m}", f"day_undo:{one.id}") for one in mine[:MAX_BUTTONS]]
        if dropping
        else [Button(f"Doğru: {feast} {year}", f"day_right:{year}:{feast}") for year, feast in feasts[:MAX_BUTTONS]]
        if confirms
        else [],
        slot="calendar",
        fresh=True,
        special=coming,
        doubtful=[day for day in doubtful if day not in coming],
        windows=turn.working_time(unit).windows(_today(turn)),
        unit=unit,
        dropping=dropping,
    )


def _of_day(turn: Turn, day: date) -> None:
    unit = unit_of_calendar(turn.person)
    known = [one for one in special_days.on_day(turn, day) if one.unit in (None, unit)]
    mine = [one for one in known if one.unit == unit]
    turn.say(
        turn.address,
        "calendar_day",
        buttons=[Button(f"Geri al: {SPECIAL_DAYS[one.kind]}", f"day_undo:{one.id}") for one in mine],
        slot=f"calendar:{day}",
        fresh=True,
        day=day,
        special=known,
        windows=turn.working_time(unit).windows(day),
    )


# --- proposed, and written down -------------------------------------------------------------------
def _propose(turn: Turn, kind: SpecialKind, words: str) -> None:
    said = dates.read(words, _today(turn))
    basis = one_line(said.rest).replace(_MARK, " ")[:MAX_BASIS_LETTERS]
    written = _MARK.join(
        [",".join(day.isoformat() for day in said.days), kind, _text(said.starts), _text(said.ends), basis]
    )
    days = _meant(turn, written)
    replaced = [one for day in days for one in special_days.in_place_of(turn, day)]
    choices = [Button("Yerine geçsin" if replaced else "Evet, yaz", f"day_add:{written}")]
    if kind is SpecialKind.ADMIN_LEAVE:
        choices.append(Button("Yalnızca bazı kişiler", "day_of_some"))
    turn.say(
        turn.address,
        "calendar_preview",
        buttons=[*choices, Button("Vazgeç", "day_drop")],
        slot="calendar_preview",
        fresh=True,
        special=days,
        replaced=replaced,
        change=special_days.preview(turn, days, replaced),
        locked=special_days.locked_months(turn, days) if kind is not SpecialKind.EVENT else (),
    )


def _meant(turn: Turn, written: str) -> Sequence[SpecialDay]:
    days, kind, starts, ends, basis = written.split(_MARK)
    return special_days.proposed(
        turn,
        [date.fromisoformat(day) for day in days.split(",")],
        SpecialKind(kind),
        SPECIAL_TITLES[kind] if not basis or kind == SpecialKind.ADMIN_LEAVE else basis,
        starts=time.fromisoformat(starts) if starts else None,
        ends=time.fromisoformat(ends) if ends else None,
        basis=basis,
    )


def _text(clock: time | None) -> str:
    return "" if clock is None else f"{clock:%H%M}"


def _add(turn: Turn, *parts: str) -> None:
    """Evet, yaz; Yerine geçsin. Pressed a second time nothing is different any more."""
    try:
        days = _meant(turn, ":".join(parts))
    except Invalid as refusal:
        if refusal.reason != "day_as_it_is":
            raise
        return
    written_down = special_days.add(turn, days)
    undo = f"{_ids(written_down.added)};{_ids(written_down.replaced)}"
    turn.receipt(
        Effect.CHANGED,
        "calendar_added",
        buttons=[Button("Geri al", f"day_undo:{undo}")],
        slot="calendar_preview",
        special=written_down.added,
    )
    recounting.watch(turn, turn.address)


def _drop(turn: Turn) -> None:
    turn.say(turn.address, "calendar_dropped", slot="calendar_preview", of_some=False)


def _of_some(turn: Turn) -> None:
    """Yalnızca bazı kişiler: then the unit works on, and its time goes on."""
    turn.say(turn.address, "calendar_dropped", slot="calendar_preview", of_some=True)


def _ids(days: Sequence[SpecialDay]) -> str:
    return ",".join(str(day.id) for day in days)


def _undo(turn: Turn, ids: str) -> None:
    """Geri al: what stood there before comes back."""
    gone, _, before = ids.partition(";")
    days, bring_back = ([turn.uow.calendars.day(int(key)) for key in keys.split(",") if key] for keys in (gone, before))
    taken_back = special_days.take_back(turn, days, bring_back)
    if taken_back:
        turn.receipt(Effect.CHANGED, "calendar_taken_back", special=taken_back)
        recounting.watch(turn, turn.address)


def _right(turn: Turn, year: str, feast: str) -> None:
    """Doğru: one feast of one year, with its eve."""
    days = [
        day for day in special_days.unconfirmed(turn) if day.day.year == int(year) and special_days.feast(day) == feast
    ]
    if not days:
        return
    confirmed = special_days.confirm(turn, days)
    turn.receipt(Effect.CHANGED, "calendar_confirmed", special=confirmed, title=f"{feast} {year}")


BUTTONS: dict[str, Callable[..., None]] = {
    "day_add": _add,
    "day_drop": _drop,
    "day_of_some": _of_some,
    "day_undo": _undo,
    "day_right": _right,
}
