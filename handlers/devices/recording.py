"""Devices written down, corrected, said to be elsewhere, given into custody, and withdrawn again; each step is a line
of the device's history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_merges import standing
from handlers.devices import access, describing, history
from handlers.domain.departments import DepartmentId
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import (
    WITHDRAWN_WITHIN,
    Condition,
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceId,
    Ending,
    require_known_by_something,
)
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.numbers import EVER, Series
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.people.officers import today_of
from handlers.tickets import placing
from knowledge.language.folding import one_line


def proposed(
    acting: Acting,
    description: Description,
    *,
    place: str = "",
    department: str = "",
    custody: Custody | None = None,
    condition: Condition = Condition.WORKS,
) -> Device:
    """What would be recorded, without a number; nothing is changed but that a new room may be added. `place`,
    `department`: as somebody typed them.

    Raises NotAllowed, and Invalid as `describing.usable` and `describing.require_free` do, and
    (`device_nothing_known`, `device_holder_left`).
    """
    access.require(acting, DeviceAction.KEEP)
    usable = describing.usable(description)
    require_known_by_something(replace(usable, kind=description.kind), bool(place.strip()))
    describing.require_free(acting, usable)
    if custody is not None:
        require_here(acting, custody)
    made = Device(
        number=describing.NO_NUMBER,
        description=usable,
        department=DepartmentNames.of(acting.uow).settled(one_line(department)),
        custody=custody or Custody(),
        condition=condition,
        recorded_at=acting.now,
        recorded_by=acting.person.id,
    )
    return placed(acting, made, place) if place.strip() else made


def record(
    acting: Acting,
    description: Description,
    *,
    place: str = "",
    department: str = "",
    custody: Custody | None = None,
    condition: Condition = Condition.WORKS,
    ref: str = "",
) -> Device:
    """A new device with its number. `ref`: for what it was done: a ticket's number, an import's.

    Raises as `proposed`.
    """
    made = proposed(acting, description, place=place, department=department, custody=custody, condition=condition)
    in_place_of = access.require(acting, DeviceAction.KEEP)
    numbered = replace(made, number=acting.uow.counters.next(Series.DEVICE, EVER))
    added = acting.uow.devices.add(numbered)
    history.note(acting, "recorded", added, ref=ref, acting_for=in_place_of)
    return added


def correct(
    acting: Acting,
    key: DeviceId,
    description: Description,
    *,
    department: str | None = None,
    condition: Condition | None = None,
    ref: str = "",
) -> Device:
    """As it is now; unchanged where nothing differs.

    Raises NotAllowed, NotFound, Stale, and Invalid as `proposed` does, and as `changeable`.
    """
    in_place_of = access.require(acting, DeviceAction.KEEP)
    before = changeable(acting, key)
    usable = describing.usable(description, before.description)
    after = replace(before, description=usable, condition=condition or before.condition)
    if department is not None:
        after = replace(after, department=DepartmentNames.of(acting.uow).settled(one_line(department)))
    require_known_by_something(usable, after.place is not None or bool(after.place_text))
    if after == before:
        return before
    describing.require_free(acting, usable, before)
    return _save(acting, "corrected", before, after, ref, in_place_of)


def move(acting: Acting, key: DeviceId, place: str, *, department: str | None = None, ref: str = "") -> Device:
    """It stands elsewhere now; nobody's custody changes. Raises NotAllowed, NotFound, Stale, Invalid(`device_place`)
    and as `changeable`."""
    in_place_of = access.require(acting, DeviceAction.KEEP)
    before = changeable(acting, key)
    if not place.strip():
        raise Invalid("device_place")
    after = placed(acting, before, place)
    if department is not None:
        after = replace(after, department=DepartmentNames.of(acting.uow).settled(one_line(department)))
    return before if after == before else _save(acting, "moved", before, after, ref, in_place_of)


def move_back(acting: Acting, key: DeviceId, ref: str) -> bool:
    """It stands where it stood before it was moved under that `ref`. False where anything was done to it since, or
    where only words had said where it stood. Raises NotAllowed, NotFound, Stale."""
    in_place_of = access.require(acting, DeviceAction.KEEP)
    before = acting.uow.devices.get(key)
    lines = history.of(acting, before)
    last = lines[-1] if lines else None
    if last is None or last.ref != ref or not before.can_change or "place" in str(last.after.get("words", "")).split():
        return False
    place, office = last.before.get("place", before.place), last.before.get("department")
    listed = {one.id: one.name for one in acting.uow.departments.all()}
    after = replace(before, place=PlaceId(int(place)) if place is not None else None, place_text="")
    if "department" in last.before:
        after = replace(after, department=listed.get(DepartmentId(int(office)), "") if office is not None else "")
    _save(acting, "moved", before, after, "", in_place_of)
    return True


def give(acting: Acting, key: DeviceId, custody: Custody, *, ref: str = "") -> Device:
    """It is in that custody from now on, or from `custody.since` on. Raises NotAllowed, NotFound, Stale,
    Invalid(`device_holder_left`) and as `changeable`."""
    in_place_of = access.require(acting, DeviceAction.CHANGE_CUSTODY)
    before = changeable(acting, key)
    require_here(acting, custody)
    dated = replace(custody, since=custody.since or today_of(acting))
    same = replace(dated, since=before.custody.since) == before.custody
    if same:
        return before
    what = "handed_over" if dated.kind is CustodyKind.PERSON else _GIVEN.get(dated.kind, "moved")
    return _save(acting, what, before, replace(before, custody=dated), ref, in_place_of)


def say_not_mine(acting: Acting, key: DeviceId) -> bool:
    """Whoever is said to hold it says that they do not: nothing changes but that it is noted and asked about. False
    where they said so already, and nothing was done to it since. Raises NotAllowed, NotFound."""
    device = acting.uow.devices.get(key)
    if device.custody.holder != acting.person.id or not device.living:
        raise NotAllowed("say_not_mine", acting.person.handle)
    last = next(reversed(history.of(acting, device)), None)
    if last is not None and (last.what, last.who) == ("disputed", acting.person.id):
        return False
    history.write(acting, "disputed", device, {"holder": acting.person.id}, {})
    return True


def say_lost(acting: Acting, key: DeviceId, *, ref: str = "") -> Device:
    """It is nowhere to be found; it stands in lists until the official record is settled. Raises NotAllowed, NotFound,
    Stale and as `changeable`."""
    in_place_of = access.require(acting, DeviceAction.CHANGE_CUSTODY)
    before = changeable(acting, key)
    if before.ending is Ending.LOST:
        return before
    return _save(acting, "lost", before, replace(before, ending=Ending.LOST), ref, in_place_of)


def write_off(acting: Acting, key: DeviceId, *, ref: str, acting_for: tuple[PersonId, ...] = ()) -> Device:
    """It leaves the house's record by an approved proposal (`ref`: its number), whose use case asks who may. Raises
    NotFound, Stale and as `changeable`."""
    before = changeable(acting, key)
    after = replace(before, ending=Ending.WRITTEN_OFF, condition=Condition.UNUSABLE)
    return _save(acting, "written_off", before, after, ref, acting_for)


def say_found(acting: Acting, key: DeviceId, *, ref: str = "") -> Device:
    """It turned up. By whoever stands before it: whoever calls asks who may. Raises NotFound, Stale and as
    `changeable`."""
    before = changeable(acting, key)
    if before.ending is not Ending.LOST:
        return before
    return _save(acting, "found", before, replace(before, ending=None), ref, ())


def withdraw(acting: Acting, key: DeviceId, *, ref: str = "") -> bool:
    """It was recorded by mistake and never was. False where it is withdrawn. Whoever recorded it may for a week. Why it
    cannot be is not told: a ticket that was about it may be a security matter.

    Raises NotAllowed, NotFound, Stale, Invalid(`device_on_ticket`) and as `changeable`.
    """
    before = acting.uow.devices.get(key)
    if before.ending is Ending.WITHDRAWN:
        return False
    in_place_of = _require_may_withdraw(acting, before)
    changeable(acting, key)
    if acting.uow.ticket_devices.tickets([key], 1):
        raise Invalid("device_on_ticket", number=before.number)
    for label in acting.uow.devices.labels([key]):
        if label.works:
            acting.uow.devices.save_label(replace(label, revoked_at=acting.now))
    after = replace(before, ending=Ending.WITHDRAWN, custody=replace(before.custody, holder_text=""))
    _save(acting, "withdrawn", before, after, ref, in_place_of)
    return True


def take_withdrawal_back(acting: Acting, key: DeviceId) -> bool:
    """It is one after all; its labels must be printed anew. False where it is not withdrawn. Raises NotAllowed,
    NotFound, Stale, Invalid as `describing.require_free`."""
    before = acting.uow.devices.get(key)
    if before.ending is not Ending.WITHDRAWN:
        return False
    in_place_of = _require_may_withdraw(acting, before)
    describing.require_free(acting, before.description, before)
    _save(acting, "restored", before, replace(before, ending=None), "", in_place_of)
    return True


def changeable(acting: Acting, key: DeviceId) -> Device:
    """Raises NotFound, Invalid(`device_written_off`, `device_withdrawn`, `device_merged`)."""
    device = acting.uow.devices.get(key)
    if device.merge is not None:
        other = standing(acting.uow, device)
        raise Invalid("device_merged", number=device.number, other=other.number)
    if device.ending is Ending.WITHDRAWN:
        raise Invalid("device_withdrawn", number=device.number)
    if device.ending is Ending.WRITTEN_OFF:
        ref, day = _written_off(acting, device)
        raise Invalid("device_written_off", number=device.number, ref=ref, day=day)
    return device


def placed(acting: Acting, device: Device, typed: str) -> Device:
    """Words stay where they mean no place of the list."""
    line = one_line(typed)[: describing.MAX_LETTERS]
    found = placing.meant(acting, line, ref=str(device.number) if device.id else "")
    return replace(device, place=found, place_text="" if found is not None else line)


def require_here(acting: Acting, custody: Custody) -> None:
    """Raises Invalid(`device_holder_left`)."""
    for key in filter(None, (custody.holder, custody.keeper)):
        somebody = acting.uow.people.get(key)
        if somebody.gone:
            raise Invalid("device_holder_left", who=somebody.name or somebody.handle)


def may_withdraw(acting: Acting, device: Device) -> bool:
    """Whether they may say that it never was, and take that back."""
    try:
        _require_may_withdraw(acting, device)
    except NotAllowed:
        return False
    return True


def _require_may_withdraw(acting: Acting, device: Device) -> tuple[PersonId, ...]:
    is_own = device.recorded_by == acting.person.id and acting.now - device.recorded_at <= WITHDRAWN_WITHIN
    return access.require(acting, DeviceAction.KEEP if is_own else DeviceAction.TIDY)


def _save(
    acting: Acting, what: str, before: Device, after: Device, ref: str, in_place_of: tuple[PersonId, ...]
) -> Device:
    saved = acting.uow.devices.save(after)
    history.note(acting, what, saved, before, ref=ref, acting_for=in_place_of)
    return saved


def _written_off(acting: Acting, device: Device) -> tuple[str, date | None]:
    lines = history.of(acting, device)
    line = next((one for one in reversed(lines) if one.after.get("ending") == Ending.WRITTEN_OFF.value), None)
    return (line.ref, acting.working_time().local_date(line.at)) if line is not None else ("", None)


_GIVEN = {CustodyKind.DEPOT: "returned", CustodyKind.SERVICE: "to_vendor", CustodyKind.AWAY: "moved"}
