"""Joining by a one-time code: who the desk knows may speak from a new account, with the role that the code carries."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.errors import Invalid, Stale
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.domain.rights import Action, may
from handlers.people import accounts, admins
from handlers.ports import JoinCode, Randomness, UnitOfWork
from handlers.terms import ROLES
from handlers.tickets import holders
from knowledge.language.folding import folded

CODE_LIVES = timedelta(days=7)
REFUSED = "code_refused"
"""What the audit calls a code that was wrong."""
AN_HOUR = timedelta(hours=1)
FREE_TRIES = 5
"""Wrong codes within an hour that may be mistyped. From then on each try has to wait."""
WAITS = (timedelta(minutes=5), timedelta(minutes=60))
"""After the last wrong one: of the first FREE_TRIES, and of twice as many."""
HIDDEN = "••••••"
"""What is kept of a code that somebody typed: it is a secret, also a used one."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: codes are read aloud
DEPARTMENT = "Bilgi İşlem"
"""In which those work who have a role."""
_SHAPE = re.compile(r"[A-HJ-NP-Z2-9]{5}[-\s]?[A-HJ-NP-Z2-9]{5}", re.IGNORECASE)
_ANYWHERE = re.compile(r"[A-HJ-NP-Z2-9]{5}[\W_]{0,3}[A-HJ-NP-Z2-9]{5}", re.IGNORECASE)
_BETWEEN = re.compile(r"[\W_]+")


def looks_like_code(text: str) -> bool:
    """Ten characters of the code alphabet with at least one digit, so that no name is taken for one."""
    return _SHAPE.fullmatch(text.strip()) is not None and any(c.isdigit() for c in text)


def may_join(text: str) -> bool:
    """Whether somebody may be another person, or have other rights, once this is handled. Rather too often."""
    return "katil" in folded(text) or any(_has_digit(found[0]) for found in _ANYWHERE.finditer(text))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def code_hash(code: str) -> str:
    """Only this is stored. 50 random bits that live a week need no slow hash. What stands between the letters is
    nothing: a dash of any kind, a blank, the full stop of a sentence."""
    return hashlib.sha256(_BETWEEN.sub("", code).upper().encode()).hexdigest()


def invite(
    uow: UnitOfWork,
    randomness: Randomness,
    *,
    role: Role,
    unit: UnitId | None,
    name: str = "",
    person: PersonId | None = None,
    made_by: PersonId | None = None,
    now: datetime,
) -> str:
    """A fresh code, `ABCDE-FGH23`. Raises Invalid(`role_needs_unit`) or (`role_has_no_unit`)."""
    require_role(role, unit)
    code = new_code(randomness)
    uow.codes.add(
        JoinCode(
            code_hash=code_hash(code),
            role=role,
            unit=unit,
            name=name,
            person=person,
            expires_at=now + CODE_LIVES,
            made_by=made_by,
            made_at=now if made_by is not None else None,
        )
    )
    return code


def is_vouched_for(uow: UnitOfWork, code: JoinCode) -> bool:
    """Whether who made it may still invite."""
    return code.made_by is None or may(uow.people.get(code.made_by), Action.MANAGE_PEOPLE)


def require_role(role: Role, unit: UnitId | None) -> None:
    """Raises Invalid(`role_needs_unit`) or (`role_has_no_unit`)."""
    if role.needs_unit and unit is None:
        raise Invalid("role_needs_unit", role=ROLES[role])
    if unit is not None and not role.needs_unit:
        raise Invalid("role_has_no_unit", role=ROLES[role])


def code_from(token: str) -> str | None:
    """The code that belongs to these random letters, always the same one; None: they give none, ask with others."""
    seed = int.from_bytes(hashlib.sha256(token.encode()).digest())
    letters = "".join(_ALPHABET[seed >> (5 * place) & 31] for place in range(10))
    return f"{letters[:5]}-{letters[5:]}" if _has_digit(letters) else None


def new_code(randomness: Randomness) -> str:
    """Ten letters and digits, one digit at least (see looks_like_code)."""
    while True:
        if (code := code_from(randomness.token())) is not None:
            return code


