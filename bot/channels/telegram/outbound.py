"""Brings one delivery to Telegram: posts it, or edits what stands there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.channels.telegram import errors
from bot.channels.telegram.api import NO_PREVIEW, Api
from bot.channels.telegram.chat_addresses import ChatAddresses
from bot.channels.telegram.envelope import Unreachable
from bot.channels.telegram.markup import html_messages
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.refs import CHANNEL, ChatAddress, Ref, is_room
from bot.channels.telegram.settings import TelegramSettings
from handlers.channel_port import ChannelGateway, RateLimit
from handlers.content_policy import notice_instead, withheld
from handlers.domain.errors import NotFound
from handlers.messages import (
    END,
    LINK,
    SEP,
    Delivered,
    Delivery,
    GaveUp,
    Outcome,
    TimelineButton,
    TimelineFile,
    plain,
)
from handlers.ports import Arrival
from handlers.spoken_time import SHORT_MONTHS

PACE = RateLimit(per_second=28, gap_seconds=1.05, group_per_minute=19)
"""A little under the platform's 30, 1 and 20: it counts arrivals, and they come closer together than they left."""
LARGEST_PHOTO = 10 * 1000 * 1000
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
ROW_LETTERS = 26
"""Letters of the labels that stand beside each other on a phone without being cut."""
MAX_TOPIC_LETTERS = 128
CARDS = frozenset({"card", "card_restricted"})
ASKS_FOR_NAME = "who_name"
KEYBOARD_GOES = frozenset({"joined", "who_department", "contact_unknown"})
REMEMBERED_FILES = 1000
REPLY_HINT = "Yazacaksanız bu mesajı yanıtlayarak yazın."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    """Marked text."""
    buttons: Sequence[TimelineButton] = ()
    files: Sequence[TimelineFile] = ()


