"""Starts desks in a few milliseconds: a process that has imported everything, forked for each start.

`python -m tests.faults.spawner SOCKET` says `ready` when it listens there, and ends when its stdin does. Over a
connection it reads orders, one JSON object a line (see `Order`), and answers: `{"id", "pid"}` when a process was
started, `{"id", "status"}` when it ended (the number of the signal as a negative status). What was started over a
connection dies with it. `masa` is the real command (`masa run`, `masa worker`) with the settings of its own
environment; only the shared knowledge is read once, and what would take a human's time is shortened (`hurry`).
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import bot.channels.telegram.outbound
import bot.cli
import bot.commands.run as run
import bot.commands.worker as work
import bot.coordination.lease_holder
import bot.runtime.inbox_feed
import bot.runtime.outbox_relay
import bot.web
import storage.repositories.inbox
from bot.app import build
from bot.clock import going_by
from handlers.channel_port import RateLimit
from tests.bot.channels.slack import process as slack
from tests.bot.channels.telegram import process as telegram
from tests.bot.runtime import relay_child as relay
from tests.clock import RunningClock
from tests.faults.crash_points import CrashPoint, die_at
from tests.scenarios.stage import shared_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    id: int
    program: str = "masa"
    """One of `PROGRAMS`."""
    command: tuple[str, ...]
    folder: str
    clock: str
    """A `tests.clock.RunningClock`, written down."""
    environment: dict[str, str] = field(default_factory=dict)
    log: str = "log"
    point: CrashPoint | None = None
    lease_seconds: float = 60.0
    """How long an event or a message belongs to a process that died."""

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, line: str) -> Order:
        found: dict[str, Any] = json.loads(line)
        point = found.pop("point")
        return cls(**{**found, "command": tuple(found["command"]), "point": CrashPoint(**point) if point else None})


def main(path: str) -> None:
    """One child a connection: nothing that it forks for one is seen by another."""
    shared_desk()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([0, listener], [], [])
            if 0 in ready:
                return
            connection, _ = listener.accept()
            if not os.fork():
                listener.close()
                serve(connection)
                os._exit(0)
            connection.close()


def serve(orders: socket.socket) -> None:
    ended, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(ended, False)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, int] = {}
    waiting = b""
    while True:
        ready, _, _ = select.select([orders, ended], [], [])
        if ended in ready:
            os.read(ended, 1024)
            _reap(orders, running)
        if orders in ready:
            chunk = orders.recv(65536)
            if not chunk:
                break
            *lines, waiting = (waiting + chunk).split(b"\n")
            for line in lines:
                order = Order.load(line.decode())
                pid = _start(order)
                running[pid] = order.id
                _tell(orders, {"id": order.id, "pid": pid})
    for pid in running:  # whoever gave the orders is gone
        os.kill(pid, signal.SIGKILL)


def _tell(orders: socket.socket, news: dict[str, int]) -> None:
    orders.sendall((json.dumps(news) + "\n").encode())


def _reap(orders: socket.socket, running: dict[int, int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        _tell(orders, {"id": running.pop(pid), "status": os.waitstatus_to_exitcode(status)})


def _start(order: Order) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _become(order)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # a child never returns into its parent's code
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _become(order: Order) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(order.folder)
    for name in [name for name in os.environ if name.startswith("MASA_")]:
        del os.environ[name]
    os.environ.update(order.environment)
    log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, null), (1, log), (2, log)):
        os.dup2(source, target)
    PROGRAMS[order.program](order)


def _masa(order: Order) -> None:
    hurry(order.lease_seconds)
    if order.point is not None:
        die_at(order.point, Path(order.folder))
    sys.argv = ["masa", *order.command]
    with going_by(RunningClock.read(order.clock)):
        bot.cli.main()


def _slack(order: Order) -> None:
    base_url, way, port = order.command
    slack.main(Path(order.folder), base_url, way, int(port), RunningClock.read(order.clock))


def _telegram(order: Order) -> None:
    (base_url,) = order.command
    asyncio.run(telegram.main(Path(order.folder), base_url, RunningClock.read(order.clock)))


def _relay(order: Order) -> None:
    url, log, dies_at, where = order.command
    asyncio.run(relay.work(url, Path(log), int(dies_at), where, RunningClock.read(order.clock)))


PROGRAMS: dict[str, Callable[[Order], None]] = {
    "masa": _masa,
    "slack": _slack,
    "telegram": _telegram,
    "relay": _relay,
}


def hurry(lease_seconds: float) -> None:
    """Knowledge that is read already, no pace towards the platform or of people, and leases of that length."""
    warm = partial(build, desk=shared_desk())
    run.build = warm
    work.build = warm
    run.web.WebSettings = partial(bot.web.WebSettings, messages_a_minute=1_000_000)  # type: ignore[misc,assignment]
    bot.channels.telegram.outbound.PACE = RateLimit(per_second=100_000, gap_seconds=0.0)
    storage.repositories.inbox.LEASE = timedelta(seconds=lease_seconds)
    bot.coordination.lease_holder.LEASE_SECONDS = min(bot.coordination.lease_holder.LEASE_SECONDS, lease_seconds)
    bot.runtime.inbox_feed.RENEW_SECONDS = lease_seconds / 3
    notified_sweep = bot.runtime.inbox_feed.NOTIFIED_SWEEP_SECONDS
    bot.runtime.inbox_feed.NOTIFIED_SWEEP_SECONDS = min(notified_sweep, lease_seconds / 2)
    bot.runtime.outbox_relay.LEASE_SECONDS = min(bot.runtime.outbox_relay.LEASE_SECONDS, lease_seconds)
    bot.coordination.lease_holder.LEASE_SECONDS = min(bot.coordination.lease_holder.LEASE_SECONDS, lease_seconds)


if __name__ == "__main__":
    main(sys.argv[1])
