"""Who may see and do what with the depot's consumables, by their role or by an office that they hold.

| may                          | technician | lead | director | ambar | taşınır kayıt | auditor |
|------------------------------|------------|------|----------|-------|---------------|---------|
| see items and movements      | ✓          | ✓    | ✓        | ✓     | ✓             | ✓       |
| take for a ticket            | whoever may complete that ticket, and nobody else                 |
| record, receive, give, undo  | –          | *    | –        | ✓     | –             | –       |

`*`: the lead of donanim, while nobody holds the office `ambar`.
"""

from __future__ import annotations

from enum import StrEnum

from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role

READING_OFFICES = (Office.AMBAR, Office.TASINIR_KAYIT)
KEEPING_OFFICES = (Office.AMBAR,)
_READERS = frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR})


class StockAction(StrEnum):
    SEE = "see_stock"
    KEEP = "keep_stock"
    """Record items, take in, give out, and take any movement back."""


def sees(person: Person) -> bool:
    return not person.gone and bool(person.roles & _READERS)


def keeps_for_nobody(person: Person) -> tuple[PersonId, ...] | None:
    """In whose place the lead of donanim keeps the depot that nobody is named for; None: they are not that lead."""
    if person.gone:
        return None
    if person.role is Role.LEAD and person.unit == UNIT_OF_DEVICES:
        return ()
    return next(
        (one.of for one in person.lent if one.role is Role.LEAD and one.unit == UNIT_OF_DEVICES),
        None,
    )
