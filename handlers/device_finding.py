"""Finding a device by whatever somebody has in their hand: our number, a label, an official or other number, a serial,
a host name, an address in the network. Who may know of it is another question (`handlers.devices.access`)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.device_merges import meant_by, standing
from handlers.domain.devices import Device, Ending, token_in
from handlers.ports import UnitOfWork
from knowledge.language.device_keys import keys_typed
from knowledge.language.device_numbers import own_number
from knowledge.language.folding import one_line


def found_by(uow: UnitOfWork, typed: str) -> Sequence[Device]:
    """Those that these few signs name, living ones alone where there are any; merged ones as what they became. A
    withdrawn one is found by our number alone."""
    line = one_line(typed)
    if (own := own_number(line)) is not None:
        one = uow.devices.by_number(own)
        return [] if one is None else [standing(uow, one)]
    if (token := token_in(line)) is not None and (one := by_token(uow, token)) is not None:
        return [one]
    known = uow.devices.known_by(keys_typed(line))
    return meant_by(uow, uow.devices.several({one.device for one in known}))


def by_token(uow: UnitOfWork, token: str) -> Device | None:
    """Of a label that works; None: unknown, revoked, or of a device that was withdrawn: nothing tells which."""
    typed = token_in(token)
    label = None if typed is None else uow.devices.label(typed)
    if label is None or not label.works:
        return None
    device = standing(uow, uow.devices.get(label.device))
    return None if device.ending is Ending.WITHDRAWN else device
