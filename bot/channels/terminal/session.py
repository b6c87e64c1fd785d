"""One person's place in one conversation of the terminal: what they have not seen yet, and what they do."""

from __future__ import annotations

import asyncio
import getpass
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.channels.terminal.inbound import ButtonPress, Say
from handlers.channel_port import ChannelGateway, leaves_nothing
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, PersonId
from handlers.events import ButtonPressed, MessageReceived, RefusedFile
from handlers.messages import TimelineMessage
from handlers.people.access import may_enter, private_address, room_address
from handlers.people.accounts import is_linked, link
from handlers.ports import Attachment, Conversation, UnitOfWork
from knowledge.language.folding import folded

CHANNEL = "terminal"
MISSING = "file_missing"
_HANDLE = re.compile(r"[\w.-]{1,40}")
_PAGE = 200


class AccessDenied(Exception):
    """This person may not sit there (or no more); the message says why, in English."""


class FileRefused(Exception):
    """The file was not taken. `reason`: `file_missing`, or as `Files.keep` has them, with its `data`."""

    def __init__(self, path: Path, reason: str, detail: str, data: Mapping[str, str | int] | None = None) -> None:
        super().__init__(f"{path}: {detail}")
        self.path, self.reason, self.data = path, reason, data or {}


@dataclass(frozen=True, slots=True)
class Sent:
    """`key` tells when it is handled. `refused`: why the file that stood beside the words was not sent with them."""

    key: str
    refused: FileRefused | None = None


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as this person sees it now. `again`: it is shown in place of what they saw of it before."""

    message: TimelineMessage
    author: str
    """Empty: the desk."""
    again: bool
    mine: bool = False


class TerminalSession:
    def __init__(self, gateway: ChannelGateway, account: Account, address: str, *, in_room: bool) -> None:
        self.account, self.address, self.in_room = account, address, in_room
        self.person: Person | None = None
        """None until the desk has met them: their first message makes them somebody."""
        self.conversation: Conversation | None = None
        self._gateway = gateway
        self._cursor = 0
        self._marked: PersonId | None = None

    @classmethod
    async def take(cls, gateway: ChannelGateway, handle: str, unit: str | None = None) -> TerminalSession:
        """Whoever has the shell is trusted to be who they say. Raises AccessDenied."""
        name = folded(handle.strip())
        if not _HANDLE.fullmatch(name):
            raise AccessDenied(f"{handle!r} is no handle; expected letters, digits, '.', '_' or '-', at most 40")
        account = Account(CHANNEL, name)
        private = private_address(account)
        if not await gateway.read(lambda uow: is_linked(uow, account, name)):
            await gateway.write(lambda uow: link(uow, account, name, private))
        address = room_address(CHANNEL, unit) if unit else private
        session = cls(gateway, account, address, in_room=unit is not None)
        await gateway.read(session._look)
        if session.in_room:
            session._require_room()
        await gateway.read(session._find_place)
        return session

    # --- seeing -----------------------------------------------------------------------------------
    async def unseen(self) -> tuple[Sequence[SeenMessage], int]:
        """What others wrote or changed since the last `saw`, each once and in its newest form; and how far that is.

        Raises AccessDenied once the person may not be there any more.
        """
        return await self._gateway.read(self._unseen)

    async def saw(self, seq: int) -> None:
        """It was shown, for good: the next session begins after it."""
        person = self.person
        if person is None or (seq <= self._cursor and self._marked == person.id):
            return
        self._cursor = max(seq, self._cursor)
        self._marked = person.id
        await self._gateway.write(lambda uow: uow.timeline.mark_seen(self.address, person.id, self._cursor))

    async def last(self, count: int) -> Sequence[SeenMessage]:
        """The end of what was seen before, for somebody to find their way back in."""

        def query(uow: UnitOfWork) -> Sequence[SeenMessage]:
            self._look(uow)
            page = uow.timeline.page(self.address, limit=count)
            return [self._seen(uow, message) for message in page if message.seq <= self._cursor]

        return await self._gateway.read(query)

    # --- doing ------------------------------------------------------------------------------------
    async def do(self, request: Say | ButtonPress) -> Sent:
        """Stored for good when this returns. Raises FileRefused where there were no words beside the file: nothing was
        sent."""
        key, now = self._gateway.new_key(CHANNEL), self._gateway.now()
        if isinstance(request, ButtonPress):
            pressed = ButtonPressed(
                key=key,
                at=now,
                sender=self.account,
                sender_name=self.account.name,
                conversation=self.address,
                in_room=self.in_room,
                token=request.token,
            )
            await self._gateway.accept(pressed)
            return Sent(key)
        files, refused = await self._attached(request)
        said = MessageReceived(
            key=key,
            at=now,
            sender=self.account,
            sender_name=self.account.name,
            conversation=self.address,
            in_room=self.in_room,
            text=request.text,
            files=tuple(file.id for file in files),
            refused=_said_by_the_desk(refused),
            reply_to=request.reply_to,
        )
        try:
            await self._gateway.accept(said, files)
        except BaseException as error:
            if leaves_nothing(error):
                for file in files:
                    self._gateway.files.discard(file.id)
            raise
        return Sent(key, refused)

    async def _attached(self, request: Say) -> tuple[list[Attachment], FileRefused | None]:
        if request.attach is None:
            return [], None
        try:
            return [await asyncio.to_thread(self._keep, request.attach)], None
        except FileRefused as refused:
            if not request.text.strip():
                raise
            return [], refused

    async def handled(self, key: str) -> None:
        await self._gateway.handled(key)

    async def drain(self) -> None:
        """Nothing of this conversation waits to be handled, also nothing of an earlier session or another member."""
        while keys := await self._gateway.read(lambda uow: uow.inbox.waiting_in(self.address)):
            for key in keys:
                await self._gateway.handled(key)

    # --- in a transaction -------------------------------------------------------------------------
    def _look(self, uow: UnitOfWork) -> None:
        self.person = uow.people.by_account(self.account)
        self.conversation = uow.conversations.get(self.address)
        if self.person is not None and self.person.gone:
            raise AccessDenied(f"{self.person.handle} has left: this account speaks for nobody")

    def _require_room(self) -> None:
        """One answer to everybody outside, so that it tells nothing of the room."""
        if self.person is None or self.conversation is None or not may_enter(self.person, self.conversation):
            unit = self.address.rpartition(":")[2]
            raise AccessDenied(f"{self.account.name} does not work in unit {unit!r}, its room is closed to others")

    def _find_place(self, uow: UnitOfWork) -> None:
        if self.person is not None:
            self._cursor = uow.timeline.seen(self.address, self.person.id)
            self._marked = self.person.id

    def _unseen(self, uow: UnitOfWork) -> tuple[Sequence[SeenMessage], int]:
        self._look(uow)
        if self.in_room:
            self._require_room()
        upto, found = self._cursor, []
        while page := uow.timeline.since(self.address, upto, _PAGE):
            found += [seen for message in page if not (seen := self._seen(uow, message)).mine]
            upto = page[-1].seq
            if len(page) < _PAGE:
                break
        return found, upto

    def _seen(self, uow: UnitOfWork, message: TimelineMessage) -> SeenMessage:
        """In private only the person and the desk write, whichever of their accounts the person was then."""
        person = message.author
        mine = person is not None and (not self.in_room or (self.person is not None and person == self.person.id))
        author = uow.people.get(PersonId(person)).short_name if person is not None else ""
        return SeenMessage(message, author, again=message.first_seq <= self._cursor, mine=mine)

    def _keep(self, path: Path) -> Attachment:
        uploader = self.person.id if self.person else None
        try:
            if path.exists() and not path.is_file():
                raise FileRefused(path, MISSING, "not a file")  # opening a pipe would wait for its other end
            with path.open("rb") as source:
                return self._gateway.files.keep(
                    source, path.name, uploader=uploader, conversation=self.address, at=self._gateway.now()
                )
        except OSError as error:
            raise FileRefused(path, MISSING, error.strerror or str(error)) from None
        except Invalid as error:
            data = {name: value if isinstance(value, int) else str(value) for name, value in error.data.items()}
            raise FileRefused(path, error.reason, f"refused ({error})", data) from None


def _said_by_the_desk(refused: FileRefused | None) -> tuple[RefusedFile, ...]:
    """A file that is not there is no business of the desk's."""
    if refused is None or refused.reason == MISSING:
        return ()
    return (RefusedFile(reason=refused.reason, data=refused.data),)


def default_handle() -> str:
    """The name at the shell. Raises AccessDenied where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise AccessDenied("the operating system does not say who you are; use --as HANDLE") from None
