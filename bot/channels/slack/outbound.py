"""A delivery as Block Kit: posted, edited in place, put into the thread of its card.

Every message carries who it is in the `block_id` of its first block. So after an answer that never came, or a death
between sending and recording, a look into the channel tells whether it is there, and it is not sent twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.errors import NETWORK, code_of, outcome_of
from bot.channels.slack.files import OutgoingFiles
from bot.channels.slack.inbound import PRESS
from bot.channels.slack.mrkdwn import Element, elements, fallback, messages, sections
from bot.channels.slack.reachability import Reach
from bot.channels.slack.refs import is_room, native
from bot.channels.slack.settings import SlackSettings
from handlers.channel_port import ChannelGateway, RateLimit
from handlers.content_policy import notice_instead, withheld
from handlers.messages import END, LINK, SEP, Delivered, Delivery, GaveUp, Outcome, RetryAt, TimelineButton

LABEL_LENGTH = 75
_NOT_EDITABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
BUTTONS_A_BLOCK = 5
PAGES_LOOKED_THROUGH = 3
LOOKED_BACK = timedelta(minutes=2)
"""Before the delivery was made: Slack's clock and ours may differ."""

Block = dict[str, Any]
_log = structlog.get_logger("slack")


class PartlyPosted(Exception):
    """The first parts of a long text stand; `error` is what the network raised at the next."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class SlackSender:
    """Implements handlers.channel_port.Sender. Until it is opened, deliveries wait."""

    rate_limit = RateLimit(per_second=8, gap_seconds=1.0)

    def __init__(self, settings: SlackSettings, gateway: ChannelGateway) -> None:
        self._settings = settings
        self._gateway = gateway
        self._reach = Reach(gateway)
        self._client: AsyncWebClient | None = None
        self._files: OutgoingFiles | None = None
        self._direct: dict[str, str] = {}
        """Person → their direct-message channel."""

    def open(self, client: AsyncWebClient) -> None:
        self._client = client
        self._files = OutgoingFiles(client, self._gateway.files)

    def direct(self, user: str, channel: str) -> None:
        """A payload told where this person's direct messages are: one question less to Slack."""
        self._direct[user] = channel

    async def send(self, delivery: Delivery) -> Outcome:
        if self._client is None:
            return RetryAt(1.0, "not connected yet")
        try:
            outcome = await self._send(self._client, delivery)
        except NETWORK as error:
            outcome = outcome_of(error)
        except PartlyPosted as partly:
            outcome = outcome_of(partly.error)
            if isinstance(outcome, RetryAt):  # whatever the answer was: what stands is not said again
                outcome = replace(outcome, unsure=True)
        await self._reach.after(delivery, outcome)
        return outcome

    async def _send(self, client: AsyncWebClient, delivery: Delivery) -> Outcome:
        channel = await self._channel(client, delivery.conversation)
        text, buttons = self._shown(delivery)
        thread = delivery.reply_ref if is_room(delivery.conversation) else None
        parts = messages(sections(elements(text, self._settings.web_url, self._settings.zone)))
        ref = await self._edit(client, channel, delivery, text, parts, buttons) if delivery.edit_ref else None
        if ref is None:
            ref = await self._post(client, channel, thread, delivery, text, parts, buttons)
        if delivery.files and not withheld(delivery, self._settings.content):
            return await self._share(delivery, channel, ref, thread)
        return Delivered(ref)

    async def _share(self, delivery: Delivery, channel: str, ref: str, thread: str | None) -> Outcome:
        """The message stands. Files that did not come through are tried again, and its text not repeated."""
        assert self._files is not None
        fresh = delivery.edit_ref is None and not delivery.may_have_arrived
        try:
            await self._files.share(delivery, channel, ref, in_thread=thread, fresh=fresh)
        except NETWORK as error:
            match outcome_of(error):
                case RetryAt(seconds=seconds, why=why):
                    return RetryAt(seconds, f"files: {why}", unsure=True)
                case GaveUp(why=why):
                    _log.error("files_not_shared", delivery=delivery.id, error=why, files=len(delivery.files))
        return Delivered(ref)

    async def _channel(self, client: AsyncWebClient, address: str) -> str:
        if is_room(address):
            return native(address)
        user = native(address)
        if user not in self._direct:
            opened = await client.conversations_open(users=[user])
            self._direct[user] = opened["channel"]["id"]
        return self._direct[user]

    async def _edit(
        self,
        client: AsyncWebClient,
        channel: str,
        delivery: Delivery,
        text: str,
        parts: list[list[list[Element]]],
        buttons: Sequence[TimelineButton],
    ) -> str | None:
        """None: somebody deleted it there, or it may be edited no more; then it is posted anew."""
        ref = delivery.edit_ref or ""
        blocks = _blocks(_whole(parts), buttons, _mark(delivery, 0))
        try:
            await client.chat_update(channel=channel, ts=ref, text=fallback(text), blocks=blocks)
        except SlackApiError as error:
            if code_of(error) in _NOT_EDITABLE:
                return None
            raise
        return ref

    async def _post(
        self,
        client: AsyncWebClient,
        channel: str,
        thread: str | None,
        delivery: Delivery,
        text: str,
        parts: list[list[list[Element]]],
        buttons: Sequence[TimelineButton],
    ) -> str:
        """The `ts` of the first part; what is there already is not posted again.

        Raises PartlyPosted, or where nothing of it stands what the network raises.
        """
        there = await self._look(client, channel, thread, delivery) if delivery.may_have_arrived else {}
        ref = ""
        for number, part in enumerate(parts):
            mark = _mark(delivery, number)
            found = there.get(mark)
            if found is None:
                last = number == len(parts) - 1
                try:
                    posted = await client.chat_postMessage(
                        channel=channel,
                        text=fallback(text) if number == 0 else "…",
                        blocks=_blocks(part, buttons if last else (), mark),
                        thread_ts=thread,
                        reply_broadcast=True if thread and delivery.rings else None,
                        unfurl_links=False,
                        unfurl_media=False,
                    )
                except NETWORK as error:
                    if ref:
                        raise PartlyPosted(error) from error
                    raise
                found = str(posted["ts"])
            ref = ref or found
        return ref

    async def _look(
        self, client: AsyncWebClient, channel: str, thread: str | None, delivery: Delivery
    ) -> Mapping[str, str]:
        """Mark → `ts` of what stands there of this delivery."""
        window: dict[str, Any] = {"channel": channel, "limit": 200}
        if delivery.created_at is not None:
            window["oldest"] = f"{(delivery.created_at - LOOKED_BACK).timestamp():.6f}"
        found: dict[str, str] = {}
        for _ in range(PAGES_LOOKED_THROUGH):
            if thread is None:
                page = await client.conversations_history(**window)
            else:
                page = await client.conversations_replies(ts=thread, **window)
            for message in page["messages"]:
                for block in message.get("blocks", ())[:1]:
                    found[block.get("block_id", "")] = message["ts"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            window["cursor"] = cursor
        return found

    # --- what is shown ---
    def _shown(self, delivery: Delivery) -> tuple[str, Sequence[TimelineButton]]:
        if not withheld(delivery, self._settings.content):
            return delivery.text, delivery.buttons
        link = f"\n{LINK}/{SEP}Masayı açın{END}" if self._settings.web_url else ""
        return notice_instead(delivery) + link, ()


def _mark(delivery: Delivery, part: int) -> str:
    return f"masa-{delivery.message_id}-{delivery.id}-{part}"


def _whole(parts: list[list[list[Element]]]) -> list[list[Element]]:
    """An edit changes one message: what is longer ends with a dot, dot, dot."""
    if len(parts) == 1:
        return parts[0]
    return [*parts[0], [{"type": "text", "text": "…"}]]


def _blocks(part: Sequence[Sequence[Element]], buttons: Sequence[TimelineButton], mark: str) -> list[Block]:
    blocks: list[Block] = [
        {
            "type": "rich_text",
            "block_id": mark if place == 0 else f"{mark}-{place}",
            "elements": [{"type": "rich_text_section", "elements": list(section)}],
        }
        for place, section in enumerate(part)
    ]
    shown = [_button(button, place) for place, button in enumerate(buttons)]
    rows = [shown[first : first + BUTTONS_A_BLOCK] for first in range(0, len(shown), BUTTONS_A_BLOCK)]
    blocks += [{"type": "actions", "block_id": f"{mark}-b{number}", "elements": row} for number, row in enumerate(rows)]
    return blocks


def _button(button: TimelineButton, place: int) -> Block:
    label = button.label if len(button.label) <= LABEL_LENGTH else button.label[: LABEL_LENGTH - 1] + "…"
    return {
        "type": "button",
        "action_id": f"{PRESS}{place}",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": button.token,
    }
