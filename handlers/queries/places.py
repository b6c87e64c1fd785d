"""Ayarlar → Yerler: buildings, floors and rooms, with how many tickets were about what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import place_names
from handlers.context import Acting
from handlers.domain.places import MERGE_KEPT, Place
from handlers.domain.store_rights import StoreAction, may_in_stores
from handlers.people import places
from knowledge.language.folding import folded

MOST = 200
"""Lines on one page; the box above finds the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    place: Place
    name: str
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    changes: bool
    listed: Sequence[PlaceLine]
    found: int
    """How many there are of those that are looked for; `listed` has the first of them."""
    merged: Sequence[tuple[Place, str, bool]]
    """What is one with another now: with the name of that, and whether it can be taken back."""
    names: Sequence[str]
    words: str
    """That were looked for."""


def look(acting: Acting, words: str = "") -> PlacesPage:
    every = acting.uow.places.all()
    known = {one.id: one for one in every}
    tickets = places.tickets_of(acting.uow)
    wanted = folded(words).split()
    standing = place_names.in_order([one for one in every if one.open])
    found = [one for one in standing if all(word in folded(str(one.spot)) for word in wanted)]
    return PlacesPage(
        changes=may_in_stores(acting.person, StoreAction.KEEP_PLACES),
        listed=[PlaceLine(place=one, name=str(one.spot), tickets=tickets.get(one.id, 0)) for one in found[:MOST]],
        found=len(found),
        merged=[
            (
                one,
                str(place_names.standing(known.__getitem__, one).spot),
                acting.now - one.merge.at <= MERGE_KEPT,
            )
            for one in every
            if one.merge is not None
        ],
        names=[str(one.spot) for one in standing],
        words=words,
    )
