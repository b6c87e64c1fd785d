"""Time and randomness as the system has them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemRandomness:
    def token(self) -> str:
        return secrets.token_urlsafe(18)
