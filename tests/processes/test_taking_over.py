"""A poller, a sender or all of them die or are stalled; whoever is there goes on, and nothing is lost or said twice."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence

import httpx
import pytest

from handlers.messages import Outgoing
from handlers.ports import UnitOfWork
from tests.faults.desks import Spawner
from tests.faults.installation import Builder, reporters, user_of
from tests.processes.conftest import Site, site, until

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("processes"),
]
QUEUE = 30


async def each_says(desk: Site, handles: Sequence[str], what: str) -> None:
    for handle in handles:
        await desk.user(handle).says(f"yazici cikti vermiyor {what}")


async def taken_in(desk: Site, number: int) -> None:
    """The platform holds so many as confirmed."""
    await until(lambda: asyncio.sleep(0, len(desk.api.confirmed) >= number))


async def test_a_poller_that_is_killed_is_followed_by_another(houses: Builder, spawned: Spawner) -> None:
    async with site(houses, spawned) as desk:
        poller = await desk.holder("telegram:listen")
        assert poller is not None
        assert poller.command == "run"
        await each_says(desk, reporters()[:4], "önce")
        await taken_in(desk, 1)
        await each_says(desk, reporters()[4:8], "ölürken")
        await desk.desks.kill(desk.place(poller))
        await each_says(desk, reporters()[8:], "sonra")
        follower = await desk.follower("telegram:listen", poller)
        assert follower.command == "run"
        await desk.sound()


async def test_a_poller_that_is_told_to_stop_hands_over_before_its_lease_ends(
    houses: Builder, spawned: Spawner
) -> None:
    """The lease has its usual length here, and more than that is not waited for."""
    async with site(houses, spawned, workers=0, seconds=60.0) as desk:
        poller = await desk.holder("telegram:listen")
        assert poller is not None
        poller.kill(signal.SIGTERM)
        await poller.ended
        await desk.follower("telegram:listen", poller, within=12.0)
        await each_says(desk, reporters()[:2], "sonra")
        await taken_in(desk, 2)
        await desk.sound()


@pytest.mark.parametrize("who", ["the sender", "everybody"])
async def test_a_queue_in_the_middle_of_which_its_sender_dies_arrives_in_order(
    houses: Builder, spawned: Spawner, who: str
) -> None:
    texts = [f"ileti {number}" for number in range(QUEUE)]
    user = user_of("ayse")

    def fill(uow: UnitOfWork) -> None:
        for text in texts:
            uow.messages.put(Outgoing(conversation=f"telegram:p:{user}", text=text))

    async with site(houses, spawned) as desk:
        desk.api.delay = 0.03
        shown = desk.api.chats[user].shown
        await asyncio.to_thread(desk.store.write, fill)
        await until(lambda: asyncio.sleep(0, len(shown()) >= QUEUE // 3))
        sender = await desk.holder("telegram:send")
        assert sender is not None
        if who == "everybody":
            for place in range(len(desk.desks.processes)):
                await desk.desks.kill(place)
            await desk.desks.start()
        else:
            await desk.desks.kill(desk.place(sender))
            await desk.follower("telegram:send", sender)
        await desk.quiet()
        arrived = shown()
        once = [text for place, text in enumerate(arrived) if place == 0 or text != arrived[place - 1]]
        assert once == texts
        assert len(arrived) <= QUEUE + 1
        await desk.sound()


async def test_a_poller_that_slept_for_longer_than_its_lease_leaves_the_line_to_its_successor(
    houses: Builder, spawned: Spawner
) -> None:
    async with site(houses, spawned, workers=0) as desk:
        poller = await desk.holder("telegram:listen")
        assert poller is not None
        os.kill(poller.pid, signal.SIGSTOP)
        await each_says(desk, reporters()[:4], "uykuda")
        await desk.follower("telegram:listen", poller)
        await taken_in(desk, 4)
        taken = desk.api.conflicts
        os.kill(poller.pid, signal.SIGCONT)
        port = desk.desks.ports[desk.place(poller)]
        async with httpx.AsyncClient(timeout=30.0) as client:

            async def rests() -> bool:
                state = (await client.get(f"http://127.0.0.1:{port}/healthz")).json()["channels"]["telegram"]
                return state["ok"] and not state["listens"]

            await until(rests)
        await until(lambda: asyncio.sleep(0, "lease_lost" in desk.log()))
        rested = desk.api.conflicts
        assert rested <= taken + 1  # the one question that it was about to ask when it fell asleep
        await each_says(desk, reporters()[4:8], "uyanınca")
        await desk.quiet()
        assert desk.api.conflicts == rested
        assert await desk.holder("telegram:listen") is not poller
        await desk.sound()
