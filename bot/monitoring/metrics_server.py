"""`/metrics` of a process that serves no pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server

from bot.errors import OperatorError


@contextmanager
def metrics_served(registry: CollectorRegistry, address: str) -> Iterator[int]:
    """In a thread of its own, on `HOST:PORT` (0: any that is free); the port. Raises OperatorError."""
    host, colon, port = address.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < 65_536):
        raise OperatorError(f"--metrics {address}: expected HOST:PORT, for example 127.0.0.1:9101")
    try:
        server, thread = start_http_server(int(port), host.strip("[]"), registry)
    except OSError as error:
        expected = "an address of this machine and a free port"
        raise OperatorError(f"--metrics {address}: {error.strerror or error}; expected {expected}") from None
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
