"""Styles, scripts and pictures of the pages: read once, compressed once, and kept by browsers for as long as they are.

`/static/chat.css` may always be asked for and is asked for again each time (304). `/static/<fingerprint>/chat.css`
never changes; pages name it so, and what a module of JavaScript imports beside itself carries the same fingerprint.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.fingerprint import STATIC, fingerprint

_YEAR = 365 * 86_400
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PACKED = frozenset({".css", ".js", ".svg", ".webmanifest", ".txt"})


@dataclass(frozen=True, slots=True)
class Asset:
    plain: bytes
    packed: bytes | None
    media_type: str
    etag: str


@cache
def _all() -> Mapping[str, Asset]:
    return {path.relative_to(STATIC).as_posix(): _read(path) for path in STATIC.rglob("*") if path.is_file()}


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 9, mtime=0) if path.suffix in _PACKED else None
    return Asset(plain, packed, media_type, f'"{hashlib.sha256(plain).hexdigest()[:20]}"')


async def serve(request: Request) -> Response:
    mark, _, name = request.path_params["path"].partition("/")
    fixed = mark == fingerprint() and bool(name)
    found = _all().get(name) if len(mark) == len(fingerprint()) and name else None
    found = found or _all().get(request.path_params["path"])
    if found is None:
        raise HttpRefusal(404, "not_found")
    return _answer(request, found, fixed=fixed)


async def service_worker(request: Request) -> Response:
    """At the root of somebody's pages, which is as far as it may reach; asked for again each time."""
    return _answer(request, _all()["sw.js"], fixed=False)


def _answer(request: Request, found: Asset, *, fixed: bool) -> Response:
    headers = {
        "Cache-Control": f"public, max-age={_YEAR}, immutable" if fixed else "no-cache",
        "ETag": found.etag,
        "Vary": "Accept-Encoding",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = found.plain
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = found.packed, "gzip"
    return Response(content, media_type=found.media_type, headers=headers)
