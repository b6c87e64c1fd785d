"""Joining by a one-time code: who the desk knows may speak from a new account, with the role that the code carries."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid, Stale
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.ports import JoinCode, Randomness, UnitOfWork
from handlers.terms import ROLES

CODE_LIVES = timedelta(days=7)
HIDDEN = "••••••"
"""What is kept of a code that somebody typed: it is a secret, also a used one."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: codes are read aloud
_SHAPE = re.compile(r"[A-HJ-NP-Z2-9]{5}-?[A-HJ-NP-Z2-9]{5}", re.IGNORECASE)


def looks_like_code(text: str) -> bool:
    """Ten characters of the code alphabet with at least one digit, so that no name is taken for one."""
    return _SHAPE.fullmatch(text.strip()) is not None and any(c.isdigit() for c in text)


def code_hash(code: str) -> str:
    """Only this is stored. 50 random bits that live a week need no slow hash."""
    return hashlib.sha256(code.strip().upper().replace("-", "").encode()).hexdigest()


def invite(
    uow: UnitOfWork,
    randomness: Randomness,
    *,
    role: Role,
    unit: UnitId | None,
    name: str = "",
    person: PersonId | None = None,
    now: datetime,
) -> str:
    """A fresh code, `ABCDE-FGH23`. Raises Invalid(`role_needs_unit`) or (`role_has_no_unit`)."""
    if role.needs_unit and unit is None:
        raise Invalid("role_needs_unit", role=ROLES[role])
    if unit is not None and not role.needs_unit:
        raise Invalid("role_has_no_unit", role=ROLES[role])
    code = _new_code(randomness)
    uow.codes.add(
        JoinCode(code_hash=code_hash(code), role=role, unit=unit, name=name, person=person, expires_at=now + CODE_LIVES)
    )
    return code


def _new_code(randomness: Randomness) -> str:
    """Ten letters and digits, one digit at least (see looks_like_code)."""
    while True:
        seed = int.from_bytes(hashlib.sha256(randomness.token().encode()).digest())
        letters = "".join(_ALPHABET[seed >> (5 * place) & 31] for place in range(10))
        if any(c.isdigit() for c in letters):
            return f"{letters[:5]}-{letters[5:]}"


def join(turn: Turn, typed: str) -> None:
    """`/katil KOD`. A wrong, old or used code gets one and the same answer."""
    code = turn.uow.codes.get(code_hash(typed)) if typed.strip() else None
    if code is None or code.used_at is not None or code.expires_at < turn.now:
        raise Invalid("bad_code")
    guest = turn.person
    if code.person is not None:
        person = turn.uow.people.get(code.person)
        if person.gone:
            raise Invalid("bad_code")
        _grant(turn, person, code)
        _use(turn, typed, person)
        become(turn, person)
        return
    _grant(turn, guest, code)
    guest.name = guest.name or code.name
    if not guest.department and guest.role is not Role.REQUESTER:
        guest.department = "Bilgi İşlem"
    turn.uow.people.save(guest)
    _use(turn, typed, guest)
    _welcome(turn)


def _grant(turn: Turn, person: Person, code: JoinCode) -> None:
    """A code for a role gives it; one for plain staff only says who they are and takes nothing away."""
    if code.role is not Role.REQUESTER:
        person.role, person.unit = code.role, code.unit
    person.verified = True
    turn.uow.people.save(person)
    turn.uow.audit.log(turn.now, person.id, "joined", f"{code.role}:{code.unit or '-'}", turn.channel)


def _use(turn: Turn, typed: str, person: Person) -> None:
    try:
        turn.uow.codes.use(code_hash(typed), person.id, turn.now)
    except Stale as error:
        raise Invalid("bad_code") from error


def become(turn: Turn, person: Person) -> None:
    """This account turns out to be somebody the desk knows; a report begun before comes along."""
    guest = turn.person
    if guest.id != person.id:
        draft, expects = turn.dialog.draft, turn.dialog.expects
        turn.dialog.draft = turn.dialog.expects = None
        turn.move_to(person)
        turn.dialog.draft, turn.dialog.expects = draft, expects
        for account in turn.uow.people.accounts(guest.id):
            if account.channel == turn.channel:
                turn.uow.people.link(account, person.id, turn.here)
        turn.uow.sessions.move(guest.id, person.id)
        turn.conversation.person = person.id
        turn.uow.conversations.save(turn.conversation)
    person.verified = True
    turn.uow.people.save(person)
    _welcome(turn)


def _welcome(turn: Turn) -> None:
    turn.say(turn.here, "joined", person=turn.person)
