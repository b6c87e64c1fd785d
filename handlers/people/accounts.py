"""Accounts, and the persons who speak from them."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.people import Account, Person
from handlers.ports import Conversation, UnitOfWork
from knowledge.language.folding import folded


def welcome(uow: UnitOfWork, account: Account, conversation: str, name: str = "") -> Person:
    """Somebody the desk has never met: a person of their own, unverified, who may see nothing but their own."""
    person = uow.people.add(Person(handle=_handle(account, name)))
    uow.people.link(account, person.id, conversation)
    return person


def _handle(account: Account, name: str) -> str:
    words = folded(name).split() or [f"{account.channel}-{folded(account.name)[-6:]}"]
    return ".".join(words)[:40]


def is_linked(uow: UnitOfWork, account: Account, handle: str) -> bool:
    """Of an embedded channel, where people are trusted to be who they say. True also for somebody who does not exist
    yet: their first message makes them."""
    return uow.people.by_account(account) is not None or uow.people.by_handle(handle) is None


def link(uow: UnitOfWork, account: Account, handle: str, private: str) -> None:
    """This account speaks for the person of that handle, at the private address. Nothing happens where somebody was
    faster."""
    person = uow.people.by_handle(handle)
    if person is None or uow.people.by_account(account) is not None:
        return
    uow.people.link(account, person.id, private)
    uow.conversations.ensure(Conversation(address=private, channel=account.channel, person=person.id))


def hand_over(acting: Acting, person: Person, conversation: str) -> None:
    """Whoever acts turns out to be `person`: their account on this channel, which speaks from `conversation`, and
    their browsers are that person's from now on. The code or the platform that told so vouches for it."""
    guest = acting.person.id
    if guest != person.id:
        for account in acting.uow.people.accounts(guest):
            if account.channel == acting.channel:
                acting.uow.people.link(account, person.id, conversation)
        acting.uow.sessions.move(guest, person.id)
        place = acting.uow.conversations.get(conversation)
        if place is not None:
            place.person = person.id
            acting.uow.conversations.save(place)
    person.verified = True
    acting.uow.people.save(person)
