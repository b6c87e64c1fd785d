"""Forms that a browser posts, read within bounds."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.web.errors import HttpRefusal
from bot.web.receiving import SMALL
from bot.web.state import WebState, web_of
from handlers.domain.errors import Invalid

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if code not in (9, 10)}
"""Nothing that anybody types, and NUL is more than a database takes."""
_FULL = frozenset([errno.ENOSPC, errno.EDQUOT])


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLimits:
    size: int = SMALL
    """Bytes of the whole form."""
    files: int = 0
    fields: int = 8
    part: int | None = None
    """Bytes of a field; None: of the longest message."""
    guest: str | None = None
    """The address of somebody whom nobody knows."""


@asynccontextmanager
async def bounded_form(request: Request, limits: FormLimits | None = None) -> AsyncIterator[FormData]:
    """The form, read no further than the limit; its files are gone when it is left. Raises HttpRefusal."""
    web, limits = web_of(request), limits or FormLimits()
    too_large = _too_large(web, limits)
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limits.size:
        raise too_large
    promised = int(length) or limits.size
    if promised > SMALL:
        _require_space(web, promised)
    received = 0

    async def counted() -> Message:
        nonlocal received
        part = await request.receive()
        received += len(part.get("body", b""))
        if received > limits.size:
            raise too_large
        return part

    with web.receiving.taking(promised, limits.guest):
        form = await _parsed(Request(request.scope, counted), limits, web.settings.max_text)
        try:
            yield form
        finally:
            await form.close()


def typed_text(form: FormData, limit: int, name: str = "text") -> str:
    """What was typed there, without what nobody types. Raises HttpRefusal."""
    typed = form.get(name, "")
    if not isinstance(typed, str):
        raise HttpRefusal(400, "bad_form")
    text = typed.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).strip()
    if len(text) > limit:
        raise HttpRefusal(400, "text_too_long", limit=limit)
    return text


def _too_large(web: WebState, limits: FormLimits) -> HttpRefusal:
    if limits.guest is not None and web.settings.guest_bytes:
        return HttpRefusal(413, "files_too_large", limit_mb=web.settings.guest_bytes // 1_000_000)
    return HttpRefusal(413, "file_too_large", limit=web.settings.max_file_bytes // MEGABYTE)


def _require_space(web: WebState, size: int) -> None:
    """Also with all that is under way already."""
    try:
        web.gateway.files.require_space(web.receiving.total + size)
    except Invalid as error:
        raise HttpRefusal(413, error.reason) from error


async def _parsed(request: Request, limits: FormLimits, max_text: int) -> FormData:
    try:
        return await request.form(
            max_files=limits.files, max_fields=limits.fields, max_part_size=limits.part or max_text * 16
        )
    except HTTPException as error:
        if error.detail.startswith("Part exceeded"):
            raise HttpRefusal(400, "text_too_long", limit=max_text) from error
        if error.detail.startswith("Too many files"):
            raise HttpRefusal(400, "too_many_files", limit=limits.files) from error
        raise HttpRefusal(400, "bad_form") from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        log.error("temporary_files_full", folder=tempfile.gettempdir())
        raise HttpRefusal(413, "files_paused") from error
