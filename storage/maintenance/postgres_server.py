"""What a PostgreSQL server says of itself: how it keeps what it is told, its room for connections, its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from storage.engine.transaction import Transaction
from storage.tables import lease

_STATE = text(
    """
    SELECT current_setting('server_version_num')::integer AS version,
           current_setting('fsync') = 'on' AS fsync,
           current_setting('full_page_writes') = 'on' AS full_page_writes,
           current_setting('server_encoding') AS encoding,
           current_setting('max_connections')::integer
               - current_setting('superuser_reserved_connections')::integer AS connections,
           (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connected,
           current_setting('synchronous_standby_names') AS synchronous_standbys,
           (SELECT count(*) FROM pg_stat_replication) AS standbys,
           clock_timestamp() AS now
    """
)
_DUTIES = select(lease.c.name, lease.c.owner, (lease.c.until > func.clock_timestamp()).label("alive")).order_by(
    lease.c.name
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    version: int
    """150004: 15.4."""
    fsync: bool
    full_page_writes: bool
    encoding: str
    connections: int
    """For users like us."""
    connected: int
    synchronous_standbys: str
    """As set; empty: a commit waits for no standby."""
    standbys: int
    """Connected now."""
    now: datetime


@dataclass(frozen=True, slots=True)
class HeldDuty:
    name: str
    """`clock`, `telegram:listen` …"""
    owner: str
    """`HOST:PID:…`"""
    alive: bool
    """False: it ran out, and nobody has taken it over."""


def server_state(transaction: Transaction) -> ServerState:
    return ServerState(**transaction.execute(_STATE).mappings().one())


def held_duties(transaction: Transaction) -> Sequence[HeldDuty]:
    return [HeldDuty(row.name, row.owner, row.alive) for row in transaction.execute(_DUTIES)]
