"""Settings that were said in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.house_settings import StoredSetting


class StoredSettings(Protocol):
    def all(self) -> Sequence[StoredSetting]:
        """By key; also those of which nothing stands any more."""

    def get(self, key: str) -> StoredSetting | None: ...
    def version(self) -> int:
        """Another one as soon as any of them was changed."""

    def put(self, setting: StoredSetting) -> None:
        """In place of the version before. Raises Stale where that is not what stands."""
