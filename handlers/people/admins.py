"""That somebody is always admin for good, and that who is admin until a day gives nothing for longer (decision 0073).

The one place that knows both: whatever takes a role away, or gives one, asks here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork


def is_last(uow: UnitOfWork, person: Person) -> bool:
    """Whether they are admin, and nobody else is for good. Of two who ask at once the second hears what the first
    did: else each would take the other's role."""
    if person.role is not Role.ADMIN:
        return False
    return uow.people.lasting_admins() <= {person.id}


def require_another(uow: UnitOfWork, person: Person) -> None:
    """Before somebody loses a role. Raises Invalid(`last_admin`)."""
    if is_last(uow, person):
        raise Invalid("last_admin")


def limit_of(giver: Person) -> datetime | None:
    """Until when a role lasts that they give, at most; None: it needs no end."""
    return giver.role_until if giver.role is Role.ADMIN else None


def last_moment_of(giver: Person) -> datetime | None:
    """Within the last day on which they are admin; None: that has no end."""
    limit = limit_of(giver)
    return limit - timedelta(seconds=1) if limit is not None else None


def require_not_longer(giver: Person, role: Role, until: datetime | None) -> None:
    """`until`: None: for good. Taking a role away ends nothing that is the giver's. Raises
    Invalid(`admin_for_a_time`)."""
    limit = limit_of(giver)
    if limit is None or role is Role.REQUESTER:
        return
    if until is None or until > limit:
        raise Invalid("admin_for_a_time", own_last=last_moment_of(giver))


def require_may_bring_back(giver: Person, person: Person) -> None:
    """What somebody else gave is given back, but for what makes an admin who outlasts the giver. Raises
    Invalid(`admin_for_a_time`)."""
    if Role.ADMIN in (person.former_role, person.then_role):
        then_admin = person.then_role is Role.ADMIN
        require_not_longer(giver, Role.ADMIN, None if then_admin else person.role_until)
