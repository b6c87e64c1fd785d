"""`masa device agent`: the settings file that glpi-agent needs on the house's machines."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.config import Settings, load
from bot.errors import OperatorError
from handlers.devices.inventories import NOT_ASKED_FOR

ADDRESS = "/envanter"
NO_TASKS = ("collect", "deploy", "esx", "netdiscovery", "netinventory", "remoteinventory", "wakeonlan")
"""What the agent could do besides, on orders of a server: none of it is done."""


def configuration(
    with_password: Annotated[bool, typer.Option("--with-password", help="Parola da yazılır.")] = False,
) -> None:
    """glpi-agent için ayar dosyasını yazar: nereye bildirir, neyi hiç göndermez."""
    settings = load()
    if not settings.agents.are_expected:
        raise OperatorError("MASA_AGENTS__PASSWORD: not set; expected at least 12 signs, so that agents are let in")
    typer.echo(text(settings, with_password=with_password))


def text(settings: Settings, *, with_password: bool) -> str:
    password = settings.agents.password.get_secret_value() if with_password else "MASA_AGENTS__PASSWORD"
    return "\n".join(
        (
            "# glpi-agent, for Yardım Masası.",
            "# Linux: /etc/glpi-agent/conf.d/masa.cfg   Windows: C:\\Program Files\\GLPI-Agent\\etc\\conf.d\\masa.cfg",
            f"server = {settings.base_url}{ADDRESS}",
            f"user = {settings.agents.user}",
            f"password = {password}",
            "# These never leave the machine; the desk would drop them, too.",
            f"no-category = {','.join(NOT_ASKED_FOR)}",
            f"no-task = {','.join(NO_TASKS)}",
            "# The agent opens no port and is ordered by nobody.",
            "no-httpd = 1",
            "# All machines are switched on at half past eight: each waits some minutes of this hour.",
            "delaytime = 3600",
        )
    )
