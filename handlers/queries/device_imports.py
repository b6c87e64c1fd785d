"""Lists of devices that were brought to the panel: what each would do, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.devices import access
from handlers.domain.brought_lists import MOST_ROWS, PREVIEW_KEPT, Counts, RowFate, RowKind
from handlers.domain.device_lists import DeviceImport, ListedDevice
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import DeviceId
from handlers.domain.people import Person, PersonId

FEW, MANY = 20, 100
"""Rows of a kind that are shown at first, and on a page of their own."""
RECENT = 10
MOST_CHOICES = 200
"""Rows of which a person is chosen on the page; the others wait for the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceImportPage:
    brought: DeviceImport
    owner: Person
    counts: Counts
    before: DeviceImport | None
    """The same list, when it was taken in the last time."""
    rows: Mapping[RowKind, Sequence[tuple[int, ListedDevice]]]
    """With their places."""
    waiting: Sequence[tuple[int, ListedDevice]]
    """Of which somebody is to be chosen."""
    people: Mapping[PersonId, Person]
    """Those who may be chosen."""
    numbers: Mapping[DeviceId, str]
    stays: Sequence[str]
    """Numbers of those that could not be taken back."""


def recent(acting: Acting) -> Sequence[tuple[DeviceImport, Counts]]:
    """Raises NotAllowed."""
    access.require(acting, DeviceAction.TIDY)
    found = acting.uow.device_imports
    return [(one, found.counts(one.id)) for one in found.recent(RECENT)]


def drafts(acting: Acting) -> Sequence[tuple[DeviceImport, Counts]]:
    """Those of the last day that nobody took in. Raises NotAllowed."""
    access.require(acting, DeviceAction.TIDY)
    found = acting.uow.device_imports
    return [(one, found.counts(one.id)) for one in found.drafts(acting.now - PREVIEW_KEPT, RECENT)]


def look(acting: Acting, key: str, kind: RowKind | None = None, after: int = -1) -> DeviceImportPage:
    """`kind`: that one only, behind a place; else a few of each. Raises NotAllowed, NotFound."""
    access.require(acting, DeviceAction.TIDY)
    imports = acting.uow.device_imports
    brought = imports.get(key)
    kinds = [kind] if kind is not None else [RowKind.CHANGED, RowKind.NEW]
    most = MANY if kind is not None else FEW
    rows = {one: imports.of_kind(brought.id, one, after, most) for one in kinds}
    waiting = imports.waiting(brought.id, MOST_CHOICES)
    before = imports.taken_before(brought.digest)
    kept = _stays(acting, brought) if brought.back_at is not None else []
    devices = {one.device for found in rows.values() for _, one in found if one.device is not None}
    return DeviceImportPage(
        brought=brought,
        owner=acting.uow.people.get(brought.owner),
        counts=imports.counts(brought.id),
        before=before if before is not None and before.id != brought.id else None,
        rows={one: found for one, found in rows.items() if found},
        waiting=waiting,
        people={key: acting.uow.people.get(key) for _, one in waiting for key in one.people},
        numbers={one.id: str(one.number) for one in acting.uow.devices.several(devices)},
        stays=kept,
    )


def _stays(acting: Acting, brought: DeviceImport) -> list[str]:
    rows = acting.uow.device_imports.rows(brought.id, 0, MOST_ROWS)
    keys = [one.device for _, one in rows if one.fate is RowFate.KEPT and one.device is not None]
    return [str(one.number) for one in acting.uow.devices.several(keys)]
