"""Who may what with a proposal to write devices off.

| may                               | technician | donanim's lead | ambar | director | taşınır kayıt | auditor |
|-----------------------------------|------------|----------------|-------|----------|---------------|---------|
| propose, answer of a disk         | ✓          | ✓              | ✓     | –        | –             | –       |
| look through, write verdicts down | –          | ✓              | –     | –        | –             | –       |
| appoint the commission, approve   | –          | –              | –     | ✓        | –             | –       |
| say what became of it             | –          | ✓              | ✓     | –        | –             | –       |
| read                              | ✓          | ✓              | ✓     | ✓        | ✓             | ✓       |

Approves, too, whoever is harcama yetkilisi.
"""

from __future__ import annotations

from collections.abc import Callable

from handlers.context import Acting
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.errors import NotAllowed
from handlers.domain.officers import Office
from handlers.domain.people import PersonId, Role
from handlers.people.officers import require_office

_READERS = frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR})


def require_proposes(acting: Acting) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    if not acting.person.gone and acting.person.roles & {Role.TECHNICIAN, Role.LEAD}:
        return ()
    return require_office(acting, (Office.AMBAR,)).acting_for


def require_checks(acting: Acting) -> tuple[PersonId, ...]:
    """Raises NotAllowed."""
    return _by_role(acting, Role.LEAD, ())


def require_decides(acting: Acting) -> tuple[PersonId, ...]:
    """Raises NotAllowed."""
    return _by_role(acting, Role.DIRECTOR, (Office.HARCAMA_YETKILISI,))


def require_disposes(acting: Acting) -> tuple[PersonId, ...]:
    """Raises NotAllowed."""
    return _by_role(acting, Role.LEAD, (Office.AMBAR,))


def require_reads(acting: Acting) -> None:
    """Raises NotAllowed."""
    if acting.person.gone or not acting.person.roles & _READERS:
        require_office(acting, (Office.AMBAR, Office.TASINIR_KAYIT))


def may(acting: Acting, asks: Callable[[Acting], object]) -> bool:
    try:
        asks(acting)
    except NotAllowed:
        return False
    return True


def _by_role(acting: Acting, role: Role, offices: tuple[Office, ...]) -> tuple[PersonId, ...]:
    person = acting.person
    if person.gone:
        raise NotAllowed(f"scrap_as_{role}", person.handle)
    if person.role is role and (role is not Role.LEAD or person.unit == UNIT_OF_DEVICES):
        return ()
    for lent in person.lent:
        if lent.role is role and (role is not Role.LEAD or lent.unit == UNIT_OF_DEVICES):
            return lent.of
    return require_office(acting, offices).acting_for
