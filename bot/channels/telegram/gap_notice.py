"""The platform keeps updates for 24 hours. Out of its reach for longer, we have lost messages, and say so."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.channels.telegram.refs import CHANNEL
from handlers.channel_port import ChannelGateway
from handlers.domain.job_run import JobName, JobRun
from handlers.messages import Outgoing
from handlers.ports import UnitOfWork

KEPT = timedelta(hours=24)

log = structlog.get_logger(__name__)


class UpdateGapNotice:
    def __init__(self, gateway: ChannelGateway) -> None:
        self._gateway = gateway
        self._hour = ""

    async def reached(self) -> None:
        """Call it when the platform answered: once an hour it is noted, and a long gap before is told to the units."""
        now = self._gateway.now()
        hour = f"{now:%Y-%m-%dT%H}"
        if hour != self._hour:
            await self._gateway.write(lambda uow: _note(uow, now))
            self._hour = hour


def _note(uow: UnitOfWork, now: datetime) -> None:
    before = uow.job_runs.latest(JobName.CONTACT, CHANNEL)
    today = JobRun(JobName.CONTACT, CHANNEL, now.date(), now)
    if not uow.job_runs.add(today):  # a gap of a day is seen with the first answer of a day
        uow.job_runs.extend(today)
        return
    if before is None or (gap := now - before.until) < KEPT:
        return
    hours = int(gap.total_seconds() // 3600)
    log.error("telegram_updates_lost", hours=hours)
    for place in uow.conversations.rooms():
        if place.channel == CHANNEL:
            uow.messages.put(
                Outgoing(conversation=place.address, text=_told(hours), kind="outage_gap", confidential=False)
            )


def _told(hours: int) -> str:
    return (
        f"Telegram'a yaklaşık {hours} saat ulaşamadım. Telegram iletileri 24 saat saklar: bu arada yazılanların bir "
        "kısmı bana ulaşmamış olabilir. Yanıt alamayanlar lütfen yeniden yazsın."
    )
