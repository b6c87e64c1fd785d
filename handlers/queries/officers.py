"""Ayarlar → Görevler: each office with who holds it, who answers for it today, and who held it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.domain.officers import Office, Officer, answerable
from handlers.domain.store_rights import StoreAction, may_in_stores
from handlers.people.officers import WITHDRAWN_WITHIN, today_of
from handlers.terms import OFFICES, acting_title


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    officer: Officer
    name: str
    in_place_of: str
    """Whose vekil it is; empty: it is theirs."""
    title: str
    """`Ambar sorumlusu`, `Ambar sorumlusu V.`"""
    left: bool
    """They are no longer there, and it was not ended."""
    fresh: bool
    """It can be taken back as a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLines:
    office: Office
    title: str
    today: Sequence[str]
    """To whom things go today: `Zeynep Arslan (Ambar sorumlusu V.)`."""
    standing: Sequence[OfficerLine]
    """Now and to come."""
    past: Sequence[OfficerLine]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersPage:
    changes: bool
    offices: Sequence[OfficeLines]


def look(acting: Acting) -> OfficersPage:
    today = today_of(acting)
    everybody = [one for one in acting.uow.officers.all() if one.withdrawn_at is None]
    lines = {one.id: _line(acting, one) for one in everybody}
    found = []
    for office in Office:
        own = [one for one in everybody if one.office is office]
        past = [one for one in own if one.ends is not None and one.ends < today]
        here = [one for one in own if not lines[one.id].left]
        on = {(one.person, one.in_place_of) for one in answerable(here, office, today)}
        of_today = [one for one in here if one.is_on(today) and (one.person, one.in_place_of) in on]
        found.append(
            OfficeLines(
                office=office,
                title=OFFICES[office],
                today=[f"{lines[one.id].name} ({lines[one.id].title})" for one in of_today],
                standing=[lines[one.id] for one in own if one not in past],
                past=[lines[one.id] for one in reversed(past)],
            )
        )
    return OfficersPage(changes=may_in_stores(acting.person, StoreAction.NAME_OFFICERS), offices=found)


def _line(acting: Acting, one: Officer) -> OfficerLine:
    person = acting.uow.people.get(one.person)
    whose = None if one.in_place_of is None else acting.uow.people.get(one.in_place_of)
    return OfficerLine(
        officer=one,
        name=person.name or person.handle,
        in_place_of="" if whose is None else whose.name or whose.handle,
        title=OFFICES[one.office] if whose is None else acting_title(OFFICES[one.office]),
        left=person.gone,
        fresh=acting.now - one.entered_at <= WITHDRAWN_WITHIN,
    )
