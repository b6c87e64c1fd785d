"""Two records that are one device: joined, with a way back for a week. The survivor keeps its number and what is known
of it, and takes what only the other knew; labels, tickets and histories of both are shown with it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from handlers.context import Acting
from handlers.device_merges import together
from handlers.devices import access, describing, history
from handlers.devices.recording import changeable
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import MERGE_KEPT, Description, Device, DeviceId, DeviceMerge
from handlers.domain.errors import Invalid, Stale
from handlers.domain.people import PersonId
from handlers.domain.security_matters import known_to
from knowledge.language.device_numbers import is_same_asset

_TAKEN = tuple(one.name for one in fields(Description) if one.name not in ("kind", "note"))
_PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesToMerge:
    one: Device
    """That ends."""
    into: Device
    tickets: int
    """That were surely about the one that ends, as far as whoever asks may know."""
    labels: int
    """Of it, that work and go on working."""


def preview(acting: Acting, key: DeviceId, into: DeviceId) -> DevicesToMerge:
    """What would become one. Raises NotAllowed, NotFound, Invalid(`device_same`, `device_two_asset_nos`,
    `device_merge_held`) and as `changeable`."""
    access.require(acting, DeviceAction.TIDY)
    one, survivor = changeable(acting, key), changeable(acting, into)
    if one.id == survivor.id:
        raise Invalid("device_same", number=one.number)
    _require_zimmet_stays(acting, one, survivor)
    theirs, own = one.description.asset_no, survivor.description.asset_no
    if theirs and own and not is_same_asset(theirs, own):
        raise Invalid("device_two_asset_nos", one=own, other=theirs)
    keys = together(acting.uow, key)
    return DevicesToMerge(
        one=one,
        into=survivor,
        tickets=len(acting.uow.ticket_devices.tickets(keys, _MANY, known_to(acting.person))),
        labels=sum(label.works for label in acting.uow.devices.labels(keys)),
    )


def merge(acting: Acting, key: DeviceId, into: DeviceId) -> Device:
    """The survivor. Raises as `preview`, and Stale."""
    in_place_of = access.require(acting, DeviceAction.TIDY)
    asked = preview(acting, key, into)
    ended = acting.uow.devices.save(replace(asked.one, merge=DeviceMerge(into, acting.now)))
    history.note(acting, "merged", ended, asked.one, ref=str(asked.into.number), acting_for=in_place_of)
    after, taken = _with_what_the_other_knew(asked.into, asked.one)
    kept = acting.uow.devices.save(after)
    said: dict[str, history.Code] = {"from": ended.id, "took": " ".join(taken)}
    history.write(acting, "joined", kept, {}, said, ref=str(ended.number), acting_for=in_place_of)
    _log(acting, "devices_merged", f"{ended.number} -> {kept.number}")
    return kept


def parting(acting: Acting, key: DeviceId) -> Device:
    """What would be one of its own again. Raises NotAllowed, NotFound, Invalid(`device_merge_old`)."""
    access.require(acting, DeviceAction.TIDY)
    one = acting.uow.devices.get(key)
    if one.merge is not None and acting.now - one.merge.at > MERGE_KEPT:
        raise Invalid("device_merge_old", number=one.number, days=MERGE_KEPT.days)
    return one


def take_merge_back(acting: Acting, key: DeviceId) -> bool:
    """What the survivor took it gives back, where that was not corrected since. False where it is not merged. Raises as
    `parting`, Stale, and Invalid as `describing.require_free`."""
    in_place_of = access.require(acting, DeviceAction.TIDY)
    one = parting(acting, key)
    if one.merge is None:
        return False
    survivor = acting.uow.devices.get(one.merge.into)
    given = _without_what_it_took(acting, survivor, one)
    if given != survivor:
        survivor = acting.uow.devices.save(given)
    describing.require_free(acting, one.description, one)
    parted = acting.uow.devices.save(replace(one, merge=None))
    history.note(acting, "parted", parted, one, ref=str(survivor.number), acting_for=in_place_of)
    history.write(acting, "left", survivor, {"from": parted.id}, {}, ref=str(parted.number), acting_for=in_place_of)
    _log(acting, "devices_parted", f"{parted.number} -> {survivor.number}")
    return True


def _require_zimmet_stays(acting: Acting, one: Device, survivor: Device) -> None:
    """A merge moves nobody's custody: who holds the one that ends holds the other as well. Raises
    Invalid(`device_merge_held`)."""
    if one.custody.holder not in (None, survivor.custody.holder):
        holder = acting.uow.people.get(one.custody.holder or PersonId(0))
        who, alone = holder.name or holder.handle, survivor.custody.holder is None
        raise Invalid("device_merge_held", number=one.number, other=survivor.number, who=who, alone=alone)


def _with_what_the_other_knew(survivor: Device, one: Device) -> tuple[Device, list[str]]:
    """And the names of what it took."""
    taken = [name for name in _TAKEN if not getattr(survivor.description, name) and getattr(one.description, name)]
    said = replace(survivor.description, **{name: getattr(one.description, name) for name in taken})
    after = replace(survivor, description=said)
    if survivor.place is None and not survivor.place_text and (one.place is not None or one.place_text):
        after, taken = replace(after, place=one.place, place_text=one.place_text), [*taken, _PLACE]
    return after, taken


def _without_what_it_took(acting: Acting, survivor: Device, one: Device) -> Device:
    lines = [line for line in history.of(acting, survivor) if line.what == "joined" and line.after["from"] == one.id]
    if not lines:
        raise Stale("device", survivor.id)
    taken = str(lines[-1].after["took"]).split()
    empty = Description()
    same = [
        name
        for name in taken
        if name != _PLACE and getattr(survivor.description, name) == getattr(one.description, name)
    ]
    said = replace(survivor.description, **{name: getattr(empty, name) for name in same})
    after = replace(survivor, description=said)
    stands_there = (survivor.place, survivor.place_text) == (one.place, one.place_text)
    return replace(after, place=None, place_text="") if _PLACE in taken and stands_there else after


def _log(acting: Acting, what: str, about: str) -> None:
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


_MANY = 10_000
