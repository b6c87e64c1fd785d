"""`/planli`: work on a system, shown before it is written down, and taken back.

/planli EBYS 9 Aralık 18.00-20.00 sürüm yükseltme · /planli internet yarın 12.30-13.00 bakım etkilenen: Zabıta
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from handlers import dates
from handlers.calendar import days
from handlers.chat import drafts, shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.department_names import DepartmentNames
from handlers.domain.dialog import Draft
from handlers.domain.errors import Invalid
from handlers.domain.maintenances import Maintenance
from handlers.domain.rights import Action, may, require
from handlers.domain.systems import System
from handlers.messages import Button, PostedMessage
from handlers.tickets import maintenances, systems
from knowledge.language.folding import folded

_HIT = re.compile(r"etkilenen(?:ler)?\s*:\s*", re.IGNORECASE)
_MARK = "|"
SHOWN = 8


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """What is planned; with a system, days and hours: that there will be work on it."""
    if not words.strip():
        _list(turn)
        return
    require(turn.person, Action.KEEP_SYSTEMS)
    if shortcuts.removes(words):
        _list(turn, dropping=True)
        return
    about, *hit = _HIT.split(words, maxsplit=1)
    system, rest = _system(turn, about.rstrip())
    said = dates.read(rest, turn.working_time(system.unit).local_date(turn.now))
    if said.starts is None or said.ends is None:
        raise Invalid("work_needs_hours")
    departments = [one.strip() for one in hit[0].split(",") if one.strip()] if hit else []
    named = [_department(turn, one) for one in departments]
    hours = (said.starts, said.ends)
    made = maintenances.proposed(turn, system, said.days, hours, said.rest, named)
    events = days.events_over(turn, system.unit, made.starts, made.ends)
    yes = "Yine de planla" if events else "Evet, yaz"
    turn.say(
        turn.address,
        "work_preview",
        buttons=[Button(yes, f"work_add:{_written(made)}"), Button("Vazgeç", "work_drop")],
        slot="work_preview",
        fresh=True,
        events=events,
        **_about(turn, made),
    )


def _system(turn: Turn, words: str) -> tuple[System, str]:
    """The longest beginning that names one, and the rest."""
    parts = words.split()
    for length in range(min(len(parts), 6), 0, -1):
        try:
            return systems.named(turn, " ".join(parts[:length])), " ".join(parts[length:])
        except Invalid:
            continue
    raise Invalid("no_such_system", typed=parts[0][:40], near=[])


def _department(turn: Turn, typed: str) -> str:
    """One of the list, or one that somebody is of. Raises Invalid(`no_such_department`)."""
    meant = DepartmentNames.of(turn.uow).meant(typed)
    if meant.name:
        return meant.name
    for written in turn.uow.departments.people():
        if folded(written) == folded(typed):
            return written
    raise Invalid("no_such_department", typed=typed[:40], near=meant.near)


def _written(made: Maintenance) -> str:
    return _MARK.join(
        [made.system, made.starts.isoformat(), made.ends.isoformat(), ";".join(made.departments), made.text]
    )


def _add(turn: Turn, *written: str) -> None:
    """Evet, yaz."""
    system, starts, ends, departments, text = ":".join(written).split(_MARK, 4)
    made = Maintenance(
        system=system,
        starts=datetime.fromisoformat(starts),
        ends=datetime.fromisoformat(ends),
        text=text,
        departments=tuple(filter(None, departments.split(";"))),
        entered_by=turn.person.id,
        entered_at=turn.now,
    )
    added = maintenances.plan(turn, made)
    undo = [Button("Geri al", f"work_undo:{added.id}")]
    turn.receipt(Effect.CHANGED, "work_added", buttons=undo, slot="work_preview", **_about(turn, added))


def _undo(turn: Turn, key: str) -> None:
    gone = maintenances.withdraw(turn, int(key))
    if gone is not None:
        turn.receipt(Effect.CHANGED, "work_removed", **_about(turn, gone))


def _drop(turn: Turn) -> None:
    turn.uow.messages.disable_buttons(turn.address, "work_preview")


def _list(turn: Turn, *, dropping: bool = False) -> None:
    """`dropping`: to take one back. Raises Invalid(`nothing_to_drop`)."""
    found = list(maintenances.coming(turn))[:SHOWN]
    if dropping and not found:
        raise Invalid("nothing_to_drop")
    keeps = may(turn.person, Action.KEEP_SYSTEMS)
    buttons = [Button(f"Geri al: {place}", f"work_undo:{one.id}") for place, one in enumerate(found, start=1)]
    works = [{**_about(turn, one), "readers": maintenances.read_by(turn, one) if keeps else None} for one in found]
    shown: dict[str, Any] = {"works": works, "keeps": keeps, "dropping": dropping}
    turn.say(turn.address, "works", buttons=buttons if keeps else (), slot="works", fresh=True, **shown)


# --- while it goes on -----------------------------------------------------------------------------
def wait_for_end(turn: Turn, draft: Draft, key: str) -> None:
    """Ben de yaşıyorum: the report in the making ends with it."""
    try:
        maintenances.wait_for_end(turn, int(key), turn.address)
    except Invalid as refusal:
        data = dict[str, Any](refusal.data)
        turn.say(turn.address, "errors/work_over", buttons=[Button("Teknisyene ilet", f"open:{draft.id}")], **data)
        return
    drafts.close(turn, draft, "planned")
    turn.dialog.draft = None


def _about(turn: Turn, one: Maintenance) -> dict[str, Any]:
    system = systems.find(turn, one.system)
    clock = turn.working_time(system.unit if system else None)
    inside = clock.elapsed(one.starts, one.ends)
    return {"system": system.title if system else one.system, "planned": one, "inside": bool(inside)}


BUTTONS: dict[str, Callable[..., None]] = {"work_add": _add, "work_undo": _undo, "work_drop": _drop}
