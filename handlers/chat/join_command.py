"""`/katil KOD`, and every other way in which an account turns out to be somebody the desk knows."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.people import Person
from handlers.people import accounts, join_codes


def join(turn: Turn, typed: str) -> None:
    """Raises Invalid(`bad_code`)."""
    _go_on_as(turn, join_codes.redeem(turn, typed, turn.address))


def become(turn: Turn, person: Person) -> None:
    """The platform vouches for it."""
    accounts.hand_over(turn, person, turn.address)
    _go_on_as(turn, person)


def _go_on_as(turn: Turn, person: Person) -> None:
    """A report begun before comes along."""
    if turn.person.id != person.id:
        draft, expects = turn.dialog.draft, turn.dialog.expects
        turn.dialog.draft = turn.dialog.expects = None
        turn.move_to(person)
        turn.dialog.draft, turn.dialog.expects = draft, expects
    turn.say(turn.address, "joined", person=turn.person)
