"""The channels as the settings' page shows them: how each is doing, and a message to oneself on it.

Implements `bot.web.settings.Channels`. What is tried is what is stored now, also where it waits for a start.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels.registry import CHANNELS, ChannelRegistry, ChannelRow, PlatformRow
from bot.diagnostics import transfers
from bot.diagnostics.finding import Finding, Severity
from bot.house_settings import HouseSettings
from bot.runtime.channel_traffic import ChannelTraffic, in_words
from bot.web.settings import NEWEST_ARRIVALS, ChannelState, ChannelTest
from handlers.channel_port import ChannelContext, ChannelGateway
from handlers.messages import Delivered, Delivery
from handlers.ports import UnitOfWork

TEST_SECONDS = 20.0
_TROUBLES = {
    "starting": "bağlanıyor",
    "token_refused": "anahtar reddedildi",
    "unreachable": "platforma ulaşılamıyor",
    "conflict": "aynı botu başka bir program da dinliyor",
    "not_stored": "gelenler veritabanına yazılamıyor",
    "webhook_not_set": "webhook kurulamadı",
    "no_socket": "Slack ile açık bağlantı (Socket Mode) yok",
}
Health = Callable[[], Mapping[str, Mapping[str, Any]]]


class ChannelDesk:
    def __init__(
        self,
        *,
        house: HouseSettings,
        gateway: ChannelGateway,
        context: ChannelContext,
        health: Health,
        traffic: ChannelTraffic,
        channels: ChannelRegistry = CHANNELS,
    ) -> None:
        self._house, self._gateway, self._context = house, gateway, context
        self._health, self._traffic, self._channels = health, traffic, channels

    def states(self, uow: UnitOfWork) -> Sequence[ChannelState]:
        backlogs, health = uow.outbox.backlogs(), self._health()
        arrivals = uow.inbox.last_arrivals(NEWEST_ARRIVALS)
        found = []
        for row in self._channels:
            is_platform = isinstance(row, PlatformRow)
            traffic, backlog = self._traffic.of(row.name), backlogs.get(row.name)
            trouble = str(health.get(row.name, {}).get("trouble", ""))
            runs = row.name in health or not is_platform
            abroad, is_unfounded = self._abroad(row)
            found.append(
                ChannelState(
                    name=row.name,
                    title=row.title,
                    has_settings=is_platform,
                    runs=runs,
                    is_on=not isinstance(row, PlatformRow) or row.settings_in(self._house.now.channels) is not None,
                    trouble=_TROUBLES.get(trouble, trouble),
                    last_in=arrivals.get(row.name),
                    last_out=traffic.out_at,
                    error=traffic.error,
                    error_at=traffic.error_at,
                    waiting=backlog.waiting if backlog else 0,
                    given_up=backlog.given_up if backlog else 0,
                    abroad=abroad,
                    is_unfounded=is_unfounded,
                )
            )
        return found

    def _abroad(self, row: ChannelRow) -> tuple[str, bool]:
        """In words, and whether it needs somebody to do something."""
        if not isinstance(row, PlatformRow) or not row.is_external:
            return "", False
        settings = row.settings_in(self._house.now.channels)
        if settings is None:
            return "", False
        told = list(transfers.of_platform(row, settings))
        if not told:
            return "yalnız kayıt numarası, durum ve bağlantı (minimal)", False
        return " ".join(map(_said, told)), any(one.state is not Severity.OK for one in told)

    async def test(self, name: str, address: str | None, text: str) -> ChannelTest:
        """`address`: the asker's own conversation there. Raises KeyError for no platform of that name."""
        row = {one.name: one for one in self._channels.platforms}[name]
        settings = row.settings_in(self._house.now.channels)
        if settings is None:
            return ChannelTest(said=(f"Kanal kapalı: {row.lacks}.",))
        try:
            async with asyncio.timeout(TEST_SECONDS):
                found = await asyncio.to_thread(lambda: list(row.diagnose(settings, self._context, {})))
                wrong = [one for one in found if one.state is Severity.ERROR]
                if wrong:
                    return ChannelTest(said=tuple(map(_said, wrong)))
                if address is None:
                    return ChannelTest(said=(*map(_said, found), _not_linked(row)))
                return await self._sent(row, address, text)
        except TimeoutError:
            return ChannelTest(said=(f"{TEST_SECONDS:.0f} saniyede yanıt gelmedi: ağa ve güvenlik duvarına bakın.",))

    async def _sent(self, row: PlatformRow[Any], address: str, text: str) -> ChannelTest:
        platform = row.connect(self._house.now.channels, self._context)
        assert platform is not None  # it is on
        channel = platform.open(self._gateway)
        await channel.open()
        try:
            began = time.perf_counter()
            outcome = await channel.sender.send(
                Delivery(
                    id=0,
                    conversation=address,
                    channel=row.name,
                    message_id=0,
                    attempt=1,
                    text=text,
                    kind="channel_test",
                    confidential=False,
                )
            )
            seconds = time.perf_counter() - began
        finally:
            await channel.close()
        if isinstance(outcome, Delivered):
            return ChannelTest(is_ok=True, seconds=seconds, said=("İleti gitti, platform aldığını bildirdi.",))
        return ChannelTest(said=(f"Gönderilemedi: {in_words(outcome)}.",))


def _not_linked(row: PlatformRow[Any]) -> str:
    title = row.title
    if row.how_to_join:
        return row.how_to_join
    return (
        f"{title} hesabınız masaya bağlı değil, size ileti gönderilmedi. Bağlamak için {title} üzerinden masaya "
        "“/katil KOD” yazın; kodu burada, sohbette “/davet” üretir."
    )


def _said(finding: Finding) -> str:
    do = finding.on_page or finding.do
    return f"{finding.says}. {do}" if do else finding.says
