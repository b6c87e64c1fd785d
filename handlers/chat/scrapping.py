"""Hurda öner, from a device's card: why, then a line of technical opinion with a photo, and what became of its disk."""

from __future__ import annotations

from collections.abc import Callable

from handlers import device_names
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.devices import Device, DeviceId
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.scrap import DiskFate, ScrapId, ScrapReason
from handlers.messages import Button
from handlers.scrap import access, proposing
from handlers.terms import DISK_FATES, SCRAP_REASONS
from knowledge.language.folding import one_line

_NOTED = (DiskFate.WIPED, DiskFate.DESTROYED)
"""Of those it is asked how, or by which record."""


def of_card(turn: Turn, device: Device) -> list[Button]:
    """What the card of a device offers to whoever may propose it."""
    if not device.can_change or not access.may(turn, access.require_proposes):
        return []
    return [Button("Hurda öner", f"scrap:{device.id}")]


def ask_reason(turn: Turn, key: str) -> None:
    """Hurda öner: why? Raises as `proposing.require_free`."""
    turn.go_private()
    access.require_proposes(turn)
    device = proposing.require_free(turn, DeviceId(int(key)))
    turn.say(
        turn.address,
        "scrap_why",
        buttons=[Button(SCRAP_REASONS[one], f"scrap_for:{key}:{one.value}") for one in ScrapReason],
        slot=_slot(key),
        fresh=True,
        number=device.number,
        name=device_names.name(device),
    )


def propose(turn: Turn, key: str, reason: str) -> None:
    """The reason was pressed: it is on the list; the rest is asked after."""
    proposal, line = proposing.propose(turn, DeviceId(int(key)), ScrapReason(reason))
    turn.dialog.expects = Expectation(
        kind=Expect.SCRAP_OPINION, detail=f"{proposal.id}:{line.device}", asked=_slot(key)
    )
    turn.say(
        turn.address,
        "scrap_proposed",
        buttons=[*_disk_buttons(proposal.id, key), Button("Geri al", f"scrap_back:{proposal.id}:{key}")],
        slot=_slot(key),
        fresh=True,
        device=turn.uow.devices.get(line.device).number,
        number=proposal.number,
        because=line.reason,
    )


def opinion_said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """A line of technical opinion, a photo, or both."""
    proposal, device = _detail(waiting)
    saved = proposing.describe(turn, proposal, device, opinion=one_line(text) or None, file=files[0] if files else None)
    line = saved.line(device)
    if text.strip():
        turn.dialog.expects = None
    turn.receipt(
        Effect.CHANGED,
        "scrap_described",
        buttons=_disk_buttons(proposal, str(device)) if line.disk is None else [],
        device=turn.uow.devices.get(device).number,
        opinion=line.opinion,
        photo=bool(line.file),
        disk=line.disk,
    )


def disk(turn: Turn, proposal: str, rest: str) -> None:
    """Söküldü, silindi, imha edildi, diski yok."""
    device, _, fate = rest.partition(":")
    said = DiskFate(fate)
    if said in _NOTED:
        turn.dialog.expects = Expectation(
            kind=Expect.SCRAP_DISK, detail=f"{proposal}:{device}:{said.value}", asked=_slot(device)
        )
        number = turn.uow.devices.get(DeviceId(int(device))).number
        turn.say(
            turn.address,
            "scrap_disk_how",
            slot=_slot(device),
            fresh=True,
            device=number,
            wiped=said is DiskFate.WIPED,
        )
        return
    _write_disk(turn, ScrapId(int(proposal)), DeviceId(int(device)), said, "")


def disk_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """How it was wiped, or the number of the record of its destruction."""
    proposal, device, fate = waiting.detail.split(":")
    _write_disk(turn, ScrapId(int(proposal)), DeviceId(int(device)), DiskFate(fate), text)
    turn.dialog.expects = None


def take_back(turn: Turn, proposal: str, device: str) -> None:
    """Geri al."""
    saved = proposing.take_back(turn, ScrapId(int(proposal)), DeviceId(int(device)))
    if turn.dialog.expects is not None and turn.dialog.expects.kind in (Expect.SCRAP_OPINION, Expect.SCRAP_DISK):
        turn.dialog.expects = None
    number = turn.uow.devices.get(DeviceId(int(device))).number
    turn.say(turn.address, "scrap_taken_back", slot=_slot(device), device=number, number=saved.number)


def _write_disk(turn: Turn, proposal: ScrapId, device: DeviceId, fate: DiskFate, note: str) -> None:
    saved = proposing.say_disk(turn, proposal, device, fate, note)
    line = saved.line(device)
    turn.receipt(
        Effect.CHANGED,
        "scrap_disk_said",
        device=turn.uow.devices.get(device).number,
        disk=DISK_FATES[fate],
        note=line.disk_note,
        number=saved.number,
    )


def _disk_buttons(proposal: ScrapId, device: str) -> list[Button]:
    return [Button(f"Disk: {DISK_FATES[one]}", f"scrap_disk:{proposal}:{device}:{one.value}") for one in DiskFate]


def _detail(waiting: Expectation) -> tuple[ScrapId, DeviceId]:
    proposal, _, device = waiting.detail.partition(":")
    if not device:
        raise Invalid("scrap_no_line")
    return ScrapId(int(proposal)), DeviceId(int(device))


def _slot(device: object) -> str:
    return f"scrap:{device}"


BUTTONS: dict[str, Callable[..., None]] = {
    "scrap": ask_reason,
    "scrap_for": propose,
    "scrap_disk": disk,
    "scrap_back": take_back,
}
