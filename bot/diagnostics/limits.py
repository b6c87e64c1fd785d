"""What keeps one from shutting the others out, and what of it this installation lacks."""

from __future__ import annotations

from collections.abc import Iterator

from bot import open_files
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Finding, ok, warning


def connections(checked: CheckContext) -> Iterator[Finding]:
    """As this process may open files; a service has a limit of its own (LimitNOFILE)."""
    web, files = checked.settings.web, open_files.possible()
    held = files - open_files.RESERVED
    if held < web.connections:
        yield warning(
            "Bağlantılar",
            f"en çok {files} dosya açılabiliyor: {web.connections} bağlantı yerine {max(held, 0)} kabul edilir",
            f"Hizmet dosyasında LimitNOFILE={web.connections + open_files.RESERVED} ya da fazlası olsun.",
        )
    else:
        share = f"bir adresten {web.connections_an_address}, bir tarayıcıdan {web.streams_a_session} sayfa"
        yield ok("Bağlantılar", f"aynı anda en çok {web.connections}, {share}")
