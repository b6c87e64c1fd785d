"""Which malzeme a ticket most likely took: what fits its device, else what was used most for its subject, else what
there is most of: the first toner of a house is taken in one press, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.context import Acting
from handlers.domain.devices import Device
from handlers.domain.stock import Item, ItemId
from handlers.domain.ticket import Ticket
from handlers.stock import items
from handlers.tickets import device_links, device_naming

MOST_OFFERED = 5
_SUBJECTS = ("toner", "yazici", "sarf")
_OF_MALZEME = ("toner", "sarf")
"""Those of them that are about malzeme and nothing else."""
_KINDS = frozenset({"yazici", "cok-islevli"})
_LATELY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Offered:
    item: Item
    left: int


def takes_any(acting: Acting, ticket: Ticket) -> bool:
    """Whether malzeme is asked for when it is completed."""
    if (ticket.category or "").startswith(_SUBJECTS):
        return True
    device = device_links.subject(acting.uow, ticket)
    return device is not None and device.description.kind in _KINDS


def offered(acting: Acting, ticket: Ticket) -> Sequence[Offered]:
    """The likeliest first; nothing where none is asked for, and none is known."""
    if not takes_any(acting, ticket):
        return []
    kept = [one for one in acting.uow.stock.items() if one.active]
    if not kept:
        return []
    device = device_links.subject(acting.uow, ticket) or device_naming.likely(acting, ticket)
    left = acting.uow.stock.left()
    chosen = _fitting(kept, device) or _most_used(acting, kept, ticket) or _there(kept, left, ticket)
    return [Offered(one, left.get(one.id, 0)) for one in chosen[:MOST_OFFERED]]


def _fitting(kept: Sequence[Item], device: Device | None) -> list[Item]:
    return [] if device is None else [one for one in kept if items.fits(one, device)]


def _most_used(acting: Acting, kept: Sequence[Item], ticket: Ticket) -> list[Item]:
    by_id = {one.id: one for one in kept}
    used = acting.uow.stock.used_on(ticket.category or "", acting.now - _LATELY)
    return [by_id[key] for key in used if key in by_id]


def _there(kept: Sequence[Item], left: Mapping[ItemId, int], ticket: Ticket) -> list[Item]:
    """Of what no device is known for, the most first."""
    if not (ticket.category or "").startswith(_OF_MALZEME):
        return []
    there = [one for one in kept if not one.fits and left.get(one.id, 0) > 0]
    return sorted(there, key=lambda one: (-left[one.id], one.code))
