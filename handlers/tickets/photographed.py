"""Which device a photo shows, by the codes that were read from it when it came: a label of ours, or the barcode of
another system. They are only ever compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.device_merges import meant_by, standing
from handlers.domain.devices import Device, Ending, token_in
from handlers.ports import UnitOfWork
from knowledge.language.device_keys import keys_typed
from knowledge.language.device_numbers import own_number

MOST_FILES = 5
"""Of one message, that are looked at."""


def device_in(uow: UnitOfWork, files: Sequence[str]) -> Device | None:
    """The only one that the codes name; None also where they name several."""
    found = {one.id: one for code in _codes(uow, files) for one in _named(uow, code)}
    return next(iter(found.values())) if len(found) == 1 else None


def unknown_code(uow: UnitOfWork, files: Sequence[str]) -> str:
    """One that names no device; empty where there is none, or one of them is known."""
    codes = list(_codes(uow, files))
    return codes[0] if codes and not any(_named(uow, code) for code in codes) else ""


def all_named(uow: UnitOfWork, files: Sequence[str]) -> list[tuple[str, Device | None]]:
    """Each code once, with the device that it names: of a device its number, of what names none the code itself."""
    found: dict[str, Device | None] = {}
    for code in _codes(uow, files):
        named = _named(uow, code)
        found[str(named[0].number) if named else code] = named[0] if named else None
    return list(found.items())


def _codes(uow: UnitOfWork, files: Sequence[str]) -> Iterator[str]:
    for file in files[:MOST_FILES]:
        attachment = uow.attachments.get(file)
        if attachment is not None:
            yield from attachment.codes


def _named(uow: UnitOfWork, code: str) -> Sequence[Device]:
    """The one of that code, where there is just one."""
    label = uow.devices.label(token) if (token := token_in(code)) is not None else None
    if label is not None:
        one = standing(uow, uow.devices.get(label.device))
        return [one] if label.works and one.ending is not Ending.WITHDRAWN else []
    if (own := own_number(code)) is not None:
        device = uow.devices.by_number(own)
        found = [] if device is None else [standing(uow, device)]
    else:
        known = uow.devices.known_by(keys_typed(code))
        found = list(meant_by(uow, uow.devices.several({one.device for one in known})))
    return found if len(found) == 1 else []
