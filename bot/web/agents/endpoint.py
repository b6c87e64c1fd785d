"""`POST /envanter`: agents say who they are, are told what to leave out, and report their machines.

An agent writes without its password first and again with it when it is asked for. It is answered in the language that
it speaks; what is refused says why in its log, in English.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.agents import messages
from bot.web.agents.inflating import MOST_RECEIVED, Damaged, Inflater, TooLarge
from bot.web.agents.messages import AgentMessage, Kind, Language, Unreadable
from bot.web.chat.inbound import address_of
from bot.web.errors import HttpRefusal
from bot.web.rendering import NO_STORE
from bot.web.settings import AgentAccess
from bot.web.state import WebState, web_of
from handlers.context import UseCaseContext
from handlers.devices import inventories, sightings
from handlers.domain.errors import Invalid, Stale
from handlers.domain.sightings import Report

CHANNEL = "agent"
HOURS_BETWEEN = 24
"""How often an agent comes."""
LONGEST_SECONDS = 120
"""For a body to arrive: few are read at a time, and who stops halfway keeps the others waiting no longer."""
_TRIES = 3
_SAID = {
    "sighting_nothing_known": "this machine says neither serial nor MAC address nor agent id; nothing was kept",
    "sighting_too_many": "too many unknown machines; nothing was kept",
}
_WANTED = 'Basic realm="envanter"'
"""Nothing may stand behind it: agents take all between the first and the last quotation mark for the realm."""
_REFUSED = "only inventories are taken here"
_AGAIN = "it was reported within this minute; nothing was kept"


async def receive(request: Request) -> Response:
    """Raises HttpRefusal where no agents are expected."""
    web = web_of(request)
    access = web.settings.agents
    if access is None or web.settings.desk is None:
        raise HttpRefusal(404, "not_found")
    if (refused := _door(request, web, access)) is not None:
        return refused
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_RECEIVED:
        return _error(Language.JSON, "the body is larger than 4 MB", 413)
    try:
        async with web.agents.bodies, asyncio.timeout(LONGEST_SECONDS):
            message = await _message(request, web)
    except TimeoutError:
        return _error(Language.JSON, "the body did not arrive in time", 408)
    except TooLarge:
        return _error(Language.JSON, "the body is larger than 4 MB, or than 32 MB when it is unpacked", 413)
    except Damaged:
        return _error(Language.JSON, "the body cannot be unpacked, or its end is missing", 400)
    except Unreadable as error:
        return _error(error.language, "this is no message of an agent", 400)
    return await _answered(request, web, message)


def _door(request: Request, web: WebState, access: AgentAccess) -> Response | None:
    """Before anything is read."""
    now, whose = web.gateway.now(), address_of(request)
    said = request.headers.get("authorization", "")
    if web.agents.wrong.left(whose, now):
        return _error(Language.JSON, "too many wrong passwords from this address; try later", 429)
    if _is_theirs(said, access):
        return None
    if said:
        web.agents.wrong.wait(whose, now)
    headers = {"WWW-Authenticate": _WANTED, **NO_STORE}
    return JSONResponse({"status": "error", "message": "user or password is wrong"}, 401, headers)


def _is_theirs(said: str, access: AgentAccess) -> bool:
    scheme, _, given = said.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        typed = base64.b64decode(given.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(typed, f"{access.user}:{access.password}".encode())


async def _message(request: Request, web: WebState) -> AgentMessage:
    """Raises TooLarge, Damaged, Unreadable."""
    inflater = Inflater()
    async for piece in request.stream():
        await run_in_threadpool(inflater.feed, piece)
    async with web.agents.reading:
        return await run_in_threadpool(lambda: messages.read(inflater.whole()))


async def _answered(request: Request, web: WebState, message: AgentMessage) -> Response:
    agent = request.headers.get("glpi-agent-id", "")
    match message.kind:
        case Kind.PROLOG:
            return _json({"status": "pending"}) if _is_uuid(agent) else _xml(_SEND)
        case Kind.CONTACT:
            return _json(_task())
        case Kind.INVENTORY:
            return await _kept(web, message, agent)
        case Kind.NOTHING:
            return _ok(message.language)
        case Kind.OTHER:
            return _error(message.language, _REFUSED)


async def _kept(web: WebState, message: AgentMessage, agent: str) -> Response:
    now, desk = web.gateway.now(), web.settings.desk
    assert desk is not None
    try:
        report = inventories.report_of(
            message.content,
            agent=agent,
            device_text=message.device_text,
            item_type=message.item_type,
            partial=message.partial,
        )
        if web.agents.inventories.wait(_whose(report), now):
            return _error(message.language, _AGAIN)
        for left in reversed(range(_TRIES)):
            try:
                await web.gateway.write(
                    lambda uow: sightings.take(UseCaseContext(desk=desk, uow=uow, now=now, channel=CHANNEL), report)
                )
                break
            except Stale:
                if not left:
                    raise
    except Invalid as error:
        return _error(message.language, _SAID[error.reason])
    return _ok(message.language)


def _whose(report: Report) -> tuple[str, ...]:
    """Which machine it is of: one that asks others reports many within a minute."""
    seen = report.seen
    return (report.agent, report.device_text, seen.item_type, seen.serial_key, *seen.macs[:1])


# --- answers ---------------------------------------------------------------------------------------
_SEND = f"<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>{HOURS_BETWEEN}</PROLOG_FREQ></REPLY>"


def _task() -> dict[str, object]:
    """What is wanted of a machine, and what is not to leave it."""
    left_out = ",".join(inventories.NOT_ASKED_FOR)
    wanted = {"server": "glpi", "version": "10.0.0", "no-category": left_out}
    return {"status": "ok", "expiration": HOURS_BETWEEN, "tasks": {"inventory": wanted}}


def _ok(language: Language) -> Response:
    if language is Language.XML:
        return _xml("<REPLY><RESPONSE>OK</RESPONSE></REPLY>")
    return _json({"status": "ok", "expiration": HOURS_BETWEEN})


def _error(language: Language, says: str, status: int = 200) -> Response:
    """A message that was read is answered 200: the agent writes what the answer says into its log."""
    if language is Language.XML:
        return _xml(f"<REPLY><ERROR>{says}</ERROR></REPLY>", status)
    return _json({"status": "error", "message": says}, status)


def _json(said: dict[str, object], status: int = 200) -> Response:
    return JSONResponse(said, status, NO_STORE)


def _xml(said: str, status: int = 200) -> Response:
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n{said}\n'
    return Response(document, status, NO_STORE, media_type="application/xml")


def _is_uuid(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
