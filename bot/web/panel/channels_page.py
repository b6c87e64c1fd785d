"""`/panel/ayarlar/kanallar`: how each channel is doing, and a message to oneself on it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from starlette.responses import Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel import asking
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import OPERATION
from bot.web.rendering import exact_time
from bot.web.settings import NEWEST_ARRIVALS, ChannelState, ChannelTest
from handlers.context import Acting
from handlers.domain.push import CHANNEL as PUSH
from handlers.domain.rights import may_keep_settings
from handlers.inflections import grouped
from handlers.people import push
from handlers.queries import house_settings
from handlers.settings import house

_MAX_AUDIT_LETTERS = 200


@panel_page(OPERATION)
async def overview(visit: Visit) -> Response:
    return await _show(visit)


@panel_page(OPERATION, logged=False)
async def test(visit: Visit) -> Response:
    """A message to who asks, told with its time there and back, or what failed."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        name = str(form.get("channel", ""))
    channels = visit.web.settings.channels
    known = {one.name: one for one in await visit.read(lambda acting: _states(visit, acting))}
    if channels is None or name not in known:
        raise HttpRefusal(400, "bad_form")
    if not may_keep_settings(visit.person):
        raise HttpRefusal(403, "page_closed")
    asking.keep_pace(visit)
    if known[name].has_settings:
        address, text = await visit.read(lambda acting: (_own(acting, name), _text(acting)))
        came = await channels.test(name, address, text)
    else:
        came = await _test_of_ours(visit, name)
    said = f"{name}: {'ulaştı' if came.is_ok else ' '.join(came.said)}"[:_MAX_AUDIT_LETTERS]
    await visit.web.gateway.write(
        lambda uow: uow.audit.log(visit.web.gateway.now(), visit.person.id, "channel_tested", said, CHANNEL)
    )
    return await _show(visit, known[name], came)


async def _show(visit: Visit, tested: ChannelState | None = None, came: ChannelTest | None = None) -> Response:
    states = await visit.read(lambda acting: _states(visit, acting))
    return visit.html(
        "panel_channels.html",
        states=states,
        tested=tested,
        came=came,
        looked_at=grouped(NEWEST_ARRIVALS),
        may_test=may_keep_settings(visit.person),
        here_is=f"{visit.browser.base}/panel/ayarlar/kanallar",
        at=lambda when: exact_time(when, visit.desk.zone),
    )


def _states(visit: Visit, acting: Acting) -> Sequence[ChannelState]:
    """For who may see the settings. Raises NotAllowed."""
    house_settings.require_reader(acting)
    return visit.web.settings.channels.states(acting.uow) if visit.web.settings.channels is not None else ()


def _own(acting: Acting, channel: str) -> str | None:
    """Where that person is spoken with there. Raises NotAllowed."""
    house.require_keeper(acting)
    if channel == PUSH:
        own = push.of_person(acting.uow, acting.person, acting.now)
        return own[-1].address if own else None
    places = acting.uow.conversations.private_of(acting.person.id)
    return next((one.address for one in places if one.channel == channel), None)


def _text(acting: Acting) -> str:
    return acting.desk.texts.render("channel_test", desk=acting.desk, now=acting.now)


async def _test_of_ours(visit: Visit, name: str) -> ChannelTest:
    """Of a channel that the desk delivers itself: the message is written into their own conversation."""
    address = await visit.read(lambda acting: _own(acting, name))
    if address is None:
        return ChannelTest(said=("Bu kanalda sohbetiniz yok: orada masaya bir kez yazın.",))
    began = time.perf_counter()
    await visit.web.gateway.write(lambda uow: visit.acting(uow).say(address, "channel_test"))
    return ChannelTest(is_ok=True, seconds=time.perf_counter() - began, said=("İleti kendi sohbetinize yazıldı.",))