class TelegramSender:
    """Implements handlers.channel_port.Sender."""

    def __init__(
        self, api: Api, gateway: ChannelGateway, places: ChatAddresses, menus: Menus, settings: TelegramSettings
    ) -> None:
        self._api, self._gateway, self._places, self._menus = api, gateway, places, menus
        self._settings = settings
        self._forums: dict[int, bool] = {}
        self._sent: dict[int, list[Ref]] = {}
        """By delivery: its messages that are out, so that a retry goes on where the last try stopped."""
        self._uploaded: dict[str, str] = {}
        """By file: the platform's own id of it, so that it is uploaded once."""

    @property
    def rate_limit(self) -> RateLimit:
        return PACE

    async def send(self, delivery: Delivery) -> Outcome:
        try:
            at = await self._places.where(delivery.conversation)
        except ValueError:
            return GaveUp("no such address")
        try:
            try:
                outcome = await self._bring(delivery, at)
            except ChatMigrated as moved:
                await self._places.moved(at.chat, moved.new_chat_id)
                outcome = await self._bring(delivery, ChatAddress(moved.new_chat_id, at.thread))
        except Forbidden as error:
            await self._note_unreachable(delivery)
            outcome = errors.outcome_of(error)
        except (TelegramError, errors.AnswerLost) as error:
            outcome = errors.outcome_of(error)
        if isinstance(outcome, Delivered | GaveUp):
            self._sent.pop(delivery.id, None)
        if delivery.kind == "joined" and isinstance(outcome, Delivered) and not is_room(delivery.conversation):
            await self._menus.show_to(delivery.conversation)
        return outcome

    async def _bring(self, delivery: Delivery, at: ChatAddress) -> Outcome:
        what = _shown(delivery, self._settings)
        texts = html_messages(what.text, link=self._link, time=self._time)
        if not texts:
            return GaveUp("nothing to say")
        standing = Ref.parse(delivery.edit_ref) if delivery.edit_ref else None
        if standing is not None:
            there = standing.chat == at.chat and await self._edit(standing, texts[-1], _inline(what.buttons))
            if there or not what.buttons:  # what is gone, and asks nothing any more, need not come back
                return Delivered(str(standing))
        return Delivered(str(await self._post(delivery, what, texts, at)))

    # --- edits ---
    async def _edit(self, standing: Ref, text: str, markup: InlineKeyboardMarkup | None) -> bool:
        """False: it is not there any more. Of a text in several messages the last, with the buttons, is edited."""
        try:
            await self._api.bot.edit_message_text(
                text,
                chat_id=standing.chat,
                message_id=standing.message,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup,
            )
        except BadRequest as error:
            if errors.not_modified(error):
                return True
            if errors.message_gone(error):
                return False
            raise
        return True

    # --- posts ---
    async def _post(self, delivery: Delivery, what: _Shown, texts: Sequence[str], at: ChatAddress) -> Ref:
        """The text, in as many messages as it needs, buttons under the last; then the files. The ref of that last."""
        answered = Ref.parse(delivery.reply_ref) if delivery.reply_ref else None
        if answered is not None and answered.chat != at.chat:
            answered = None
        if answered is not None and answered.thread is not None:
            at = ChatAddress(at.chat, answered.thread)
        elif delivery.kind in CARDS and is_room(delivery.conversation) and at.thread is None:
            at = ChatAddress(at.chat, await self._topic(delivery, what, at.chat))
        sent = self._sent.setdefault(delivery.id, [])
        for place, text in enumerate(texts):
            if place < len(sent):
                continue
            if sent:
                await asyncio.sleep(self._settings.pause_seconds)
            last = place == len(texts) - 1
            markup = (_inline(what.buttons) or _keyboard(delivery)) if last else None
            message = await self._kindly(
                self._say(text, markup, rings=delivery.rings), at, answered if not sent else None
            )
            sent.append(_ref(message))
        ref = sent[len(texts) - 1]
        await self._send_files(what.files, ref, sent, done=len(sent) - len(texts))
        return ref

    def _say(
        self, text: str, markup: Any, *, rings: bool
    ) -> Callable[[ChatAddress, ReplyParameters | None], Awaitable[Message]]:
        async def say(at: ChatAddress, reply: ReplyParameters | None) -> Message:
            return await self._api.bot.send_message(
                at.chat,
                text,
                message_thread_id=at.thread,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                disable_notification=not rings,
                reply_parameters=reply,
                reply_markup=markup,
            )

        return say

    async def _kindly(
        self,
        call: Callable[[ChatAddress, ReplyParameters | None], Awaitable[Message]],
        at: ChatAddress,
        answered: Ref | None,
    ) -> Message:
        """Where the topic or the answered message is gone it is said all the same, in the open group."""
        reply = None if answered is None else ReplyParameters(answered.message, allow_sending_without_reply=True)
        try:
            return await call(at, reply)
        except BadRequest as error:
            if errors.reply_gone(error) and reply is not None:
                return await self._kindly(call, at, None)
            if errors.topic_gone(error) and at.thread is not None:
                return await self._kindly(call, ChatAddress(at.chat), None)
            raise
        except NetworkError as error:
            if errors.answer_lost(error):
                raise errors.AnswerLost from error
            raise

    async def _send_files(self, files: Sequence[TimelineFile], under: Ref, sent: list[Ref], done: int) -> None:
        at = ChatAddress(under.chat, under.thread)
        for file in files[done:]:
            await asyncio.sleep(self._settings.pause_seconds)
            message = await self._kindly(await self._upload(file), at, under)
            self._remember(file.id, message)
            sent.append(_ref(message))

    async def _upload(self, file: TimelineFile) -> Callable[[ChatAddress, ReplyParameters | None], Awaitable[Message]]:
        content: str | InputFile = self._uploaded.get(file.id, "")
        if not content:
            try:
                path = self._gateway.files.path(file.id)
            except NotFound:  # erased meanwhile
                return self._say(f"({plain(file.name)} artık yok)", None, rings=False)
            content = InputFile(await asyncio.to_thread(path.read_bytes), filename=file.name)
        photo = file.media_type in PHOTOS and file.size <= LARGEST_PHOTO

        async def upload(at: ChatAddress, reply: ReplyParameters | None) -> Message:
            bot = self._api.bot
            if photo:
                try:
                    return await bot.send_photo(
                        at.chat,
                        content,
                        message_thread_id=at.thread,
                        disable_notification=True,
                        reply_parameters=reply,
                    )
                except BadRequest as error:
                    if "photo" not in error.message.lower():  # too wide or too high for a photo: sent as a file
                        raise
            return await bot.send_document(
                at.chat,
                content,
                message_thread_id=at.thread,
                disable_notification=True,
                disable_content_type_detection=True,
                reply_parameters=reply,
            )

        return upload

    def _remember(self, file: str, message: Message) -> None:
        found = message.photo[-1] if message.photo else message.document
        if found is not None:
            if len(self._uploaded) >= REMEMBERED_FILES:
                self._uploaded.clear()
            self._uploaded[file] = found.file_id

    # --- topics ---
    async def _topic(self, delivery: Delivery, what: _Shown, chat: int) -> int | None:
        """In a forum every ticket has a topic of its own; without the right to open one its card stands there."""
        if delivery.ticket is None or not await self._is_forum(chat):
            return None
        thread = await self._places.topic_of(chat, delivery.ticket)
        if thread is not None:
            return thread
        name = plain(what.text).strip().splitlines()[0][:MAX_TOPIC_LETTERS]
        try:
            topic = await self._api.bot.create_forum_topic(chat, name)
        except BadRequest as error:
            log.warning("topic_not_opened", why=error.message[:80])
            self._forums.pop(chat, None)
            return None
        await self._places.topic_opened(chat, topic.message_thread_id, ticket=delivery.ticket, card=delivery.message_id)
        return topic.message_thread_id

    async def _is_forum(self, chat: int) -> bool:
        known = self._forums.get(chat)
        if known is None:
            known = self._forums[chat] = bool((await self._api.bot.get_chat(chat)).is_forum)
        return known

    # --- small things ---
    async def _note_unreachable(self, delivery: Delivery) -> None:
        """403: the person blocked the bot, or the group put it out. The desk marks it and tells who has to know."""
        news = Arrival(
            key=f"telegram:unreachable:{delivery.id}:{delivery.attempt}",
            channel=CHANNEL,
            conversation=delivery.conversation,
            payload=Unreachable(delivery.conversation).dump(),
            received_at=self._gateway.now(),
        )
        await self._gateway.accept_raw([news])

    def _link(self, path: str) -> str | None:
        return f"{self._settings.web_url}{path}" if self._settings.web_url else None

    def _time(self, iso: str, words: str) -> str:
        """The exact time: "12 dk önce" would go on saying so."""
        try:
            local = datetime.fromisoformat(iso).astimezone(self._settings.zone)
        except ValueError:
            return words
        return f"{local.day} {SHORT_MONTHS[local.month - 1]} {local:%H:%M}"


