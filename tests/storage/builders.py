"""Things that tests put into a store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.ticket import Ticket
from handlers.messages import Button, Outgoing
from handlers.ports import Arrival, Conversation, UnitOfWork
from tests.clock import START


def add_person(uow: UnitOfWork, handle: str = "ayse", **about: Any) -> PersonId:
    """With a private conversation on the web."""
    values = {"name": handle.title(), "department": "Mali Hizmetler", "room": "312", **about}
    person = uow.people.add(Person(handle=handle, **values))
    uow.people.link(Account("web", person.handle), person.id, f"web:p:{person.handle}")
    add_private(uow, person.id, f"web:p:{person.handle}")
    return person.id


def add_technician(uow: UnitOfWork, handle: str = "mehmet", unit: str = "donanim", **about: Any) -> PersonId:
    return add_person(uow, handle, role=Role.TECHNICIAN, unit=unit, **about)


def add_private(uow: UnitOfWork, person: PersonId, address: str) -> str:
    uow.conversations.ensure(Conversation(address=address, channel=address.partition(":")[0], person=person))
    return address


def add_room(uow: UnitOfWork, address: str = "web:r:donanim", unit: str | None = "donanim") -> str:
    channel = address.partition(":")[0]
    uow.conversations.ensure(Conversation(address=address, channel=channel, unit=unit, is_room=True))
    return address


def open_ticket(uow: UnitOfWork, reporter: PersonId, at: datetime = START, **about: Any) -> Ticket:
    values: dict[str, Any] = {
        "unit": "donanim",
        "category": "yazici-yazdirmiyor",
        "text": "yazıcı çıktı vermiyor",
        "conversation": "web:p:ayse",
        **about,
    }
    ticket = Ticket(reporter=reporter, opened_by=reporter, opened_at=at, **values)
    ticket.opened(by=reporter, at=at, channel="web")
    return uow.tickets.add(ticket, at.year)


def arrival(key: str, conversation: str = "web:p:ayse", at: datetime = START) -> Arrival:
    channel = conversation.partition(":")[0]
    return Arrival(key=key, channel=channel, conversation=conversation, payload='{"text": "merhaba"}', received_at=at)


def card(
    text: str, *actions: str, conversation: str = "web:p:ayse", slot: str | None = "card:1", **more: Any
) -> Outgoing:
    buttons = tuple(Button(action.title(), action) for action in actions)
    return Outgoing(conversation=conversation, text=text, slot=slot, buttons=buttons, **more)
