"""The `masa` command. A command's module is imported when it is called, so that `masa kb match` starts fast."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot import memory

COMMANDS = {
    "run": ("bot.commands.run:run", "Masayı çalıştırır: web sohbeti, kanallar, işleyici, saat; hepsi tek süreçte."),
    "worker": ("bot.commands.worker:worker", "Yalnız işleyici ve gönderici (PostgreSQL üzerinde ek makineler için)."),
    "chat": ("bot.commands.chat:chat", "Masayla terminalden yazışma; --json ile betikler için."),
    "doctor": ("bot.commands.doctor:doctor", "Ayarları, veritabanını ve grupları denetler; ne yapılacağını söyler."),
    "settings": ("bot.commands.settings:settings", "Ayarlar: her birinin değeri ve nereden geldiği."),
    "kb": ("bot.commands.kb:app", "Çözüm adımları ve konular: denetle, ölç, dene."),
    "ticket": ("bot.commands.ticket:app", "Kayıtları listeler ve gösterir."),
    "search": ("bot.commands.search:search", "Kayıt, kişi ve çözüm adımı arar."),
    "digest": ("bot.commands.digest:digest", "Günlük özet."),
    "register": ("bot.commands.register:register", "Yılın arıza kayıt defteri (xlsx, pdf)."),
    "report": ("bot.commands.report:report", "Haftalık, aylık, yıllık rapor (pdf; yıllık docx de)."),
    "checks": ("bot.commands.checks:checks", "Yedek defteri: bir ayın denetimleri (pdf)."),
    "people": ("bot.commands.people:app", "Personel listesi: içeri al, listele."),
    "device": ("bot.commands.device:app", "Cihazlar: liste içeri al, ajanların ayarı."),
    "department": ("bot.commands.department:app", "Müdürlükler: listele, ekle."),
    "rooms": ("bot.commands.rooms:app", "Kapılara asılacak oda kartları (pdf)."),
    "invite": ("bot.commands.invite:invite", "Tek kullanımlık katılım kodu üretir."),
    "inbox": ("bot.commands.inbox:app", "Anlaşılamayan iletiler: listele, yeniden dene, düşür."),
    "outbox": ("bot.commands.outbox:app", "Ulaştırılamayan iletiler: listele, yeniden gönder, düşür, bırak."),
    "db": ("bot.commands.db:app", "Veritabanı bakımı."),
    "backup": ("bot.commands.backup:backup", "Çalışırken yedek alır; ekler de içinde."),
    "verify": ("bot.commands.verify:verify", "Kayıtların bütünlüğünü baştan sona denetler."),
    "restore": ("bot.commands.backup:restore", "Yedekten geri döner; gönderim bırakılana dek bekletilir."),
}
"""Name → where it lives (a Typer app, or a function that becomes a command), and its line in the list of commands."""


class Commands(TyperGroup):
    """Lists the commands without importing them; imports the one that is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # noqa: ARG002 # typer hides its click
        return list(COMMANDS)

    def get_command(  # type: ignore[override] # the same
        self,
        ctx: typer.Context,  # noqa: ARG002 # the same
        cmd_name: str,
    ) -> TyperCommand | None:
        """What the list of commands shows; never run."""
        return TyperCommand(name=cmd_name, help=COMMANDS[cmd_name][1]) if cmd_name in COMMANDS else None

    def format_help(self, ctx: typer.Context, formatter) -> None:  # type: ignore[no-untyped-def,override] # the same
        _in_turkish()
        super().format_help(ctx, formatter)

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def] # the same
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = _load(name)
            if "--help" in rest or (not rest and isinstance(command, TyperGroup)):
                _in_turkish()
        return name, command, rest


def _load(name: str) -> TyperCommand | TyperGroup:
    memory.share_arenas()  # before any library of the command begins a thread
    module, _, attribute = COMMANDS[name][0].partition(":")
    if module not in sys.modules:  # else what lives beside it would be kept, too
        with memory.uncollected():
            import_module(module)
    found = getattr(sys.modules[module], attribute)
    around = typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        around.add_typer(found, name=name, no_args_is_help=found.registered_callback is None)
    else:
        around.command(name)(found)
        around.callback()(root)  # or Typer would take the one command for the whole
    command: TyperCommand | TyperGroup = get_command(around).commands[name]  # type: ignore[attr-defined] # a group
    return command


def _in_turkish() -> None:
    from typer import rich_utils  # it imports Rich: only for who reads the help

    rich_utils.OPTIONS_PANEL_TITLE = "Seçenekler"
    rich_utils.ARGUMENTS_PANEL_TITLE = "Girdiler"
    rich_utils.COMMANDS_PANEL_TITLE = "Komutlar"


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(help="Yardım Masası: Bilgi İşlem Müdürlüğü için sohbetle çalışan yardım masası.")
def root() -> None:
    """Nothing of its own."""


def _operators_mistakes() -> tuple[type[Exception], ...]:
    """Looked up only when something went wrong: importing them takes longer than most commands."""
    from bot.errors import OperatorError
    from handlers.channel_port import Unavailable
    from handlers.domain.errors import DeskError
    from handlers.ports import StoreError
    from knowledge.errors import KnowledgeError

    return OperatorError, DeskError, KnowledgeError, StoreError, Unavailable, OSError


def _is_ours(error: Exception) -> bool:
    """Of what a database says, only that it cannot be used is the operator's; a wrong statement is a fault of ours."""
    from storage.errors import StatementRefused

    return isinstance(error, StatementRefused)


def _said(error: Exception) -> str:
    from handlers.ports import StoreUnavailable

    return f"the database (MASA_DATABASE_URL): {error}" if isinstance(error, StoreUnavailable) else str(error)


def main() -> None:
    """One line on stderr and exit code 2 for what an operator can put right; a traceback is a fault of ours."""
    try:
        app(prog_name="masa")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `masa ticket list | head`
        sys.exit(1)
    except (SystemExit, KeyboardInterrupt):
        raise
    except _operators_mistakes() as error:
        if _is_ours(error):
            raise
        print(f"masa: {' '.join(_said(error).split())}", file=sys.stderr)
        sys.exit(2)
