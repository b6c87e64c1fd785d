"""The desk on a table: real handlers on a real store, one event after the other, without processes or waiting."""

from __future__ import annotations

import itertools
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handlers import schedule
from handlers.chat.dispatch import handle
from handlers.context import UseCaseContext
from handlers.domain.people import Account
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import WorkingTime
from handlers.events import ButtonPressed, Event, MessageEdited, MessageReceived
from handlers.messages import CARD, TimelineMessage
from handlers.people.access import private_address, room_address
from handlers.ports import Arrival, UnitOfWork
from handlers.tickets import recounting, time_warnings
from storage import Store
from storage.maintenance.verify import verify
from storage.tables import button, message
from tests.clock import FakeClock
from tests.scenarios.stage import counting, empty_database, shared_desk

CHANNEL = "terminal"


class TableDesk:
    def __init__(self, folder: Path) -> None:
        (folder / "masa.db").write_bytes(empty_database())
        self.clock = FakeClock()
        self.desk = shared_desk()
        self.understand = lru_cache(maxsize=1000)(self.desk.knowledge.read)
        """As a desk does, which reads a message once and asks what it read from several places."""
        self.store = Store.open(f"sqlite:///{folder / 'masa.db'}", clock=self.clock)
        self._keys = map(str, itertools.count(1))

    def close(self) -> None:
        self.store.close()

    # --- what people do ---
    def says(self, who: str, text: str, *, room: str = "", reply_to: int | None = None) -> str:
        """The key of the event."""
        event = MessageReceived(text=text, reply_to=str(reply_to) if reply_to else None, **self._common(who, room))
        self._happens(event)
        return event.key

    def edits(self, who: str, ref: int, text: str) -> None:
        self._happens(MessageEdited(native_ref=str(ref), text=text, **self._common(who, "")))

    def presses(self, who: str, action: str, *, room: str = "") -> bool:
        """The newest button that stands there and does that; False: there is none."""
        token = self.button(self.place(who, room), action)
        if token is None:
            return False
        self.press_token(who, token, room=room)
        return True

    def press_token(self, who: str, token: str, *, room: str = "", twice: bool = False) -> None:
        """`twice`: the same event comes again, as a platform that heard no answer sends it."""
        event = ButtonPressed(token=token, **self._common(who, room))
        self._happens(event)
        if twice:
            self._happens(event)

    def later(self, by: timedelta) -> None:
        """So much later the clock's jobs run."""
        now = self.clock.advance(by)
        self.store.write(lambda uow: schedule.tick(UseCaseContext(desk=self.desk, uow=uow, now=now)))
        self.store.write(lambda uow: recounting.count_outdated(UseCaseContext(desk=self.desk, uow=uow, now=now)))
        self.store.write(lambda uow: time_warnings.warn(UseCaseContext(desk=self.desk, uow=uow, now=now)))

    # --- what stands there ---
    def working_time(self) -> WorkingTime:
        return self.store.read(lambda uow: self.desk.time_rules(uow).working_time())

    def place(self, who: str, room: str) -> str:
        return room_address(CHANNEL, room) if room else private_address(Account(CHANNEL, who))

    def shown(self, place: str) -> list[TimelineMessage]:
        return list(self.store.read(lambda uow: uow.timeline.page(place, limit=500)))

    def button(self, place: str, action: str) -> str | None:
        """`claim:3`, or with an ellipsis the beginning: `done_with:3:…`."""
        wanted = button.c.action.startswith(action[:-1]) if action.endswith("…") else button.c.action == action
        query = (
            select(button.c.token)
            .join(message, message.c.id == button.c.message)
            .where(message.c.conversation == place, button.c.live, wanted)
            .order_by(button.c.message.desc(), button.c.position)
        )
        return self.store.read(lambda uow: uow.transaction.execute(query).scalar())  # type: ignore[attr-defined] # storage's

    def card_labels(self, ticket: int, unit: str) -> list[str]:
        """Of the card in the unit's room."""
        query = (
            select(button.c.label)
            .join(message, message.c.id == button.c.message)
            .where(message.c.slot == f"{CARD}{ticket}", message.c.conversation == self.place("", unit), button.c.live)
            .order_by(button.c.position)
        )
        return list(self.store.read(lambda uow: uow.transaction.execute(query).scalars()))  # type: ignore[attr-defined] # the same

    def tickets(self) -> list[Ticket]:
        """By number."""
        return sorted(self.store.read(lambda uow: list(uow.summaries.list(limit=1000))), key=lambda t: t.number)

    def person(self, handle: str) -> int:
        found = self.store.read(lambda uow: uow.people.by_handle(handle))
        assert found is not None
        return found.id

    def holder(self, ticket: int) -> str | None:
        """Their handle."""

        def look(uow: UnitOfWork) -> str | None:
            holder = uow.tickets.get(ticket).holder
            return uow.people.get(holder).handle if holder is not None else None

        return self.store.read(look)

    def wrong(self) -> list[str]:
        return [str(breach) for breach in verify(self.store, now=self.clock.now(), counting=counting())]

    # --- inside ---
    def _common(self, who: str, room: str) -> dict[str, Any]:
        return {
            "key": f"{CHANNEL}:{next(self._keys)}",
            "at": self.clock.advance(seconds=1),
            "sender": Account(CHANNEL, who),
            "conversation": self.place(who, room),
            "in_room": bool(room),
        }

    def _happens(self, event: Event) -> None:
        now = self.clock.now()
        arrival = Arrival(
            key=event.key, channel=CHANNEL, conversation=event.conversation, payload="{}", received_at=now
        )
        if not self.store.write(lambda uow: uow.inbox.accept([arrival], now=now, owner=None))[0]:
            return

        def work(uow: UnitOfWork) -> None:
            uow.inbox.handled([event.key], now)
            handle(self.desk, uow, event, self.understand)

        self.store.write(work)
