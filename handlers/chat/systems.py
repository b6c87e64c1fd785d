"""`/sistem`: the systems of the house with how they stand, and changing the list."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may
from handlers.domain.systems import System, SystemState
from handlers.messages import Button, PostedMessage
from handlers.tickets import outages, systems
from knowledge.language.folding import folded

_STATES = {
    "yavas": SystemState.SLOW,
    "kismen": SystemState.PARTIAL,
    "kismen calismiyor": SystemState.PARTIAL,
    "calismiyor": SystemState.DOWN,
}


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    verb, _, rest = words.strip().partition(" ")
    if not words.strip():
        keeps = may(turn.person, Action.KEEP_SYSTEMS)
        states = systems.states(turn)
        turn.say(turn.address, "systems", slot="systems", fresh=True, systems=states, categories=keeps)
    elif (change := _CHANGES.get(folded(verb))) is not None and rest:
        _tell(turn, change(turn, *map(str.strip, rest.partition(":")[::2])))
    else:
        _set_state(turn, words)


def _set_state(turn: Turn, words: str) -> None:
    """`EBYS yavaş`: how much of it is lost, while an outage of it is open."""
    plain = words.split()
    for length in (2, 1):
        state = _STATES.get(folded(" ".join(plain[-length:])))
        if state is not None and len(plain) > length:
            system = systems.named(turn, " ".join(plain[:-length]))
            outage = outages.of_system(turn, system)
            if outage is None:
                raise Invalid("system_no_outage", title=system.title)
            done = outages.set_state(turn, outage, state)
            if done is not Effect.NONE:
                turn.receipt(done, "system_state_set", it=system, system_state=state.value)
            return
    raise Invalid("no_such_system", typed=words[:40], near=[])


def _tell(turn: Turn, system: System) -> None:
    undo = [Button("Geri al", f"system_back:{system.id}")] if system.dropped else []
    turn.receipt(Effect.CHANGED, "system_changed", buttons=undo, slot=f"system:{system.id}", it=system)


def _add(turn: Turn, name: str, categories: str) -> System:
    return systems.add(turn, name, _categories(turn, categories))


def _hint(turn: Turn, name: str, categories: str) -> System:
    return systems.hint(turn, systems.named(turn, name), _categories(turn, categories))


def _rename(turn: Turn, name: str, title: str) -> System:
    return systems.rename(turn, systems.named(turn, name), title)


def _drop(turn: Turn, name: str, _: str) -> System:
    return systems.drop(turn, systems.named(turn, name))


def _back(turn: Turn, key: str) -> None:
    _tell(turn, systems.bring_back(turn, key))


def _categories(turn: Turn, typed: str) -> list[str]:
    """By id or title; some titles have a comma in them. Raises Invalid(`system_category`)."""
    titles = {folded(one.title): one.id for one in turn.desk.catalogue.categories.values()}
    found = []
    words = [typed] if folded(typed) in titles else re.split(r"[;·]" if re.search(r"[;·]", typed) else ",", typed)
    for word in filter(None, map(str.strip, words)):
        category = word if turn.desk.category(word) else titles.get(folded(word))
        if category is None:
            raise Invalid("system_category", typed=word[:40], near=turn.desk.catalogue.categories_like(word))
        found.append(category)
    return found


_CHANGES: dict[str, Callable[[Turn, str, str], System]] = {"ekle": _add, "konu": _hint, "ad": _rename, "sil": _drop}
BUTTONS: dict[str, Callable[..., None]] = {"system_back": _back}
