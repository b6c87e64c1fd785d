"""A number that somebody gave a moment ago, put right: "12 değil 10", "204 dedim ama 214 olacak", "pardon 214"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.chat.standing import Stands
from handlers.chat.turn import Turn
from knowledge.language.folding import folded

MOST_WORDS = 12
"""Who writes more tells of something."""
_WRONG, _RIGHT = r"(?<![\d.,:/-])(?P<wrong>\d{1,6})(?![\d:/])", r"(?<![\d.,:/-])(?P<right>\d{1,6})(?![\d:/])"
_BETWEEN = r"(?:[^\w]+[^\W\d]\w*){0,3}?[^\w]+"
_SAID = r"(?:de(?:dim|mis\w*|dik)|yaz(?:dim|mis\w*|dik)|soyle(?:dim|mis\w*)|ver(?:dim|mis\w*)|yanlis\w*|degil\w*|yok)"
_WAYS = (
    re.compile(rf"{_RIGHT}{_BETWEEN}{_WRONG}(?:[^\w]+[^\W\d]\w*){{0,2}}?[^\w]+degil\w*[^\w]*$"),
    re.compile(rf"{_WRONG}(?:'?\w*)(?:[^\w]+[^\W\d]\w*){{0,2}}?[^\w]+{_SAID}{_BETWEEN}{_RIGHT}"),
)
_NUMBER = r"(?<![\d.,:/-])(\d{1,6})(?![\d:/])"
_ALONE = (
    re.compile(
        r"^(?:pardon|yanlis \w+|duzelt(?:iyorum|eyim|me)|affedersin\w*|yok|hayir)\b[^\d]{0,20}?"
        rf"{_NUMBER}\w*(?:[^\w]+[^\W\d]\w*){{0,3}}$"
    ),
    re.compile(
        rf"^(?:[^\W\d]\w*[^\w]+){{0,2}}{_NUMBER}\w*(?:[^\w]+\w+)? (?:olacakti|olcakti|olacak pardon|demek istedim\w*)$"
    ),
)
_MEANT = (
    (re.compile(r"\b(?:oda|kat|nolu|numarali|salon|blok)\w*"), ("oda",)),
    (re.compile(r"\b(?:dahili|tel|telefon)\w*"), ("dahili",)),
    (re.compile(r"\bkisi\w*"), ("etkilenen", "kisi")),
    (re.compile(r"\bdemirbas\w*"), ("demirbas",)),
    (re.compile(r"\bsicil\w*"), ("sicil",)),
)
"""Words beside a number that tell which fact it is."""
LONG_NUMBER = 3
"""Digits of a number that is no count."""
_BARE = frozenset(
    {"degil", "de", "da", "pardon", "olacak", "olcak", "olacakti", "dedim", "demistim", "yazdim", "yanlis", "yok"}
    | {"ya", "abi", "hocam", "tane", "o"}
)
"""Words beside two numbers that name nothing."""
_FACTS = ("oda", "dahili", "etkilenen", "kisi", "demirbas", "sicil")


@dataclass(frozen=True, slots=True)
class PutRight:
    """`facts`: those of the report or ticket that fall, as they are right; none where the number stands in words
    alone."""

    facts: Mapping[str, str]


def put_right(turn: Turn, stands: Stands, text: str) -> PutRight | None:
    """None: no number of theirs is put right in it."""
    said = folded(text)
    if len(said.split()) > MOST_WORDS or not any(letter.isdigit() for letter in said):
        return None
    told = _told(turn, stands)
    for way in _WAYS:
        if found := way.search(said):
            wrong, right = found["wrong"], found["right"]
            known = wrong != right and any(_holds(one, wrong) for one in told)
            return PutRight(_corrected(_facts(stands), said, wrong, right)) if known else None
    alone = next((found[1] for way in _ALONE if (found := way.search(said))), None)
    return _newest(_facts(stands), told, said, alone) if alone is not None else None


def _newest(facts: Mapping[str, str], told: list[str], said: str, right: str) -> PutRight | None:
    """A right number alone: for the only number in what they wrote last, where a fact has it."""
    numbers = re.findall(r"\d+", told[-1]) if told else []
    if len(numbers) != 1 or numbers[0] == right or len(numbers[0]) != len(right):
        return None
    corrected = _corrected(facts, said, numbers[0], right)
    return PutRight(corrected) if corrected else None


def _corrected(facts: Mapping[str, str], said: str, wrong: str, right: str) -> Mapping[str, str]:
    """The one fact that has the wrong number, and that the words name. Where they name nothing, only a number alone
    tells it: "3 değil 4 bilgisayar" is of no floor."""
    holding = [name for name in _FACTS if _holds(facts.get(name, ""), wrong)]
    named = {name for word, names in _MEANT if word.search(said) for name in names}
    if named:
        holding = [name for name in holding if name in named]
    elif len(wrong) < LONG_NUMBER and not set(re.findall(r"[^\W\d]+", said)) <= _BARE:
        return {}
    if len(holding) != 1:
        return {}
    value = facts[holding[0]]
    return {holding[0]: re.sub(rf"(?<!\d){wrong}(?!\d)", right, value, count=1)}


def _holds(value: str, number: str) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", value) is not None


def _facts(stands: Stands) -> Mapping[str, str]:
    if stands.draft is not None:
        return stands.draft.facts
    return stands.ticket.facts if stands.ticket is not None else {}


def _told(turn: Turn, stands: Stands) -> list[str]:
    """What they wrote so far, the newest last."""
    if stands.draft is not None:
        return stands.draft.texts
    ticket = stands.ticket
    if ticket is None or not ticket.state.active:
        return []
    own = [entry.text for entry in turn.uow.tickets.entries(ticket.id) if entry.author == turn.person.id]
    return [ticket.text, *own]
