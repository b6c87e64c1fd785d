"""What every route has at hand."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from bot.web.agents.state import AgentState
from bot.web.panel.brought_lists import BroughtLists
from bot.web.panel.export_jobs import ExportJobs
from bot.web.panel.lookers import Lookers
from bot.web.panel.open_lists import OpenLists
from bot.web.rate_limit import VisitorRateLimiter
from bot.web.receiving import Receiving
from bot.web.settings import WebSettings
from handlers.channel_port import ChannelGateway


@dataclass(slots=True, kw_only=True)
class WebState:
    gateway: ChannelGateway
    settings: WebSettings
    messages: VisitorRateLimiter
    guests: VisitorRateLimiter
    codes: VisitorRateLimiter
    wrong_labels: VisitorRateLimiter
    """Tokens of labels that led nowhere."""
    looking: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="look"))
    """For `/healthz` and `/metrics`."""
    streams: Counter[str] = field(default_factory=Counter)
    """Open streams of each session, by the hash of its cookie."""
    exports: ExportJobs
    brought: BroughtLists
    lookers: Lookers
    open_lists: OpenLists = field(default_factory=OpenLists)
    receiving: Receiving = field(default_factory=Receiving)
    agents: AgentState = field(default_factory=AgentState)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server is about to stop: streams end at once."""


def web_of(request: Request) -> WebState:
    return cast(WebState, request.app.state.web)


def user_agent(request: Request) -> str:
    return "".join(c for c in request.headers.get("user-agent", "") if c.isprintable())
