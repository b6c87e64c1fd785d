"""One mark for all that lies in `static`, which moves with any change of it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def fingerprint() -> str:
    """Sixteen letters."""
    seen = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        seen.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def marked(template: str) -> str:
    """A template whose assets are named with the mark."""
    return template.replace('"/static/', f'"/static/{fingerprint()}/')
