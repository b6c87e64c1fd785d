"""Keeping the list of places: adding, correcting, merging, each with a way back. Tickets keep the words that were
written, and point to a place by its id; what was merged means what it became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers import place_names
from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.places import MERGE_KEPT, Place, PlaceId, PlaceMerge, Spot
from handlers.domain.store_rights import StoreAction, require_in_stores
from handlers.ports import UnitOfWork
from handlers.tickets import placing
from knowledge.language.folding import folded, one_line
from knowledge.language.place_keys import floor_key, room_key

MAX_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesToMerge:
    """What would become one."""

    one: Place
    into: Place
    tickets: int
    """That point to the one that ends."""

    @property
    def mark(self) -> str:
        return f"{self.one.id}-{self.into.id}"


def tickets_of(uow: UnitOfWork) -> Mapping[PlaceId, int]:
    """How many are about what is there, by the place that each means now."""
    places = {one.id: one for one in uow.places.all()}
    found: Counter[PlaceId] = Counter()
    for key, number in uow.places.tickets().items():
        found[place_names.standing(places.__getitem__, places[key]).id] += number
    return found


def usable(acting: Acting, spot: Spot, own: PlaceId | None = None) -> Spot:
    """As it would be kept. Raises NotAllowed, Invalid(`place_bad`, `place_taken`)."""
    require_in_stores(acting.person, StoreAction.KEEP_PLACES)
    made = Spot(*(one_line(part) for part in (spot.building, spot.floor, spot.room)))
    too_long = any(len(part) > MAX_LETTERS for part in (made.building, made.floor, made.room))
    if too_long or not (room_key(made.room) or floor_key(made.floor)):
        raise Invalid("place_bad", most=MAX_LETTERS)
    for other in acting.uow.places.in_room(made):
        if other.id != own and floor_key(other.spot.floor) == floor_key(made.floor):
            standing = place_names.standing(acting.uow.places.get, other)
            raise Invalid("place_taken", name=str(made), other=str(standing.spot))
    return made


def add(acting: Acting, spot: Spot) -> Place:
    """Raises as `usable`."""
    added = acting.uow.places.add(Place(spot=usable(acting, spot)))
    placing.note(acting, "recorded", added)
    _log(acting, "place_added", str(added.spot))
    return added


def correct(acting: Acting, key: PlaceId, spot: Spot) -> bool:
    """False where it is so already. Raises as `usable`, NotFound."""
    acting.uow.places.hold()
    made = usable(acting, spot, key)
    before = acting.uow.places.get(key)
    if made == before.spot:
        return False
    after = replace(before, spot=made)
    acting.uow.places.save(after)
    placing.note(acting, "corrected", after, before)
    _log(acting, "place_corrected", f"{before.spot} -> {after.spot}")
    return True


def merge_preview(acting: Acting, key: PlaceId, into: str, shown: str = "") -> PlacesToMerge:
    """`into`: the other, as it is called. `shown`: the mark of what was shown before.

    Raises NotAllowed, NotFound, Invalid(`place_merged`, `no_such_place`, `place_same`, `place_merge_other`).
    """
    require_in_stores(acting.person, StoreAction.KEEP_PLACES)
    one = acting.uow.places.get(key)
    if not one.open:
        raise Invalid("place_merged", name=str(one.spot))
    target = _named(acting.uow, into)
    if target.id == one.id:
        raise Invalid("place_same", name=str(one.spot))
    found = PlacesToMerge(one=one, into=target, tickets=tickets_of(acting.uow).get(one.id, 0))
    if shown and shown != found.mark:
        raise Invalid("place_merge_other", name=str(one.spot), other=str(target.spot))
    return found


def merge(acting: Acting, key: PlaceId, into: str, shown: str = "") -> Place:
    """What ended. Raises as `merge_preview`."""
    acting.uow.places.hold()
    asked = merge_preview(acting, key, into, shown)
    ended = replace(asked.one, merge=PlaceMerge(asked.into.id, acting.now))
    acting.uow.places.save(ended)
    placing.note(acting, "merged", ended, asked.one)
    _log(acting, "places_merged", f"{asked.one.spot} -> {asked.into.spot}: {asked.tickets}")
    return ended


def parting(acting: Acting, key: PlaceId) -> Place:
    """What would be one of its own again. Raises NotAllowed, NotFound, Invalid(`place_merge_old`)."""
    require_in_stores(acting.person, StoreAction.KEEP_PLACES)
    one = acting.uow.places.get(key)
    if one.merge is not None and acting.now - one.merge.at > MERGE_KEPT:
        raise Invalid("place_merge_old", days=MERGE_KEPT.days)
    return one


def take_merge_back(acting: Acting, key: PlaceId) -> bool:
    """Tickets that pointed to it mean it again. Raises as `parting`."""
    acting.uow.places.hold()
    one = parting(acting, key)
    if one.merge is None:
        return False
    parted = replace(one, merge=None)
    acting.uow.places.save(parted)
    placing.note(acting, "parted", parted, one)
    _log(acting, "places_parted", str(one.spot))
    return True


def _named(uow: UnitOfWork, typed: str) -> Place:
    """By what it is called, or by what that means. Raises Invalid(`no_such_place`)."""
    line = one_line(typed)
    called = [one for one in uow.places.all() if one.open and folded(str(one.spot)) == folded(line)]
    found = called or list(place_names.candidates(uow, place_names.read(line)))
    if len(found) != 1:
        raise Invalid("no_such_place", typed=line[:40] or "(boş)")
    return found[0]


def _log(acting: Acting, what: str, about: str) -> None:
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)
