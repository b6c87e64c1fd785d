"""What every page that writes does: taken in as an event of the inbox, waited for (decision 0060)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypedDict

from markupsafe import Markup

from bot.web.auth.browser_session import account_of, own_conversations
from bot.web.errors import HttpRefusal
from bot.web.panel.guard import Visit
from bot.web.rendering import marked_html
from bot.web.uploads import discard
from handlers.channel_port import leaves_nothing
from handlers.context import Acting
from handlers.domain.people import Account
from handlers.events import Event
from handlers.people.access import page_address
from handlers.ports import Attachment

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOTHING = Markup()
HANDLED_WITHIN = 2.0
"""Seconds that the page waits for what came of it; then it says that it was taken in."""


def event_key(key: str) -> str:
    return f"panel:{key}"


def keep_pace(visit: Visit, weight: int = 1) -> None:
    """Raises HttpRefusal for who asks for more in a minute than anybody would."""
    if seconds := visit.web.messages.wait(visit.person.id, visit.now, weight):
        raise HttpRefusal(429, "pressed_too_fast", retry_after=seconds, seconds=seconds)


class Signed(TypedDict):
    """What every event says of who asked for it on a page, and when."""

    key: str
    at: datetime
    sender: Account
    sender_name: str
    conversation: str
    """One in which nobody speaks: it orders what one person asks for."""


def signed(visit: Visit, sender: Account, event: str) -> Signed:
    """`event`: its key, as of `event_key`."""
    return {
        "key": event,
        "at": visit.web.gateway.now(),
        "sender": sender,
        "sender_name": visit.person.name,
        "conversation": page_address(sender.channel, visit.person.id),
    }


def account(acting: Acting) -> Account:
    """From which they speak on the web. Raises HttpRefusal for who has none there."""
    private = [place for place in own_conversations(acting.uow, acting.person) if not place.is_room]
    if not private:
        raise HttpRefusal(403, "read_only")
    return account_of(private[0])


async def hand_in(visit: Visit, event: Event, files: Sequence[Attachment] = ()) -> None:
    """Pressed twice it is one event: the key is that of the form."""
    try:
        await visit.web.gateway.accept(event, files)
    except BaseException as error:
        if leaves_nothing(error):
            await discard(visit.web, files)
        raise
    with suppress(TimeoutError):
        async with asyncio.timeout(HANDLED_WITHIN):
            await visit.web.gateway.handled(event.key)


def words(acting: Acting, template: str, **data: Any) -> Markup:
    """Those of the chat."""
    said = acting.desk.texts.render(template, desk=acting.desk, ticket=data.pop("ticket", None), now=acting.now, **data)
    return marked_html(said, acting.desk.zone)
