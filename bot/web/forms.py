"""Forms that a browser posts, read within bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.web.errors import HttpRefusal
from bot.web.state import web_of

FORM_ROOM = 1_000_000
"""Bytes of a form that brings no files."""
MAX_RECEIVING = 500_000_000
"""Bytes of forms that may be under way at a time: until they are read they lie in the folder of temporary files."""
MEGABYTE = 1024 * 1024


@asynccontextmanager
async def bounded_form(request: Request, limit: int, files: int) -> AsyncIterator[FormData]:
    """The form, read no further than the limit; its files are gone when it is left. Raises HttpRefusal."""
    web = web_of(request)
    too_large = HttpRefusal(413, "file_too_large", limit=web.settings.max_file_bytes // MEGABYTE)
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit:
        raise too_large
    promised = int(length) or limit
    if promised > FORM_ROOM and web.receiving + promised > MAX_RECEIVING:
        raise HttpRefusal(503, "busy", retry_after=5)
    received = 0

    async def counted() -> Message:
        nonlocal received
        part = await request.receive()
        received += len(part.get("body", b""))
        if received > limit:
            raise too_large
        return part

    web.receiving += promised
    try:
        form = await _parsed(Request(request.scope, counted), files, web.settings.max_text)
        try:
            yield form
        finally:
            await form.close()
    finally:
        web.receiving -= promised


async def _parsed(request: Request, files: int, max_text: int) -> FormData:
    try:
        return await request.form(max_files=files, max_fields=8, max_part_size=max_text * 16)
    except HTTPException as error:
        if error.detail.startswith("Part exceeded"):
            raise HttpRefusal(400, "text_too_long", limit=max_text) from error
        if error.detail.startswith("Too many files"):
            raise HttpRefusal(400, "too_many_files", limit=files) from error
        raise HttpRefusal(400, "bad_form") from error
