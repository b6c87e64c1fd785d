"""Accounts of the embedded channels: somebody who is trusted to be who they say speaks from one."""

from __future__ import annotations

from handlers.domain.people import Account
from handlers.ports import Conversation, UnitOfWork


def is_linked(uow: UnitOfWork, account: Account, handle: str) -> bool:
    """True also for somebody who does not exist yet: their first message makes them."""
    return uow.people.by_account(account) is not None or uow.people.by_handle(handle) is None


def link(uow: UnitOfWork, account: Account, handle: str, private: str) -> None:
    """This account speaks for the person of that handle, at the private address. Nothing happens where somebody was
    faster."""
    person = uow.people.by_handle(handle)
    if person is None or uow.people.by_account(account) is not None:
        return
    uow.people.link(account, person.id, private)
    uow.conversations.ensure(Conversation(address=private, channel=account.channel, person=person.id))
