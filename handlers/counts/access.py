"""Who may what with a count.

| may                        | donanim's lead | ambar | board of it | director | taşınır kayıt, kontrol | auditor |
|----------------------------|----------------|-------|-------------|----------|------------------------|---------|
| open, explain, close       | ✓              | ✓     | –           | –        | –                      | –       |
| count                      | ✓              | ✓     | ✓           | –        | –                      | –       |
| read                       | ✓              | ✓     | ✓           | ✓        | ✓                      | ✓       |
| freeze, write differences  | –              | –     | –           | ✓        | –                      | –       |
"""

from __future__ import annotations

from collections.abc import Callable

from handlers.context import Acting
from handlers.domain.counts import Count
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.errors import NotAllowed
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role
from handlers.people.officers import answerable_now, require_office

_READING = (Office.TASINIR_KAYIT, Office.TASINIR_KONTROL)


def require_keeps(acting: Acting) -> tuple[PersonId, ...]:
    """In whose place they open and close counts; empty: by their own right. Raises NotAllowed."""
    return _as_lead(acting.person, Role.LEAD, acting, (Office.AMBAR,))


def require_orders(acting: Acting) -> tuple[PersonId, ...]:
    """In whose place they order what the director does. Raises NotAllowed."""
    return _as_lead(acting.person, Role.DIRECTOR, acting, (Office.HARCAMA_YETKILISI,))


def require_counts(acting: Acting, count: Count) -> None:
    """Raises NotAllowed."""
    counter = count.counter(acting.person.id)
    if acting.person.gone or counter is None or not counter.board:
        require_keeps(acting)


def require_reads(acting: Acting, count: Count | None = None) -> None:
    """None: any of them. Raises NotAllowed."""
    if acting.person.gone:
        raise NotAllowed("read_count", acting.person.handle)
    if acting.person.roles & {Role.DIRECTOR, Role.AUDITOR} or is_of_a_board(acting, count) or keeps(acting):
        return
    require_office(acting, _READING)


def keeps(acting: Acting) -> bool:
    return _may(lambda: require_keeps(acting))


def orders(acting: Acting) -> bool:
    return _may(lambda: require_orders(acting))


def counts(acting: Acting, count: Count) -> bool:
    return _may(lambda: require_counts(acting, count))


def reads(acting: Acting, count: Count | None = None) -> bool:
    return _may(lambda: require_reads(acting, count))


def is_of_a_board(acting: Acting, count: Count | None = None) -> bool:
    among = acting.uow.counts.open() if count is None else (count,)
    return any(acting.person.id in one.board for one in among)


def registrars(acting: Acting) -> set[PersonId]:
    """Who is taşınır kayıt yetkilisi today, vekil included."""
    return {one.person for one in answerable_now(acting, Office.TASINIR_KAYIT)}


def _as_lead(person: Person, role: Role, acting: Acting, offices: tuple[Office, ...]) -> tuple[PersonId, ...]:
    if not person.gone:
        if person.role is role and (role is not Role.LEAD or person.unit == UNIT_OF_DEVICES):
            return ()
        for lent in person.lent:
            if lent.role is role and (role is not Role.LEAD or lent.unit == UNIT_OF_DEVICES):
                return lent.of
    return require_office(acting, offices).acting_for


def _may(asks: Callable[[], object]) -> bool:
    try:
        asks()
    except NotAllowed:
        return False
    return True
