"""Who is connected, and who is shown out so that the others get in: the silent, the slow, and one address too many.

A process has only so many open files. A connection from which something is awaited (a head, the rest of a body, the
next request) may be closed for a newcomer, the one that was waited for longest first; one that is being answered not.
"""

from __future__ import annotations

import ipaddress
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)
LOG_EVERY_SECONDS = 60.0
"""One line tells of all who were turned away since the last one."""
GRACE_SECONDS = 2.0
"""A request of an honest browser is here by then: before, nobody is held to be silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    total: int = 4000
    an_address: int = 1000
    """An office of some hundred people may be behind one. Not for a trusted proxy, behind which everybody is."""
    silent_an_address: int = 50
    """Whose head is not here after the grace; also of a proxy, which has it before it connects."""
    head_seconds: float = 10.0
    head_bytes: int = 32 * 1024
    """Also of what a body has between its pieces and after them."""
    headers: int = 100
    """Trailers of a body count along."""
    body_idle_seconds: float = 30.0
    body_bytes_a_second: int = 1000
    """At least, on average: a slow line takes an hour for four megabytes, nobody takes for ever."""
    stalled_seconds: float = 60.0
    """How long a reader may take nothing of an answer."""
    linger_seconds: float = 2.0
    """How long a refused sender is listened to, so that the refusal is read."""
    linger_bytes: int = 1024 * 1024

    @property
    def share(self) -> int:
        """Of an address: the others have room also where there are few places."""
        return min(self.an_address, self.total // 2)


class TurnedAway(StrEnum):
    """Why a connection was refused or closed; the label of the metric."""

    TOTAL = "total"
    ADDRESS = "address"
    SILENT = "silent"
    SLOW_HEAD = "slow_head"
    SLOW_BODY = "slow_body"
    LARGE_HEAD = "large_head"
    UNREADABLE = "unreadable"
    STALLED = "stalled"


class Connection(Protocol):
    @property
    def address(self) -> str:
        """Of the peer, as `address_key` makes it."""

    def overdue(self, now: float) -> TurnedAway | None:
        """Why it may not stay; None: it may."""

    def silent_since(self) -> float | None:
        """Since when the head of its request is awaited; None: it is here, or none has to come."""

    def drop(self) -> None:
        """At once, without a word."""


class Connections:
    """All of one server. In its event loop only; `clock` as `time.monotonic`."""

    def __init__(
        self,
        limits: ConnectionLimits,
        *,
        clock: Callable[[], float] = time.monotonic,
        is_proxy: Callable[[str], bool] = lambda _host: False,
        on_turned_away: Callable[[str], None] = lambda _why: None,
    ) -> None:
        self.limits, self.now = limits, clock
        self._is_proxy, self._on_turned_away = is_proxy, on_turned_away
        self._open: dict[Connection, None] = {}
        self._of_address: Counter[str] = Counter()
        self._awaited: dict[Connection, None] = {}
        """The one that is waited for longest stands first."""
        self._turned_away: Counter[TurnedAway] = Counter()
        self._addresses: Counter[str] = Counter()
        self._told_at: float | None = None

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: Connection, host: str) -> TurnedAway | None:
        """None: it may stay, where it must in the place of another. Else why not, and it is not counted."""
        address = connection.address
        if self._of_address[address] >= self.limits.share and not self._is_proxy(host):
            if not self._make_room(TurnedAway.ADDRESS, address):
                return self.note(TurnedAway.ADDRESS, address)
        elif len(self._open) >= self.limits.total and not self._make_room(TurnedAway.TOTAL):
            return self.note(TurnedAway.TOTAL, address)
        self._open[connection] = None
        self._of_address[address] += 1
        self.awaits(connection)
        return None

    def leave(self, connection: Connection) -> None:
        """Also of one that is not here any more."""
        self._awaited.pop(connection, None)
        if connection in self._open:
            del self._open[connection]
            self._of_address[connection.address] -= 1
            if not self._of_address[connection.address]:
                del self._of_address[connection.address]

    def awaits(self, connection: Connection) -> None:
        """From now on something of it is awaited."""
        if connection in self._open:
            self._awaited.setdefault(connection)

    def answers(self, connection: Connection) -> None:
        """Its request is here."""
        self._awaited.pop(connection, None)

    def note(self, why: TurnedAway, address: str) -> TurnedAway:
        self._turned_away[why] += 1
        self._addresses[address] += 1
        self._on_turned_away(why)
        return why

    def sweep(self) -> None:
        """About once a second: closes what is overdue, and what is silent beyond an address's share; tells of it."""
        now = self.now()
        silent: dict[str, list[Connection]] = defaultdict(list)
        for connection in list(self._open):
            if (why := connection.overdue(now)) is not None:
                self._turn_away(connection, why)
            elif (since := connection.silent_since()) is not None and now - since > GRACE_SECONDS:
                silent[connection.address].append(connection)
        for found in silent.values():
            for connection in found[: max(0, len(found) - self.limits.silent_an_address)]:
                self._turn_away(connection, TurnedAway.SILENT)
        self._tell(now)

    def _make_room(self, why: TurnedAway, address: str | None = None) -> bool:
        for connection in self._awaited:
            if address in (None, connection.address):
                self._turn_away(connection, why)
                return True
        return False

    def _turn_away(self, connection: Connection, why: TurnedAway) -> None:
        self.note(why, connection.address)
        self.leave(connection)
        connection.drop()

    def _tell(self, now: float) -> None:
        if not self._turned_away or (self._told_at is not None and now - self._told_at < LOG_EVERY_SECONDS):
            return
        address, times = self._addresses.most_common(1)[0]
        why = {str(reason): count for reason, count in sorted(self._turned_away.items())}
        log.warning("connections_turned_away", why=why, open=len(self), most_from=address, times=times)
        self._told_at = now
        self._turned_away.clear()
        self._addresses.clear()


def address_key(host: str) -> str:
    """Whom to count for one: an IPv4 address, or the /64 that somebody with IPv6 has for themselves."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, 64), strict=False))
