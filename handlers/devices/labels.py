"""Labels that are stuck on devices: a token each, that leads to the device until it is revoked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting
from handlers.devices import access, history
from handlers.devices.recording import changeable
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import DeviceId, Label, label_token
from handlers.domain.errors import NotFound

_TRIES = 9
"""A token that is taken is one in a hundred million."""


def issue(acting: Acting, devices: Sequence[DeviceId], *, ref: str = "") -> list[Label]:
    """One more for each, in that order. Older ones go on working. Raises NotAllowed, NotFound, Invalid as
    `changeable`."""
    in_place_of = access.require(acting, DeviceAction.KEEP)
    made = []
    for key in devices:
        device = changeable(acting, key)
        label = Label(
            token=_free_token(acting),
            device=key,
            issued_at=acting.now,
            issued_by=acting.person.id,
            address=acting.desk.label_url,
        )
        acting.uow.devices.add_label(label)
        history.write(acting, "labelled", device, {}, {"label": label.token}, ref=ref, acting_for=in_place_of)
        made.append(label)
    return made


def working(acting: Acting, devices: Sequence[DeviceId]) -> dict[DeviceId, Label]:
    """The newest label of each that has one that works. Raises NotAllowed."""
    access.require(acting, DeviceAction.SEE)
    return {one.device: one for one in acting.uow.devices.labels(devices) if one.works}


def note_printed(acting: Acting, devices: Sequence[DeviceId]) -> int:
    """The newest label of each, under the address of now; of how many that is another one than before. Raises
    NotAllowed."""
    access.require(acting, DeviceAction.KEEP)
    moved = [label for label in working(acting, devices).values() if label.address != acting.desk.label_url]
    for label in moved:
        acting.uow.devices.save_label(replace(label, address=acting.desk.label_url))
    return len(moved)


def revoke(acting: Acting, token: str) -> bool:
    """It leads nowhere from now on. False where it did not work already. Raises NotAllowed, NotFound."""
    in_place_of = access.require(acting, DeviceAction.KEEP)
    label = acting.uow.devices.label(token)
    if label is None:
        raise NotFound("label", token)
    if not label.works:
        return False
    acting.uow.devices.save_label(replace(label, revoked_at=acting.now))
    device = acting.uow.devices.get(label.device)
    history.write(acting, "label_revoked", device, {"label": token}, {}, acting_for=in_place_of)
    return True


def _free_token(acting: Acting) -> str:
    for _ in range(_TRIES):
        random = hashlib.sha256(acting.desk.randomness.token().encode()).digest()
        token = label_token(int.from_bytes(random, "big"))
        if acting.uow.devices.label(token) is None:
            return token
    raise RuntimeError("nine tokens in a row were taken: the source of randomness is broken")
