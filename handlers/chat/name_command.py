"""`/isim`: a name that was written wrong is put right."""

from __future__ import annotations

from handlers.chat import onboarding
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.messages import PostedMessage
from handlers.people import names


def correct(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/isim Ad Soyad` for oneself; `/isim HESAP Ad Soyad` by a lead or an admin."""
    if not words.strip():
        raise Invalid("name_missing", others=may(turn.person, Action.CORRECT_NAMES))
    person, name = _whose(turn, words)
    names.correct(turn, person, name)
    turn.say(turn.address, "name_corrected", who=person, by=None, rings=False)
    if person.id == turn.person.id:
        onboarding.name_given(turn)


def _whose(turn: Turn, words: str) -> tuple[Person, str]:
    """An account is named only by whoever may correct others' names: else it is a part of one's own."""
    first, _, rest = words.strip().partition(" ")
    if may(turn.person, Action.CORRECT_NAMES) and rest.strip():
        named = turn.uow.people.by_handle(first.lower().removeprefix("@"))
        if named is not None and not named.gone:
            return named, rest
    return turn.person, words
