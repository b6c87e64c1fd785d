"""`/ara`: tickets, people and articles by what is known of them."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.ticket import TicketId
from handlers.messages import Button, PostedMessage
from handlers.queries.search import Limits, Results, note_search
from handlers.queries.search import search as look_up

LIMITS = Limits(tickets=10, people=5, articles=3)


def search(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/ara kelime`."""
    _search(turn, words, None)


def search_for(turn: Turn, *words: str) -> None:
    """What they may have meant, under what found nothing."""
    _search(turn, ":".join(words), None)


def search_older(turn: Turn, before: str, words: str) -> None:
    """Daha eskilerde ara: the same words, below that ticket."""
    _search(turn, words, TicketId(int(before)))


def _search(turn: Turn, words: str, before: TicketId | None) -> None:
    if not words.strip():
        raise Invalid("empty_search")
    note_search(turn)
    results = look_up(turn, words, LIMITS, before=before)
    if results.too_slow:
        raise Invalid("search_too_slow")
    turn.say(turn.address, "found", buttons=_buttons(results), hits=results, further=before is not None)


def _buttons(results: Results) -> list[Button]:
    meant = [Button(words, f"search_for:{words}") for words in results.meant]
    if results.older is None:
        return meant
    return [*meant, Button("Daha eskilerde ara", f"search_older:{results.older}:{results.typed}")]
