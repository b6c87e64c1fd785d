"""What all tests share: no network but the loopback, no clock but their own, a real PostgreSQL on demand.

Whoever runs them may have a house of their own: its settings reach neither a test nor a process that one starts.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings

from bot.clock import SystemClock
from tests.clock import FakeClock

FOREIGN = ("MASA_", "PG")
"""How variables begin that would lead a test to a real house or a real PostgreSQL."""
for name in [name for name in os.environ if name.upper().startswith(FOREIGN)]:
    del os.environ[name]  # here, and not in a fixture: before any module of the tests is imported

pytest_plugins = [
    "tests.memory_disk",
    "tests.postgres",
    "tests.hangs",
    "tests.knowledge_once",
    "tests.sharing",
    "tests.garbage",
]


settings.register_profile("untimed", settings.default, deadline=None)  # a busy machine breaks no promise
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everywhere",
        action="store_true",
        help="play every talk on every channel and database, also where only words matter",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--everywhere"):
        return
    left_out = [item for item in items if item.get_closest_marker("everywhere")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        kept = {*items} - {*left_out}
        items[:] = [item for item in items if item in kept]


class NetworkIsShut(RuntimeError):
    """A test reached for a machine other than this one."""


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", "testserver"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback or str(host) == "0.0.0.0"
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _network_is_shut() -> Any:
    """Only the loopback and Unix sockets answer."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(address: Any) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise NetworkIsShut(f"a test tried to connect to {address[0]}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        checked(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        checked(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_here(name):
            raise NetworkIsShut(f"a test tried to look up {name}")
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(autouse=True, scope="session")
def _house_is_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A `masa.toml` where the tests are started is not theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        yield


class RealClock(RuntimeError):
    """A test reached for what day it is."""


@pytest.fixture(autouse=True, scope="session")
def _real_clock_is_shut() -> Iterator[None]:
    """What is not given a clock of the tests fails, whatever day it is."""

    def refuse(_self: SystemClock) -> datetime:
        raise RealClock("a test read the real clock; hand it a FakeClock, and a process a RunningClock (tests.masa)")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SystemClock, "now", refuse)
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
