"""The note after an outage as a PDF, to whoever may read it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.auth.browser_session import browser_of, required_person
from bot.web.rendering import NO_STORE
from bot.web.state import web_of
from handlers.domain.errors import Invalid, NotAllowed, NotFound, NotHolder
from handlers.ports import UnitOfWork
from handlers.tickets.outage_notes import OutageNote


async def note(request: Request) -> Response:
    """Whether there is one that they may not read is not told."""
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    asked, look, draw = request.query_params.get("kesinti", ""), web.settings.outage_note, web.settings.draw_outage_note
    is_key = asked.isascii() and asked.isdecimal() and len(asked) < 10

    def read(uow: UnitOfWork) -> OutageNote:
        person = required_person(uow, browser, now, web.settings)
        if look is None or draw is None or not is_key:
            raise NotFound("page", request.url.path)
        try:
            return look(uow, now, person, int(asked))
        except (NotAllowed, NotHolder, Invalid) as error:
            raise NotFound("page", request.url.path) from error

    found = await web.gateway.read(read)
    assert draw is not None
    made = await run_in_threadpool(draw, found)
    shown = {"Content-Disposition": f'inline; filename="kesinti-notu-{found.head.number}.pdf"', **NO_STORE}
    return Response(made, media_type="application/pdf", headers=shown)
