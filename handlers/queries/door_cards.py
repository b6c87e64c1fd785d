"""Oda kartları: a card for each door, by which whoever stands there tells the desk where they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.place_names import DOOR, DOOR_AT_THE_END
from handlers.ports import UnitOfWork
from knowledge.language.folding import one_line

MOST = 500
"""Cards in one print."""
_BEFORE_A_NUMBER = re.compile(r"(?:\b(?:oda|no|nolu)\b[\s:.]*+)++", re.IGNORECASE)
_ONE = re.compile(DOOR)
_SPAN = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")


@dataclass(frozen=True, slots=True, order=True)
class Door:
    number: str
    """As people say it: `312`, `B-14`."""
    where: str = ""
    """What is known beside it: `3. kat`."""


def doors(uow: UnitOfWork, person: Person, words: str = "") -> Sequence[Door]:
    """Of every room in which somebody of the staff list sits, in order; of those that are named in `words`.

    Raises NotAllowed, Invalid as `named`, and Invalid(`no_doors`) where the list knows none.
    """
    require(person, Action.PRINT_DOOR_CARDS)
    found = named(words) if words.strip() else of_the_house(uow)
    if not found:
        raise Invalid("no_doors")
    return found


def of_the_house(uow: UnitOfWork) -> Sequence[Door]:
    return doors_of(somebody.room for somebody in uow.people.everybody() if not somebody.gone)


def doors_of(rooms: Iterable[str]) -> Sequence[Door]:
    """Of rooms as the staff list words them; what is no number of a door is left out ("3. kat")."""
    known: dict[str, Counter[str]] = {}
    for room in rooms:
        line = one_line(room)
        found = DOOR_AT_THE_END.search(line)
        if found is not None:
            known.setdefault(found["number"].upper(), Counter())[_where(line[: found.start()])] += 1
    doors = (Door(number, wheres.most_common(1)[0][0]) for number, wheres in known.items())
    return sorted(doors, key=_order)[:MOST]


def _where(before: str) -> str:
    """What stands before a number, without the words that only say that a number comes."""
    for found in _BEFORE_A_NUMBER.finditer(before):
        if found.end() == len(before):
            before = before[: found.start()]
            break
    return before.strip(" ,·-–/")


def named(words: str) -> Sequence[Door]:
    """`101-120, 214, B-14`: as they were written, each once. Raises Invalid(`door_unreadable`, `too_many_doors`)."""
    doors: dict[str, Door] = {}
    for part in re.split(r"[,;\n]+|\s+(?![-–])(?<![-–]\s)", words.strip()):
        typed = part.strip()
        if not typed:
            continue
        span = _SPAN.fullmatch(typed)
        if span is not None and int(span[1]) <= int(span[2]):
            if int(span[2]) - int(span[1]) >= MOST:
                raise Invalid("too_many_doors", most=MOST)
            width = len(span[1])
            numbers = [f"{n:0{width}}" for n in range(int(span[1]), int(span[2]) + 1)]
        elif _ONE.fullmatch(typed):
            numbers = [typed.upper()]
        else:
            raise Invalid("door_unreadable", typed=typed[:40])
        doors |= {number: Door(number) for number in numbers}
    if len(doors) > MOST:
        raise Invalid("too_many_doors", most=MOST)
    return list(doors.values())


def is_number(words: str) -> bool:
    """Whether it can be what stands on a card: of a link, what somebody makes of it is not trusted."""
    return _ONE.fullmatch(words) is not None


def _order(door: Door) -> tuple[str, int, str]:
    digits = re.search(r"\d+", door.number)
    return door.number[: digits.start()] if digits else "", int(digits[0]) if digits else 0, door.number
