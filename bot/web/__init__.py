"""The web chat: pages, their requests, and the live stream."""

from bot.web.app import build, end_streams, take_settings
from bot.web.auth.first_run_page import code_hash
from bot.web.connections import ConnectionLimits
from bot.web.server import WebServer
from bot.web.settings import AgentAccess, DeviceFiles, Invitation, Printout, PushOffer, SetupCode, WebSettings

__all__ = [
    "AgentAccess",
    "ConnectionLimits",
    "DeviceFiles",
    "Invitation",
    "Printout",
    "PushOffer",
    "SetupCode",
    "WebServer",
    "WebSettings",
    "build",
    "code_hash",
    "end_streams",
    "take_settings",
]
