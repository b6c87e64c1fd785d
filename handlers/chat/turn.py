"""One event of somebody's in a conversation: the context of everything in this folder."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handlers.context import Acting, Effect
from handlers.domain.dialog import Dialog, Draft
from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Entry, Ticket
from handlers.people import access
from handlers.ports import Conversation
from knowledge import Reading


@dataclass(slots=True, kw_only=True)
class Turn(Acting):
    """Somebody's turn: one event of theirs, and where they spoke."""

    conversation: Conversation
    understand: Callable[[str], Reading]
    """What was read before the transaction comes back at once; another text is read here and now."""
    files: tuple[str, ...] = ()
    """What came with a message."""
    _dialog: Dialog | None = field(default=None, init=False)
    _before: Dialog | None = field(default=None, init=False)

    @property
    def address(self) -> str:
        return self.conversation.address

    @property
    def in_room(self) -> bool:
        return self.conversation.is_room

    @property
    def dialog(self) -> Dialog:
        """Where this person's talk stands here; saved at the end of the turn if it moved."""
        if self._dialog is None:
            self._dialog = self.uow.dialogs.get(self.address, self.person.id)
            self._before = copy.deepcopy(self._dialog)
        return self._dialog

    def refuse(self, refusal: Invalid) -> None:
        """Say why what was given cannot be used."""
        data: dict[str, Any] = dict(refusal.data)
        self.say(self.address, f"errors/{refusal.reason}", **data)

    def receipt(
        self, kept: Entry | Draft | Effect | None, template: str, /, *, rings: bool = False, **data: Any
    ) -> None:
        """Say here that something was added, passed on or done: only of what a use case says it did.

        Raises ValueError where it did nothing: a receipt for what is not stored is the one thing that is never said.
        """
        if kept is None or kept is Effect.NONE:
            raise ValueError(f"{template} is a receipt, and nothing was kept")
        self.say(self.address, template, rings=rings, **data)

    def speak_of(self, ticket: Ticket) -> None:
        """In private from here on, where those who read along here may not know what the ticket is about and this
        person may."""
        if not self.readers(self.address).may_read(ticket) and may(self.person, Action.READ, ticket):
            self.go_private()

    def go_private(self) -> None:
        """What follows is for this person alone: out of a room, which gets one line."""
        if not self.in_room:
            return
        self.finish()
        place = access.private_place(self.uow, self.person, self.channel)
        first = place.active_at is None
        self.say(self.address, "sent_in_private", person=self.person, first=first, rings=False)
        self.conversation, self._dialog, self._before = place, None, None

    def finish(self) -> None:
        if self._dialog is not None and self._dialog != self._before:
            self._dialog.changed_at = self.now
            self.uow.dialogs.save(self._dialog)

    def move_to(self, person: Person) -> None:
        """From here on the turn is this person's (an account was joined to them)."""
        self.finish()
        self.person, self._dialog, self._before = person, None, None
