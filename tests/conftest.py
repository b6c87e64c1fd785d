"""What all tests share: no network but the loopback, a clock that stands still, a real PostgreSQL on demand."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from tests.clock import FakeClock

pytest_plugins = ["tests.postgres"]


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


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
