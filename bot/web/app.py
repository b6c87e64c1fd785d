"""The web application, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.web import assets, door_cards_page, label_page, notice_page, pdf_page
from bot.web.agents import endpoint as agent_endpoint
from bot.web.auth import first_run_page, push_page, sessions_page
from bot.web.auth.renewal import Renewal, carry
from bot.web.chat import inbound, pages
from bot.web.chat.attachments import serve_file
from bot.web.chat.stream import stream
from bot.web.compression import Compression
from bot.web.errors import (
    HttpRefusal,
    on_broken,
    on_gone,
    on_http,
    on_not_found,
    on_refused,
    on_too_slow,
    on_unavailable,
)
from bot.web.middleware import Guard
from bot.web.panel import logo_page
from bot.web.panel.brought_lists import BroughtLists
from bot.web.panel.export_jobs import ExportJobs
from bot.web.panel.lookers import Lookers
from bot.web.panel.routes import routes as panel_routes
from bot.web.rate_limit import VisitorRateLimiter
from bot.web.settings import LOGO_PATH, WebSettings
from bot.web.state import WebState, web_of
from bot.web.status import page as status_page
from bot.web.status import stream as status_stream
from handlers.channel_port import ChannelGateway, Unavailable
from handlers.domain.errors import NotFound
from handlers.ports import SearchTooSlow

T = TypeVar("T")


def build(gateway: ChannelGateway, settings: WebSettings, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """`routes`: what platforms call on this server, before all of ours."""

    async def broken(request: Request, error: Exception) -> Response:
        return carry(request, await on_broken(request, error), settings)

    app = Starlette(
        routes=[*routes, *_routes(settings)],
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(Renewal, settings=settings),
            Middleware(Compression),
        ],
        exception_handlers={
            HttpRefusal: on_refused,
            NotFound: on_not_found,
            Unavailable: on_unavailable,
            SearchTooSlow: on_too_slow,
            HTTPException: on_http,
            ClientDisconnect: on_gone,
            Exception: broken,
        },
    )
    app.state.web = WebState(
        gateway=gateway,
        settings=settings,
        messages=VisitorRateLimiter(settings.messages_a_minute),
        guests=VisitorRateLimiter(settings.guests_a_minute),
        codes=VisitorRateLimiter(settings.codes_a_minute),
        wrong_labels=VisitorRateLimiter(label_page.MOST_WRONG, timedelta(hours=1)),
        exports=ExportJobs(settings.list_files),
        brought=BroughtLists(settings.brought_lists),
        lookers=Lookers(settings.lookers, gateway.now),
    )
    return app


def end_streams(app: Starlette) -> None:
    """Call it in the event loop when SIGTERM comes: open streams end, so that the server need not wait for them."""
    web: WebState = app.state.web
    web.stopping.set()


def take_settings(app: Starlette, changed: Mapping[str, Any]) -> None:
    """What pages show and allow, from the next request on."""
    web: WebState = app.state.web
    web.settings = replace(web.settings, **changed)


def _routes(settings: WebSettings) -> list[BaseRoute]:
    installed: list[BaseRoute] = [
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Route("/static/{path:path}", assets.serve),
        Route(LOGO_PATH, logo_page.picture),
        Route("/aydinlatma", notice_page.html),
        Route("/c/{token}", label_page.html),
        Route("/C/{token}", label_page.html),
        Route("/envanter", agent_endpoint.receive, methods=["POST"]),
        Route("/durum", status_page.html),
        Route("/durum/akis", status_stream.stream),
        Route("/durum.json", status_page.json),
        Route("/durum.ics", status_page.ics),
        Route("/durum.svg", status_page.svg),
    ]
    if settings.demo:
        return [*installed, Route("/", pages.picker), Mount("/demo/{handle}", routes=_chat())]
    first = [Route("/kurulum", first_run_page.form), Route("/kurulum", first_run_page.begin, methods=["POST"])]
    return [*installed, *first, Mount("/", routes=_chat())]


def _chat() -> list[BaseRoute]:
    return [  # what is asked for most stands first: they are tried one after the other
        Route("/messages", inbound.message, methods=["POST"]),
        Route("/seen", inbound.seen, methods=["POST"]),
        Route("/press", inbound.press, methods=["POST"]),
        Route("/stream", stream),
        Route("/", pages.chat),
        Route("/talk", pages.talk),
        Route("/side", pages.side_list),
        Route("/older", pages.older),
        Route("/search", pages.search_page),
        Route("/files/{file}", serve_file),
        Route("/c/{token}", label_page.html),
        Route("/oda-kartlari.pdf", door_cards_page.cards),
        Route("/kesinti-notu.pdf", pdf_page.outage_note),
        Route("/yazili-emir.pdf", pdf_page.order_draft),
        *panel_routes(),
        Route("/bildirimler", push_page.overview),
        Route("/bildirimler/ac", push_page.subscribe, methods=["POST"]),
        Route("/bildirimler/kapat", push_page.unsubscribe, methods=["POST"]),
        Route("/sw.js", assets.service_worker),
        Route("/sessions", sessions_page.overview),
        Route("/sessions/end", sessions_page.end, methods=["POST"]),
        Route("/logout", sessions_page.logout, methods=["POST"]),
    ]


async def healthz(request: Request) -> Response:
    health = web_of(request).settings.health
    state = dict(await _looked(request, health)) if health else {"ok": True}
    return JSONResponse(state, 200 if state.get("ok", True) else 503, {"Cache-Control": "no-store"})


async def metrics(request: Request) -> Response:
    collect = web_of(request).settings.metrics
    if collect is None:
        raise HttpRefusal(404, "not_found")
    return PlainTextResponse(await _looked(request, collect), headers={"Cache-Control": "no-store"})


async def _looked(request: Request, look: Callable[[], T]) -> T:
    """In a thread, one at a time: a database that does not answer holds up whoever asks how it is, and nobody else."""
    return await asyncio.get_running_loop().run_in_executor(web_of(request).looking, look)
