"""What the pages of what was seen in the network ask for: tried before, and done in its event's transaction
(decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.context import Acting
from handlers.devices import access, describing, page, recording, sightings
from handlers.devices.inventory_parts import adopted
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Description, require_known_by_something
from handlers.domain.errors import Invalid
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.sightings import Sighting, SightingId
from handlers.people.list_changes import carried_out


class SightingWish(StrEnum):
    RECORD = "sighting_record"
    LINK = "sighting_link"
    PART = "sighting_part"
    IGNORE = "sighting_ignore"
    HEED = "sighting_heed"
    ADOPT = "sighting_adopt"


def try_out(acting: Acting, action: SightingWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    access.require(acting, DeviceAction.TIDY if action is SightingWish.RECORD else DeviceAction.KEEP)
    one = acting.uow.sightings.get(_key(given))
    match action:
        case SightingWish.RECORD:
            if one.device is not None:
                raise Invalid("sighting_has_device", number=acting.uow.devices.get(one.device).number)
            usable = describing.usable(_described(acting, one, given))
            require_known_by_something(usable, bool(given.get("room", "").strip()))
            describing.require_free(acting, usable)
        case SightingWish.LINK:
            recording.changeable(acting, sightings.the_device(acting, _typed(given)))
        case SightingWish.ADOPT:
            if one.device is None:
                raise Invalid("sighting_no_device")
            device = recording.changeable(acting, one.device)
            usable = describing.usable(adopted(device.description, one.seen), device.description)
            describing.require_free(acting, usable, device)
        case _:
            pass


def carry_out(acting: Acting, action: SightingWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: SightingWish, given: Mapping[str, str]) -> bool:
    key = _key(given)
    match action:
        case SightingWish.RECORD:
            said = page.description_of(given, sightings.described(acting.uow.sightings.get(key).seen))
            place, department = given.get("room", ""), given.get("department", "")
            sightings.record(acting, key, said, place=place, department=department)
            return True
        case SightingWish.LINK:
            before = acting.uow.sightings.get(key)
            return sightings.link(acting, key, _typed(given)).version != before.version
        case SightingWish.PART:
            return sightings.part(acting, key)
        case SightingWish.IGNORE:
            return sightings.ignore(acting, key)
        case SightingWish.HEED:
            return sightings.heed(acting, key)
        case SightingWish.ADOPT:
            return sightings.adopt(acting, key)


def _described(acting: Acting, one: Sighting, given: Mapping[str, str]) -> Description:
    return sightings.with_network(acting.uow, page.description_of(given, sightings.described(one.seen)), one.seen)


def _typed(given: Mapping[str, str]) -> str:
    return given.get("device", "").strip()[:60]


def _key(given: Mapping[str, str]) -> SightingId:
    """Raises NotFound for what is no key."""
    return SightingId(key_in(given, "id", "sighting"))
