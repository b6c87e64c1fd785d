"""`/katil KOD`, and every other way in which an account turns out to be somebody the desk knows."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.people import Person
from handlers.people import accounts, join_codes


def join(turn: Turn, typed: str) -> None:
    """Raises Invalid(`bad_code`)."""
    unit = turn.person.unit
    redeemed = join_codes.redeem(turn, typed, turn.address)
    _go_on_as(turn, redeemed.person, left_unit=unit if redeemed.returned else None, returned=redeemed.returned)


def become(turn: Turn, person: Person) -> None:
    """The platform vouches for it."""
    accounts.hand_over(turn, person, turn.address, vouched=True)
    _go_on_as(turn, person)


def _go_on_as(turn: Turn, person: Person, *, left_unit: str | None = None, returned: int = 0) -> None:
    """A report begun before comes along, and what is being asked."""
    if turn.person.id != person.id:
        before = turn.dialog
        draft, expects, last_ticket = before.draft, before.expects, before.last_ticket
        asked_by_workers = before.asked_by_workers
        before.draft = before.expects = before.last_ticket = None
        before.asked_by_workers = []
        turn.move_to(person)
        turn.dialog.draft, turn.dialog.expects, turn.dialog.last_ticket = draft, expects, last_ticket
        turn.dialog.asked_by_workers += asked_by_workers
    turn.say(turn.address, "joined", person=turn.person, left_unit=left_unit, returned=returned)
