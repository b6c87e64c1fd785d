"""Finding a device that somebody may know of, by whatever they have in their hand (`handlers.device_finding`)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting
from handlers.device_finding import by_token, found_by
from handlers.devices import access
from handlers.domain.errors import NotFound

__all__ = ["by_token", "find", "find_one", "found_by"]


def find(acting: Acting, typed: str) -> Sequence[access.Shown]:
    """As `found_by`, those that they may know of."""
    return access.several_shown(acting, found_by(acting.uow, typed))


def find_one(acting: Acting, typed: str) -> access.Shown:
    """Raises NotFound where there is none, several, or none that they may know of."""
    found = find(acting, typed)
    if len(found) != 1:
        raise NotFound("device", typed)
    return found[0]
