"""Files, to those who may read them. Only raster images are shown; the rest is a download and nothing runs in it."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bot.web.auth.browser_session import browser_of, required_person
from bot.web.chat.conversation_view import RASTER
from bot.web.state import web_of
from handlers.domain.errors import NotFound
from handlers.people.access import may_read_file
from handlers.ports import Attachment, UnitOfWork

_ID = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=60",
}


async def serve_file(request: Request) -> Response:
    web = web_of(request)
    browser, now, wanted = browser_of(request, web.settings), web.gateway.now(), request.path_params["file"]
    if not _ID.fullmatch(wanted):
        raise NotFound("file", "")

    def look(uow: UnitOfWork) -> Attachment:
        person = required_person(uow, browser, now, web.settings)
        found = uow.attachments.get(wanted)
        if found is None or not may_read_file(uow, person, found):
            raise NotFound("file", wanted)
        return found

    file = await web.gateway.read(look)
    path: Path = web.gateway.files.path(file.id)
    inline = file.media_type in RASTER
    return FileResponse(
        path,
        media_type=file.media_type if inline else "application/octet-stream",
        filename=file.name,
        content_disposition_type="inline" if inline else "attachment",
        headers=_HEADERS,
    )
