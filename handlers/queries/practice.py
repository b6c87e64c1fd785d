"""Hazır yanıtlar, kontrol listeleri and sistemler as pages show them, with who may change them applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist
from handlers.domain.outages import Outage
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, may
from handlers.domain.systems import System, SystemState
from handlers.tickets import checklists, systems


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReplies:
    unit: UnitId
    keeps: bool
    """Whether whoever looks may change them."""
    replies: Sequence[CannedReply]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLists:
    unit: UnitId
    keeps: bool
    lists: Sequence[Checklist]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemsPage:
    keeps: bool
    states: Sequence[tuple[System, SystemState, Sequence[Outage]]]
    dropped: Sequence[System]


def replies(acting: Acting) -> Sequence[UnitReplies]:
    """Of the own unit; who works in none reads those of all."""
    keeps = may(acting.person, Action.KEEP_CANNED_REPLIES)
    return [
        UnitReplies(
            unit=unit, keeps=keeps and unit == acting.person.unit, replies=acting.uow.canned_replies.of_unit(unit)
        )
        for unit in _units(acting)
    ]


def lists(acting: Acting) -> Sequence[UnitLists]:
    """The same of kontrol listeleri."""
    keeps = may(acting.person, Action.KEEP_CHECKLISTS)
    return [
        UnitLists(unit=unit, keeps=keeps and unit == acting.person.unit, lists=checklists.of_unit(acting, unit))
        for unit in _units(acting)
    ]


def systems_of_the_house(acting: Acting) -> SystemsPage:
    """Those that it has, and those that it took off the list."""
    return SystemsPage(
        keeps=may(acting.person, Action.KEEP_SYSTEMS),
        states=systems.states(acting),
        dropped=[one for one in acting.uow.systems.changed() if one.dropped],
    )


def _units(acting: Acting) -> Sequence[UnitId]:
    return acting.desk.units if acting.person.unit is None else [acting.person.unit]
