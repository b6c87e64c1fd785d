"""`/gunsonu`: whether one hears before the day ends what follows from it."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat.turn import Turn
from handlers.domain.errors import NotAllowed
from handlers.messages import Button, PostedMessage
from handlers.people import end_of_day
from knowledge.language.folding import folded

_ON = Button("Aç", "end_of_day:on")
_WORDS = {"ac": "on", "acik": "on", "acilsin": "on", "kapat": "off", "kapa": "off", "kapali": "off", "kapansin": "off"}


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """How it stands, with the button that changes it; `aç` and `kapat` change it at once."""
    if not turn.person.role.needs_unit:
        raise NotAllowed("end_of_day", turn.person.handle)
    choice = _WORDS.get(folded(words).strip(" ."))
    if choice is not None:
        _choose(turn, choice)
    else:
        _state(turn)


def _choose(turn: Turn, choice: str) -> None:
    """Aç, Gün sonunu kapat."""
    end_of_day.wish(turn, wanted=choice == "on")
    _state(turn)


def _state(turn: Turn) -> None:
    wanted = turn.person.end_of_day
    turn.say(
        turn.address,
        "end_of_day_wish",
        buttons=[end_of_day.OFF if wanted else _ON],
        slot="end_of_day",
        fresh=True,
        wanted_daily=wanted,
    )


BUTTONS: dict[str, Callable[..., None]] = {"end_of_day": _choose}
