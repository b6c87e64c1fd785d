"""A house that has nobody yet: who opens the address that `masa run` printed becomes its admin."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.department_names import DepartmentNames
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import first_admin_by
from handlers.domain.people import Account, Person, Role
from handlers.people import accounts, names
from handlers.people.access import private_address
from handlers.people.join_codes import DEPARTMENT
from handlers.ports import Conversation, UnitOfWork
from knowledge.language.folding import one_line

CODE_LIVES = timedelta(hours=2)
"""How long the printed address opens; the next start of the desk prints another."""


def is_needed(uow: UnitOfWork) -> bool:
    """Whether nobody is admin who has not left."""
    return not uow.people.in_role(Role.ADMIN)


def begin(uow: UnitOfWork, name: str, account: Account, *, code_hash: str, now: datetime) -> Person:
    """Raises Invalid: (`house_has_admin`) where there is one by now, (`name_unusable`), and (`bad_code`) for a code
    that somebody used before."""
    name = one_line(name)
    if not is_needed(uow):
        raise Invalid("house_has_admin")
    if not names.is_usable(name):
        raise Invalid("name_unusable")
    if not uow.once.first(first_admin_by(code_hash), now):
        raise Invalid("bad_code")
    address = private_address(account)
    person = accounts.welcome(uow, account, address, name)
    person.name, person.role, person.verified = name, Role.ADMIN, True
    person.department = DepartmentNames.of(uow).settled(DEPARTMENT)
    uow.people.save(person)
    uow.conversations.ensure(Conversation(address=address, channel=account.channel, person=person.id))
    uow.audit.log(now, person.id, "first_admin", person.handle, account.channel)
    return person
