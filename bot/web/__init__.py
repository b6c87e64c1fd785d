"""The web chat: pages, their requests, and the live stream."""

from bot.web.app import build, end_streams
from bot.web.settings import WebSettings

__all__ = ["WebSettings", "build", "end_streams"]
