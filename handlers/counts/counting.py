"""What is seen while a count is open: devices by their label or ticked, malzeme by number, and what is in no record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.counts import access
from handlers.counts.opening import require_open
from handlers.department_names import DepartmentNames
from handlers.devices import access as device_access
from handlers.devices import history as device_history
from handlers.devices import recording
from handlers.domain.counts import MAX_LETTERS, Count, CountId, CountLine, Scope, SeenBy
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId, Ending
from handlers.domain.errors import Invalid
from handlers.domain.places import PlaceId
from handlers.domain.stock import MOST_RECEIVED, Item, ItemId, require_quantity
from handlers.place_names import standing
from handlers.tickets import placing
from knowledge.language.folding import one_line

_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What came of looking at one device."""

    device: Device
    line: CountLine
    twice: bool = False
    """It was counted before; its line says when, and by whom."""

    @property
    def elsewhere(self) -> bool:
        return self.line.elsewhere


def stand_at(acting: Acting, key: CountId, typed: str) -> Count:
    """Whoever counts is in that room now. Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`,
    `count_place`)."""
    count = _counting(acting, key)
    place = place_meant(acting, typed)
    if count.place_of(acting.person.id) == place:
        return count
    return acting.uow.counts.save(count.standing_in(acting.person.id, place))


def place_meant(acting: Acting, typed: str) -> PlaceId:
    """Raises Invalid(`count_place`)."""
    line = one_line(typed)[:_LETTERS]
    found = placing.meant(acting, line) if line else None
    if found is None:
        raise Invalid("count_place", typed=line)
    return found


def see(acting: Acting, key: CountId, device: DeviceId, how: SeenBy) -> Sighting:
    """Burada gördüm. Seen once more it stays as it is; one that was lost is found.

    Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`) and as `recording.changeable`.
    """
    count = _counting(acting, key)
    found = recording.changeable(acting, device)
    known = acting.uow.counts.of_device(count.id, device)
    if known is not None and known.seen:
        return Sighting(device=found, line=known, twice=True)
    line = CountLine(
        device=device,
        expected=int(is_expected(acting, count, found)),
        seen=1,
        place=count.place_of(acting.person.id),
        recorded=_standing(acting, found.place),
        by=acting.person.id,
        at=acting.now,
        how=how,
        note="",
        id=known.id if known is not None else 0,
    )
    if found.ending is Ending.LOST:
        found = recording.say_found(acting, device, ref=str(count.number))
    device_history.write(acting, "counted", found, {}, {"place": line.place}, ref=str(count.number))
    return Sighting(device=found, line=acting.uow.counts.put(count.id, line))


def take_back(acting: Acting, key: CountId, line: int) -> CountLine:
    """Geri al: it was not there after all. Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`)."""
    count = _counting(acting, key)
    known = acting.uow.counts.line(count.id, line)
    acting.uow.counts.remove(count.id, line)
    if known.device is not None:
        device = acting.uow.devices.get(known.device)
        device_history.write(acting, "count_taken_back", device, {"place": known.place}, {}, ref=str(count.number))
    return known


def count_item(acting: Acting, key: CountId, item: ItemId, quantity: int) -> tuple[CountLine, Item]:
    """So many are there. A number that differs from the book's is asked for once more, and the second is final.

    Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`, `count_no_items`, `stock_quantity`).
    """
    count = _counting(acting, key)
    if not count.scope.has_items:
        raise Invalid("count_no_items", number=count.number)
    if quantity != 0:
        require_quantity(quantity, MOST_RECEIVED)
    found = acting.uow.stock.item(item, to_change=True)
    known = acting.uow.counts.of_item(count.id, item) or CountLine(item=item)
    left = acting.uow.stock.left_of(item)
    counted = replace(known, expected=left, by=acting.person.id, at=acting.now, how=SeenBy.HAND)
    counted = replace(counted, seen=quantity) if known.seen is None else replace(counted, again=quantity)
    return acting.uow.counts.put(count.id, counted), found


def note_found(acting: Acting, key: CountId, words: str, file: str = "") -> CountLine:
    """Sayımda bulundu: it has no label, or is in no record. Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`,
    `count_found_what`)."""
    count = _counting(acting, key)
    said = one_line(words)[:MAX_LETTERS]
    if not said:
        raise Invalid("count_found_what")
    line = CountLine(
        seen=1,
        place=count.place_of(acting.person.id),
        by=acting.person.id,
        at=acting.now,
        how=SeenBy.HAND,
        note=said,
        file=file,
    )
    return acting.uow.counts.put(count.id, line)


def put_right(acting: Acting, key: CountId, line: int) -> Device:
    """Yerini 312 yap: the record says from now on what was seen. Raises NotAllowed, NotFound, Stale,
    Invalid(`device_place`) and as `recording.changeable`."""
    count = acting.uow.counts.get(key)
    device_access.require(acting, DeviceAction.KEEP)
    known = acting.uow.counts.line(count.id, line)
    if known.device is None or known.place is None:
        raise Invalid("device_place")
    spot = standing(acting.uow.places.get, acting.uow.places.get(known.place)).spot
    return recording.move(acting, known.device, str(spot), ref=str(count.number))


def is_expected(acting: Acting, count: Count, device: Device) -> bool:
    """Whether it belongs to what is counted."""
    match count.scope:
        case Scope.ALL:
            return True
        case Scope.DEPOT:
            return device.custody.kind is CustodyKind.DEPOT
        case Scope.ROOM:
            return count.place is not None and _standing(acting, device.place) == _standing(acting, count.place)
        case Scope.DEPARTMENT:
            names = DepartmentNames.of(acting.uow)
            return names.settled(device.department) == names.settled(count.department)


def counted_by_me(acting: Acting) -> Sequence[Count]:
    """Those that are open and that they may count, the newest first."""
    return [one for one in acting.uow.counts.open() if access.counts(acting, one)]


def _counting(acting: Acting, key: CountId) -> Count:
    count = require_open(acting, key)
    access.require_counts(acting, count)
    return count


def _standing(acting: Acting, place: PlaceId | None) -> PlaceId | None:
    return None if place is None else standing(acting.uow.places.get, acting.uow.places.get(place)).id
