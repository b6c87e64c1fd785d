"""Somebody, or a group, that the desk can reach no more on its platform: marked, and told to who has to know."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.domain.people import Role
from handlers.domain.states import Priority
from handlers.events import ReachChanged
from handlers.ports import Conversation
from handlers.tickets import cards

MAX_WAITING_SHOWN = 10
"""Of what nobody has claimed when a group is lost, the most urgent; the rest is had with /sira."""


def changed(work: UseCaseContext, event: ReachChanged) -> None:
    """Told once, when it changes. A conversation that the desk never had is nobody's loss."""
    conversation = work.uow.conversations.get(event.conversation)
    if conversation is None or conversation.blocked == event.blocked:
        return
    conversation.blocked = event.blocked
    work.uow.conversations.save(conversation)
    if event.blocked and conversation.is_room:
        _room_lost(work, conversation)
    elif event.blocked:
        _reporter_lost(work, conversation)


def _reporter_lost(work: UseCaseContext, conversation: Conversation) -> None:
    """Whoever works on their tickets has to phone."""
    if conversation.person is None:
        return
    reporter = work.uow.people.get(conversation.person)
    for ticket in work.uow.tickets.open_of_reporter(reporter.id):
        if ticket.conversation == conversation.address:
            cards.tell_workers(work, ticket, "work_unreachable", reporter=reporter)


def _room_lost(work: UseCaseContext, conversation: Conversation) -> None:
    """Admins can mend it. Until then who works in the unit is written to in private: what waits there already comes
    first."""
    if conversation.unit is None:
        return
    unit = work.desk.unit_title(conversation.unit)
    for admin in work.uow.people.in_role(Role.ADMIN):
        for private in cards.private_addresses_of(work, admin):
            work.say(private, "room_lost", unit=unit, channel=conversation.channel)
    waiting = work.uow.tickets.queue(conversation.unit, limit=MAX_WAITING_SHOWN)
    for address in cards.in_place_of_rooms(work, conversation.unit):
        work.say(address, "work_room_lost", unit=unit, channel=conversation.channel)
        for ticket in waiting:
            if not ticket.restricted:
                cards.show(work, ticket, address, fresh=True, rings=ticket.priority is Priority.URGENT)
