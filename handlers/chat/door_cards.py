"""Oda kartları: `/odakarti` says where they are printed from; whoever types what stands on one has said where they
are."""

from __future__ import annotations

import re
from urllib.parse import quote

from handlers.chat import drafts, ticket_view
from handlers.chat.turn import Turn
from handlers.domain.dialog import Phase
from handlers.domain.rights import Action, may
from handlers.domain.ticket_number import parse
from handlers.messages import PostedMessage
from handlers.queries import door_cards

PAGE = "/oda-kartlari.pdf"
_REST_OF_THE_NAME = re.compile(r"\A_?kart(?:[ıi]|lar[ıi])?\b[\s:,]*", re.IGNORECASE)


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Of every room of the staff list, or of those that are named: `/odakarti 101-120, 214`. Also said `/oda_karti`.

    Raises as `door_cards.doors`.
    """
    words = _REST_OF_THE_NAME.sub("", words.strip())
    doors = door_cards.doors(turn.uow, turn.person, words)
    page = f"{PAGE}?oda={quote(' '.join(words.split()), safe='-')}" if words else PAGE
    turn.say(turn.address, "door_cards", count=len(doors), first=doors[0].number, last=doors[-1].number, page=page)


# --- what stands on a card ------------------------------------------------------------------------
_BARE = re.compile(r"\d{1,4}")
_WITH_ITS_WORD = re.compile(r"oda(?:\s*no)?[\s:.]*(?P<number>\S{1,8}?)[\s:.,]*", re.IGNORECASE)


def number_on(text: str) -> str | None:
    """Of "ODA 312" and "312"; None where more is said."""
    plain = text.strip()
    found = _WITH_ITS_WORD.fullmatch(plain)
    number = found["number"] if found is not None else plain
    return number.upper() if door_cards.is_number(number) and (found or _BARE.fullmatch(number)) else None


def names_a_door(turn: Turn, text: str) -> bool:
    """A bare number of somebody who works on no tickets and has none of that number: whether there is one of others'
    is not told."""
    if number_on(text) is None:
        return False
    number = parse(text)
    if number is None:
        return True
    return not may(turn.person, Action.OPEN_FOR_OTHERS) and not ticket_view.is_known(turn, number)


def stand_before(turn: Turn, text: str) -> None:
    """They are there, and say next what is the matter."""
    number = number_on(text) or ""
    draft = drafts.keep(turn, f"ODA {number}", ())
    draft.facts["oda"] = number
    draft.phase = Phase.OPEN_QUESTION
    typed = number if parse(text) is not None else ""
    turn.say(turn.address, "place_known", slot=draft.slot, room=number, typed=typed)
