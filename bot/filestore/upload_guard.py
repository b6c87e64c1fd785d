"""Asked before a file is kept: is there room on the disk, and has this sender had their share of it today?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from bot.filestore.disk_space import DiskSpace
from handlers.channel_port import Unavailable
from handlers.domain.errors import Invalid
from handlers.people.file_quota import FileQuota, require_room
from handlers.ports import Attachment, StoreError, Transactions

UNDER_WAY = timedelta(minutes=10)
"""After so long a file that no event brought is not counted any more."""


class UploadGuard:
    """From any thread. Files that are kept and not stored with their event yet count along: of many at once not each is
    the first."""

    def __init__(
        self,
        store: Transactions,
        quota: FileQuota,
        space: DiskSpace,
        on_refused: Callable[[str], None] = lambda _why: None,
    ) -> None:
        self._store, self.quota, self._space, self.on_refused = store, quota, space, on_refused
        self._lock = threading.Lock()
        self._under_way: dict[str, Attachment] = {}

    def require_space(self, size: int = 0) -> None:
        """Raises Invalid(`files_paused`)."""
        if not self._space.takes_files(size):
            self.on_refused("files_paused")
            raise Invalid("files_paused")

    def admit(self, file: Attachment) -> None:
        """Raises Invalid(`file_quota`), or Unavailable where the database cannot be asked."""
        with self._lock:
            self._under_way = {name: one for name, one in self._under_way.items() if file.at - one.at < UNDER_WAY}
            waiting = tuple(self._under_way.values())
            try:
                self._store.read(lambda uow: require_room(uow, self.quota, file, waiting))
            except StoreError as error:
                raise Unavailable(f"the store does not answer: {error}", nothing_done=True) from error
            except Invalid:
                self.on_refused("file_quota")
                raise
            self._under_way[file.id] = file

    def forget(self, file: str) -> None:
        with self._lock:
            self._under_way.pop(file, None)
