"""Which conversations and files somebody may see. Channels ask here before they show anything."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.errors import NotFound
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.messages import TimelineFile
from handlers.ports import Attachment, Conversation, UnitOfWork
from handlers.tickets import siblings


def private_address(account: Account) -> str:
    """Where an account of the embedded channels speaks with the desk: `web:p:ayse`."""
    return f"{account.channel}:p:{account.name}"


def room_address(channel: str, unit: str) -> str:
    """The embedded channel's room of a unit: `terminal:r:donanim`."""
    return f"{channel}:r:{unit}"


def page_address(channel: str, person: PersonId) -> str:
    """Where what somebody asks for on pages lies, in its order: `web:panel:7`. Nobody speaks there, and it is no
    conversation of the store's."""
    return f"{channel}:panel:{person}"


def private_place(uow: UnitOfWork, person: Person, channel: str) -> Conversation:
    """Where somebody who speaks on that channel is written to alone: there, unless they shut it and can be reached
    elsewhere.

    Raises NotFound for who has no account on it.
    """
    own = uow.conversations.private_of(person.id)
    there = [place for place in own if place.channel == channel]
    reached = [place for place in (*there, *own) if not place.blocked and (place in there or place.active_at)]
    if reached or there:
        return [*reached, *there][0]
    account = next((a for a in uow.people.accounts(person.id) if a.channel == channel), None)
    if account is None:
        raise NotFound("account", f"{channel} of {person.handle}")
    address = private_address(account)
    return uow.conversations.ensure(Conversation(address=address, channel=channel, person=person.id))


def rooms_of(uow: UnitOfWork, person: Person, channel: str) -> Sequence[Conversation]:
    """The rooms of their own unit on that channel; nobody else looks into a unit's room."""
    if person.unit is None or not person.works_in(person.unit):
        return ()
    return tuple(room for room in uow.conversations.rooms(person.unit) if room.channel == channel)


def may_enter(person: Person, conversation: Conversation) -> bool:
    """Whether this person may read and write there."""
    if conversation.is_room:
        return conversation.unit is not None and person.works_in(conversation.unit)
    return conversation.person == person.id and not person.gone


def may_read_file(uow: UnitOfWork, person: Person, file: Attachment) -> bool:
    """Its uploader and whoever may read its ticket; where that is no security matter, whoever sits in the conversation
    it was sent to; and who reads the count or the hurda teklifi in which it stands."""
    if person.gone:
        return False
    if file.uploader == person.id:
        return True
    ticket = None if file.ticket is None else uow.tickets.get(file.ticket)
    if ticket is not None and ticket.restricted:
        return may(person, Action.READ, ticket)  # wherever it was sent, and whatever else came of the message
    if ticket is not None and _may_read(uow, person, ticket):
        return True
    conversation = uow.conversations.get(file.conversation)
    if conversation is not None and may_enter(person, conversation):
        return True
    return _stands_in_a_store(uow, person, file)


def _stands_in_a_store(uow: UnitOfWork, person: Person, file: Attachment) -> bool:
    """A photo of what was found in a count, or of what is proposed to be scrapped, for who reads those."""
    if not person.roles & {Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}:
        return False
    return uow.scrap.shows(file.id) or (person.role is not Role.TECHNICIAN and uow.counts.shows(file.id))


def _may_read(uow: UnitOfWork, person: Person, ticket: Ticket) -> bool:
    """That ticket, or the other one that the same message became."""
    other = siblings.beside(uow, ticket)
    return may(person, Action.READ, ticket) or (other is not None and may(person, Action.READ, other))


def shown(file: Attachment) -> TimelineFile:
    return TimelineFile(id=file.id, name=file.name, media_type=file.media_type, size=file.size)
