"""An admin's commands in chat: inviting somebody, and closing the rights of one who left."""

from __future__ import annotations

from typing import Any

from handlers.chat.turn import Turn
from handlers.devices import clearing
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, require
from handlers.messages import PostedMessage
from handlers.people import admins, join_codes, staff
from knowledge.language import comparison
from knowledge.language.folding import folded

_ROLE_WORDS: dict[str, Role] = {
    "personel": Role.REQUESTER,
    "teknisyen": Role.TECHNICIAN,
    "şef": Role.LEAD,
    "müdür": Role.DIRECTOR,
    "denetçi": Role.AUDITOR,
    "yönetici": Role.ADMIN,
}
_ROLES = {folded(word): role for word, role in _ROLE_WORDS.items()} | {role.value: role for role in Role}
"""In Turkish, and by the words of `masa invite`."""


def invite(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/davet teknisyen donanim Ad Soyad`: a one-time code, said only in private."""
    require(turn.person, Action.MANAGE_PEOPLE)
    parts = words.split()
    if not parts:
        raise Invalid("invite_whom", roles=list(_ROLE_WORDS))
    role = _ROLES.get(folded(parts[0]))
    if role is None:
        roles = [(word, word) for word in _ROLE_WORDS]
        near = comparison.nearest(parts[0][:40], roles, comparison.NAMES)
        raise Invalid("unknown_role", typed=parts[0], roles=list(_ROLE_WORDS), near=near)
    unit = _unit(turn, role, parts[1:])
    name = " ".join(parts[2 if unit else 1 :])
    code = staff.invite(turn, role=role, unit=unit, name=name)
    turn.say(
        turn.address,
        "invited",
        code=code,
        role=role,
        days=join_codes.CODE_LIVES.days,
        own_last=admins.last_moment_of(turn.person),
    )


def _unit(turn: Turn, role: Role, words: list[str]) -> str | None:
    """The first word, where it is a unit. One that nearly is would become a part of the name: it is asked about."""
    units = turn.desk.catalogue.units
    if not words or words[0] in units:
        return words[0] if words else None
    near = turn.desk.catalogue.units_like(words[0])
    if role.needs_unit and near:
        raise Invalid("unknown_unit", typed=words[0], units=list(units), near=near)
    return None


def _who(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.department))) or "adı bilinmiyor"


def left(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/ayrildi HESAP`: rights and sessions end with this transaction; their work goes back to the queue."""
    require(turn.person, Action.MANAGE_PEOPLE)
    typed = words.strip()
    if not typed:
        raise Invalid("who_left")
    person = turn.uow.people.by_handle(typed.lower().removeprefix("@"))
    if person is None:
        present = [somebody for somebody in turn.uow.people.everybody() if not somebody.gone]
        handles = [(somebody.id, name) for somebody in present for name in (somebody.handle, somebody.name) if name]
        meant = comparison.nearest(typed[:40], handles, comparison.NAMES)
        near = [f"{somebody.handle} ({_who(somebody)})" for somebody in map(turn.uow.people.get, meant)]
        raise Invalid("unknown_account", typed=typed[:40], near=near)
    count = staff.end_rights(turn, person)
    left_with: dict[str, Any] = clearing.about(clearing.of(turn, person))
    turn.say(turn.address, "person_left", **{**left_with, "who": person}, count=count)
