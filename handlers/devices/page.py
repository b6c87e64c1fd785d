"""What the pages of devices ask for: tried before, and done in its event's transaction (decision 0060)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum

from handlers.context import Acting
from handlers.device_finding import found_by
from handlers.devices import access, describing, imports, labels, merging, recording
from handlers.devices.imports import Choices
from handlers.devices.merging import DevicesToMerge
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import (
    Condition,
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceId,
    Ending,
    require_known_by_something,
)
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_from, key_in
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, PersonId
from handlers.people.list_changes import carried_out
from knowledge.language.folding import folded

MOST_AT_ONCE = 500
"""Devices of one press."""
_WORDS = ("kind", "brand", "model", "serial", "asset_no", "other_no", "host", "supplier", "price", "note")
_FIRST_YEAR, _LAST_YEAR = 1950, 2150


class DeviceWish(StrEnum):
    RECORD = "device_record"
    CORRECT = "device_correct"
    MOVE = "device_move"
    MOVE_BACK = "device_move_back"
    GIVE = "device_give"
    WITHDRAW = "device_withdraw"
    RESTORE = "device_restore"
    LABEL = "device_label"
    REVOKE = "device_revoke"
    MERGE = "device_merge"
    PART = "device_part"
    TAKE_IN = "device_take_in"
    TAKE_BACK = "device_take_back"


def try_out(acting: Acting, action: DeviceWish, given: Mapping[str, str]) -> DevicesToMerge | None:
    """Whether it could be done now; nothing is changed. What would become one, where that is asked. Raises NotAllowed,
    Invalid, NotFound."""
    match action:
        case DeviceWish.RECORD:
            access.require(acting, DeviceAction.KEEP)
            usable = describing.usable(description_of(given))
            require_known_by_something(usable, bool(given.get("room", "").strip()))
            describing.require_free(acting, usable)
            _custody(acting, given)
        case DeviceWish.CORRECT:
            access.require(acting, DeviceAction.KEEP)
            before = recording.changeable(acting, _key(given))
            usable = describing.usable(_corrected_description(acting, given, before), before.description)
            require_known_by_something(usable, before.place is not None or bool(before.place_text))
            describing.require_free(acting, usable, before)
        case DeviceWish.MOVE:
            access.require(acting, DeviceAction.KEEP)
            if not (given.get("room", "").strip() or given.get("department", "").strip()):
                raise Invalid("device_place")
            for key in keys_of(given):
                recording.changeable(acting, key)
        case DeviceWish.MOVE_BACK:
            access.require(acting, DeviceAction.KEEP)
            keys_of(given)
        case DeviceWish.GIVE:
            access.require(acting, DeviceAction.CHANGE_CUSTODY)
            recording.changeable(acting, _key(given))
            _custody(acting, given, needed=True)
        case DeviceWish.WITHDRAW | DeviceWish.RESTORE:
            acting.uow.devices.get(_key(given))
        case DeviceWish.LABEL:
            access.require(acting, DeviceAction.KEEP)
            for key in keys_of(given):
                recording.changeable(acting, key)
        case DeviceWish.REVOKE:
            access.require(acting, DeviceAction.KEEP)
            if acting.uow.devices.label(given.get("token", "")) is None:
                raise NotFound("label", given.get("token", ""))
        case DeviceWish.MERGE:
            return merging.preview(acting, _other(acting, given), _key(given))
        case DeviceWish.PART:
            merging.parting(acting, _key(given))
        case DeviceWish.TAKE_IN:
            imports.require_may_take_in(acting, acting.uow.device_imports.get(given.get("list", "")))
        case DeviceWish.TAKE_BACK:
            imports.require_may_take_back(acting, acting.uow.device_imports.get(given.get("list", "")))
    return None


def carry_out(acting: Acting, action: DeviceWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: DeviceWish, given: Mapping[str, str]) -> bool:
    match action:
        case DeviceWish.RECORD:
            recording.record(
                acting,
                description_of(given),
                place=given.get("room", ""),
                department=given.get("department", ""),
                custody=_custody(acting, given),
                condition=_condition(given) or Condition.WORKS,
                ref=acting.event_key,
            )
            return True
        case DeviceWish.CORRECT:
            return _corrected(acting, given)
        case DeviceWish.MOVE:
            return sum(_moved(acting, key, given) for key in keys_of(given)) > 0
        case DeviceWish.MOVE_BACK:
            moved = f"panel:{given.get('moved', '')}"
            return sum(recording.move_back(acting, key, moved) for key in keys_of(given)) > 0
        case DeviceWish.GIVE:
            before = acting.uow.devices.get(_key(given))
            custody = _custody(acting, given, needed=True)
            assert custody is not None
            return recording.give(acting, before.id, custody).version != before.version
        case DeviceWish.WITHDRAW:
            return recording.withdraw(acting, _key(given))
        case DeviceWish.RESTORE:
            return recording.take_withdrawal_back(acting, _key(given))
        case DeviceWish.LABEL:
            return bool(labels.issue(acting, _without_label(acting, given)))
        case DeviceWish.REVOKE:
            return labels.revoke(acting, given.get("token", ""))
        case DeviceWish.MERGE:
            before = acting.uow.devices.get(_key(given))
            return merging.merge(acting, _other(acting, given), before.id).version != before.version
        case DeviceWish.PART:
            return merging.take_merge_back(acting, _key(given))
        case DeviceWish.TAKE_IN:
            return imports.take_in_part(acting, given.get("list", ""), _part(given), _choices(acting, given)) > 0
        case DeviceWish.TAKE_BACK:
            return imports.take_back_part(acting, given.get("list", ""), _part(given)) > 0


def _corrected(acting: Acting, given: Mapping[str, str]) -> bool:
    before = acting.uow.devices.get(_key(given))
    after = recording.correct(
        acting,
        before.id,
        _corrected_description(acting, given, before),
        department=given.get("department") if "department" in given else None,
        condition=_condition(given),
    )
    room = given.get("room", "").strip()
    if room and room != given.get("room_was", "").strip():
        after = recording.move(acting, before.id, room)
    return after.version != before.version


def _moved(acting: Acting, key: DeviceId, given: Mapping[str, str]) -> bool:
    before = acting.uow.devices.get(key)
    room, department = given.get("room", "").strip(), given.get("department", "").strip() or None
    if room:
        return recording.move(acting, key, room, department=department, ref=acting.event_key).version != before.version
    after = recording.correct(acting, key, before.description, department=department, ref=acting.event_key)
    return after.version != before.version


def _without_label(acting: Acting, given: Mapping[str, str]) -> list[DeviceId]:
    keys = keys_of(given)
    if given.get("anew"):
        return list(keys)
    working = labels.working(acting, keys)
    return [key for key in keys if key not in working]


# --- what is meant --------------------------------------------------------------------------------
def description_of(given: Mapping[str, str], before: Description | None = None) -> Description:
    """As the fields of a form say; what has no field stays. Raises Invalid(`no_such_day`)."""
    said: dict[str, object] = {name: given[name].strip() for name in _WORDS if name in given}
    for name in ("bought_on", "warranty_until"):
        if name in given:
            said[name] = _day(given[name])
    for name in ("macs", "ips"):
        if name in given:
            said[name] = tuple(given[name].replace(",", " ").split())
    if "parts" in given:
        said["parts"] = tuple(filter(None, map(str.strip, given["parts"].splitlines())))
    return replace(before or Description(), **said)  # type: ignore[arg-type]


def _corrected_description(acting: Acting, given: Mapping[str, str], before: Device) -> Description:
    """What was hidden from whoever corrects it stood empty in their form, and empties nothing."""
    visible = access.shown(acting, before)
    if visible is None or visible.whole:
        return description_of(given, before.description)
    told, seen = before.description, visible.device.description
    hidden = {one.name for one in fields(Description) if getattr(told, one.name) != getattr(seen, one.name)}
    typed = {name: value for name, value in given.items() if name not in hidden or value.strip()}
    return description_of(typed, told)


def _day(typed: str) -> date | None:
    typed = typed.strip()
    if not typed:
        return None
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise Invalid("no_such_day", misread=typed[:20]) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Invalid("no_such_day", misread=typed[:20])
    return found


def _condition(given: Mapping[str, str]) -> Condition | None:
    typed = given.get("condition", "")
    return Condition(typed) if typed in set(Condition) else None


def _custody(acting: Acting, given: Mapping[str, str], *, needed: bool = False) -> Custody | None:
    """`custody`: one of five; `holder`: a handle, a staff number or a name. Raises NotFound,
    Invalid(`device_custody`)."""
    typed = given.get("custody", "")
    if typed not in set(CustodyKind):
        if needed:
            raise Invalid("device_custody")
        return None
    kind = CustodyKind(typed)
    if kind is not CustodyKind.PERSON:
        return Custody(kind=kind)
    holder = person_called(acting, given.get("holder", ""))
    if holder is None:
        raise Invalid("device_holder_unknown", typed=given.get("holder", "").strip()[:60])
    return Custody(kind=kind, holder=holder.id)


def person_called(acting: Acting, typed: str) -> Person | None:
    """The only one of that handle, staff number or name who has not left."""
    typed = typed.strip()
    if not typed:
        return None
    number = typed.rpartition("(")[2].rstrip(")").strip() if typed.endswith(")") else typed
    by_number = acting.uow.people.of_staff_nos([number, typed])
    found = by_number.get(number) or by_number.get(typed) or acting.uow.people.by_handle(typed)
    if found is None:
        same = [one for one in acting.uow.people.directory() if not one.gone and folded(one.name) == folded(typed)]
        found = acting.uow.people.get(same[0].id) if len(same) == 1 else None
    return found


def _key(given: Mapping[str, str]) -> DeviceId:
    """Raises NotFound for what is no key."""
    return DeviceId(key_in(given, "id", "device"))


def _other(acting: Acting, given: Mapping[str, str]) -> DeviceId:
    """The one that ends, by any of its numbers. Raises Invalid(`no_such_device`, `several_devices`)."""
    typed = given.get("other", "").strip()[:60]
    found = found_by(acting.uow, typed)
    if len(found) != 1:
        raise Invalid("several_devices" if found else "no_such_device", typed=typed or "(boş)", number=len(found))
    return found[0].id


def keys_of(given: Mapping[str, str]) -> Sequence[DeviceId]:
    """`ids`: with commas between them. Raises NotFound, Invalid(`device_none_ticked`, `device_too_many`)."""
    typed = [one for one in given.get("ids", "").split(",") if one]
    if not typed:
        raise Invalid("device_none_ticked")
    if len(typed) > MOST_AT_ONCE:
        raise Invalid("device_too_many", count=len(typed), most=MOST_AT_ONCE)
    keys = [key_from(one) for one in typed]
    if None in keys:
        raise NotFound("device", given["ids"][:40])
    return [DeviceId(key) for key in dict.fromkeys(keys) if key is not None]


def _part(given: Mapping[str, str]) -> int:
    """Raises NotFound."""
    part = given.get("part", "0")
    if not (part.isascii() and part.isdecimal() and len(part) < 6):
        raise NotFound("part", part)
    return int(part)


def _choices(acting: Acting, given: Mapping[str, str]) -> Choices:
    """`people`: `12:5 30:7` (row and person); `departments`: places in the list of spellings to be confirmed."""
    people = {}
    for one in given.get("people", "").split():
        place, _, person = one.partition(":")
        if place.isdecimal() and person.isdecimal():
            people[int(place)] = PersonId(int(person))
    spelled = acting.uow.device_imports.get(given.get("list", "")).departments
    chosen = [int(one) for one in given.get("departments", "").split() if one.isdecimal()]
    return Choices(people, frozenset(spelled[one].written for one in chosen if one < len(spelled)))


def is_withdrawn(ending: Ending | None) -> bool:
    return ending is Ending.WITHDRAWN
