"""The list of commands that Telegram shows beside the input: in Turkish, for each kind of chat its own."""

from __future__ import annotations

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.refs import CHANNEL, place
from handlers.channel_port import ChannelGateway
from handlers.chat.commands import COMMANDS
from handlers.domain.people import Role
from handlers.queries.accounts import accounts_with_roles, role_at

_IN_GROUPS = ("sira", "islerim", "not", "durum", "ozet", "bagla", "yardim")

log = structlog.get_logger(__name__)


class Menus:
    def __init__(self, api: Api, gateway: ChannelGateway) -> None:
        self._api, self._gateway = api, gateway

    async def show(self) -> None:
        """For everybody, for groups, and for those whose role has commands of its own. Raises TelegramError."""
        bot = self._api.bot
        await bot.set_my_commands(_of_role(Role.REQUESTER), BotCommandScopeAllPrivateChats())
        await bot.set_my_commands([_command(name) for name in _IN_GROUPS], BotCommandScopeAllGroupChats())
        for account, role in await self._gateway.read(lambda uow: accounts_with_roles(uow, CHANNEL)):
            await bot.set_my_commands(_of_role(role), BotCommandScopeChat(int(account.name)))

    async def show_to(self, address: str) -> None:
        """Somebody's role has changed. Only a menu: what fails is tried at the next start."""
        role = await self._gateway.read(lambda uow: role_at(uow, address))
        try:
            await self._api.bot.set_my_commands(_of_role(role), BotCommandScopeChat(place(address).chat))
        except TelegramError as error:
            log.info("menu_not_shown", why=type(error).__name__)


def _of_role(role: Role) -> list[BotCommand]:
    return [_command(command.name) for command in COMMANDS.values() if role in command.roles]


def _command(name: str) -> BotCommand:
    return BotCommand(name, COMMANDS[name].help[:256])
