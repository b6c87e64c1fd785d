"""A house that has nobody yet: who opens the address that `masa run` printed becomes its admin."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.department_names import DepartmentNames
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import first_admin_by, setup_code
from handlers.domain.people import Account, Person, Role
from handlers.people import accounts, names
from handlers.people.access import private_address
from handlers.people.join_codes import DEPARTMENT
from handlers.ports import Conversation, UnitOfWork
from knowledge.language.folding import one_line

CODE_LIVES = timedelta(hours=2)
"""How long the printed address opens; the next start of the desk prints another."""


_STRETCH = timedelta(minutes=10)
"""So exactly other processes know when it was printed: with them it may live that much shorter."""


def is_needed(uow: UnitOfWork) -> bool:
    """Whether nobody is admin who has not left."""
    return not uow.people.in_role(Role.ADMIN)


def announce(uow: UnitOfWork, code_hash: str, now: datetime) -> None:
    """A process printed it: a browser may come to any of them."""
    uow.once.first(setup_code(code_hash, _stretch(now)), now)


def opens(uow: UnitOfWork, code_hash: str, now: datetime) -> bool:
    """Whether a process printed it lately, this one or another."""
    first = _stretch(now - CODE_LIVES) + 1
    return bool(uow.once.brought([setup_code(code_hash, one) for one in range(first, _stretch(now) + 1)]))


def _stretch(at: datetime) -> int:
    return int(at.timestamp() // _STRETCH.total_seconds())


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
