"""What a channel asks of the accounts and conversations that it serves."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.people import Account, Role
from handlers.ports import UnitOfWork


def is_known_for_sure(uow: UnitOfWork, account: Account) -> bool:
    """Somebody vouched for who writes from it, or they have left: nothing needs to be asked of the platform."""
    person = uow.people.by_account(account)
    return person is not None and (person.verified or person.gone)


def name_of(uow: UnitOfWork, account: Account) -> str:
    """Empty where the desk knows nobody who writes from it."""
    person = uow.people.by_account(account)
    return "" if person is None else person.name


def is_blocked(uow: UnitOfWork, address: str) -> bool:
    """The desk was told that it cannot write there."""
    conversation = uow.conversations.get(address)
    return conversation is not None and conversation.blocked


def is_bound(uow: UnitOfWork, address: str) -> bool:
    """It is the room of a unit."""
    conversation = uow.conversations.get(address)
    return conversation is not None and conversation.unit is not None


def role_at(uow: UnitOfWork, address: str) -> Role:
    """Of whose private conversation that is; a requester's where it is nobody's yet."""
    conversation = uow.conversations.get(address)
    if conversation is None or conversation.person is None:
        return Role.REQUESTER
    return uow.people.get(conversation.person).role


def accounts_with_roles(uow: UnitOfWork, channel: str) -> Sequence[tuple[Account, Role]]:
    """Accounts of that channel whose person is more than a requester."""
    return [
        (account, person.role)
        for person in uow.people.everybody()
        if person.role is not Role.REQUESTER
        for account in uow.people.accounts(person.id)
        if account.channel == channel
    ]
