"""Who may see and keep süreli kayıtlar and firmalar, by their role or by an office that they hold.

| may                            | technician       | lead | director | harcama yetkilisi | taşınır kayıt | auditor |
|--------------------------------|------------------|------|----------|-------------------|---------------|---------|
| see terms and firms            | ✓                | ✓    | ✓        | ✓                 | ✓             | ✓       |
| record, correct, renew, drop   | –                | ✓    | ✓        | ✓                 | –             | –       |
| renew by Yenilendi             | own ticket of it | ✓    | ✓        | ✓                 | –             | –       |
| record and correct firms       | ✓                | ✓    | ✓        | ✓                 | –             | –       |
"""

from __future__ import annotations

from enum import StrEnum

from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role


class TermAction(StrEnum):
    SEE = "see_terms"
    KEEP = "keep_terms"
    KEEP_VENDORS = "keep_vendors"


OFFICES: dict[TermAction, tuple[Office, ...]] = {
    TermAction.SEE: (Office.HARCAMA_YETKILISI, Office.TASINIR_KAYIT),
    TermAction.KEEP: (Office.HARCAMA_YETKILISI,),
    TermAction.KEEP_VENDORS: (Office.HARCAMA_YETKILISI,),
}
_ROLES = {
    TermAction.SEE: frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    TermAction.KEEP: frozenset({Role.LEAD, Role.DIRECTOR}),
    TermAction.KEEP_VENDORS: frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR}),
}


def by_role(person: Person, action: TermAction) -> tuple[PersonId, ...] | None:
    """In whose place they may; empty: by their own right; None: not by their role."""
    if person.gone:
        return None
    if person.role in _ROLES[action]:
        return ()
    return next((lent.of for lent in person.lent if lent.role in _ROLES[action]), None)
