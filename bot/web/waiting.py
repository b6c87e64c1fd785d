"""To wait for whichever comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Any

from handlers.channel_port import Subscription


async def news(watch: Subscription, timeout: float, bells: Iterable[asyncio.Event]) -> Collection[str]:
    """What changed of what is watched; nothing after so many seconds, or where a bell rings."""
    waiting = asyncio.ensure_future(watch.changed(timeout))
    others = [asyncio.ensure_future(one.wait()) for one in bells]
    try:
        await asyncio.wait((waiting, *others), return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else frozenset()
    finally:
        await _give_up(waiting, *others)


async def rung(timeout: float, *bells: asyncio.Event) -> None:
    """Until one of them rings, or so many seconds are over."""
    waiting = [asyncio.ensure_future(one.wait()) for one in bells]
    try:
        await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _give_up(*waiting)


async def _give_up(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
