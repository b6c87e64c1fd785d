"""The priority of a new ticket, from how many are held up and how badly, and the words that say so.

Nobody fills in a form: it is read from what was written. What a person decides afterwards is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.domain.priority_places import PriorityPlace
from handlers.domain.states import Priority
from handlers.terms import IMPACTS, URGENCIES
from knowledge import Impact, Severity, Urgency
from knowledge.language.folding import folded

TABLE = {
    Impact.PERSON: (Priority.LOW, Priority.NORMAL, Priority.HIGH),
    Impact.OFFICE: (Priority.NORMAL, Priority.HIGH, Priority.HIGH),
    Impact.HOUSE: (Priority.HIGH, Priority.HIGH, Priority.URGENT),
}
"""By impact, then by urgency: it can wait, it hampers, work has stopped."""
_OF_ANY = frozenset({None, Impact.PERSON, Urgency.HAMPERED})
"""Somebody is hampered: every fault is of that kind, and its article knows better how urgent it is."""
_PLACES = {urgency: place for place, urgency in enumerate((Urgency.CAN_WAIT, Urgency.HAMPERED, Urgency.STOPPED))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    priority: Priority
    why: str = ""
    """`kurum · aksıyor: “vezne”, “yavaş”`; empty where nothing was said of it."""


def weigh(
    said: Severity,
    *,
    floor: Priority | None = None,
    request: bool = False,
    citizens: bool = False,
    due_today: bool = False,
    place: PriorityPlace | None = None,
) -> Weighed:
    """`floor`: what its article asks for at least. A request holds up whoever makes it, and is never an emergency.
    `citizens`: some are waiting. `place`: where they sit just now."""
    impact, words = None if request else said.impact, list(said.words)
    if place is not None and impact is not Impact.HOUSE:
        impact, words = Impact.HOUSE, [place.title, *words]
    if citizens and impact is not Impact.HOUSE:
        impact, words = Impact.HOUSE, ["vatandaş bekliyor", *words]
    if impact in _OF_ANY and said.urgency in _OF_ANY:
        priority, why = floor or Priority.NORMAL, ""
    else:
        held_up, how_badly = impact or Impact.PERSON, said.urgency or Urgency.HAMPERED
        priority = _more_urgent(TABLE[held_up][_PLACES[how_badly]], floor)
        quoted = ", ".join(f"“{word}”" for word in words)
        why = f"{IMPACTS[held_up]} · {URGENCIES[how_badly]}: {quoted}"
    if due_today:
        priority = _more_urgent(priority, Priority.HIGH)
    if request and priority is Priority.URGENT:
        priority = Priority.HIGH
    return Weighed(priority=priority, why=why)


def raised_by(weighed: Weighed, deadline: str) -> Weighed:
    """One step, by what is needed soon. A deadline alone makes no emergency: that would ring people out of bed."""
    if weighed.priority.rank <= Priority.HIGH.rank:
        return weighed
    raised = Priority.HIGH if weighed.priority is Priority.NORMAL else Priority.NORMAL
    said = f"en geç “{deadline}”"
    return Weighed(priority=raised, why=f"{weighed.why}, {said}" if weighed.why else said)


def _more_urgent(one: Priority, other: Priority | None) -> Priority:
    return one if other is None or one.rank <= other.rank else other


def open_place(places: Sequence[PriorityPlace], said: str, local: datetime) -> PriorityPlace | None:
    """The first of those that are open at that local time and that somebody's words name."""
    plain = folded(said)
    return next(
        (
            place
            for place in places
            if place.is_open(local) and any(re.search(rf"\b{re.escape(word)}", plain) for word in place.words)
        ),
        None,
    )
