"""Somebody, or a group, that the desk can reach no more on its platform: marked, and told to who has to know."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.domain.people import Role
from handlers.events import ReachChanged
from handlers.ports import Conversation
from handlers.tickets import cards


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
    """New tickets of that unit would be seen by nobody there."""
    if conversation.unit is None:
        return
    for admin in work.uow.people.in_role(Role.ADMIN):
        for private in cards.private_addresses_of(work, admin):
            work.say(private, "room_lost", unit=work.desk.unit_title(conversation.unit), channel=conversation.channel)
