"""A desk behind the web page: the real store and the real folder of files, and a scripted desk that answers at once."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from bot.filestore.attachments import AttachmentFiles
from handlers.channel_port import NoSpace, Unavailable
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person, Role
from handlers.events import ButtonPressed, Event, MessageReceived
from handlers.messages import Button, Outgoing, Recorded
from handlers.people.access import private_address
from handlers.ports import Arrival, Attachment, Conversation, UnitOfWork
from storage import Store
from storage.maintenance.migrate import upgrade

T = TypeVar("T")
START = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
Script = Callable[[UnitOfWork, Event, Person], None]


class SetClock:
    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@cache
def _blank() -> Path:
    """An empty database with its tables, made once."""
    database = Path(mkdtemp(prefix="masa-web-")) / "blank.db"
    upgrade(f"sqlite:///{database}")
    atexit.register(shutil.rmtree, database.parent)
    return database


class ScriptedSite:
    """Implements handlers.channel_port.ChannelGateway. `accepted` holds every event that was new, in order."""

    def __init__(self, folder: Path, script: Script | None = None) -> None:
        database = folder / "masa.db"
        shutil.copy(_blank(), database)
        self.clock = SetClock()
        self.store = Store.open(f"sqlite:///{database}", clock=self.clock)
        self.folder = folder / "files"
        self._files = AttachmentFiles(self.folder)
        self.script = script or echo
        self.accepted: list[Event] = []
        self.broken = False
        """No commit gets through: as with a full disk."""
        self.full = False
        """The disk has less room than the database may need."""
        self.away = False
        """The database does not answer."""
        self.slow: threading.Event | None = None
        """Where one is given, handling waits for it."""
        self._watches: set[ListeningWatch] = set()
        self.store.on_commit(self._committed)

    def last_message(self) -> MessageReceived:
        event = self.accepted[-1]
        assert isinstance(event, MessageReceived)
        return event

    # --- ChannelGateway ---
    @property
    def files(self) -> AttachmentFiles:
        return self._files

    def now(self) -> datetime:
        return self.clock.now()

    def new_key(self, channel: str) -> str:
        return f"{channel}:{uuid.uuid4()}"

    async def accept(self, event: Event, attachments: Collection[Attachment] = ()) -> bool:
        if self.full:
            raise NoSpace("the disk is nearly full")
        if self.broken:
            raise OSError(28, "No space left on device")
        self._require_store()
        return await asyncio.to_thread(self.put, event, tuple(attachments))

    async def handled(self, key: str) -> None:
        if self.slow is not None:
            await asyncio.to_thread(self.slow.wait, 20)

    async def read(self, query: Callable[[UnitOfWork], T]) -> T:
        self._require_store()
        return await asyncio.to_thread(self.store.read, query)

    def _require_store(self) -> None:
        if self.away:
            raise Unavailable("OperationalError")

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self.store.submit(work))

    @asynccontextmanager
    async def watch(self, conversations: Collection[str]) -> AsyncIterator[ListeningWatch]:
        watch = ListeningWatch(frozenset(conversations))
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    # --- the scripted desk ---
    def put(self, event: Event, attachments: tuple[Attachment, ...] = ()) -> bool:
        arrival = Arrival(
            key=event.key,
            channel=event.channel,
            conversation=event.conversation,
            payload="{}",
            received_at=event.at,
        )

        def store(uow: UnitOfWork) -> bool:
            for attachment in attachments:
                uow.attachments.add(attachment)
            return uow.inbox.accept([arrival], now=self.now(), owner="test")[0]

        def handle(uow: UnitOfWork) -> None:
            uow.inbox.handled([event.key], self.now())
            person = uow.people.by_account(event.sender)
            assert person is not None, event.sender
            self.script(uow, event, person)

        if not self.store.write(store):
            return False
        self.accepted.append(event)
        self.store.write(handle)
        return True

    def say(self, conversation: str, text: str, *buttons: str, **more: object) -> None:
        """The desk says something; each button's action is its label."""
        message = Outgoing(
            conversation=conversation,
            text=text,
            buttons=tuple(Button(label, label) for label in buttons),
            **more,  # type: ignore[arg-type]
        )
        self.store.write(lambda uow: uow.messages.put(message))

    def write_as(self, person: Person, conversation: str, text: str, **more: object) -> None:
        message = Recorded(conversation=conversation, person=person.id, text=text, **more)  # type: ignore[arg-type]
        self.store.write(lambda uow: uow.messages.record(message))

    def close(self) -> None:
        self.store.close()

    def _committed(self, touched: frozenset[str]) -> None:
        for watch in tuple(self._watches):
            watch.wake(touched)

    @property
    def listeners(self) -> int:
        return len(self._watches)


