"""What `masa doctor` asks the platform: the token, the webhook, and each bound group. It changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from telegram import ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberOwner, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram import webhook
from bot.channels.telegram.api import Api
from bot.channels.telegram.refs import place
from bot.channels.telegram.settings import TelegramSettings
from bot.diagnostics.finding import Finding, error, ok, warning

_ABOUT = "Telegram"
MANY_WAITING = 100
PUBLIC = "https://api.telegram.org"
"""Calls `https` addresses only; a server of the house's own, started with `--local`, calls any."""


def checks(settings: TelegramSettings, rooms: Mapping[str, str]) -> list[Finding]:
    """`rooms`: address → unit of the bound groups. Empty where the channel is off. Not for a running loop."""
    return asyncio.run(examine(settings, rooms)) if settings.token else []


async def examine(settings: TelegramSettings, rooms: Mapping[str, str]) -> list[Finding]:
    """Safe beside a running desk: updates are not touched."""
    wrong = list(_settings(settings))
    if wrong:
        return wrong
    api = Api(settings)
    await api.open()
    try:
        me = await api.bot.get_me()
        found = [ok(_ABOUT, f"anahtar geçerli: @{me.username}"), *_privacy(me), *await _webhook(api, settings)]
        found += [await _room(api, address, unit, me.id) for address, unit in rooms.items()]
        return found
    except InvalidToken:
        return [
            error(
                _ABOUT,
                "anahtar reddedildi",
                "@BotFather'da /token ile yenisini alın, MASA_TELEGRAM__TOKEN'a yazın.",
                "@BotFather'da /token ile yenisini alın, “Bot anahtarı” alanına yazın.",
            )
        ]
    except TelegramError as trouble:
        return [
            error(
                _ABOUT,
                f"{settings.base_url} yanıt vermiyor ({type(trouble).__name__})",
                "İnternet çıkışına, güvenlik duvarına ve MASA_TELEGRAM__BASE_URL'e bakın.",
                "İnternet çıkışına ve güvenlik duvarına bakın.",
            )
        ]
    finally:
        await api.close()


def _settings(settings: TelegramSettings) -> Iterator[Finding]:
    bot, _, secret = settings.token.partition(":")
    if not bot.isdecimal() or not secret:
        yield error(_ABOUT, "anahtar eksik görünüyor", "Anahtar 123456:ABC… biçimindedir; @BotFather'dan kopyalayın.")
    if settings.mode == "webhook" and not settings.webhook_secret:
        yield error(
            _ABOUT,
            "webhook kipinde gizli anahtar yok",
            "MASA_TELEGRAM__WEBHOOK_SECRET'i ayarlayın.",
            "“Webhook anahtarı” alanını doldurun.",
        )
    if settings.mode == "webhook" and settings.base_url == PUBLIC and urlsplit(settings.web_url).scheme != "https":
        yield error(
            _ABOUT,
            "webhook için dışarıdan ulaşılan bir https adresi gerekir",
            "MASA_WEB__BASE_URL'i yazın ya da MASA_TELEGRAM__MODE=polling yapın.",
            "“Alma biçimi” alanında “masa sorar (polling)” seçin; adresi makineyi kuran kişi yazar.",
        )


def _privacy(me: User) -> Iterator[Finding]:
    """What colleagues say to each other in a group is none of the desk's business."""
    if me.can_read_all_group_messages:
        yield warning(
            _ABOUT,
            "bot gruplarda konuşulan her şeyi alıyor (gizlilik kipi kapalı)",
            "Gerekmez, komutlar ve yanıtlar yeter: @BotFather'da /setprivacy, Enable; botu gruptan çıkarıp ekleyin.",
        )
    if me.can_join_groups is False:
        yield error(_ABOUT, "bot gruplara eklenemiyor", "@BotFather'da /setjoingroups, Enable.")


async def _webhook(api: Api, settings: TelegramSettings) -> list[Finding]:
    info = await api.bot.get_webhook_info()
    ours = f"{settings.web_url}{webhook.PATH}"
    found = []
    if settings.mode == "polling" and info.url:
        found.append(
            error(
                _ABOUT,
                f"bu bota {urlsplit(info.url).hostname} adresinde bir webhook kurulmuş",
                "Botu başka bir program kullanıyorsa yeni bir bot açın; kullanmıyorsa `masa run` kendisi kaldırır.",
            )
        )
    if settings.mode == "webhook" and info.url != ours:
        where = urlsplit(info.url).hostname if info.url else "hiçbir yere"
        found.append(warning(_ABOUT, f"webhook {where} bağlı, {ours} olmalı", "`masa run` açılırken kurar."))
    if settings.mode == "webhook" and info.last_error_message:
        found.append(
            warning(
                _ABOUT,
                f"Telegram bize ulaşamamış: {info.last_error_message}",
                f"{ours} dışarıdan açılıyor mu, bakın.",
            )
        )
    if info.pending_update_count > MANY_WAITING:
        found.append(
            warning(_ABOUT, f"Telegram'da {info.pending_update_count} ileti bekliyor", "`masa run` çalışıyor mu?")
        )
    return found


async def _room(api: Api, address: str, unit: str, me: int) -> Finding:
    try:
        chat_id = place(address).chat
        try:
            chat = await api.bot.get_chat(chat_id)
        except ChatMigrated as moved:
            chat = await api.bot.get_chat(moved.new_chat_id)
        member = await api.bot.get_chat_member(chat.id, me)
    except (BadRequest, Forbidden, ValueError):
        return _not_there(unit)
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return _not_there(unit)
    return _rights(f"“{chat.title}” ({unit})", chat, member)


def _not_there(unit: str) -> Finding:
    return error(_ABOUT, f"bot {unit} biriminin grubunda değil", "Botu gruba ekleyin, sonra grupta /bagla yazın.")


def _rights(name: str, chat: ChatFullInfo, member: ChatMember) -> Finding:
    """An ordinary member is told of replies and commands, and no more is needed."""
    if member.status == ChatMember.RESTRICTED and not getattr(member, "can_send_messages", False):
        return error(_ABOUT, f"bot {name} grubunda yazamıyor", "Grup ayarlarında bota ileti yazma izni verin.")
    topics = isinstance(member, ChatMemberOwner) or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
    )
    if chat.is_forum and not topics:
        return warning(
            _ABOUT,
            f"{name} konulu bir grup, bot konu açamıyor: kartlar genel konuya düşer",
            "Botu yönetici yapıp “Konuları yönet” yetkisini verin.",
        )
    return ok(_ABOUT, f"{name} grubuna yazabiliyor")
