"""Invitations of the panel: what became of each, and whom a sheet of a müdürlük is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.people import join_codes
from handlers.people.page_people import MOST_CODES
from handlers.ports import JoinCode, PeopleWanted
from handlers.queries.people import spellings_of

ON_A_PAGE = 50
_MOST_ALIKE = 5


class CodeState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    """Who made it may invite no more."""


@dataclass(frozen=True, slots=True)
class Invited:
    code: JoinCode
    state: CodeState
    person: Person | None
    """Whom it was made for, or who used it."""


def made(acting: Acting, behind: tuple[datetime, str] | None) -> tuple[Sequence[Invited], Sequence[str]]:
    """The newest first; and the müdürlükler. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    found = [_invited(acting, one) for one in acting.uow.codes.made(behind, ON_A_PAGE)]
    return found, DepartmentNames.of(acting.uow).open


def _invited(acting: Acting, code: JoinCode) -> Invited:
    whom = code.used_by or code.person
    return Invited(code, _stands(acting, code), acting.uow.people.get(whom) if whom is not None else None)


def _stands(acting: Acting, code: JoinCode) -> CodeState:
    stands = state(code, acting.now)
    if stands is CodeState.OPEN and not join_codes.is_vouched_for(acting.uow, code):
        return CodeState.LAPSED
    return stands


def all_stand(acting: Acting, hashes: Sequence[str]) -> bool:
    """Whether each of them is kept and can still be used."""
    found = [acting.uow.codes.get(one) for one in hashes]
    return all(code is not None and _stands(acting, code) is CodeState.OPEN for code in found)


def state(code: JoinCode, now: datetime) -> CodeState:
    if code.used_at is not None:
        return CodeState.USED
    if code.revoked_at is not None:
        return CodeState.REVOKED
    return CodeState.EXPIRED if code.expires_at < now else CodeState.OPEN


def without_account(acting: Acting, department: str) -> Sequence[Person]:
    """Of that müdürlük, by name. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    wanted = PeopleWanted(departments=spellings_of(acting.uow, department), unlinked=True)
    return acting.uow.people.listed(wanted, None, MOST_CODES)


def alike(acting: Acting, name: str) -> Sequence[Person]:
    """Who may be meant by that name, the nearest first; nobody who left. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    return acting.uow.people.like(name, _MOST_ALIKE)