class ListeningWatch:
    def __init__(self, conversations: frozenset[str]) -> None:
        self._conversations, self._changed = conversations, set[str]()
        self._bell, self._loop = asyncio.Event(), asyncio.get_running_loop()

    def wake(self, touched: frozenset[str]) -> None:
        if (changed := touched & self._conversations) and not self._loop.is_closed():
            self._changed |= changed
            self._loop.call_soon_threadsafe(self._bell.set)

    async def changed(self, timeout: float | None = None) -> frozenset[str]:
        try:
            async with asyncio.timeout(timeout):
                await self._bell.wait()
        except TimeoutError:
            return frozenset()
        self._bell.clear()
        changed, self._changed = frozenset(self._changed), set()
        return changed


def record(uow: UnitOfWork, event: MessageReceived, person: Person) -> None:
    uow.messages.record(
        Recorded(
            conversation=event.conversation,
            person=person.id,
            text=event.text,
            files=event.files,
            reply_to=int(event.reply_to) if event.reply_to else None,
            event_key=event.key,
        )
    )


def echo(uow: UnitOfWork, event: Event, person: Person) -> None:
    """Repeats what was written, with a button; a press takes the buttons away."""
    match event:
        case MessageReceived():
            record(uow, event, person)
            said = Outgoing(
                conversation=event.conversation,
                text=f"Duydum: {event.text}",
                buttons=(Button("Tamam", "ok"), Button("Olmadı", "no")),
                slot=f"echo:{event.key}",
            )
            uow.messages.put(said)
        case ButtonPressed():
            pressed = uow.messages.press(event.token)
            if pressed is not None and pressed.live and pressed.message.slot:
                uow.messages.put(
                    Outgoing(
                        conversation=event.conversation,
                        text=f"Seçtiniz: {pressed.label}",
                        slot=pressed.message.slot,
                        rings=False,
                    )
                )


PEOPLE = (
    ("ayse", "Ayşe Yılmaz", Role.REQUESTER, None, "Mali Hizmetler"),
    ("hasan", "Hasan Demir", Role.REQUESTER, None, "Zabıta"),
    ("mehmet", "Mehmet Kaya", Role.TECHNICIAN, "donanim", "Bilgi İşlem"),
    ("zeynep", "Zeynep Arslan", Role.TECHNICIAN, "donanim", "Bilgi İşlem"),
    ("ali", "Ali Çelik", Role.TECHNICIAN, "yazilim", "Bilgi İşlem"),
    ("fatma", "Fatma Şahin", Role.LEAD, "donanim", "Bilgi İşlem"),
    ("kemal", "Kemal Öztürk", Role.DIRECTOR, None, "Bilgi İşlem"),
    ("denetci", "Deniz Aydın", Role.AUDITOR, None, "Teftiş Kurulu"),
)


def settle_people(site: ScriptedSite) -> dict[str, Person]:
    """The demo people, with their private conversations, and a web room for each unit."""

    def work(uow: UnitOfWork) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for handle, name, role, unit, department in PEOPLE:
            person = uow.people.add(
                Person(
                    handle=handle,
                    name=name,
                    role=role,
                    unit=unit,
                    department=department,
                    verified=True,
                    notice_version=NOTICE.version,
                )
            )
            account = Account("web", handle)
            address = private_address(account)
            uow.conversations.ensure(Conversation(address=address, channel="web", person=person.id))
            uow.people.link(account, person.id, address)
            found[handle] = person
        for unit, title in (("donanim", "Donanım ve Teknik Destek"), ("yazilim", "Yazılım")):
            uow.conversations.ensure(
                Conversation(address=f"web:r:{unit}", channel="web", unit=unit, title=title, is_room=True)
            )
        return found

    return site.store.write(work)
