"""Structured logs that may be handed on: no personal numbers, no secrets, never what somebody wrote.

Everything goes through one handler, the libraries' records too. A line is a line: control characters are escaped.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any, TextIO

import structlog

from bot.channels.registry import CHANNELS, ChannelRegistry
from handlers.ports import StoreError
from knowledge.language.masking import masked

QUIET = (
    "alembic",
    "httpx",
    "httpcore",
    "urllib3",
    "uvicorn.access",
    "matplotlib",
    "PIL",
)
"""They log whole addresses (with a token in them), searches or fonts at INFO; each platform's libraries as well."""

_SECRET_KEYS = frozenset({"token", "secret", "password", "cookie", "authorization", "signature", "database_url"})
_CONTENT_KEYS = frozenset({"text", "body", "payload", "message", "raw", "update", "name", "sender_name", "title"})
"""Where somebody's words could be: their length is told, nothing else."""

_EVENT_KEY = re.compile(r"[a-z]{1,20}:[A-Za-z0-9_.:-]{1,200}")
"""`telegram:<bot>:<update>`, `web:<uuid>`: numbers that platforms and browsers gave an event, never a person's. Whoever
looks for one must find it whole."""
_KEYS = frozenset({"key", "event_key"})
_SECRETS = (
    re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}"),  # Telegram
    re.compile(r"\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{8,}"),  # Slack
    re.compile(r"\b[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}\b"),  # a code for /katil
    re.compile(r"(?<=://)[^\s/@]+@"),  # user and password in an address
    re.compile(r"(?i)(?<=bearer )\S+"),
)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def configure(
    *,
    json_lines: bool | None = None,
    level: int = logging.INFO,
    stream: TextIO | None = None,
    secrets: Collection[str] = (),
    channels: ChannelRegistry = CHANNELS,
) -> None:
    """Once, at the start. `json_lines` None: JSON unless somebody looks. `secrets`: the settings' own, never shown."""
    stream = stream or sys.stderr
    looked_at = stream.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines or (json_lines is None and not looked_at)
        else structlog.dev.ConsoleRenderer(colors=looked_at)
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _traced,
                Cleaner(secrets),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in (*QUIET, *channels.quiet_loggers):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class Cleaner:
    """A processor: the last before the line is written."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = sorted((secret for secret in secrets if len(secret) >= 6), key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if key not in ("timestamp", "level", "logger"):
                event[key] = self._clean(key, value)
        return event

    def _clean(self, key: str, value: object) -> object:
        name = key.lower()
        if any(name == secret or name.endswith(f"_{secret}") for secret in _SECRET_KEYS):
            return "[gizli]"
        if name in _CONTENT_KEYS:
            return f"[{len(value)} karakter]" if isinstance(value, str) else "[içerik]"
        if name in _KEYS and isinstance(value, str) and _EVENT_KEY.fullmatch(value):
            return self._without_own_secrets(value)
        match value:
            case str():
                return self.safe(value)
            case None | bool() | float():
                return value
            case int():
                return value if abs(value) < 10**9 else self.safe(str(value))
            case Mapping():
                return {str(inner): self._clean(str(inner), content) for inner, content in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._clean("", content) for content in value]
            case _:
                return self.safe(str(value))

    def safe(self, text: str) -> str:
        """Without secrets, e-mail addresses and personal numbers, on one line."""
        text = self._without_own_secrets(text)
        for pattern in _SECRETS:
            text = pattern.sub("[gizli]", text)
        return _UNSEEN.sub(_escaped, masked(text))

    def _without_own_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[gizli]")
        return text


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


# --- errors -------------------------------------------------------------------------------------
def _traced(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its kinds and places: its text may hold what somebody wrote."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["trace"] = " <- ".join(_links(error))
    event.pop("stack_info", None)
    return event


def _links(error: BaseException) -> list[str]:
    """Innermost cause last."""
    links: list[str] = []
    link: BaseException | None = error
    while link is not None and len(links) < 5:
        frames = traceback.extract_tb(link.__traceback__)[-6:]
        places = " ".join(f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames)
        links.append(f"{describe(link)} at {places}" if places else describe(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return links


def describe(error: BaseException) -> str:
    """The kind of an error, with what the system or the database said; never values of rows or messages."""
    kind = type(error).__name__
    if isinstance(error, StoreError) and str(error):
        return f"{kind} ({error})"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind} ({error.strerror})"
    return kind


def _short(file: str) -> str:
    return "/".join(file.split("/")[-2:])
