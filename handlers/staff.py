"""An admin's commands in chat: inviting somebody, and closing the rights of one who left."""

from __future__ import annotations

from handlers import joining
from handlers.desk import Turn
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import Role
from handlers.domain.rights import Action, require
from handlers.messages import Standing


def invite(turn: Turn, words: str, _answered: Standing | None) -> None:
    """`/davet technician donanim Ad Soyad`: a one-time code, said only in private."""
    require(turn.person, Action.MANAGE_PEOPLE)
    if turn.in_room:
        raise Invalid("private_only")
    parts = words.split()
    try:
        role = Role(parts[0]) if parts else None
    except ValueError:
        role = None
    if role is None:
        raise Invalid("unknown_role", typed=parts[0] if parts else "", roles=[r.value for r in Role])
    unit = parts[1] if len(parts) > 1 and parts[1] in turn.desk.catalogue.units else None
    name = " ".join(parts[2 if unit else 1 :])
    code = joining.invite(turn.uow, turn.desk.randomness, role=role, unit=unit, name=name, now=turn.now)
    turn.uow.audit.log(turn.now, turn.person.id, "invited", f"{role}:{unit or '-'}", turn.channel)
    turn.say(turn.here, "invited", code=code, role=role, days=joining.CODE_LIVES.days)


def left(turn: Turn, words: str, _answered: Standing | None) -> None:
    """`/ayrildi HESAP`: rights and sessions end with this transaction; their work goes back to the queue."""
    require(turn.person, Action.MANAGE_PEOPLE)
    person = turn.uow.people.by_handle(words.strip().lower())
    if person is None:
        raise NotFound("person", words)
    if person.id == turn.person.id:
        raise Invalid("not_yourself")
    held = turn.uow.tickets.held_by(person.id)
    person.leave(turn.now)
    turn.uow.people.save(person)
    turn.uow.sessions.end(person.id, turn.now)
    for ticket in held:
        ticket.release(by=turn.person.id, at=turn.now, channel=turn.channel, reason="holder_left")
        turn.uow.tickets.save(ticket)
    turn.uow.audit.log(turn.now, turn.person.id, "left", person.handle, turn.channel)
    turn.say(turn.here, "person_left", who=person, count=len(held))
