"""The cards for the doors as one PDF, to whoever may print them."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.auth.browser_session import browser_of, required_person
from bot.web.rendering import NO_STORE
from bot.web.state import web_of
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.ports import UnitOfWork
from handlers.queries import door_cards
from handlers.queries.door_cards import Door

MOST_WORDS = 2_000
"""Letters of a list of rooms in a link."""


async def cards(request: Request) -> Response:
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    words, draw = request.query_params.get("oda", "")[:MOST_WORDS], web.settings.door_cards

    def look(uow: UnitOfWork) -> Sequence[Door]:
        person = required_person(uow, browser, now, web.settings)
        try:
            return door_cards.doors(uow, person, words)
        except (NotAllowed, Invalid) as error:
            raise NotFound("page", request.url.path) from error

    doors = await web.gateway.read(look)
    if draw is None:
        raise NotFound("page", request.url.path)
    made = await run_in_threadpool(draw, doors)
    shown = {"Content-Disposition": 'inline; filename="oda-kartlari.pdf"', **NO_STORE}
    return Response(made, media_type="application/pdf", headers=shown)
