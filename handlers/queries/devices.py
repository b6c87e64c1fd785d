"""Lists of devices, each row as the reader may see it, and one device with all that is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers import device_names
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_merges import each_together, end_of, together
from handlers.devices import access, history
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId, Label
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may
from handlers.domain.security_matters import known_to
from handlers.domain.store_events import StoreEvent
from handlers.domain.ticket import Ticket
from handlers.ports import DevicesWanted
from knowledge.language.folding import folded

ROWS = 50
"""On one page."""
TICKETS_SHOWN = 20
_LOOKED_THROUGH = 200
"""Of the newest, for those that the reader may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    device: Device
    """As the reader may see it (`access.Shown`)."""
    whole: bool
    name: str
    place: str
    department: str
    """As it is called now."""
    holder: Person | None
    tickets: int
    """Of this year, that were surely about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePage:
    rows: Sequence[DeviceRow]
    number: int
    """Of all that were found."""
    after: DeviceId | None
    """Behind which the next page begins; None: this is the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHistory:
    """One device, with what became one with it."""

    row: DeviceRow
    merged: Sequence[Device]
    labels: Sequence[Label]
    tickets: Sequence[Ticket]
    """The newest first, those that the reader may read."""
    lines: Sequence[tuple[Device, StoreEvent]]
    """The newest first, of merged ones too; empty where the reader may not see them."""
    people: Mapping[PersonId, Person]
    """Whoever the lines name."""


def look(
    acting: Acting,
    wanted: DevicesWanted,
    *,
    department: str = "",
    after: DeviceId | None = None,
    limit: int = ROWS,
) -> DevicePage:
    """`department`: by whatever name; `wanted.words`: as typed. Who may not see holders may not look for them.

    Raises NotAllowed.
    """
    access.require(acting, DeviceAction.SEE)
    asked = replace(wanted, words=folded(wanted.words))
    if not access.sees_all_whole(acting) and asked.holder != acting.person.id:
        asked = replace(asked, holder=None, unresolved_holder=False)
    if department:
        names = DepartmentNames.of(acting.uow)
        spelled = acting.uow.devices.departments()
        asked = replace(asked, departments=frozenset(one for one in spelled if names.same(one, department)))
    found = acting.uow.devices.page(asked, after=after, limit=limit + 1)
    shown = found[:limit]
    return DevicePage(
        rows=rows(acting, shown),
        number=acting.uow.devices.count(asked),
        after=shown[-1].id if len(found) > limit else None,
    )


def rows(acting: Acting, devices: Sequence[Device]) -> list[DeviceRow]:
    """Of those that the reader may know of."""
    visible = access.several_shown(acting, devices)
    names = DepartmentNames.of(acting.uow)
    counts = _tickets_of_this_year(acting, [one.device.id for one in visible])
    places = device_names.place_names(acting.uow, [one.device for one in visible])
    holders = [one.device.custody.holder for one in visible]
    people = acting.uow.people.of_ids({key for key in holders if key is not None})
    return [
        DeviceRow(
            device=one.device,
            whole=one.whole,
            name=device_names.name(one.device),
            place=places[one.device.id],
            department=names.name(one.device.department),
            holder=None if holder is None else people[holder],
            tickets=counts.get(one.device.id, 0),
        )
        for one, holder in zip(visible, holders, strict=True)
    ]


def one(acting: Acting, device: Device) -> DeviceHistory | None:
    """None: they may not know of it."""
    found = rows(acting, [device])
    if not found:
        return None
    (row,) = found
    keys = together(acting.uow, device.id)
    merged = acting.uow.devices.several(keys[1:])
    about = acting.uow.ticket_devices.tickets(keys, _LOOKED_THROUGH)
    tickets = acting.uow.tickets.some(about)
    readable = [tickets[key] for key in about if may(acting.person, Action.READ, tickets[key])]
    lines = _lines(acting, [device, *merged]) if row.whole else []
    who = {key for _, line in lines for key in (line.who, *line.acting_for) if key is not None}
    return DeviceHistory(
        row=row,
        merged=access_to(acting, merged),
        labels=acting.uow.devices.labels(keys) if row.whole else [],
        tickets=readable[:TICKETS_SHOWN],
        lines=lines,
        people=acting.uow.people.of_ids(who),
    )


def access_to(acting: Acting, devices: Sequence[Device]) -> list[Device]:
    return [shown.device for shown in access.several_shown(acting, devices)]


def newest_of(acting: Acting) -> Device | None:
    """The one that whoever acts recorded last, where it is among the newest."""
    newest = acting.uow.devices.page(DevicesWanted(), limit=TICKETS_SHOWN)
    return next((one for one in newest if one.recorded_by == acting.person.id), None)


def warranty_ends(acting: Acting, before: date) -> Sequence[DeviceRow]:
    """Those whose warranty ends before that day. Raises NotAllowed."""
    return look(acting, DevicesWanted(warranty_before=before)).rows


def year_began(acting: Acting) -> datetime:
    local = acting.now.astimezone(acting.desk.zone)
    return local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _tickets_of_this_year(acting: Acting, devices: Sequence[DeviceId]) -> dict[DeviceId, int]:
    if not devices:
        return {}
    every, known = each_together(acting.uow, devices), known_to(acting.person)
    keys = [one for keys in every.values() for one in keys]
    counts = acting.uow.ticket_devices.counts(keys, year_began(acting), known)
    return {key: sum(counts.get(one, 0) for one in keys) for key, keys in every.items()}


def _lines(acting: Acting, devices: Sequence[Device]) -> list[tuple[Device, StoreEvent]]:
    lines = [(device, line) for device in devices for line in history.of(acting, device)]
    return sorted(lines, key=lambda one: one[1].at, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    row: DeviceRow
    tickets: int
    """Of that year."""


def most_failing(acting: Acting, year: int, limit: int = 20) -> Sequence[Failing]:
    """Of which most tickets were in a local year, those of merged ones with what they became: for the needs of the next
    (bylaw 7/12). Raises NotAllowed."""
    access.require(acting, DeviceAction.SEE)
    since, until = (datetime(one, 1, 1, tzinfo=acting.desk.zone) for one in (year, year + 1))
    counted = acting.uow.ticket_devices.most_often(since, until, known_to(acting.person))
    merges = acting.uow.devices.merges()
    sums: Counter[DeviceId] = Counter()
    for device, number in counted.items():
        sums[end_of(merges, device)] += number
    most = dict(sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:limit])
    shown = {row.device.id: row for row in rows(acting, acting.uow.devices.several(most))}
    return [Failing(row=shown[key], tickets=number) for key, number in most.items() if key in shown]