@dataclass(frozen=True, slots=True)
class Redeemed:
    person: Person
    """Who they turn out to be."""
    returned: int
    """How many tickets went back to the queue of the unit that they left with it."""


def redeem(acting: Acting, typed: str, conversation: str) -> Redeemed:
    """Whoever acts is themselves with what the code gives, or the person it was made for, to whom the account that
    speaks from `conversation` is handed over.

    Raises Invalid(`bad_code`): a wrong, an old and a used code get one and the same answer. Invalid(`codes_wait`) after
    too many of them, without a look at this one. Both leave a trace in the audit. Invalid(`code_of_oneself`,
    `code_role_kept`, `last_admin`) where it would take something from whoever acts, or give it for longer.
    """
    _require_patience(acting)
    try:
        return _redeemed(acting, typed, conversation)
    except Invalid as refused:
        if refused.reason == "bad_code":
            acting.uow.audit.log(acting.now, acting.person.id, REFUSED, acting.person.handle, acting.channel)
        raise


def refused_lately(uow: UnitOfWork, now: datetime) -> int:
    """Wrong codes of everybody within an hour: somebody may be guessing."""
    return len(uow.audit.times(REFUSED, now - AN_HOUR))


def _require_patience(acting: Acting) -> None:
    wrong = acting.uow.audit.times(REFUSED, acting.now - AN_HOUR, acting.person.id)
    if len(wrong) < FREE_TRIES:
        return
    until = wrong[-1] + WAITS[len(wrong) >= 2 * FREE_TRIES]
    if until > acting.now:
        raise Invalid("codes_wait", minutes=-(-(until - acting.now) // timedelta(minutes=1)))


def _redeemed(acting: Acting, typed: str, conversation: str) -> Redeemed:
    code = acting.uow.codes.get(code_hash(typed)) if typed.strip() else None
    if code is None or code.used_at is not None or code.revoked_at is not None or code.expires_at < acting.now:
        raise Invalid("bad_code")
    person = acting.person if code.person is None else acting.uow.people.get(code.person)
    if person.gone or not is_vouched_for(acting.uow, code):
        raise Invalid("bad_code")
    _require_nothing_lost(acting, person, code)
    _use(acting, typed, person)
    if code.person is None:
        person.name = person.name or code.name
        if not person.department and code.role is not Role.REQUESTER:
            person.department = DepartmentNames.of(acting.uow).settled(DEPARTMENT)
    else:
        accounts.hand_over(acting, person, conversation, vouched=False)
    return Redeemed(person, _grant(acting, person, code))


def _require_nothing_lost(acting: Acting, person: Person, code: JoinCode) -> None:
    """A code is for who has less: nobody ends or lengthens their own role with one. Of the same rank it leads to
    other work."""
    if code.person is not None:
        accounts.require_may_become(acting.uow, acting.person, person, vouched=False)
    if code.role is Role.REQUESTER:
        return
    if code.made_by == person.id:
        raise Invalid("code_of_oneself")
    own = max(person.role.rank, person.then_role.rank if person.then_role is not None else 0)
    if code.role.rank < own or (code.role.rank == own and person.role_until is not None):
        raise Invalid("code_role_kept")


def _grant(acting: Acting, person: Person, code: JoinCode) -> int:
    """A code for a role gives it (for no longer than its maker has theirs), and with another unit other work; one for
    plain staff only says who they are and takes nothing away. How many tickets they held where they do not work any
    more."""
    if code.role is not Role.REQUESTER:
        maker = acting.uow.people.get(code.made_by) if code.made_by is not None else None
        person.be(code.role, code.unit, admins.limit_of(maker) if maker is not None else None)
    person.verified = True
    acting.uow.people.save(person)
    acting.uow.audit.log(acting.now, person.id, "joined", f"{code.role}:{code.unit or '-'}", acting.channel)
    return holders.hand_back(acting, person, "holder_moved")


def _use(acting: Acting, typed: str, person: Person) -> None:
    try:
        acting.uow.codes.use(code_hash(typed), person.id, acting.now)
    except Stale as error:
        raise Invalid("bad_code") from error
