"""Planlı çalışma: work on a system, told to whom it hits a working day before, and a quarter of an hour before.

Who reports that system while it goes on is told of it instead of being shown steps, and may wait for its end. No target
stands still for it: a plan is no excuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.context import Acting, Effect, UseCaseContext
from handlers.department_names import DepartmentNames
from handlers.domain.dialog import Draft
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import told_of_work
from handlers.domain.maintenances import Maintenance
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.domain.systems import System
from handlers.messages import Button
from handlers.tickets import broadcasts, systems

SHOWN_AHEAD = timedelta(days=30)
FARTHEST = timedelta(days=366)
LONGEST = timedelta(days=3)
SHORTLY_BEFORE = timedelta(minutes=15)
MAX_LETTERS = 200
OVER_SINCE = timedelta(days=1)
"""How long after its end who waited for that is still told."""
_TOLD = _BEFORE, _SHORTLY = "before", "shortly"
_NOW, _OFF = "now", "off"
_WAITS, _OVER = "waits", "over"


def proposed(
    acting: Acting,
    system: System,
    days: Sequence[date],
    hours: tuple[time, time],
    text: str,
    departments: Sequence[str],
) -> Maintenance:
    """From the first hour on the first day to the second on the last. Not stored.

    Raises NotAllowed; Invalid(`work_past`, `day_far_away`, `work_too_long`, `work_needs_text`, `work_text_too_long`).
    """
    require(acting.person, Action.KEEP_SYSTEMS)
    clock = acting.working_time(system.unit)
    starts, ends = clock.at(days[0], hours[0]), clock.at(days[-1], hours[1])
    if ends <= starts:
        ends = clock.at(days[-1] + timedelta(days=1), hours[1])
    text = " ".join(text.split())
    if not any(letter.isalnum() for letter in text):
        raise Invalid("work_needs_text")
    if len(text) > MAX_LETTERS:
        raise Invalid("work_text_too_long", limit=MAX_LETTERS)
    if starts <= acting.now:
        raise Invalid("work_past")
    if starts - acting.now > FARTHEST:
        raise Invalid("day_far_away", day=days[0])
    if ends - starts > LONGEST:
        raise Invalid("work_too_long")
    return Maintenance(
        system=system.id,
        starts=starts,
        ends=ends,
        text=text,
        departments=tuple(departments),
        entered_by=acting.person.id,
        entered_at=acting.now,
    )


def plan(acting: Acting, maintenance: Maintenance) -> Maintenance:
    """Whom it hits hears of it by the clock (`tell_due`). Raises NotAllowed."""
    require(acting.person, Action.KEEP_SYSTEMS)
    added = acting.uow.maintenances.add(replace(maintenance, entered_by=acting.person.id, entered_at=acting.now))
    acting.uow.audit.log(acting.now, acting.person.id, "work_planned", f"{added.id} {added.system}", acting.channel)
    return added


def withdraw(acting: Acting, key: int) -> Maintenance | None:
    """Geri al: who was told of it hears that it is off. None where it is gone, or over. Raises NotAllowed."""
    require(acting.person, Action.KEEP_SYSTEMS)
    known = acting.uow.maintenances.get(key)
    if known.withdrawn_at is not None or known.ends <= acting.now:
        return None
    gone = replace(known, withdrawn_at=acting.now)
    acting.uow.maintenances.save(gone)
    acting.uow.audit.log(acting.now, acting.person.id, "work_withdrawn", str(key), acting.channel)
    waiting = set(_waiting(acting, known))
    _say_over(acting, gone)
    told = {place for what in _TOLD for place in acting.uow.messages.standing_in(_slot(known, what))}
    for place in sorted(told - waiting):
        _say(acting, gone, place, _OFF)
    return gone


def coming(work: UseCaseContext) -> Sequence[Maintenance]:
    """Those that go on, and those of the next weeks."""
    return work.uow.maintenances.between(work.now, work.now + SHOWN_AHEAD)


def read_by(work: UseCaseContext, one: Maintenance) -> broadcasts.Readers | None:
    """How many have read what they were told of it last; None before that."""
    for what in reversed(_TOLD):
        found = broadcasts.readers(work, _slot(one, what), "work_announced")
        if found.channels:
            return found
    return None


def under_way(work: UseCaseContext) -> Sequence[Maintenance]:
    return [one for one in work.uow.maintenances.between(work.now, work.now) if one.is_at(work.now)]


# --- while it goes on -----------------------------------------------------------------------------
def hitting(work: UseCaseContext, category: str | None, person: Person) -> Maintenance | None:
    """The one that goes on now, and of which a report of that subject by them may be; of several the oldest."""
    system = systems.of_category(work, category)
    if system is None:
        return None
    found = [one for one in under_way(work) if one.system == system.id]
    if not found:
        return None
    names = DepartmentNames.of(work.uow)
    return next((one for one in found if _hits(names, one, person)), None)


def _hits(names: DepartmentNames, one: Maintenance, person: Person) -> bool:
    """By whatever name the müdürlük went when it was written down."""
    of_now = replace(one, departments=tuple(map(names.name, one.departments)))
    return of_now.hits(names.name(person.department))


def ask_draft(work: UseCaseContext, place: str, draft: Draft, one: Maintenance) -> None:
    """In place of the answer to the report. What is done stands in a message of its own, where an erasure finds it."""
    if place not in work.uow.messages.standing_in(_slot(one, _NOW)):
        _say(work, one, place, _NOW)
    buttons = [
        Button("Ben de yaşıyorum", f"wait_for_work:{draft.id}:{one.id}"),
        Button("Bendeki başka", f"not_work:{draft.id}:{one.id}"),
    ]
    data: dict[str, Any] = {"system": _title(work, one), "planned": one}
    work.say(place, "in_work", buttons=buttons, slot=draft.slot, parts=len(draft.texts), **data)


def wait_for_end(acting: Acting, key: int, place: str) -> Effect:
    """Ben de yaşıyorum: no ticket, but word there when it is over. Raises Invalid(`work_over`)."""
    one = acting.uow.maintenances.get(key)
    if not one.is_at(acting.now):
        raise Invalid("work_over", system=_title(acting, one))
    if place in _waiting(acting, one):
        return Effect.NONE
    data: dict[str, Any] = {"system": _title(acting, one), "planned": one}
    acting.say(place, "work_waits", slot=_slot(one, _WAITS), **data)
    return Effect.CHANGED


def _waiting(work: UseCaseContext, one: Maintenance) -> Sequence[str]:
    """Where they wait for its end."""
    return work.uow.messages.standing_in(_slot(one, _WAITS))


def _say_over(work: UseCaseContext, one: Maintenance) -> None:
    places = _waiting(work, one)
    if places and work.uow.once.first(told_of_work(one.id, _OVER), work.now):
        for place in places:
            work.say(place, "work_over", slot=_slot(one, _OVER), rings=_rings(work, one), system=_title(work, one))


# --- told by the clock ----------------------------------------------------------------------------
def tell_due(work: UseCaseContext) -> None:
    """Every minute: each is told twice, and its end to who waits for that."""
    for one in work.uow.maintenances.between(work.now - OVER_SINCE, work.now + timedelta(days=14)):
        if one.ends <= work.now:
            _say_over(work, one)
            continue
        what = _due(work, one)
        if what and work.uow.once.first(told_of_work(one.id, what), work.now):
            names = DepartmentNames.of(work.uow)
            for place, person in work.uow.conversations.private_of_all():
                if _hits(names, one, work.uow.people.get(person)):
                    _say(work, one, place, what)


def _due(work: UseCaseContext, one: Maintenance) -> str:
    system = systems.find(work, one.system)
    clock = work.working_time(system.unit if system else None)
    if one.starts <= work.now:
        return ""
    if work.now >= one.starts - SHORTLY_BEFORE:
        return _SHORTLY
    return _BEFORE if clock.is_working_at(work.now) and work.now >= _opening_before(work, one) else ""


def _opening_before(work: UseCaseContext, one: Maintenance) -> datetime:
    """When the last working day before that of its beginning opens."""
    clock = work.working_time()
    day = clock.local_date(one.starts)
    for _ in range(14):
        day -= timedelta(days=1)
        if windows := clock.windows(day):
            return clock.at(day, windows[0][0])
    return one.starts - timedelta(days=1)


def _say(work: UseCaseContext, one: Maintenance, place: str, what: str, *, again: bool = False) -> None:
    """`again`: where it stands, without a bell."""
    data: dict[str, Any] = {"system": _title(work, one), "planned": one, "gone": what == _OFF}
    work.say(place, "work_announced", slot=_slot(one, what), rings=not again and _rings(work, one), **data)


def _rings(work: UseCaseContext, one: Maintenance) -> bool:
    system = systems.find(work, one.system)
    return work.working_time(system.unit if system else None).is_working_at(work.now)


def _title(work: UseCaseContext, one: Maintenance) -> str:
    system = systems.find(work, one.system)
    return system.title if system else one.system


def _slot(one: Maintenance, what: str) -> str:
    return f"work:{one.id}:{what}"


def forget_words(acting: Acting) -> None:
    """What they wrote about work that is over, or was withdrawn."""
    for one in acting.uow.maintenances.entered_by(acting.person.id):
        if one.text and (one.withdrawn_at is not None or one.ends <= acting.now):
            acting.uow.maintenances.save(replace(one, text=""))
            for what in (*_TOLD, _NOW, _OFF):
                for place in acting.uow.messages.standing_in(_slot(one, what)):
                    _say(acting, replace(one, text=""), place, what, again=True)
