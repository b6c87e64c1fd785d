"""A desk small enough to read: people, conversations and messages in memory; `answer` says what an event leads to."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

from bot.channels.terminal.json_script import Script
from bot.channels.terminal.session import TerminalSession
from bot.channels.terminal.stdin_lines import Lines
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.events import ButtonPressed, Event, MessageReceived
from handlers.messages import TimelineButton, TimelineFile, TimelineMessage
from handlers.ports import Attachment, Conversation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIMIT = 1000


@dataclass
class FakeDesk:
    """Reception and unit of work in one; one transaction at a time, nothing ever fails half-way."""

    answer: Callable[[FakeDesk, Event], None] = lambda desk, event: None
    persons: dict[PersonId, Person] = field(default_factory=dict)
    links: dict[Account, PersonId] = field(default_factory=dict)
    places: dict[str, Conversation] = field(default_factory=dict)
    timelines: dict[str, list[TimelineMessage]] = field(default_factory=dict)
    cursors: dict[tuple[str, PersonId], int] = field(default_factory=dict)
    waiting: dict[str, Event] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    kept: list[Attachment] = field(default_factory=list)
    paused: bool = False
    """Nobody works: events only pile up."""
    _keys: int = 0
    _watchers: list[tuple[frozenset[str], asyncio.Event, set[str]]] = field(default_factory=list)

    # --- setting the scene ---
    def person(self, handle: str, name: str = "", role: Role = Role.REQUESTER, unit: str | None = None) -> Person:
        person = Person(handle=handle, name=name, role=role, unit=unit, id=PersonId(len(self.persons) + 1))
        self.persons[person.id] = person
        return person

    def room(self, unit: str) -> str:
        address = f"terminal:r:{unit}"
        self.places[address] = Conversation(address=address, channel="terminal", unit=unit, is_room=True)
        return address

    def says(
        self,
        address: str,
        text: str,
        *,
        buttons: Sequence[str] = (),
        author: Person | None = None,
        files: Sequence[str] = (),
        edits: int | None = None,
        deleted: bool = False,
    ) -> int:
        """Message ids count over all conversations; tokens are `<id>-<label>`."""
        rows = self.timelines.setdefault(address, [])
        seq = max((row.seq for row in rows), default=0) + 1
        own = edits or sum(map(len, self.timelines.values())) + 1
        message = TimelineMessage(
            id=own,
            seq=seq,
            first_seq=seq,
            conversation=address,
            author=author.id if author else None,
            author_name=author.name if author else "",
            text=text,
            buttons=tuple(TimelineButton(label=label, token=f"{own}-{label}") for label in buttons),
            files=tuple(TimelineFile(id=name, name=name, media_type="image/png", size=1) for name in files),
            at=NOW.isoformat(),
            deleted=deleted,
        )
        if edits is None:
            rows.append(message)
        else:
            place = next(at for at, row in enumerate(rows) if row.id == edits)
            rows[place] = replace(message, first_seq=rows[place].first_seq)
        for watched, changed, which in self._watchers:
            if address in watched:
                which.add(address)
                changed.set()
        return own

    def work(self) -> None:
        """Handle everything that waits, as `handlers.chat.dispatch` would: record what was said, then answer."""
        for key, event in list(self.waiting.items()):
            author = self.by_account(event.sender)
            if author is None:
                author = self.person(event.sender_name)
                self.links[event.sender] = author.id
            self.ensure(Conversation(address=event.conversation, channel=event.channel, person=author.id))
            if isinstance(event, MessageReceived):
                self.says(event.conversation, event.text, author=author, files=event.files)
            self.answer(self, event)
            del self.waiting[key]

    # --- Reception ---
    @property
    def files(self) -> FakeDesk:
        return self

    def keep(self, source: BinaryIO, name: str, **about: Any) -> Attachment:
        size = len(source.read())
        if size > LIMIT:
            raise Invalid("file_too_large", size_mb=size)
        file = Attachment(id=name, name=name, media_type="image/png", size=size, sha256="", **about)
        self.kept.append(file)
        return file

    def require_space(self, size: int) -> None:
        """There is room."""

    def path(self, file: str) -> Path:
        return Path(file)

    def now(self) -> datetime:
        return NOW

    def new_key(self, channel: str) -> str:
        self._keys += 1
        return f"{channel}:{self._keys}"

    async def accept(self, event: Event, attachments: Collection[Attachment] = ()) -> bool:
        assert {file.id for file in attachments} == set(getattr(event, "files", ()))
        self.waiting[event.key] = event
        self.events.append(event)
        return True

    async def handled(self, key: str) -> None:
        while key in self.waiting:
            if not self.paused:
                self.work()
            await asyncio.sleep(0)

    async def read(self, query: Callable[[Any], Any]) -> Any:
        return query(self._uow)

    async def write(self, work: Callable[[Any], Any]) -> Any:
        return work(self._uow)

    @asynccontextmanager
    async def watch(self, conversations: Collection[str]) -> AsyncIterator[Any]:
        changed, which = asyncio.Event(), set[str]()

        async def wait(timeout: float | None = None) -> frozenset[str]:
            await changed.wait()
            found = frozenset(which)
            which.clear()
            changed.clear()
            return found

        self._watchers.append((frozenset(conversations), changed, which))
        yield SimpleNamespace(changed=wait)
        self._watchers.pop()

    # --- unit of work ---
    @property
    def _uow(self) -> Any:
        return SimpleNamespace(people=self, conversations=SimpleNamespace(get=self.places.get, ensure=self.ensure),
                               timeline=self, inbox=self)  # fmt: skip

    def get(self, person: PersonId) -> Person:
        return self.persons[person]

    def by_account(self, account: Account) -> Person | None:
        return self.persons.get(self.links.get(account, PersonId(0)))

    def by_handle(self, handle: str) -> Person | None:
        return next((person for person in self.persons.values() if person.handle == handle), None)

    def link(self, account: Account, person: PersonId, conversation: str) -> None:
        self.links[account] = person

    def ensure(self, conversation: Conversation) -> Conversation:
        return self.places.setdefault(conversation.address, conversation)

    def since(self, conversation: str, seq: int, limit: int = 200) -> Sequence[TimelineMessage]:
        rows = sorted(self.timelines.get(conversation, []), key=lambda row: row.seq)
        return [row for row in rows if row.seq > seq][:limit]

    def page(self, conversation: str, before: int | None = None, limit: int = 50) -> Sequence[TimelineMessage]:
        return self.timelines.get(conversation, [])[-limit:]

    def seen(self, conversation: str, person: PersonId) -> int:
        return self.cursors.get((conversation, person), 0)

    def mark_seen(self, conversation: str, person: PersonId, seq: int) -> None:
        self.cursors[conversation, person] = max(seq, self.seen(conversation, person))

    def waiting_in(self, conversation: str) -> Sequence[str]:
        return [key for key, event in self.waiting.items() if event.conversation == conversation]


@dataclass
class Played:
    """What a scripted session printed."""

    out: list[dict[str, Any]]
    err: list[str]
    raw: str

    @property
    def texts(self) -> list[str]:
        return [line["text"] for line in self.out]


async def play(desk: FakeDesk, handle: str, *lines: Any, unit: str | None = None) -> Played:
    """One session; a line may be a dict, text or bytes."""
    stdin = b"".join(
        (line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()) + b"\n"
        for line in lines
    )
    out, err = io.StringIO(), io.StringIO()
    session = await TerminalSession.take(desk, handle, unit)
    await Script(desk, session, Lines(io.BytesIO(stdin).read), out, err).run()
    printed = out.getvalue()
    return Played([json.loads(line) for line in printed.splitlines()], err.getvalue().splitlines(), printed)


def echo(desk: FakeDesk, event: Event) -> None:
    """Repeats what was said, with a button; a press settles the message of its button."""
    if isinstance(event, MessageReceived):
        desk.says(event.conversation, f"Duydum: {event.text}", buttons=["Tamam"])
    elif isinstance(event, ButtonPressed):
        desk.says(event.conversation, "Basıldı", edits=int(event.token.partition("-")[0]))
