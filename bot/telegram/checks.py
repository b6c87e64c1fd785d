"""What `masa doctor` asks the platform: the token, the webhook, and each bound group. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from telegram import ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberOwner
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.telegram import webhook
from bot.telegram.api import Api
from bot.telegram.refs import place
from bot.telegram.settings import TelegramSettings
from handlers.ports import Conversation

MANY_WAITING = 100
NEXT_TOKEN = "@BotFather'da /token ile yenisini alıp MASA_TELEGRAM__TOKEN'a yazın."  # noqa: S105 # an advice


@dataclass(frozen=True, slots=True)
class Found:
    state: Literal["ok", "warning", "error"]
    says: str
    do: str = ""


async def examine(settings: TelegramSettings, rooms: Sequence[Conversation]) -> list[Found]:
    """`rooms`: the bound groups of this channel. Safe beside a running desk: updates are not touched."""
    wrong = list(_settings(settings))
    if wrong:
        return wrong
    api = Api(settings)
    await api.open()
    try:
        me = await api.bot.get_me()
        found = [Found("ok", f"anahtar geçerli: @{me.username}"), *await _webhook(api, settings)]
        for room in rooms:
            found += await _room(api, room, me.id)
        return found
    except InvalidToken:
        return [
            Found(
                "error", "belirteç reddedildi", "@BotFather'da /token ile yenisini alın, MASA_TELEGRAM__TOKEN'a yazın."
            )
        ]
    except TelegramError as error:
        return [
            Found(
                "error",
                f"{settings.base_url} yanıt vermiyor ({type(error).__name__})",
                "İnternet çıkışına, güvenlik duvarına ve MASA_TELEGRAM__BASE_URL'e bakın.",
            )
        ]
    finally:
        await api.close()


def _settings(settings: TelegramSettings) -> Iterator[Found]:
    bot, _, secret = settings.token.partition(":")
    if not bot.isdecimal() or not secret:
        yield Found(
            "error", "belirteç eksik görünüyor", "Belirteç 123456:ABC… biçimindedir; @BotFather'dan kopyalayın."
        )
    if settings.mode == "webhook" and not settings.webhook_secret:
        yield Found("error", "webhook kipinde gizli anahtar yok", "MASA_TELEGRAM__WEBHOOK_SECRET'i ayarlayın.")
    if settings.mode == "webhook" and urlsplit(settings.web_url).scheme != "https":
        yield Found(
            "error",
            "webhook için dışarıdan ulaşılan bir https adresi gerekir",
            "MASA_WEB__BASE_URL'i yazın ya da MASA_TELEGRAM__MODE=polling yapın.",
        )


async def _webhook(api: Api, settings: TelegramSettings) -> list[Found]:
    info = await api.bot.get_webhook_info()
    ours = f"{settings.web_url}{webhook.PATH}"
    found = []
    if settings.mode == "polling" and info.url:
        found.append(
            Found(
                "error",
                f"bu bota {urlsplit(info.url).hostname} adresinde bir webhook kurulmuş",
                "Botu başka bir program kullanıyorsa yeni bir bot açın; kullanmıyorsa `masa run` kendisi kaldırır.",
            )
        )
    if settings.mode == "webhook" and info.url != ours:
        where = urlsplit(info.url).hostname if info.url else "hiçbir yere"
        found.append(Found("warning", f"webhook {where} bağlı, {ours} olmalı", "`masa run` açılırken kurar."))
    if settings.mode == "webhook" and info.last_error_message:
        found.append(
            Found(
                "warning",
                f"Telegram bize ulaşamamış: {info.last_error_message}",
                f"{ours} dışarıdan açılıyor mu, bakın.",
            )
        )
    if info.pending_update_count > MANY_WAITING:
        found.append(
            Found("warning", f"Telegram'da {info.pending_update_count} ileti bekliyor", "`masa run` çalışıyor mu?")
        )
    return found


async def _room(api: Api, room: Conversation, me: int) -> list[Found]:
    name = room.title or room.address
    try:
        chat_id = place(room.address).chat
        try:
            chat = await api.bot.get_chat(chat_id)
        except ChatMigrated as moved:
            chat = await api.bot.get_chat(moved.new_chat_id)
        member = await api.bot.get_chat_member(chat.id, me)
    except (BadRequest, Forbidden, ValueError):
        return [_not_there(name)]
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return [_not_there(name)]
    return [_rights(name, chat, member)]


def _not_there(name: str) -> Found:
    return Found(
        "error", f"bot “{name}” grubunda değil", "Botu gruba ekleyin; grupta bir yönetici /bagla BİRİM yazsın."
    )


def _rights(name: str, chat: ChatFullInfo, member: ChatMember) -> Found:
    """An ordinary member is told of replies and commands, and no more is needed."""
    if member.status == ChatMember.RESTRICTED and not getattr(member, "can_send_messages", False):
        return Found("error", f"bot “{name}” grubunda yazamıyor", "Grup ayarlarında bota ileti yazma izni verin.")
    topics = isinstance(member, ChatMemberOwner) or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
    )
    if chat.is_forum and not topics:
        return Found(
            "warning",
            f"“{name}” konulu bir grup, bot konu açamıyor: kartlar genel konuya düşer",
            "Botu yönetici yapıp “Konuları yönet” yetkisini verin.",
        )
    return Found("ok", f"“{name}” grubuna yazabiliyor")
