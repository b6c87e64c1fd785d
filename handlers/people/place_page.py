"""What the page Yerler asks for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.places import PlaceId, Spot
from handlers.domain.store_rights import StoreAction, require_in_stores
from handlers.people import places
from handlers.people.list_changes import SURE, carried_out
from handlers.people.places import PlacesToMerge


class PlaceAction(StrEnum):
    ADD = "place_add"
    CORRECT = "place_correct"
    MERGE = "place_merge"
    TAKE_MERGE_BACK = "place_take_merge_back"


def try_out(acting: Acting, action: PlaceAction, given: Mapping[str, str]) -> PlacesToMerge | None:
    """Whether it could be done now; nothing is changed. What would become one, where that is asked. Raises NotAllowed,
    Invalid, NotFound."""
    require_in_stores(acting.person, StoreAction.KEEP_PLACES)
    match action:
        case PlaceAction.ADD:
            places.usable(acting, _spot(given))
        case PlaceAction.CORRECT:
            places.usable(acting, _spot(given), acting.uow.places.get(_key(given)).id)
        case PlaceAction.MERGE:
            return places.merge_preview(acting, _key(given), given.get("into", ""), given.get(SURE, ""))
        case PlaceAction.TAKE_MERGE_BACK:
            places.parting(acting, _key(given))
    return None


def carry_out(acting: Acting, action: PlaceAction, given: Mapping[str, str]) -> Outcome:
    def do() -> object:
        match action:
            case PlaceAction.ADD:
                return places.add(acting, _spot(given))
            case PlaceAction.CORRECT:
                return places.correct(acting, _key(given), _spot(given))
            case PlaceAction.MERGE:
                return places.merge(acting, _key(given), given.get("into", ""), given.get(SURE, ""))
            case PlaceAction.TAKE_MERGE_BACK:
                return places.take_merge_back(acting, _key(given))

    return carried_out(acting, do)


def _spot(given: Mapping[str, str]) -> Spot:
    return Spot(given.get("building", ""), given.get("floor", ""), given.get("room", ""))


def _key(given: Mapping[str, str]) -> PlaceId:
    """Raises NotFound for what is no key."""
    return PlaceId(key_in(given, "id", "place"))
