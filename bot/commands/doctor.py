"""`masa doctor`: says what is wrong and what to do. Changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from bot.channels.registry import CHANNELS, ChannelRegistry
from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import catalogue, opened_store, with_stored
from bot.config import Settings, load
from bot.diagnostics import checks, limits
from bot.diagnostics.checks import Check, CheckContext
from bot.diagnostics.finding import Finding, Severity, error, warning
from bot.diagnostics.postgres import server
from bot.diagnostics.probes import probes
from bot.errors import OperatorError
from handlers.ports import StoreError
from knowledge import Catalogue
from knowledge.errors import KnowledgeError
from storage import Store

MARKS = {Severity.OK: ("✓", "green"), Severity.WARNING: ("!", "yellow"), Severity.ERROR: ("✗", "bold red")}


def every_check() -> Sequence[tuple[str, Check]]:
    """Every check with what it looks at, in the order in which they are shown."""
    return (
        ("ayarlar", checks.settings),
        ("saat", checks.clock),
        ("disk", checks.disk),
        ("veritabanı (büyükse dakikalar sürer)", checks.database),
        ("yedekler", checks.backups),
        ("bildirim anahtarı", checks.push_key),
        ("web adresi", checks.port),
        ("çözüm adımları", checks.knowledge),
        ("saklama süreleri", limits.terms),
        ("kişiler", checks.people),
        ("etiketler", checks.labels),
        ("envanter ajanları", checks.agents),
        ("gruplar", checks.rooms),
        ("bekleyen işler", checks.work),
        ("bağlantı sınırı", limits.connections),
        ("bellek", limits.room),
        ("geçici dosyalar", limits.temporary_files),
        ("veritabanı sunucusu", server),
        ("kanallar", checks.platforms),
        ("sistem denetimleri", probes),
    )


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Tek bir JSON belgesi.")] = False,
) -> None:
    """Ayarları, veritabanını, grupları ve bekleyen işleri denetler; neyin yanlış olduğunu ve ne yapılacağını söyler."""
    shown = None if as_json else output.console()
    found = []
    for finding in examine(before=_say):
        found.append(finding)
        if shown is not None:
            _print(shown, finding)
    wrong = any(finding.state is Severity.ERROR for finding in found)
    if shown is None:
        output.print_json(
            {
                "ok": not wrong,
                "checks": [{"state": f.state.value, "about": f.about, "says": f.says, "do": f.do} for f in found],
            }
        )
    else:
        _print_counts(shown, found)
    if wrong:
        raise typer.Exit(1)


def _say(about: str) -> None:
    """Before each check: a large database keeps one waiting."""
    print(f"masa: denetleniyor: {about}", file=sys.stderr, flush=True)


def examine(channels: ChannelRegistry = CHANNELS, before: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """`before` is told what is looked at next, in Turkish."""
    before("ayarlar okunuyor, veritabanı açılıyor")
    try:
        settings = load(channels=channels)
    except OperatorError as trouble:
        yield error("Ayarlar", str(trouble), "Bu ayarı düzeltin; ötekiler sonra denetlenir.")
        return
    with ExitStack() as stack:
        store, missing = _opened(settings, stack)
        if store is not None:
            settings = with_stored(settings, store)
        checked = CheckContext(
            settings=settings, store=store, catalogue=_catalogue(settings), clock=process_clock(), channels=channels
        )
        for about, check in every_check():
            before(about)
            try:
                yield from check(checked)
            except StoreError as trouble:
                yield error("Veritabanı", str(trouble), "Veritabanına bakın.")
        if missing is not None:
            yield missing


def _opened(settings: Settings, stack: ExitStack) -> tuple[Store | None, Finding | None]:
    """The store, or what keeps it from opening."""
    file = settings.database_file
    if file is not None and not file.exists():
        return None, warning("Veritabanı", f"{file} henüz yok", "`masa run` ilk çalışmasında oluşturur.")
    try:
        return stack.enter_context(opened_store(settings)), None
    except OperatorError as trouble:
        return None, error("Veritabanı", str(trouble), "`masa db upgrade` çalıştırın.")
    except StoreError as trouble:
        return None, error("Veritabanı", f"açılamıyor: {trouble}", "MASA_DATABASE_URL doğru mu, bakın.")


def _catalogue(settings: Settings) -> Catalogue | None:
    try:
        return catalogue(settings)
    except KnowledgeError:
        return None  # the check of the knowledge says so


def _print(console: Console, finding: Finding) -> None:
    mark, style = MARKS[finding.state]
    console.print(Text.assemble((mark, style), f" {finding.about}: {output.shown(finding.says)}"))
    if finding.do:
        console.print(f"    → {escape(output.shown(finding.do))}")


def _print_counts(console: Console, found: Sequence[Finding]) -> None:
    counts = [sum(f.state is state for f in found) for state in (Severity.ERROR, Severity.WARNING)]
    console.print(f"\n{counts[0]} sorun, {counts[1]} uyarı." if any(counts) else "\nHer şey yolunda.")
