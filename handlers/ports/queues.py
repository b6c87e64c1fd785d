"""Inbox and outbox, the rooms they crowd, and the leases of who works them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from handlers.messages import Delivery, Outcome, Outgoing


class Inbox(Protocol):
    """Events that are acknowledged: stored for good, then handled once."""

    def accept(self, arrivals: Sequence[Arrival], *, now: datetime, owner: str | None) -> Sequence[Receipt]:
        """Store them. With `owner` the new ones are leased to it at once (attempt 1), unless an elder event of their
        conversation waits that it does not hold."""

    def lease(self, owner: str, now: datetime, limit: int) -> Sequence[Arrival]:
        """The oldest unhandled events that are due, one a conversation at most, none behind an unhandled elder or
        while another of its conversation is in hand; attempts + 1."""

    def renew(self, owner: str, keys: Collection[str], now: datetime) -> None:
        """The leases of these begin anew, where they are still that owner's."""

    def free(self, owner: str | None = None, keep: Collection[str] = ()) -> int:
        """Give back what that owner leased, but for the keys to `keep` (what anybody leased: None): it stopped, died,
        or lost track. How many there were."""

    def handled(self, keys: Sequence[str], now: datetime, owner: str | None = None) -> None:
        """In the transaction of their effects. The commit raises Stale where one was handled before, or with `owner`
        where its lease was lost to another."""

    def failed(
        self,
        key: str,
        error: str,
        retry_at: datetime | None,
        now: datetime,
        owner: str | None = None,
        *,
        kept: str | None = None,
        counted: bool = True,
    ) -> bool:
        """Try again then; None: quarantine (it blocks nobody). False: it waits no more, or is not that owner's. `kept`:
        the payload that lies in quarantine, where that may not be all of it. Not `counted`: attempts - 1, as if it had
        not been tried.

        With `owner` and a time, what it holds of the same conversation is given back, uncounted: it comes later."""

    def is_finished(self, key: str) -> bool:
        """Whether it was handled, or will not be by itself (quarantine); True for a key that never came."""

    def waiting_in(self, conversation: str) -> Sequence[str]:
        """Keys of the events of that conversation that are neither handled nor in quarantine, oldest first."""

    def channels(self) -> Collection[str]:
        """Those of which an event waits."""

    def last_arrivals(self, among: int) -> Mapping[str, datetime]:
        """By channel: when the last of its events came in, of the newest `among` of all channels. One of which there
        is none among these is left out."""

    def stuck(self) -> Sequence[Arrival]:
        """Quarantined ones, oldest first."""

    def retry(self, key: str, now: datetime) -> bool: ...
    def drop(self, key: str, now: datetime) -> bool: ...
    def backlog(self, now: datetime) -> Backlog: ...


class Receipt(IntEnum):
    """What became of an event that came; false where it was there before."""

    KNOWN = 0
    STORED = 1
    """For whoever is free."""
    LEASED = 2
    """To the owner that was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One event as the inbox holds it. `payload` is JSON: a neutral event, or a platform's raw update."""

    key: str
    channel: str
    conversation: str
    """What orders events; known before the payload is understood."""
    payload: str
    received_at: datetime
    attempts: int = 0
    error: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    waiting: int
    oldest: datetime | None
    given_up: int


class Outbox(Protocol):
    """Deliveries to platforms, in order within a destination."""

    def lease(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease_seconds: float,
        *,
        channel: str,
        resting: Collection[str] = (),
    ) -> Sequence[Delivery]:
        """The oldest due row of each destination of that channel that nobody holds; attempts + 1.

        Destinations in `resting` are left alone: their pace does not allow another yet. Nothing while held (`hold`).
        """

    def free(self, owner: str | None = None) -> int:
        """Give back what is leased to that owner, or to anybody (None: by who knows that all others are dead)."""

    def delivered_since(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        """(conversation, when) of what was delivered since, oldest first: a relay that starts keeps the pace."""

    def forget_delivered(self, before: datetime) -> int:
        """The record of deliveries is for the pace only; how many were forgotten."""

    def record_outcome(self, delivery: int, outcome: Outcome, now: datetime) -> None:
        """Record what came of it; Delivered also notes the platform's id on the message."""

    def given_up(self) -> Sequence[Delivery]: ...
    def resend(self, delivery: int, now: datetime) -> bool: ...
    def drop(self, delivery: int, now: datetime) -> bool: ...
    def drop_all_to(self, conversations: Collection[str]) -> int:
        """What waits for these, in anybody's hands or not, and what was given up; how much it was."""

    def backlog(self, now: datetime) -> Backlog: ...
    def backlogs(self) -> Mapping[str, Backlog]:
        """By channel; of those that have something waiting or given up."""

    def hold(self, held: bool) -> int:
        """After a restore nothing is sent until an admin releases it; returns how many rows wait."""

    def held(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPost:
    """A message that waits to be posted in a room for the first time."""

    row: int
    """Of the outbox: its place in the queue."""
    message: int
    kind: str
    text: str
    rings: bool
    minimal: str | None
    plain: bool
    """Without buttons and files."""
    priority: str
    """Of its ticket, as `state`; empty where it is about none."""
    state: str


class Bursts(Protocol):
    """What waits for rooms on a platform that lets a bot say only so much in a minute."""

    def crowded(self, channel: str, rooms: Collection[str], most: int) -> Sequence[str]:
        """Those of the rooms for which more than `most` deliveries wait."""

    def waiting(self, channel: str, room: str, limit: int) -> Sequence[WaitingPost]:
        """Neither tried nor in anybody's hands, oldest first; where there are more than `limit`, urgent tickets' before
        others. Nobody else adds to the room's queue until this transaction ends."""

    def join(self, urgent: Sequence[WaitingPost], lists: Sequence[tuple[Outgoing, Sequence[WaitingPost]]]) -> None:
        """Each list is said in the place of its posts, which wait no more: they are as if never said there. All of it
        stands where they stood in the queue, what is urgent first."""


class Leases(Protocol):
    """What only one process may do at a time, by name: `clock`, `telegram:send` …"""

    def hold(
        self, names: Collection[str], owner: str, seconds: float, now: datetime, *, take: bool = True
    ) -> Mapping[str, str]:
        """Begins the owner's leases anew, and takes what nobody holds and (with `take`) what ran out.

        Which of the names it holds from now on, for so many seconds, and who did before: itself, nobody (empty) or
        whoever let it run out. Where the database has a clock that all processes share, that one counts, not `now`.
        """

    def release(self, owner: str, names: Collection[str]) -> None:
        """Somebody else may have them at once."""
