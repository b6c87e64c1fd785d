"""Taking devices back into the depot: done at once; the number is the person's proof."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Acting
from handlers.devices import access, handing
from handlers.devices.confirming import moved
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Custody, CustodyKind, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.handovers import MAX_LETTERS, Direction, Handover, HandoverLine, Returned, require_lines
from handlers.domain.ticket import TicketId
from handlers.people.officers import today_of
from knowledge.language.folding import one_line


def take_back(
    acting: Acting, came: Mapping[DeviceId, Returned], *, note: str = "", ticket: TicketId | None = None
) -> Handover:
    """Into the depot, each as it came; all from one person, from common areas, or from outside.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_in_depot`, `handover_not_one_holder`, `handover_under_way`,
    `handover_return_note`) and as `require_lines` and `handing.untouched`.
    """
    in_place_of = access.require(acting, DeviceAction.HAND_OVER)
    require_lines(list(came))
    found = [handing.untouched(acting, key) for key in came]
    for device in found:
        if device.custody.kind is CustodyKind.DEPOT:
            raise Invalid("handover_in_depot", number=device.number)
    holders = {one.custody.holder for one in found}
    if len(holders) != 1:
        raise Invalid("handover_not_one_holder")
    said = one_line(note)[:MAX_LETTERS]
    if not said and any(how is not Returned.WHOLE for how in came.values()):
        raise Invalid("handover_return_note")
    lines = [
        HandoverLine(device=key, returned=how, note=said if how is not Returned.WHOLE else "")
        for key, how in came.items()
    ]
    made = handing.add(acting, Direction.RETURN, lines, giver=next(iter(holders)), ticket=ticket, done=True)
    for device in found:
        moved(acting, "returned", device, Custody(kind=CustodyKind.DEPOT, since=today_of(acting)), made, in_place_of)
    return made
