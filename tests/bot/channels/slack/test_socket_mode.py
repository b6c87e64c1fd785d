"""Sockets that go deaf, are told to go, or never say hello; and what was under way on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from bot.channels.slack import api
from bot.channels.slack.socket_mode import SocketMode
from tests.bot.channels.slack.stage import settings_of
from tests.clock import START
from tests.servers.slack import SlackServer


class Desk:
    """Stores what comes; can be slow, and can fail."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.failures = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = asyncio.Event()

    async def take(self, payload: dict[str, Any], _headers: Mapping[str, str]) -> Mapping[str, Any] | None:
        self.entered.set()
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            return None
        self.stored.append(payload["event_id"])
        return {}


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer(now=START.timestamp)
    await server.start()
    server.ack_seconds = 0.3
    yield server
    await server.stop()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def limits() -> Mapping[str, float]:
    """Settings of the socket; a busy machine is no deaf platform, so only two tests have a short one."""
    return {}


@pytest.fixture
async def socket(slack: SlackServer, desk: Desk, limits: Mapping[str, float]) -> AsyncIterator[SocketMode]:
    settings = settings_of(slack, **limits)
    async with api.session(settings) as session:
        client = api.web_client(settings, session, settings.bot_token)
        mode = SocketMode(settings, client, session, desk.take)
        running = asyncio.create_task(mode.run())
        yield mode
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await mode.close(within=1.0)


def update(number: int) -> dict[str, Any]:
    return {"type": "event_callback", "event_id": f"Ev{number}"}


async def test_what_is_stored_is_acknowledged(slack: SlackServer, desk: Desk, socket: SocketMode) -> None:
    await slack.deliver(update(1))
    assert desk.stored == ["Ev1"]
    assert slack.deliveries == [1]


async def test_what_is_not_stored_comes_again(slack: SlackServer, desk: Desk, socket: SocketMode) -> None:
    """Fault 4, seen from the platform."""
    desk.failures = 2
    await slack.deliver(update(1))
    assert desk.stored == ["Ev1"]
    assert slack.deliveries == [3]


@pytest.mark.parametrize("limits", [{"silence_seconds": 0.5}])
async def test_a_socket_that_goes_mute_is_noticed_and_replaced(
    slack: SlackServer, desk: Desk, socket: SocketMode
) -> None:
    """Fault 15."""
    await socket.connected.wait()
    slack.go_mute()
    await slack.until(lambda: slack.opened_sockets > 1)
    await slack.deliver(update(2))
    assert desk.stored == ["Ev2"]


@pytest.mark.parametrize("limits", [{"hello_seconds": 0.5}])
async def test_a_socket_that_never_says_hello_is_not_waited_for(
    slack: SlackServer, desk: Desk, socket: SocketMode
) -> None:
    await socket.connected.wait()
    slack.socket_mood = "no hello"
    await slack.disconnect(close=True)
    await slack.until(lambda: slack.opened_sockets > 2)
    slack.socket_mood = "well"
    await slack.until(lambda: socket.connected.is_set())
    await slack.deliver(update(3))
    assert desk.stored == ["Ev3"]


async def test_disconnect_in_the_middle_of_work_loses_nothing(
    slack: SlackServer, desk: Desk, socket: SocketMode
) -> None:
    """Fault 16: the successor is there before the old one goes, and what was under way is acknowledged."""
    desk.gate.clear()
    slack.ack_seconds = 5.0
    delivering = asyncio.create_task(slack.deliver(update(4)))
    await desk.entered.wait()
    await slack.disconnect()
    await slack.until(lambda: slack.opened_sockets == 2)
    desk.gate.set()
    await delivering
    assert desk.stored == ["Ev4"]
    assert slack.deliveries == [1]


