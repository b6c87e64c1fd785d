"""What a channel may ask of the desk. A channel imports this and the neutral events and messages, nothing deeper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar
from zoneinfo import ZoneInfo

from handlers.domain.people import PersonId
from handlers.events import Event
from handlers.messages import Delivery, Outcome
from handlers.ports import Arrival, Attachment, UnitOfWork

T = TypeVar("T")
Translate = Callable[[str, str, datetime], Event | None]
"""A platform's raw payload, its key, when it came → the event it means; None: nothing to do (another bot's message)."""


def _keeps_nothing(_name: str, make: Callable[[], bytes]) -> bytes:
    return make()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelContext:
    """What the house tells every channel to a platform."""

    zone: ZoneInfo
    web_url: str = ""
    """Where people find the web chat, without a slash at the end. Empty: no links are sent."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Category → its title, as the catalogue has it."""
    keep_secret: Callable[[str, Callable[[], bytes]], bytes] = _keeps_nothing
    """What is kept under that name in the data folder, made where there is none yet. Blocking."""


class Subscription(Protocol):
    async def changed(self, timeout: float | None = None) -> frozenset[str]:
        """The watched conversations that changed since the last call; waits for one. Empty after `timeout` seconds."""


class Files(Protocol):
    """Attachments on disk.

    A refused file raises Invalid: `file_too_large`, `picture_too_large`, `archive_too_large`, `archive_type`,
    `file_type`, `file_macros`, `file_empty`, `file_name`, `file_quota`, `files_paused`.
    """

    def keep(
        self, source: BinaryIO, name: str, *, uploader: PersonId | None, conversation: str, at: datetime
    ) -> Attachment:
        """Copy it under a random name, checked and fsynced; to be stored with the event that brings it. Blocking."""

    def require_space(self, size: int) -> None:
        """Before so many bytes are received. Raises Invalid(`files_paused`)."""

    def path(self, file: str) -> Path:
        """Where the bytes lie. Raises NotFound."""

    def discard(self, file: str) -> None:
        """One that no event brought after all: nothing of it is left. Blocking."""


class Unavailable(Exception):
    """The store does not answer, or takes nothing now. What was asked may be done: ask again, with the same key."""

    def __init__(self, why: str, *, nothing_done: bool = False) -> None:
        """`nothing_done`: for certain; files that were brought along may be discarded."""
        super().__init__(why)
        self.nothing_done = nothing_done


class NoSpace(Unavailable):
    """The disk is nearly full. Nothing was done: ask again, with the same key, once there is room."""

    def __init__(self, why: str) -> None:
        super().__init__(why, nothing_done=True)


def leaves_nothing(error: BaseException) -> bool:
    """Whether what raised it stored nothing for certain, so that files which it brought along can be discarded."""
    return error.nothing_done if isinstance(error, Unavailable) else isinstance(error, Exception)


class ChannelGateway(Protocol):
    """What is asked of it raises Unavailable while the store does not answer."""

    @property
    def files(self) -> Files: ...

    def now(self) -> datetime: ...

    def new_key(self, channel: str) -> str:
        """A key for an event of a channel that has none of its own: `web:<uuid>`."""

    async def accept(self, event: Event, attachments: Collection[Attachment] = ()) -> bool:
        """Store it: on disk for good, and may be acknowledged, when this returns. False: it was there before, and files
        that were brought anew are discarded. Raises NoSpace."""

    async def accept_raw(self, arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        """The same for a platform's updates as they came; for each, whether it was new."""

    async def handled(self, key: str) -> None:
        """Returns once the event was handled, or put into quarantine."""

    async def read(self, query: Callable[[UnitOfWork], T]) -> T: ...

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """For what is no event: sessions, what somebody has seen."""

    def watch(self, conversations: Collection[str]) -> AbstractAsyncContextManager[Subscription]:
        """Told of every commit that touches one of these conversations, also by another process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """What a platform lets one bot send. Editing a message counts as sending one."""

    per_second: int = 30
    """Over all destinations together."""
    gap_seconds: float = 1.0
    """Between two messages to one destination."""
    group_per_minute: int | None = None
    """To one group (a room); None: no limit of its own."""

    @property
    def room_per_minute(self) -> int:
        """What one room takes in a minute."""
        most = self.per_second * 60
        if self.gap_seconds:
            most = min(most, int(60 / self.gap_seconds))
        return most if self.group_per_minute is None else min(most, self.group_per_minute)


class Sender(Protocol):
    """A platform channel's way out: one a channel."""

    @property
    def rate_limit(self) -> RateLimit: ...

    async def send(self, delivery: Delivery) -> Outcome:
        """Bring it to the platform: post it, or edit `edit_ref`.

        Every answer of the platform is an outcome, not an exception; what is raised counts as a fault of ours.
        Cancelled when it takes too long, and tried again: it may then arrive twice.
        """


class Channel(Protocol):
    """A platform's channel: in and out. The embedded channels need none of it."""

    @property
    def sender(self) -> Sender: ...

    @property
    def routes(self) -> Sequence[Any]:
        """What the platform calls on our web server (Starlette routes); empty where it does not."""

    def health(self) -> Mapping[str, Any]:
        """`{"ok": bool, …}` for `/healthz`."""

    async def open(self) -> None:
        """In every process that sends, or whose web server the platform may call, before any of it. Returns at once:
        whoever is out of reach now is tried again."""

    async def run(self) -> None:
        """Takes in what comes until it is cancelled; in one process at a time. May be called again."""

    async def close(self) -> None:
        """After the relay has stopped: nothing is sent any more."""
