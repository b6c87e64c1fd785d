"""Talks played on the real handlers within one transaction that is undone: the next one finds the same before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

from handlers.chat.dispatch import handle
from handlers.events import ButtonPressed, Event, MessageReceived
from handlers.messages import TimelineMessage
from handlers.ports import UnitOfWork
from storage.tables import button, message
from tests.handlers.tickets.table import Table

T = TypeVar("T")
Shown = tuple[int, str, str]
"""Id, kind and text of a message."""


class _Undone(Exception):
    def __init__(self, result: object) -> None:
        self.result = result


class Play:
    """One transaction on a table: everything that is said and pressed in it."""

    def __init__(self, table: Table, uow: UnitOfWork, who: str = "ayse") -> None:
        self._table = table
        self.uow = uow
        self.who = who

    def says(self, text: str, *, who: str = "", room: str = "") -> list[TimelineMessage]:
        """What the desk said or changed then, to whoever plays."""
        before = self.stands()
        self._happens(MessageReceived(text=text, **self._table._common(who or self.who, room)))
        return [m for m in self.shown() if (m.id, m.kind, m.text) not in before]

    def presses(self, action: str, *, who: str = "", room: str = "") -> bool:
        """The newest button that does that, or with an ellipsis begins so; False: there is none."""
        place = self._table.place(who or self.who, room)
        wanted = button.c.action.startswith(action[:-1]) if action.endswith("…") else button.c.action == action
        query = (
            select(button.c.token)
            .join(message, message.c.id == button.c.message)
            .where(message.c.conversation == place, button.c.live, wanted)
            .order_by(button.c.message.desc(), button.c.position)
        )
        token = self.uow.transaction.execute(query).scalar()  # type: ignore[attr-defined] # storage's
        if token is None:
            return False
        self._happens(ButtonPressed(token=token, **self._table._common(who or self.who, room)))
        return True

    def shown(self) -> list[TimelineMessage]:
        """What the desk says, as it stands."""
        place = self._table.place(self.who, "")
        return [m for m in self.uow.timeline.page(place, limit=500) if m.author is None]

    def stands(self) -> set[Shown]:
        return {(m.id, m.kind, m.text) for m in self.shown()}

    def _happens(self, event: Event) -> None:
        handle(self._table.desk, self.uow, event, self._table.understand)
        self.uow.flush()  # type: ignore[attr-defined] # storage's


def undone(table: Table, play: Callable[[Play], T], who: str = "ayse") -> T:
    """What the play gives back; of what it did nothing is left."""

    def work(uow: UnitOfWork) -> None:
        raise _Undone(play(Play(table, uow, who)))

    try:
        table.store.write(work)
    except _Undone as undoing:
        return undoing.result  # type: ignore[return-value] # what `play` gave
    raise AssertionError("the play was kept")
