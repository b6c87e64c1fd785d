"""A desk on a table that can be asked with and without a chat, and a picture of everything on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.filestore.articles import ArticleFiles
from handlers.context import Acting
from handlers.domain.states import TicketEvent
from handlers.domain.ticket import Ticket
from handlers.messages import TimelineMessage, plain
from handlers.ports import UnitOfWork
from tests.faults.table_desk import TableDesk

ELSEWHERE = "api"
"""A channel that has no conversations."""
PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"


class Table(TableDesk):
    """A desk with drafts of articles of its own, and short words for what the plays do."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        super().__init__(folder)
        self.desk = replace(self.desk, article_drafts=ArticleFiles(folder / "articles"))

    # --- in chat ---
    def shows(self, who: str, ticket: int = 1) -> None:
        """The ticket with its card, in private."""
        self.says(who, f"/durum {ticket}")

    def press(self, who: str, *actions: str, room: str = "") -> None:
        for action in actions:
            assert self.presses(who, action, room=room), f"{who} has no button for {action}"

    def replies(self, who: str, text: str, *, to: str) -> None:
        """To the newest message of that kind that stands in private."""
        shown = [message for message in self.shown(self.place(who, "")) if message.kind == to]
        self.says(who, text, reply_to=shown[-1].id)

    def answer(self, who: str) -> str:
        """What the desk said last, in private."""
        return plain(self.shown(self.place(who, ""))[-1].text)

    # --- the beginning ---
    def opened(self, *reporters: str) -> None:
        for who in reporters or ("ayse",):
            self.says(who, PRINTER)
            self.press(who, "open:…")
            while self.presses(who, "skip_fact:…"):
                pass

    def claimed(self, *reporters: str) -> None:
        """The last of them."""
        self.opened(*reporters)
        self.press("mehmet", f"claim:{len(self.tickets())}", room="donanim")

    def waiting(self) -> None:
        self.claimed()
        self.press("mehmet", "menu:1:wait", "wait_for:1:waiting_vendor", "prompt_skip:1", room="donanim")

    def asked(self) -> None:
        self.claimed()
        self.press("mehmet", "ask:1", room="donanim")
        self.says("mehmet", "Işığı yanıyor mu?", room="donanim")

    def resolved(self, *reporters: str) -> None:
        self.claimed(*reporters)
        ticket = len(self.tickets())
        self.press("mehmet", f"done:{ticket}", room="donanim")
        self.says("mehmet", "drum değişti", room="donanim")

    def closed(self, *reporters: str) -> None:
        self.resolved(*reporters)
        self.press((reporters or ("ayse",))[-1], f"confirm:{len(self.tickets())}")

    def outage(self) -> None:
        self.claimed()
        self.press("mehmet", "menu:1:more", "outage:1", room="donanim")

    def drafted(self) -> None:
        self.resolved()
        self.says("mehmet", "/makale 1")

    # --- without a chat ---
    def acts(self, who: str, do: Callable[[Acting], Any]) -> Any:
        def in_one_transaction(uow: UnitOfWork) -> Any:
            person = uow.people.by_handle(who)
            assert person is not None
            acting = Acting(
                desk=self.desk,
                uow=uow,
                now=self.clock.now(),
                person=person,
                channel=ELSEWHERE,
                event_key=f"{ELSEWHERE}:1",
            )
            return do(acting)

        return self.store.write(in_one_transaction)

    # --- what there is ---
    def histories(self) -> dict[str, list[TicketEvent]]:
        """By number."""

        def look(uow: UnitOfWork) -> dict[str, list[TicketEvent]]:
            return {t.number: list(uow.tickets.history(t.id)) for t in uow.summaries.list(limit=100)}

        return self.store.read(look)

    def picture(self, own: str) -> dict[str, object]:
        """All but when it happened, through which channel, and what stands in that conversation."""
        return {
            "histories": {
                n: [(e.what, e.who, e.before, e.after, e.reason) for e in h] for n, h in self.histories().items()
            },
            "tickets": [_ticket(ticket) for ticket in self.tickets()],
            "messages": {place: [_message(m) for m in self.shown(place)] for place in self._places() if place != own},
            **self.store.read(lambda uow: _records(uow, own)),
        }

    def _places(self) -> list[str]:
        def look(uow: UnitOfWork) -> list[str]:
            rooms = [room.address for room in uow.conversations.rooms()]
            people = uow.people.everybody()
            return rooms + [p.address for person in people for p in uow.conversations.private_of(person.id)]

        return self.store.read(look)


_WHEN = {"opened_at", "changed_at", "resolved_at", "ended_at", "reminded_at"}
_OF_THE_CHAT = {"draft", "version", "fresh_events"}


def _event(event: TicketEvent) -> tuple[object, ...]:
    return event.what, event.who, event.before, event.after, event.reason


def _ticket(ticket: Ticket) -> dict[str, object]:
    names = [name for of in type(ticket).__mro__ for name in getattr(of, "__slots__", ())]
    return {name: getattr(ticket, name) for name in names if name not in _WHEN | _OF_THE_CHAT}


def _message(message: TimelineMessage) -> tuple[object, ...]:
    labels = [button.label for button in message.buttons]
    return message.kind, message.author, plain(message.text), labels, len(message.files), message.rings, message.ticket


def _records(uow: UnitOfWork, own: str) -> dict[str, object]:
    tickets = uow.summaries.list(limit=100)
    return {
        "entries": [(t.number, e.kind, e.author, e.text, e.files) for t in tickets for e in uow.tickets.entries(t.id)],
        "people": [(p.handle, p.name, p.role, p.unit, p.gone) for p in uow.people.everybody()],
        "rooms": [(room.address, room.unit, room.title) for room in uow.conversations.rooms()],
        "examples": list(uow.feedback.since(None)),
        "audit": [(who, what, about) for _, who, what, about, _ in uow.audit.recent()],
        "expected": [uow.dialogs.get(t.conversation, t.reporter).expects for t in tickets if t.conversation != own],
    }
