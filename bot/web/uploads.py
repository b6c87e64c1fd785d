"""Files that come with a form: on disk for good before what they came with is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from bot.web.errors import HttpRefusal
from bot.web.forms import MEGABYTE
from bot.web.state import WebState
from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.ports import Attachment

_TOO_MUCH = frozenset(["file_too_large", "picture_too_large", "archive_too_large", "file_quota", "files_paused"])
_KINDS = frozenset(["file_type", "file_macros", "archive_type"])
"""Refused for what they are."""


def uploads_in(form: FormData) -> tuple[UploadFile, ...]:
    """A form without a chosen file still holds one, without a name."""
    return tuple(part for part in form.getlist("files") if isinstance(part, UploadFile) and part.filename)


async def keep(
    web: WebState, person: Person, conversation: str, uploads: Sequence[UploadFile]
) -> tuple[Attachment, ...]:
    """The files on disk for good. Raises HttpRefusal."""
    limit = web.settings.max_file_bytes
    if any((upload.size or 0) >= limit for upload in uploads):
        raise HttpRefusal(413, "file_too_large", limit=limit // MEGABYTE)
    kept: list[Attachment] = []
    for upload in uploads:
        try:
            kept.append(
                await run_in_threadpool(
                    web.gateway.files.keep,
                    upload.file,
                    upload.filename or "",
                    uploader=person.id,
                    conversation=conversation,
                    at=web.gateway.now(),
                )
            )
        except Invalid as error:
            status = 413 if error.reason in _TOO_MUCH else 415 if error.reason in _KINDS else 400
            name, inner = error.data.get("name"), error.data.get("inner")
            day = error.data.get("limit_mb")
            await discard(web, kept)
            raise HttpRefusal(
                status, error.reason, limit=limit // MEGABYTE, name=name, inner=inner, limit_mb=day
            ) from error
        except BaseException:
            await discard(web, kept)
            raise
    return tuple(kept)


async def discard(web: WebState, files: Sequence[Attachment]) -> None:
    for file in files:
        await run_in_threadpool(web.gateway.files.discard, file.id)
