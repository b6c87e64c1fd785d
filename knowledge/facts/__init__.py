"""What a message says that a ticket needs to know, so that nobody is asked for what they said."""

from __future__ import annotations

from knowledge.facts import devices, errors, identifiers, people, places, times
from knowledge.facts.departments import DEPARTMENTS, department, offices
from knowledge.facts.identifiers import Kind
from knowledge.facts.wording import Said
from knowledge.language.folding import folded
from knowledge.reading import Facts

__all__ = ["DEPARTMENTS", "facts", "offices"]


def facts(text: str) -> Facts:
    """What is said in a message; each fact as typed, or None."""
    said = Said.of(text)
    numbers = identifiers.in_said(said)
    known = {number.kind: number.value for number in reversed(numbers)}
    shown = errors.shown(said)
    wanted = times.deadline(said)
    return Facts(
        room=places.room(said, tuple(number.span for number in numbers)),
        floor=places.floor(said),
        department=department(said),
        device=devices.device(said.without(shown.others_words)),
        asset_no=known.get(Kind.asset_no),
        staff_no=known.get(Kind.staff_no),
        error=shown.error,
        phone=known.get(Kind.phone),
        since=times.since(said),
        people=people.people(said),
        deadline=wanted,
        soon=wanted is not None and times.is_today(said, folded(wanted)),
        program=devices.program(said),
    )
