"""Whether the inventory agents of the house's machines still report, and how their password travels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.diagnostics.finding import Finding, ok, warning
from bot.setting_types import opens_only_here
from handlers.ports import SightingCounts
from knowledge.language.folding import folded

_ABOUT = "Envanter ajanları"
_NAMES = ("envanter", "ajan")
"""One of them stands in a notice that tells of them."""
SILENT = timedelta(days=7)
"""Agents come once a day; on holidays the machines are off."""


def told(notice: str) -> Iterator[Finding]:
    """`notice`: the privacy notice as the house worded it; empty: the desk's own, which names the agents."""
    words = folded(notice)
    if notice and not any(word in words for word in _NAMES):
        yield warning(
            _ABOUT,
            "kurumun yazdığı aydınlatma metni envanter yazılımını söylemiyor (KVKK m.10)",
            "Ayarlar → Metinler'de metne ekleyin; yeni metin herkese yeniden gösterilir.",
        )


def heard(counts: SightingCounts, address: str, now: datetime) -> Iterator[Finding]:
    """Of a house that expects them."""
    if urlsplit(address).scheme != "https" and not opens_only_here(address):
        yield warning(
            _ABOUT,
            f"{address} şifresiz: ajanların parolası ağda okunabilir",
            "Masayı https ile açın (docs/https-in-the-house.md) ve MASA_WEB__BASE_URL'i ona göre yazın.",
        )
    if counts.newest is None:
        yield warning(
            _ABOUT, "hiçbiri bildirmedi", "Ayarları `masa device agent` yazar; kurulumu docs/agents.md anlatır."
        )
    elif now - counts.newest > SILENT:
        yield warning(
            _ABOUT,
            f"{(now - counts.newest).days} gündür hiçbiri bildirmedi",
            "Parola ya da adres değiştiyse makinelerdeki ayar dosyasını da değiştirin.",
        )
    else:
        unknown = f", {counts.unlinked} tanesi kayıtta yok (/panel/cihazlar-agda)" if counts.unlinked else ""
        yield ok(_ABOUT, f"{counts.number} cihaz görüldü{unknown}")
