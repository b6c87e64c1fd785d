"""What the pages have in common on which somebody brings a list (staff, devices, the official ledger): what came with
the form, and its parts on their way through the inbox (decisions 0066 and 0083)."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile

from bot.web.forms import FormLimits
from bot.web.panel import asking
from bot.web.panel.asking import UUID, Signed, event_key
from bot.web.panel.guard import Visit
from handlers.domain.brought_lists import ReadAs
from handlers.domain.errors import NotFound
from handlers.domain.people import Account
from handlers.events import Event

DISCARD, READ_AS = "discard", "read_as"
NOTHING_BROUGHT = "Bir dosya seçin ya da listeyi Excel’den kopyalayıp kutuya yapıştırın."
NOT_KEPT = "Bu dosya artık tutulmuyor; yeniden seçin."
MAX_PASTED = 3_000_000
_COLUMN = "sutun_"
_AT_A_TIME = 20
"""Events that are handed in together."""


def limits(max_file: int) -> FormLimits:
    """Of a form with a file, or what was pasted, and a few fields."""
    return FormLimits(size=max_file + MAX_PASTED + 100_000, files=1, fields=8, part=MAX_PASTED * 3)


async def brought_of(form: FormData) -> tuple[str, str, bytes | str]:
    """Key, name of the file, what is in it; or what was pasted."""
    key, file, pasted = str(form.get("key", "")), form.get("file"), form.get("pasted", "")
    if isinstance(file, UploadFile) and file.filename:
        return key, " ".join(file.filename.split())[-80:], await file.read()
    return key, "", pasted if isinstance(pasted, str) else ""


def said_of(form: FormData, fields: Sequence[str]) -> ReadAs:
    """As what each column shall be read."""
    columns = {
        int(place): str(form[name])
        for name in form
        if name.startswith(_COLUMN) and (place := name.removeprefix(_COLUMN)).isascii() and place.isdecimal()
        if form[name] in ("", *fields) and len(place) < 4
    }
    return ReadAs(columns, bool(form.get("mudurluksuz")))


def digest_of(content: bytes | str) -> str:
    """By which the same list is known again."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def signed_part(visit: Visit, sender: Account, key: str, action: str, part: int) -> Signed:
    """Of a part of a list: its key follows from list, action and part, so that a second press is the same event."""
    return asking.signed(visit, sender, event_key(str(uuid.uuid5(uuid.UUID(key), f"{action}:{part}"))))


async def hand_in_parts(visit: Visit, events: Sequence[Event]) -> None:
    """And wait a moment for the last."""
    for first in range(0, len(events), _AT_A_TIME):
        await asyncio.gather(*(visit.web.gateway.accept(one) for one in events[first : first + _AT_A_TIME]))
    with suppress(TimeoutError):
        async with asyncio.timeout(asking.HANDLED_WITHIN):
            await visit.web.gateway.handled(events[-1].key)


async def refused(visit: Visit, reason: str, data: Any) -> str:
    """Why not, in the words of the chat."""
    return await visit.read(lambda acting: asking.words(acting, f"errors/{reason}", **dict(data)))


def key_of(visit: Visit) -> str:
    """Of the list that its address names. Raises NotFound."""
    key = str(visit.request.path_params["key"])
    if not UUID.fullmatch(key):
        raise NotFound("list", key)
    return key


def address(visit: Visit, path: str, key: str) -> str:
    return f"{visit.browser.base}/panel/{path}/{key}"


def moment(visit: Visit, at: datetime | None) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H.%M}" if at is not None else ""
