"""The web chat: pages, their requests, and the live stream."""

from bot.web.app import build, end_streams, take_settings
from bot.web.connections import ConnectionLimits
from bot.web.server import WebServer
from bot.web.settings import Printout, WebSettings

__all__ = ["ConnectionLimits", "Printout", "WebServer", "WebSettings", "build", "end_streams", "take_settings"]
