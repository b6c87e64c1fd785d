"""Whether a line is of what stands at all: chat of lunch and the weather is not, what was reported once more is."""

from __future__ import annotations

import re

from handlers.chat.facts import facts_of
from handlers.chat.standing import Standing, Stands
from handlers.domain.dialog import Draft
from handlers.domain.ticket import Ticket
from knowledge import Decision, Fragment, Intent, Reading
from knowledge.courtesy import is_courtesy
from knowledge.language.folding import folded

CHAT, SURELY_CHAT = 0.6, 0.75
"""The share from which on a line is chat, where a ticket stands and nothing else is said in it; the second where they
were asked something."""
_CHATTED_AT = (Standing.QUESTION, Standing.TECHNICIAN, Standing.RESOLVED, Standing.PERHAPS, Standing.TICKET)
_WISH = re.compile(r"\b(?:kutlu|kutlar\w*|mubarek|hayirli|mutlu|kabul etsin|iyi bayram\w*)\b")
_WORD = re.compile(r"\w{4,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEGINNING = 5
"""Letters by which a word of the report is known again, whatever its ending."""


def is_chat(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> bool:
    """Chat, and nothing that may be about the trouble: losing a word of that is worse than passing on one of chat."""
    if stands.kind not in _CHATTED_AT:
        return False
    asked = stands.kind in (Standing.QUESTION, Standing.TECHNICIAN)
    if fragment.outright or fragment.shares.get(Intent.small_talk, 0.0) < (SURELY_CHAT if asked else CHAT):
        return False
    if reading.explicit and reading.intent is not Intent.small_talk:
        return False
    if reading.decision is not Decision.reject or (is_courtesy(text) and not wishes(text)):
        return False
    return not (fragment.citizens_waiting or facts_of(fragment.facts) or repeats(stands, text))


def wishes(text: str) -> bool:
    """ "Bayramınız mübarek olsun", "hayırlı cumalar" """
    return _WISH.search(folded(text)) is not None


def is_said_again(draft: Draft, text: str) -> bool:
    """The same words as before, whatever number stands in them: sent twice, or written by somebody in a hurry."""
    told = _LETTERS.findall(folded(text))
    return len(told) > 1 and any(told == _LETTERS.findall(folded(before)) for before in draft.texts)


def adds_nothing(ticket: Ticket, text: str) -> bool:
    """Some words, all of which the report has already: whoever writes them was not heard, or did not read."""
    told = set(_LETTERS.findall(folded(text)))
    return len(told) > 1 and told <= set(_LETTERS.findall(folded(ticket.text)))


def repeats(stands: Stands, text: str) -> bool:
    """Whether a word of the report comes again."""
    reported = stands.draft or stands.ticket
    before = reported.text if reported is not None else ""
    return not _beginnings(before).isdisjoint(_beginnings(text))


def _beginnings(text: str) -> set[str]:
    return {word[:_BEGINNING] for word in _WORD.findall(folded(text))}
