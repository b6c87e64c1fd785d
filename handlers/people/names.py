"""What somebody is called, as they said it or as the list has it, and correcting it."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.domain.rights import Action, may, require
from handlers.tickets import cards
from knowledge.language.folding import one_line

MAX_NAME_LETTERS = 80


def is_usable(name: str) -> bool:
    """Whether it has a letter and fits on a card."""
    return any(c.isalpha() for c in name) and len(name) <= MAX_NAME_LETTERS


def correct(acting: Acting, person: Person, name: str) -> None:
    """Their own, while nobody vouches for it; anybody's, for who has the right. Cards show it at once, and whose name
    somebody else corrected is told.

    Raises Invalid(`name_vouched`), Invalid(`name_unusable`), NotAllowed.
    """
    own = person.id == acting.person.id
    if own and person.verified and not may(acting.person, Action.CORRECT_NAMES):
        raise Invalid("name_vouched", name=person.name)
    if not own:
        require(acting.person, Action.CORRECT_NAMES)
    name = one_line(name)
    if not is_usable(name):
        raise Invalid("name_unusable", letters=MAX_NAME_LETTERS)
    person.name = name
    acting.uow.people.save(person)
    acting.uow.audit.log(acting.now, acting.person.id, "renamed", person.handle, acting.channel)
    for ticket in (*acting.uow.tickets.open_of_reporter(person.id), *acting.uow.tickets.held_by(person.id)):
        cards.refresh(acting, ticket)
    if not own:
        for private in cards.private_addresses_of(acting, person):
            acting.say(private, "name_corrected", who=person, by=acting.person, rings=False)
