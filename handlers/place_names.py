"""What a typed place means: read, found among those that there are, and added where it says a door or a floor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handlers.domain.places import Place, PlaceId, Spot
from handlers.ports import UnitOfWork
from knowledge.facts.places import floor as floor_said
from knowledge.facts.wording import Said
from knowledge.language.folding import one_line
from knowledge.language.place_keys import building_key, floor_key, room_key

MAX_LETTERS = 60
"""What is longer is a sentence, not a place."""
DOOR = r"[A-Za-zÇĞİÖŞÜçğıöşü]?-?\d{1,4}(?:-?[A-Za-zÇĞİÖŞÜçğıöşü])?"
"""The number of a door, as people write it: `312`, `B-14`, `214a`."""
MAX_BUILDING_LETTERS = 30
"""What is longer is prose around the word for a building."""
_A_DOOR = re.compile(DOOR)
DOOR_AT_THE_END = re.compile(rf"\b(?P<number>{DOOR})\s?(?:nolu oda|oda)?\Z", re.IGNORECASE)
_FLOOR = re.compile(
    r"\b(?:(?:\d{1,2}|\w+)(?:\. ?|'? ?(?:inci|nci|uncu|ncu|ci|cu) )? ?kat\w*|kat ?[:=]? ?\d{1,2}(?!\d))"
)
_BUILDING = re.compile(r"\b(?:bina|binasi|binamiz|blok|blogu|kampus\w*|tesis\w*|merkezi|sarayi|santiye\w*|garaji?)\b")
_EDGES = " ,;·-–/.:"


def read(written: str) -> Spot:
    """What it says of building, floor and room; an empty spot where that is no place."""
    said = Said.of(one_line(written))
    if len(said.seen) > MAX_LETTERS:
        return Spot()
    floor = floor_said(said) or ""
    if floor and (found := _FLOOR.search(said.plain)) is not None:
        said = Said.of(f"{said.seen[: found.start()]}, {said.seen[found.end() :]}".strip(_EDGES))
    seen, room = said.seen.strip(_EDGES), ""
    if (door := DOOR_AT_THE_END.search(seen)) is not None:
        room, seen = door["number"].upper(), seen[: door.start()].strip(_EDGES)
        seen = re.sub(r"(?:\b(?:oda|no|nolu)\b[\s:.]*)+\Z", "", seen, flags=re.IGNORECASE).strip(_EDGES)
    plain = Said.of(seen).plain
    ends = [match.end() for match in _BUILDING.finditer(plain)]
    building = seen[: ends[-1]].strip(_EDGES) if ends else ""
    return Spot(building=building, floor=floor, room=room or seen[len(building) :].strip(_EDGES))


def standing(get: Callable[[PlaceId], Place], place: Place) -> Place:
    """What it became by merges. In a circle, which none should be: the last of it, rather than no end."""
    passed = {place.id}
    while place.merge is not None and place.merge.into not in passed:
        place = get(place.merge.into)
        passed.add(place.id)
    return place


def candidates(uow: UnitOfWork, spot: Spot) -> Sequence[Place]:
    """Those that may be meant: the one of that spot; else those of that room of which nothing said speaks against
    it."""
    floor, room = floor_key(spot.floor), room_key(spot.room)
    if not room and not floor:
        return []
    there = uow.places.in_room(spot)
    same = [one for one in there if floor_key(one.spot.floor) == floor]
    if not same and room:
        same = [one for one in there if not floor or not floor_key(one.spot.floor)]
    return list({one.id: one for one in (standing(uow.places.get, one) for one in same)}.values())


def is_said(spot: Spot) -> bool:
    """Whether it says enough to be added by itself: a door's number, or a floor alone. Not "arşiv", which may be
    "yanımda"; and no words around a number: they may be anything, a name or a password too."""
    if len(spot.building) > MAX_BUILDING_LETTERS or any(letter.isdigit() for letter in spot.building):
        return False
    return bool(_A_DOOR.fullmatch(spot.room)) if spot.room else bool(spot.floor)


def in_order(places: Sequence[Place]) -> list[Place]:
    def key(place: Place) -> tuple[object, ...]:
        spot = place.spot
        floor, room = floor_key(spot.floor), room_key(spot.room)
        digits = re.search(r"\d+", room)
        return (
            building_key(spot.building),
            int(floor) if floor.isdigit() else -1,
            floor,
            int(digits[0]) if digits else 0,
            room,
        )

    return sorted(places, key=key)
