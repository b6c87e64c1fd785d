"""The store from within the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from handlers.ports import Transactions, UnitOfWork

T = TypeVar("T")


async def commit(store: Transactions, work: Callable[[UnitOfWork], T], *, first: bool = False) -> T:
    """The result of `work`, once its transaction is on disk; `first`: before what waits. Raises what it raises, or
    StoreError."""
    return await asyncio.wrap_future(store.submit(work, first=first))
