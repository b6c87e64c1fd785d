"""What is printed: a page of ours as a PDF, to whoever may read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.auth.browser_session import browser_of, required_person
from bot.web.rendering import NO_STORE
from bot.web.settings import Printout
from bot.web.state import web_of
from handlers.domain.errors import Invalid, NotAllowed, NotFound, NotHolder
from handlers.ports import UnitOfWork

T = TypeVar("T")


async def printed(request: Request, key: str, printout: Printout[T] | None, name: Callable[[T], str]) -> Response:
    """`key`: the parameter with the number of what is to be printed. Whether there is one that they may not read is not
    told."""
    if printout is None:
        raise NotFound("page", request.url.path)
    web = web_of(request)
    browser, now, asked = browser_of(request, web.settings), web.gateway.now(), request.query_params.get(key, "")
    is_key = asked.isascii() and asked.isdecimal() and len(asked) < 10

    def read(uow: UnitOfWork) -> T:
        person = required_person(uow, browser, now, web.settings)
        if not is_key:
            raise NotFound("page", request.url.path)
        try:
            return printout.look(uow, now, person, int(asked))
        except (NotAllowed, NotHolder, Invalid) as error:
            raise NotFound("page", request.url.path) from error

    found = await web.gateway.read(read)
    made = await run_in_threadpool(printout.draw, found)
    shown = {"Content-Disposition": f'inline; filename="{name(found)}.pdf"', **NO_STORE}
    return Response(made, media_type="application/pdf", headers=shown)


async def outage_note(request: Request) -> Response:
    note = web_of(request).settings.outage_note
    return await printed(request, "kesinti", note, lambda one: f"kesinti-notu-{one.head.number}")


async def order_draft(request: Request) -> Response:
    draft = web_of(request).settings.order_draft
    return await printed(request, "onay", draft, lambda one: f"yazi-{one.number}")
