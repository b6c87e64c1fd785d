"""Whether anybody is reached in a conversation: told to the desk when it changes."""

from __future__ import annotations

import json

from bot.channels.slack.inbound import SlackEnvelope
from bot.channels.slack.refs import CHANNEL
from handlers.channel_port import ChannelGateway
from handlers.messages import Delivered, Delivery, GaveUp, Outcome
from handlers.ports import Arrival
from handlers.queries.accounts import is_blocked

_LOST = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "messages_tab_disabled",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
    }
)
"""Answers after which nobody reads what is written there."""


class Reach:
    def __init__(self, gateway: ChannelGateway) -> None:
        self._gateway = gateway
        self._lost: dict[str, bool] = {}
        """What the desk knows, by conversation; asked for once."""

    async def after(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome:
            case GaveUp(why=why) if why in _LOST:
                await self._is(delivery, lost=True)
            case Delivered():
                await self._is(delivery, lost=False)

    async def _is(self, delivery: Delivery, *, lost: bool) -> None:
        place = delivery.conversation
        if place not in self._lost:
            self._lost[place] = await self._gateway.read(lambda uow: is_blocked(uow, place))
        if self._lost[place] == lost:
            return
        envelope: SlackEnvelope = {"reach": place, "lost": lost}
        news = Arrival(
            key=f"{CHANNEL}:reach:{delivery.id}:{'lost' if lost else 'found'}",
            channel=CHANNEL,
            conversation=place,
            payload=json.dumps(envelope),
            received_at=self._gateway.now(),
        )
        await self._gateway.accept_raw([news])
        self._lost[place] = lost
