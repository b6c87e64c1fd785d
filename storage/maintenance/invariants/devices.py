"""Devices: each is kept under the numbers that stand on it, no two living ones share one, custody is one of five, and
what was merged leads to one that stands."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from handlers.domain.devices import CustodyKind, Ending
from handlers.domain.store_events import Stream
from knowledge.language.device_keys import UNIQUE
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.device_rows import COLUMNS, DeviceRow, device_of, key_rows
from storage.tables import device, device_key, device_label, store_event, ticket_device

_DEVICES = select(*COLUMNS, device.c.living).order_by(device.c.id)
_KEYS = select(*device_key.c).order_by(device_key.c.device)
_SHARED = (
    select(
        device_key.c.kind, device_key.c.key, func.count().label("number"), func.min(device_key.c.device).label("one")
    )
    .where(device_key.c.living, device_key.c.kind.in_(sorted(UNIQUE)))
    .group_by(device_key.c.kind, device_key.c.key, device_key.c.make)
    .having(func.count() > 1)
)
_WITHOUT_HISTORY = (
    select(device.c.number)
    .where(
        ~select(store_event.c.id)
        .where(store_event.c.stream == Stream.DEVICE.value, store_event.c.key == device.c.id)
        .exists()
    )
    .order_by(device.c.id)
)
_SUBJECTS = (
    select(ticket_device.c.ticket)
    .where(ticket_device.c.sure, ticket_device.c.role == "subject")
    .group_by(ticket_device.c.ticket)
    .having(func.count() > 1)
)
_LABELS_OF_NONE = (
    select(device_label.c.token)
    .join(device, device.c.id == device_label.c.device)
    .where(device_label.c.revoked_at.is_(None), device.c.ending == Ending.WITHDRAWN.value)
)
_CUSTODIES = {kind.value for kind in CustodyKind}


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    keys: dict[int, set[tuple[object, ...]]] = {}
    for row in ground.rows(_KEYS):
        keys.setdefault(row.device, set()).add((row.key, row.kind, row.make, bool(row.living)))
    merged: dict[int, int | None] = {}
    for row in ground.rows(_DEVICES):
        ground.advance(1)
        merged[row.id] = row.merged_into
        yield from _of_one(row._asdict(), keys.pop(row.id, set()))
    for key in keys:
        yield f"device {key}", "has numbers, and there is no such device"
    yield from _merges(merged)
    for row in ground.rows(_SHARED):
        yield f"device {row.one}", f"{row.number} living devices have its number ({row.kind})"
    for (number,) in ground.rows(_WITHOUT_HISTORY):
        yield f"device {number}", "has no history"
    for (ticket,) in ground.rows(_SUBJECTS):
        yield f"ticket {ticket}", "is surely about two devices"
    for (token,) in ground.rows(_LABELS_OF_NONE):
        yield f"label {token}", "works, and its device was withdrawn"


def _of_one(values: dict[str, object], keys: set[tuple[object, ...]]) -> Iterator[Finding]:
    where, living = f"device {values['number']}", bool(values.pop("living"))
    if values["custody"] not in _CUSTODIES:
        yield where, f"is in custody {values['custody']!r}, which there is not"
        return
    if (values["custody"] == CustodyKind.PERSON.value) != (values["holder"] is not None):
        yield where, "is in nobody's custody, or in somebody's and elsewhere"
        return
    if (values["merged_into"] is None) != (values["merged_at"] is None):
        yield where, "was merged into nothing, or at no time"
    one = device_of(DeviceRow(**values))  # type: ignore[arg-type] # the columns of that row
    if living != one.living:
        yield where, "counts among the living, or does not, against what became of it"
    wanted = {(row.key, row.kind, row.make, bool(row.living)) for row in key_rows(one)}
    if keys != wanted:
        yield where, "is kept under numbers that do not stand on it, or not under those that do"


def _merges(merged: dict[int, int | None]) -> Iterator[Finding]:
    for key in merged:
        passed, at = {key}, key
        while (into := merged[at]) is not None:
            if into in passed or into not in merged:
                yield f"device {key}", f"was merged in a circle, or into device {into}, which there is not"
                break
            passed.add(into)
            at = into
