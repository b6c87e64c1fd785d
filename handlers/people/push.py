"""A browser asks to ring although no page is open, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.domain.people import Person
from handlers.domain.push import CHANNEL, LISTENS_FOR, PushSubscription, address_of
from handlers.ports import Conversation, UnitOfWork

MOST_BROWSERS = 20
"""Of one person; the oldest makes room."""


def subscribe(uow: UnitOfWork, person: Person, subscription: PushSubscription) -> None:
    """What waited for whoever had this browser before is not for them."""
    before = uow.push_subscriptions.owner(subscription.key)
    if before is not None and before != person.id:
        uow.outbox.drop_all_to([subscription.address])
    uow.push_subscriptions.remove_ended()
    uow.conversations.ensure(Conversation(address=subscription.address, channel=CHANNEL))
    uow.push_subscriptions.put(subscription)
    for spare in of_person(uow, person, subscription.created_at)[:-MOST_BROWSERS]:
        forget(uow, spare.key)


def unsubscribe(uow: UnitOfWork, person: Person, key: str, now: datetime) -> bool:
    """False where it is none of theirs."""
    if key not in {one.key for one in of_person(uow, person, now)}:
        return False
    forget(uow, key)
    return True


def forget(uow: UnitOfWork, key: str) -> None:
    """Its maker says that it is gone, or its person does not want it: what waits for it is not sent."""
    uow.push_subscriptions.remove(key)
    uow.outbox.drop_all_to([address_of(key)])


def of_person(uow: UnitOfWork, person: Person, now: datetime) -> Sequence[PushSubscription]:
    return uow.push_subscriptions.of(person.id, now - LISTENS_FOR)
