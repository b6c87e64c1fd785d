"""What the desk keeps of a person (KVKK; the register itself is kept, bylaw 11/5)."""

from __future__ import annotations

from handlers.context import Acting


def erase(acting: Acting) -> int:
    """What they wrote in conversations and on ended tickets goes; open tickets keep their text until they end. How many
    texts there were."""
    person = acting.person.id
    count = acting.uow.messages.erase_written_by(person) + acting.uow.tickets.erase_written_by(person)
    acting.uow.audit.log(acting.now, person, "erased", str(count), acting.channel)
    return count
