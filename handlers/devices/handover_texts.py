"""What somebody confirms, letter by letter: the devices, a line each, and what they take upon themselves.

It names nobody, so that it may be kept when names are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers import device_names
from handlers.context import UseCaseContext
from handlers.domain.devices import Device
from handlers.domain.handovers import Direction, Handover, HandoverLine
from knowledge.device_kinds import kind_title


def written(work: UseCaseContext, one: Handover) -> str:
    """Its number, `1. Monitör, Dell P2422H · D-00108 · seri …` a line a device, and the sentence below."""
    lines = [f"{place}. {_said(work, line)}" for place, line in enumerate(one.standing, 1)]
    return "\n".join([str(one.number), *lines, *_promise(work, one)])


def lines_of(one: Handover) -> Sequence[str]:
    """Without its number."""
    return one.text.splitlines()[1:]


def title(device: Device) -> str:
    """`Dizüstü, HP ProBook 450 G8`."""
    kind, name = kind_title(device.description.kind), device_names.name(device)
    return name if name == kind else f"{kind}, {name}"


def _promise(work: UseCaseContext, one: Handover) -> Sequence[str]:
    if one.direction is Direction.RETURN:
        return ()
    said = work.desk.texts.render("handover_promise", common=one.common, outside=bool(one.outside), day=one.due_back)
    return [" ".join(said.split())]


def _said(work: UseCaseContext, line: HandoverLine) -> str:
    device = work.uow.devices.get(line.device)
    serial = f"seri {device.description.serial}" if device.description.serial else ""
    return " · ".join(filter(None, (title(device), str(device.number), serial, line.accessories)))