def _shown(delivery: Delivery, settings: TelegramSettings) -> _Shown:
    if not withheld(delivery, settings.content):
        return _Shown(_with_hint(delivery), delivery.buttons, delivery.files)
    link = f"\n{LINK}/{SEP}{settings.web_url}{END}" if settings.web_url else ""
    return _Shown(notice_instead(delivery) + link)


def _with_hint(delivery: Delivery) -> str:
    """In a group a bot sees what answers its messages, and not what is said beside them."""
    asks = delivery.kind.startswith("prompt_") and bool(delivery.buttons)
    return f"{delivery.text}\n{REPLY_HINT}" if asks and is_room(delivery.conversation) else delivery.text


def _ref(message: Message) -> Ref:
    return Ref(message.chat.id, message.message_id, message.message_thread_id if message.is_topic_message else None)


def _inline(buttons: Sequence[TimelineButton]) -> InlineKeyboardMarkup | None:
    """Short labels beside each other, long ones alone."""
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for button in buttons:
        length = len(button.label) + 3
        if length > room:
            rows.append([])
            room = ROW_LETTERS
        rows[-1].append(InlineKeyboardButton(button.label, callback_data=button.token))
        room -= length
    return InlineKeyboardMarkup(rows) if rows else None


def _keyboard(delivery: Delivery) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Where the name is asked for: one tap tells the phone number, and with it everything the staff list knows."""
    if is_room(delivery.conversation):
        return None
    if delivery.kind == ASKS_FOR_NAME:
        share = KeyboardButton("📱 Telefon numaramla tanı", request_contact=True)
        return ReplyKeyboardMarkup(
            [[share]], resize_keyboard=True, one_time_keyboard=True, input_field_placeholder="Ad Soyad, müdürlük, oda"
        )
    return ReplyKeyboardRemove() if delivery.kind in KEYBOARD_GOES else None
