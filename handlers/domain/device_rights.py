"""Who may see and do what with devices, by their role or by an office that they hold.

| may                                   | technician          | lead    | director | ambar | taşınır kayıt | auditor |
|---------------------------------------|---------------------|---------|----------|-------|---------------|---------|
| see kind, model, place                | ✓                   | ✓       | ✓        | ✓     | ✓             | ✓       |
| see holder, serial, IP, history       | donanim; own unit's | ✓       | ✓        | ✓     | ✓             | ✓       |
| record, correct, move, print labels   | ✓                   | ✓       | –        | ✓     | ✓             | –       |
| change custody                        | –                   | ✓       | –        | ✓     | –             | –       |
| hand over, take back, ask for order   | ✓                   | ✓       | –        | ✓     | –             | –       |
| order out of the depot                | –                   | –       | ✓        | –     | –             | –       |
| see how who leaves stands             | –                   | ✓       | ✓        | ✓     | ✓             | ✓       |
| merge, import, withdraw               | –                   | donanim | –        | ✓     | –             | –       |
| enter official numbers, reconcile     | –                   | donanim | –        | ✓     | ✓             | –       |

How who leaves stands sees an admin, too. Out of the depot may order, too, whoever is harcama yetkilisi (bylaw 8/16).
Everybody sees what is in their own custody. What an auditor reads is noted by the page that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role, UnitId

UNIT_OF_DEVICES: UnitId = UnitId("donanim")
"""Its technicians see every device (bylaw 11)."""


class DeviceAction(StrEnum):
    SEE = "see_devices"
    """Kind, make, model, place and number."""
    SEE_WHOLE = "see_whole_devices"
    """Holder, serial, addresses in the network, history."""
    KEEP = "keep_devices"
    """Record, correct, say where one is and which ticket is about it, print its label."""
    CHANGE_CUSTODY = "change_custody"
    HAND_OVER = "hand_over_devices"
    """Hand over, take back, pass on: what is confirmed changes custody."""
    ORDER_OUT = "order_out_of_depot"
    """Bylaw 11/26."""
    CLEAR = "see_clearance"
    """How somebody stands who leaves: what they hold and answer for, by number (m.5/4)."""
    TIDY = "tidy_devices"
    """Merge, import, withdraw."""
    RECONCILE = "reconcile_devices"
    """Say where an act stands in the official ledger, and compare ours with it."""


OFFICES: dict[DeviceAction, tuple[Office, ...]] = {
    DeviceAction.SEE: (Office.AMBAR, Office.TASINIR_KAYIT),
    DeviceAction.SEE_WHOLE: (Office.AMBAR, Office.TASINIR_KAYIT),
    DeviceAction.KEEP: (Office.AMBAR, Office.TASINIR_KAYIT),
    DeviceAction.CHANGE_CUSTODY: (Office.AMBAR,),
    DeviceAction.HAND_OVER: (Office.AMBAR,),
    DeviceAction.ORDER_OUT: (Office.HARCAMA_YETKILISI,),
    DeviceAction.CLEAR: (Office.AMBAR, Office.TASINIR_KAYIT),
    DeviceAction.TIDY: (Office.AMBAR,),
    DeviceAction.RECONCILE: (Office.TASINIR_KAYIT, Office.AMBAR),
}
_WORKERS = frozenset({Role.TECHNICIAN, Role.LEAD})
_READERS = frozenset({Role.DIRECTOR, Role.AUDITOR})


def by_role(person: Person, action: DeviceAction, *, of_their_unit: bool = False) -> tuple[PersonId, ...] | None:
    """In whose place they may; empty: by their own right; None: not by their role. `of_their_unit`: a ticket of theirs
    was about the device."""
    if person.gone:
        return None
    if _RULES[action](person.role, person.unit, of_their_unit):
        return ()
    for lent in person.lent:
        if _RULES[action](lent.role, lent.unit, of_their_unit):
            return lent.of
    return None


def sees_all_whole(person: Person, offices: Collection[Office]) -> bool:
    """Whether holder and numbers of every device are theirs to see."""
    return by_role(person, DeviceAction.SEE_WHOLE) is not None or bool(
        set(offices) & set(OFFICES[DeviceAction.SEE_WHOLE]) and not person.gone
    )


_Rule = Callable[[Role, UnitId | None, bool], bool]
_RULES: dict[DeviceAction, _Rule] = {
    DeviceAction.SEE: lambda role, _unit, _theirs: role in _WORKERS | _READERS,
    DeviceAction.SEE_WHOLE: lambda role, unit, theirs: (
        role in _READERS or role is Role.LEAD or (role is Role.TECHNICIAN and (unit == UNIT_OF_DEVICES or theirs))
    ),
    DeviceAction.KEEP: lambda role, _unit, _theirs: role in _WORKERS,
    DeviceAction.CHANGE_CUSTODY: lambda role, _unit, _theirs: role is Role.LEAD,
    DeviceAction.HAND_OVER: lambda role, _unit, _theirs: role in _WORKERS,
    DeviceAction.ORDER_OUT: lambda role, _unit, _theirs: role is Role.DIRECTOR,
    DeviceAction.CLEAR: lambda role, _unit, _theirs: role in _READERS or role in (Role.LEAD, Role.ADMIN),
    DeviceAction.TIDY: lambda role, unit, _theirs: role is Role.LEAD and unit == UNIT_OF_DEVICES,
    DeviceAction.RECONCILE: lambda role, unit, _theirs: role is Role.LEAD and unit == UNIT_OF_DEVICES,
}
