"""A list of devices is brought, shown with what each row would do, taken in part by part, and taken back.

The same engine as for a staff list (decision 0066): kept row by row, an event of the inbox for each part, whose keys
follow from list and part. Whatever a person changed since stays, and is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.devices import access, describing, history, recording
from handlers.devices.import_rows import (
    ComparedRows,
    ImportHouse,
    compare_rows,
    custody_of,
    described,
    is_there,
    whose,
    why,
)
from handlers.domain.brought_lists import PREVIEW_KEPT, ROWS_A_PART, RowFate, RowFault, said_once
from handlers.domain.device_lists import TAKEN_BACK_WITHIN, DeviceImport, DeviceList, DeviceRow, ListedDevice
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Custody, CustodyKind, Description, Device
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.people import PersonId
from handlers.people import departments

MOST_FAULTS_KEPT = 2_000
MOST_NOTES_KEPT = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever took a list in said of it."""

    people: Mapping[int, PersonId] = field(default_factory=dict)
    """By the place of the row: who holds it."""
    departments: frozenset[str] = frozenset()
    """Spellings that are the müdürlük which is nearest."""


NO_CHOICES = Choices()


def compare(acting: Acting, brought: DeviceList) -> ComparedRows:
    """What each row would do: seconds of a large list, in which nobody is to be kept from writing. Raises
    NotAllowed."""
    access.require(acting, DeviceAction.TIDY)
    return compare_rows(acting, brought.rows)


def bring(
    acting: Acting, key: str, brought: DeviceList, compared: ComparedRows, *, name: str, digest: str
) -> DeviceImport:
    """Kept under that key (a UUID); nothing is changed yet. Older ones are forgotten. Raises NotAllowed."""
    access.require(acting, DeviceAction.TIDY)
    imports, now = acting.uow.device_imports, acting.now
    imports.forget(now - TAKEN_BACK_WITHIN, now - PREVIEW_KEPT)
    with suppress(NotFound):
        kept = imports.get(key)
        if kept.begun_at is not None:  # it is taken in already
            return kept
    imports.drop(key)
    faults = sorted([*brought.faults, *compared.faults], key=lambda one: one.line)
    return imports.add(
        DeviceImport(
            key=key,
            owner=acting.person.id,
            at=now,
            name=name,
            digest=digest,
            header=brought.header,
            headings=brought.headings,
            faults=faults[:MOST_FAULTS_KEPT],
            notes=said_once([*brought.notes, *compared.notes])[:MOST_NOTES_KEPT],
            departments=compared.departments,
        ),
        compared.rows,
    )


def remembered(acting: Acting) -> Mapping[str, str]:
    """What was said of columns of the newest list, by their headings."""
    newest = acting.uow.device_imports.drafts(acting.now - PREVIEW_KEPT, 1) or acting.uow.device_imports.recent(1)
    return newest[0].headings if newest else {}


def discard(acting: Acting, key: str) -> bool:
    """One that nobody took in. False: there is none. Raises NotAllowed."""
    access.require(acting, DeviceAction.TIDY)
    return acting.uow.device_imports.drop(key)


# --- part by part -------------------------------------------------------------------------------
def require_may_take_in(acting: Acting, brought: DeviceImport) -> None:
    """Raises NotAllowed, Invalid(`list_taken_back`)."""
    access.require(acting, DeviceAction.TIDY)
    brought.require_may_be_taken_in()


def require_may_take_back(acting: Acting, brought: DeviceImport) -> None:
    """Raises NotAllowed, Invalid(`list_not_taken`, `list_too_old`)."""
    access.require(acting, DeviceAction.TIDY)
    brought.require_may_be_taken_back(acting.now, TAKEN_BACK_WITHIN)


def say_yes(acting: Acting, key: str, choices: Choices = NO_CHOICES) -> DeviceImport:
    """It is taken in from now on, with these choices whatever is asked for after; spellings that were confirmed become
    names of their müdürlük. Said twice it is the same. Raises NotAllowed, NotFound, Invalid(`list_taken_back`)."""
    brought = acting.uow.device_imports.get(key, to_change=True)
    require_may_take_in(acting, brought)
    if brought.begun_at is None:
        for one in brought.departments:
            if one.written in choices.departments:
                departments.also_called(acting.uow, one.near, one.written)
        brought = replace(brought, begun_at=acting.now, chosen=choices.people)
        acting.uow.device_imports.save(brought)
        total = acting.uow.device_imports.counts(brought.id).total
        acting.uow.audit.log(acting.now, acting.person.id, "devices_imported", f"{total} rows {key}", acting.channel)
    return brought


def take_in_part(acting: Acting, key: str, part: int, choices: Choices = NO_CHOICES) -> int:
    """Rows of that part which were not taken in yet; how many changed something. Raises as `say_yes`, and Stale where
    somebody else writes one of these devices down at this moment: all of it is done again then."""
    brought = say_yes(acting, key, choices)
    rows = acting.uow.device_imports.rows(brought.id, part * ROWS_A_PART, ROWS_A_PART)
    waiting = [(place, one) for place, one in rows if one.fate is None]
    if not waiting:
        return 0
    house = ImportHouse.of(acting, [one.row for _, one in waiting])
    done, faults = [], []
    for place, one in waiting:
        try:
            done.append((place, _taken(house, one, brought.chosen.get(place), key)))
        except Invalid as refusal:  # of what was done meanwhile
            done.append((place, replace(one, fate=RowFate.REFUSED)))
            said = f"Satır {one.row.line}: {why(acting, refusal)}"
            faults.append(RowFault(one.row.line, said, cells=one.row.cells))
    acting.uow.device_imports.save_rows(brought.id, done)
    if faults:
        acting.uow.device_imports.save(replace(brought, faults=[*brought.faults, *faults][:MOST_FAULTS_KEPT]))
    return sum(one.fate in (RowFate.ADDED, RowFate.CHANGED) for _, one in done)


