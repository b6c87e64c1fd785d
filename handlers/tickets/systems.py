"""The systems of the house: those that the desk ships with, as the house changed them, and how each stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.outages import Outage
from handlers.domain.rights import Action, require
from handlers.domain.systems import System, SystemState
from knowledge import ShippedSystem
from knowledge.language import comparison
from knowledge.language.folding import folded

MAX_TITLE_LETTERS = 40
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


def every(work: UseCaseContext) -> Sequence[System]:
    """Those of this house, in the order in which they are shown: the shipped ones, then what was added."""
    return [system for system in _known(work).values() if not system.dropped]


def _known(work: UseCaseContext) -> dict[str, System]:
    return {**_shipped(work.desk.systems), **{system.id: system for system in work.uow.systems.changed()}}


@lru_cache(maxsize=4)
def _shipped(systems: tuple[ShippedSystem, ...]) -> Mapping[str, System]:
    """Asked several times for each report."""
    found = (System(id=one.id, title=one.title, unit=one.unit, categories=one.categories) for one in systems)
    return {system.id: system for system in found}


def find(work: UseCaseContext, system: str | None) -> System | None:
    """Also one that was dropped: an old outage still names it."""
    return _known(work).get(system) if system else None


def of_category(work: UseCaseContext, category: str | None) -> System | None:
    """The first that the category hints at."""
    if category is None:
        return None
    return next((system for system in every(work) if category in system.categories), None)


def named(work: UseCaseContext, typed: str) -> System:
    """By id or title, as people type it. Raises Invalid(`no_such_system`)."""
    wanted = folded(typed)
    for system in every(work):
        if wanted in (system.id, folded(system.title)):
            return system
    names = [(system.id, name) for system in every(work) for name in (system.id, system.title)]
    near = comparison.nearest(typed[:80], names, comparison.NAMES, limit=3)
    titles = [found.title for one in near if (found := find(work, one)) is not None]
    raise Invalid("no_such_system", typed=typed[:MAX_TITLE_LETTERS], near=titles)


def states(work: UseCaseContext) -> Sequence[tuple[System, SystemState, Sequence[Outage]]]:
    """Each with how it stands, and the open outages that make it so."""
    running, now = work.uow.outages.open(), work.now
    planned = {one.system for one in work.uow.maintenances.between(now, now) if one.is_at(now)}
    found = []
    for system in every(work):
        own = [one for one in running if one.system == system.id]
        state = max((one.state for one in own), key=lambda one: one.rank, default=None)
        state = state or (SystemState.PLANNED if system.id in planned else SystemState.WORKS)
        found.append((system, state, own))
    return found


# --- changed by the house -------------------------------------------------------------------------
def rename(acting: Acting, system: System, title: str) -> System:
    return _put(acting, replace(system, title=title_of(title)))


def hint(acting: Acting, system: System, categories: Sequence[str]) -> System:
    """A fault of these categories may be one of the system. Raises NotAllowed, NotFound for one that there is not."""
    _require_categories(acting, categories)
    return _put(acting, replace(system, categories=tuple(categories)))


def add(acting: Acting, title: str, categories: Sequence[str]) -> System:
    """Raises NotAllowed; NotFound for a category that there is not; Invalid(`system_there`, `system_title`)."""
    title = require_addable(acting, title, categories)
    first = acting.desk.category(categories[0]) if categories else None
    unit = first.unit if first else acting.person.unit or acting.desk.units[0]
    return _put(acting, System(id=key_of(title), title=title, unit=unit, categories=tuple(categories)))


def require_addable(acting: Acting, title: str, categories: Sequence[str]) -> str:
    """The title as it would be shown. Raises as `add`."""
    require(acting.person, Action.KEEP_SYSTEMS)
    title = title_of(title)
    _require_categories(acting, categories)
    if key_of(title) in {system.id for system in every(acting)}:
        raise Invalid("system_there", title=title)
    return title


def key_of(title: str) -> str:
    return _NOT_IN_AN_ID.sub("-", folded(title)).strip("-")


def change(acting: Acting, system: System, title: str, categories: Sequence[str]) -> Effect:
    """Both at once. Raises as `rename` and `hint`."""
    changed = require_changeable(acting, system, title, categories)
    if changed == system:
        return Effect.NONE
    _put(acting, changed)
    return Effect.CHANGED


def require_changeable(acting: Acting, system: System, title: str, categories: Sequence[str]) -> System:
    """As it would be. Raises as `change`."""
    require(acting.person, Action.KEEP_SYSTEMS)
    _require_categories(acting, categories)
    return replace(system, title=title_of(title), categories=tuple(categories))


def require_droppable(acting: Acting, system: System) -> None:
    """Raises as `drop`."""
    require(acting.person, Action.KEEP_SYSTEMS)
    if any(one.system == system.id for one in acting.uow.outages.open()):
        raise Invalid("system_has_outage", title=system.title)


def drop(acting: Acting, system: System) -> System:
    """This house has none. Raises NotAllowed; Invalid(`system_has_outage`)."""
    require_droppable(acting, system)
    return _put(acting, replace(system, dropped=True))


def bring_back(acting: Acting, key: str) -> System:
    """Geri al, after it was dropped. Raises NotAllowed, NotFound."""
    system = find(acting, key)
    if system is None:
        raise NotFound("system", key)
    return _put(acting, replace(system, dropped=False))


def _put(acting: Acting, system: System) -> System:
    require(acting.person, Action.KEEP_SYSTEMS)
    before = find(acting, system.id)
    acting.uow.systems.put(system)
    what = "system_dropped" if system.dropped else "system_changed"
    about = f"{system.id}: “{_said(before)}” → “{_said(system)}”"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)
    return system


def _said(system: System | None) -> str:
    return "" if system is None or system.dropped else f"{system.title} ({', '.join(system.categories)})"


def _require_categories(acting: Acting, categories: Sequence[str]) -> None:
    for category in categories:
        if acting.desk.category(category) is None:
            raise NotFound("category", category)


def title_of(typed: str) -> str:
    title = " ".join(typed.split())
    if not 2 <= len(title) <= MAX_TITLE_LETTERS or not any(letter.isalnum() for letter in title):
        raise Invalid("system_title", limit=MAX_TITLE_LETTERS)
    return title
