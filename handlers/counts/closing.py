"""A count closed: what is missing, what is there beyond the record, and what is done about it, each by a press of its
own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.counts import access, history
from handlers.counts.expecting import expected
from handlers.counts.opening import require_open
from handlers.devices import recording
from handlers.domain.counts import MAX_LETTERS, Count, CountId, CountLine, SeenBy
from handlers.domain.devices import Device, DeviceId, Ending
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.domain.stock import Item
from handlers.messages import Button
from handlers.stock import counted
from handlers.tickets import cards, presence
from knowledge.language.folding import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What keeps a count from being closed."""

    missing: Sequence[Device]
    """Expected and not seen."""
    unexplained: Sequence[Device]
    """Those of them of which nobody said why."""
    uncounted: Sequence[Item]
    again: Sequence[Item]
    """Their first number differed."""


def left_of(acting: Acting, count: Count) -> Left:
    wanted = expected(acting, count)
    lines = acting.uow.counts.lines(count.id)
    devices = {line.device: line for line in lines if line.device is not None}
    items = {line.item: line for line in lines if line.item is not None}
    missing = [one for one in wanted.to_see if one.id not in devices or not devices[one.id].seen]
    uncounted = [one for one in wanted.items if one.id not in items]
    return Left(
        missing=missing,
        unexplained=[one for one in missing if one.id not in devices or not devices[one.id].note],
        uncounted=uncounted,
        again=[one for one in wanted.items if one.id in items and items[one.id].waits_for_second],
    )


def explain(acting: Acting, key: CountId, device: DeviceId, words: str) -> CountLine:
    """Why it is not there; empty: nobody knows any more. Raises NotAllowed, NotFound, Stale, Invalid(`count_closed`,
    `count_seen`)."""
    access.require_keeps(acting)
    count = require_open(acting, key)
    acting.uow.devices.get(device)
    known = acting.uow.counts.of_device(count.id, device) or CountLine(device=device, expected=1)
    if known.seen:
        raise Invalid("count_seen", number=acting.uow.devices.get(device).number)
    return acting.uow.counts.put(count.id, replace(known, note=one_line(words)[:MAX_LETTERS]))


def require_closable(acting: Acting, key: CountId) -> tuple[Count, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`count_closed`, `count_unexplained`, `count_uncounted`, `count_again`)."""
    in_place_of = access.require_keeps(acting)
    count = require_open(acting, key)
    left = left_of(acting, count)
    if left.again:
        raise Invalid("count_again", items=[one.code for one in left.again])
    if left.uncounted:
        raise Invalid("count_uncounted", number=len(left.uncounted), items=[one.code for one in left.uncounted[:5]])
    if left.unexplained:
        raise Invalid("count_unexplained", number=len(left.unexplained))
    return count, in_place_of


def close(acting: Acting, key: CountId) -> Count:
    """What was not seen is missing from now on, and what is with people was counted by the record. The director is
    asked about malzeme. Raises as `require_closable`, and Stale."""
    count, in_place_of = require_closable(acting, key)
    wanted = expected(acting, count)
    known = {line.device: line for line in acting.uow.counts.lines(count.id) if line.device is not None}
    for device in wanted.to_see:
        line = known.get(device.id)
        if line is not None and not line.seen:
            acting.uow.counts.put(count.id, replace(line, expected=1, seen=0, recorded=device.place, at=acting.now))
    for device in wanted.by_record:
        if device.id not in known:
            by_record = CountLine(
                device=device.id, expected=1, seen=1, recorded=device.place, at=acting.now, how=SeenBy.RECORD
            )
            acting.uow.counts.put(count.id, by_record)
    closed = acting.uow.counts.save(replace(count, closed_by=acting.person.id, closed_at=acting.now, frozen_until=None))
    lines = acting.uow.counts.lines(count.id)
    differing = stock_differences(lines)
    said = {
        "missing": sum(one.device is not None and one.seen == 0 for one in lines),
        "found": sum(one.device is None and one.item is None for one in lines),
        "elsewhere": sum(one.elsewhere for one in lines),
        "items": len(differing),
    }
    history.note(acting, "closed", closed, said, acting_for=in_place_of)
    if differing:
        _ask_director(acting, closed, len(differing))
    return closed


def stock_differences(lines: Sequence[CountLine]) -> list[CountLine]:
    return [one for one in lines if one.item is not None and one.difference]


def require_writable(acting: Acting, key: CountId) -> tuple[Count, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`count_still_open`, `count_written`)."""
    in_place_of = access.require_orders(acting)
    count = acting.uow.counts.get(key, to_change=True)
    if count.is_open:
        raise Invalid("count_still_open", number=count.number)
    if count.written_at is not None:
        raise Invalid("count_written", day=acting.working_time().local_date(count.written_at))
    return count, in_place_of


def write_differences(acting: Acting, key: CountId) -> Count:
    """The director's press: each difference of malzeme becomes a movement (sayım farkı), and what was askıda when it
    was counted is covered. Raises as `require_writable`, Stale, Invalid(`count_moved_since`)."""
    count, in_place_of = require_writable(acting, key)
    for line in acting.uow.counts.lines(count.id):
        if line.item is not None and line.number is not None and line.at is not None:
            counted.correct(
                acting,
                line.item,
                line.difference,
                counted_at=line.at,
                number=str(count.number),
                acting_for=in_place_of,
            )
    saved = acting.uow.counts.save(replace(count, written_by=acting.person.id, written_at=acting.now))
    history.note(acting, "stock_written", saved, acting_for=in_place_of)
    return saved


def require_lost(acting: Acting, key: CountId, device: DeviceId) -> tuple[Count, Device]:
    """Raises NotFound, Invalid(`count_still_open`, `count_not_missing`)."""
    count = acting.uow.counts.get(key)
    if count.is_open:
        raise Invalid("count_still_open", number=count.number)
    line = acting.uow.counts.of_device(count.id, device)
    found = acting.uow.devices.get(device)
    if line is None or line.seen != 0 or found.ending is not None:
        raise Invalid("count_not_missing", number=found.number)
    return count, found


def say_lost(acting: Acting, key: CountId, device: DeviceId) -> Device:
    """Kayıp say: by whoever may change custody, of what a closed count did not find; never by itself.

    Raises NotAllowed, Stale, as `require_lost` and as `recording.changeable`.
    """
    count, found = require_lost(acting, key, device)
    if found.ending is Ending.LOST:
        return found
    return recording.say_lost(acting, device, ref=str(count.number))


def _ask_director(acting: Acting, count: Count, items: int) -> None:
    for person in presence.directors_of(acting):
        for address in cards.private_addresses_of(acting, person):
            acting.say(
                address,
                "count_differences_told",
                buttons=[Button("Farkları yaz", f"count_write:{count.id}")],
                slot=f"count_write:{count.id}",
                number=count.number,
                items=items,
            )
