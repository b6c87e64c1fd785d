"""A card's menu, unfolded before whoever pressed for it alone: a room has one card, and others have a finger on it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.messages import PressedButton, TimelineButton
from handlers.tickets import cards, visits

_MENU = "menu"


def opens(pressed: PressedButton) -> bool:
    return pressed.action.startswith(f"{_MENU}:")


def unfold(work: UseCaseContext, person: Person, pressed: PressedButton) -> Sequence[TimelineButton]:
    """What stands behind that button, of it what this person may do; nothing: the card's own buttons. Raises
    NotAllowed."""
    _, number, which = pressed.action.split(":", 2)
    ticket = work.uow.tickets.get(int(number))
    require(person, Action.READ, ticket)
    if which == cards.MAIN:
        return ()
    shown = cards.buttons(work, ticket, visits.of(work, ticket), which)
    return work.uow.messages.offer(pressed.message, cards.offered_to(person, ticket, shown))
