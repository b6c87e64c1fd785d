"""Ports for servers that are started later, or again on the same one.

One that the system gives out (port 0) may be gone by then: connections of other tests leave from the same range. So one
below that range is chosen.
"""

from __future__ import annotations

import random
import socket

_BELOW_CONNECTIONS = range(20_000, 32_000)
"""Linux lets connections leave from 32768 on (net.ipv4.ip_local_port_range)."""


def free_port() -> int:
    """On the loopback, free now."""
    while True:
        port = random.SystemRandom().choice(_BELOW_CONNECTIONS)  # tests in other processes choose too
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
