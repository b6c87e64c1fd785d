"""Files in the folder of attachments that no row speaks of: an upload that was refused, or came twice.

They are told and never removed by the desk itself: after a restore the database that was set aside speaks of some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from handlers.ports import Transactions, UnitOfWork

OLD_ENOUGH = timedelta(days=1)
"""A file is there before its row: what is new may be on its way in."""
_STORED = re.compile(r"[0-9a-f]{32}(\.part)?")
_FILES_A_QUERY = 500


def orphans(store: Transactions, folder: Path, now: datetime) -> Iterator[Path]:
    if not folder.is_dir():
        return
    before = (now - OLD_ENOUGH).timestamp()
    old = (path for path in folder.iterdir() if _STORED.fullmatch(path.name) and _is_older(path, before))
    while batch := list(islice(old, _FILES_A_QUERY)):
        names = [path.name for path in batch]

        def unknown(uow: UnitOfWork, names: list[str] = names) -> set[str]:
            return {name for name in names if uow.attachments.get(name) is None}

        lost = store.read(unknown)
        yield from (path for path in batch if path.name in lost)


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:  # an upload that was finished this very moment: it has its name now
        return False