def _taken(house: ImportHouse, one: ListedDevice, chosen: PersonId | None, ref: str) -> ListedDevice:
    """Raises Invalid, Stale."""
    acting, row = house.acting, one.row
    before = house.device(row)
    holder, _, _ = whose(house, row, before)
    if chosen is not None and chosen in one.people:
        holder = chosen
    custody = custody_of(row, holder, before.custody if before is not None else None)
    if custody is not None:
        recording.require_here(acting, custody)  # before anything of the row is written
    if before is None:
        added = recording.record(
            acting,
            described(row, Description()),
            place=row.get("room"),
            department=row.get("department"),
            custody=custody,
            ref=ref,
        )
        return replace(one, device=added.id, version=added.version, fate=RowFate.ADDED)
    after = recording.correct(
        acting,
        before.id,
        described(row, before.description),
        department=_department(house, row, before),
        ref=ref,
    )
    if (room := row.get("room")) and not is_there(house, after, room):
        after = recording.move(acting, before.id, room, ref=ref)
    if custody is not None:
        after = recording.give(acting, before.id, custody, ref=ref)
    if after.version == before.version:
        return replace(one, device=before.id, version=after.version, fate=RowFate.SAME)
    return replace(one, device=before.id, version=after.version, fate=RowFate.CHANGED, before=_state(before))


def _department(house: ImportHouse, row: DeviceRow, before: Device) -> str | None:
    written = row.get("department")
    return written if written and not house.is_of(before.department, written) else None


# --- back ---------------------------------------------------------------------------------------
def begin_taking_back(acting: Acting, key: str) -> DeviceImport:
    """Said twice it is the same. Raises NotAllowed, NotFound, Invalid(`list_not_taken`, `list_too_old`)."""
    brought = acting.uow.device_imports.get(key, to_change=True)
    require_may_take_back(acting, brought)
    if brought.back_at is None:
        brought = replace(brought, back_at=acting.now)
        acting.uow.device_imports.save(brought)
        acting.uow.audit.log(acting.now, acting.person.id, "devices_import_taken_back", key, acting.channel)
    return brought


def take_back_part(acting: Acting, key: str, part: int) -> int:
    """What came with the list is withdrawn, what was changed is as before; how many. What anybody touched since stays.
    Raises as `begin_taking_back`."""
    brought = begin_taking_back(acting, key)
    rows = acting.uow.device_imports.rows(brought.id, part * ROWS_A_PART, ROWS_A_PART)
    done = []
    for place, one in rows:
        if one.fate in (RowFate.ADDED, RowFate.CHANGED) and one.device is not None:
            fate = RowFate.TAKEN_BACK if _is_taken_back(acting, one, key) else RowFate.KEPT
            done.append((place, replace(one, fate=fate)))
    acting.uow.device_imports.save_rows(brought.id, done)
    return sum(one.fate is RowFate.TAKEN_BACK for _, one in done)


def _is_taken_back(acting: Acting, one: ListedDevice, ref: str) -> bool:
    assert one.device is not None
    device = acting.uow.devices.get(one.device)
    if device.version != one.version:
        return False
    try:
        if not one.before:
            if _has_labels_or_tickets(acting, device):
                return False
            return recording.withdraw(acting, device.id, ref=ref)
        after = _with_state(device, one.before)
        describing.require_free(acting, after.description, device)
        saved = acting.uow.devices.save(after)
    except (Invalid, NotAllowed, Stale):
        return False
    history.note(acting, "corrected", saved, device, ref=ref)
    return True


def _has_labels_or_tickets(acting: Acting, device: Device) -> bool:
    """Somebody stuck a label on it, or reported it: it is there."""
    return bool(acting.uow.ticket_devices.tickets([device.id], 1) or acting.uow.devices.labels([device.id]))


def _state(device: Device) -> dict[str, Any]:
    """What a list may change of it, to be put back."""
    said = {one.name: getattr(device.description, one.name) for one in fields(Description)}
    custody = {one.name: getattr(device.custody, one.name) for one in fields(Custody)}
    return {
        "description": {name: _written(value) for name, value in said.items()},
        "department": device.department,
        "place": device.place,
        "place_text": device.place_text,
        "custody": {name: _written(value) for name, value in custody.items()},
    }


def _with_state(device: Device, state: Mapping[str, Any]) -> Device:
    said = dict(state["description"])
    for name in ("bought_on", "warranty_until"):
        said[name] = _day(said[name])
    for name in ("macs", "ips", "parts"):
        said[name] = tuple(said[name])
    custody = dict(state["custody"])
    custody["kind"], custody["since"] = CustodyKind(custody["kind"]), _day(custody["since"])
    return replace(
        device,
        description=Description(**said),
        department=state["department"],
        place=state["place"],
        place_text=state["place_text"],
        custody=Custody(**custody),
    )


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def handed_back(brought: DeviceImport) -> Sequence[tuple[str, ...]]:
    """The rows that were left out as they were brought, with a column **Sorun**; the header first."""
    width = len(brought.header)
    return [
        (*brought.header, "Sorun"),
        *((*one.cells[:width], *[""] * (width - len(one.cells)), one.says) for one in brought.faults if one.cells),
    ]


def forget_old(work: UseCaseContext) -> None:
    """Lists that nobody can take back any more, and those that nobody took in."""
    work.uow.device_imports.forget(work.now - TAKEN_BACK_WITHIN, work.now - PREVIEW_KEPT)
