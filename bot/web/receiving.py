"""Forms that are being read. Until all of one is here it lies in the folder of temporary files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.web.errors import HttpRefusal

SMALL = 1_000_000
"""Bytes of a form that is always read: it brings no files worth the name."""
AT_A_TIME = 500_000_000
"""Bytes of all forms, as far as their requests say."""
OF_GUESTS = 200_000_000
"""Of all whom nobody knows: the rest is for those whom somebody does."""
OF_GUESTS_ADDRESS = 100_000_000


class Receiving:
    """How much is under way. One who sends slowly holds their room for hours, so strangers have a share of it."""

    def __init__(self) -> None:
        self.total = 0
        self._guests: Counter[str] = Counter()
        """By address."""

    @contextmanager
    def taking(self, size: int, guest: str | None) -> Iterator[None]:
        """`guest`: the address of somebody whom nobody knows. Raises HttpRefusal."""
        if size > SMALL and not self._has_room(size, guest):
            raise HttpRefusal(503, "busy", retry_after=5)
        self.total += size
        if guest is not None:
            self._guests[guest] += size
        try:
            yield
        finally:
            self.total -= size
            if guest is not None:
                self._guests[guest] -= size
                if not self._guests[guest]:
                    del self._guests[guest]

    def _has_room(self, size: int, guest: str | None) -> bool:
        if guest is not None and (
            self._guests[guest] + size > OF_GUESTS_ADDRESS or self._guests.total() + size > OF_GUESTS
        ):
            return False
        return self.total + size <= AT_A_TIME
