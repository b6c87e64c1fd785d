"""How many files this process may have open: each connection is one, and who comes when none is left is shut out."""

from __future__ import annotations

import contextlib
import resource

RESERVED = 256
"""For all that is no browser's: database, attachments, platforms, logs."""
ENOUGH = 65_536
"""More is never asked for: some libraries walk through all that a process may have."""


def raised() -> int:
    """As many as the machine lets us have, ENOUGH at most; what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = possible()
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # a hardened unit lets nobody ask: its LimitNOFILE counts
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return _capped(resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def possible() -> int:
    """What `raised` would bring, for whoever only looks."""
    return _capped(resource.getrlimit(resource.RLIMIT_NOFILE)[1])


def _capped(limit: int) -> int:
    return ENOUGH if limit == resource.RLIM_INFINITY else min(limit, ENOUGH)