@pytest.mark.parametrize("reasons", [("warning", "refresh_requested"), ("refresh_requested", "refresh_requested")])
async def test_told_to_go_more_than_once_it_has_one_successor(
    slack: SlackServer, desk: Desk, socket: SocketMode, reasons: tuple[str, ...]
) -> None:
    """Slack warns some seconds ahead, and says it again when it is time."""
    await socket.connected.wait()
    (first,) = slack.sockets
    for reason in reasons:
        await first.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
    await slack.until(lambda: slack.opened_sockets == 2)
    await first.close()
    await slack.deliver(update(7))
    assert desk.stored == ["Ev7"]
    assert slack.opened_sockets == 2


async def test_while_two_sockets_are_open_both_are_heard(slack: SlackServer, desk: Desk, socket: SocketMode) -> None:
    """Slack hands its events to either of them."""
    await socket.connected.wait()
    await slack.disconnect()
    await slack.until(lambda: len(slack.sockets) == 2)
    old, new = slack.sockets
    for number, link in enumerate((old, new, old), start=8):
        envelope = {"envelope_id": f"env-{number}", "type": "events_api", "payload": update(number)}
        await link.send_json(envelope)
    await slack.until(lambda: len(desk.stored) == 3)
    assert sorted(desk.stored) == ["Ev10", "Ev8", "Ev9"]


async def test_socket_mode_that_was_switched_off_is_tried_again(
    slack: SlackServer, desk: Desk, socket: SocketMode
) -> None:
    await socket.connected.wait()
    slack.fail("apps.connections.open", "error", error="link_disabled", times=2)
    await slack.disconnect(close=True, reason="link_disabled")
    await slack.until(lambda: slack.opened_sockets == 2)
    await slack.deliver(update(11))
    assert desk.stored == ["Ev11"]


async def test_a_socket_closed_under_the_work_is_acknowledged_on_the_next(
    slack: SlackServer, desk: Desk, socket: SocketMode
) -> None:
    desk.gate.clear()
    slack.ack_seconds = 5.0
    delivering = asyncio.create_task(slack.deliver(update(5)))
    await desk.entered.wait()
    await slack.disconnect(close=True)
    await slack.until(lambda: slack.opened_sockets == 2 and socket.connected.is_set())
    desk.gate.set()
    await delivering
    assert desk.stored == ["Ev5"]


async def test_slack_out_of_reach_at_the_start(slack: SlackServer, desk: Desk) -> None:
    slack.fail("apps.connections.open", "drop")
    slack.fail("apps.connections.open", "status", status=503)
    settings = settings_of(slack)
    async with api.session(settings) as session:
        mode = SocketMode(settings, api.web_client(settings, session, settings.bot_token), session, desk.take)
        running = asyncio.create_task(mode.run())
        await asyncio.wait_for(mode.connected.wait(), 5.0)
        running.cancel()
        await mode.close(within=1.0)


async def test_stopping_finishes_and_acknowledges_what_is_under_way(slack: SlackServer, desk: Desk) -> None:
    """Fault 19."""
    settings = settings_of(slack)
    slack.ack_seconds = 5.0
    desk.gate.clear()
    async with api.session(settings) as session:
        mode = SocketMode(settings, api.web_client(settings, session, settings.bot_token), session, desk.take)
        running = asyncio.create_task(mode.run())
        await asyncio.wait_for(mode.connected.wait(), 5.0)
        delivering = [asyncio.create_task(slack.deliver_once(update(n), "events_api")) for n in range(100)]
        await desk.entered.wait()
        running.cancel()
        closing = asyncio.create_task(mode.close(within=5.0))
        desk.gate.set()
        await closing
        answers = await asyncio.gather(*delivering)
    stored = set(desk.stored)
    assert stored
    assert {f"Ev{n}" for n, answer in enumerate(answers) if answer is not None} <= stored


async def test_a_frame_that_is_no_envelope_is_passed_over(slack: SlackServer, desk: Desk, socket: SocketMode) -> None:
    await socket.connected.wait()
    for frame in ("x", "[]", "null", '{"type": "news"}'):
        await slack.sockets[0].send_str(frame)
    await slack.deliver(update(6))
    assert desk.stored == ["Ev6"]
