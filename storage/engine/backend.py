"""What the two databases do differently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine.change_feed import ChangeSet
from storage.engine.prepared import DialectName


class Others(Protocol):
    """The other processes on this database."""

    @property
    def hears(self) -> bool:
        """Whether their news arrives."""

    def listen(self) -> None:
        """From now on others' news is heard; at first that anything may have happened."""

    def announce(self, news: ChangeSet) -> None:
        """Returns at once."""

    def close(self) -> None: ...


class Backend(Protocol):
    @property
    def dialect(self) -> DialectName: ...
    @property
    def writers(self) -> int:
        """How many transactions may be written at a time."""

    @property
    def group(self) -> int:
        """How many works share a commit at most."""

    def writing(self) -> Engine: ...
    def reading(self) -> Engine: ...
    def begin(self, connection: Connection, beaten: int) -> None:
        """Start a transaction that writes. `beaten`: how often another one came first, and it was undone."""

    def begin_reading(self, connection: Connection) -> None:
        """Start a snapshot."""

    def commit(self, connection: Connection) -> None:
        """Returns once the very transaction that began is on disk. Raises TransactionBroken where it is gone,
        OutcomeUnknown where nobody can say."""

    def rollback(self, connection: Connection) -> None: ...
    def let_go_of_erased(self, connection: Connection, *, anew: bool) -> bool:
        """After a commit: what was overwritten leaves the database's log. Waits for nobody and raises nothing; False:
        not now, ask again. `anew`: that commit erased it."""

    def interrupt(self, connection: Connection) -> None:
        """Stop the statement that runs, from another thread."""

    def is_lock_wait(self, error: DBAPIError) -> bool:
        """Nothing was done yet, somebody else writes: begin again."""

    def is_conflict(self, error: DBAPIError) -> bool:
        """All was undone in favour of another transaction: do it again."""

    def data_version(self, connection: Connection) -> int:
        """Changes when another connection commits; constant where there are several writers anyway."""

    def others(self, hear: Callable[[ChangeSet], None]) -> Others | None:
        """None where the database tells nobody of commits: `data_version` has to be asked."""

    def backup(self, path: Path) -> None: ...
    def damage(self) -> list[str]:
        """What is wrong with the files of the database; empty when all is well."""
