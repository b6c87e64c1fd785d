"""What leaves the country, and on what basis (KVKK m.9): a platform's `transfer` record beside what it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.channels.registry import ChannelRegistry, PlatformRow
from bot.diagnostics.finding import Finding, error, ok, warning
from bot.holidays import is_off
from bot.setting_types import BASES, CONTRACT, ChannelSection, Transfer

_ON_PAGE = "Kanalın ayarlarında aktarımın dayanağını yazın ya da “Dışarı çıkan içerik” için minimal seçin."
MAX_DAYS_TO_NOTIFY = 5
"""Working days from signing a standard contract to telling the authority of it (m.9/5)."""


def transfers(channels: ChannelRegistry, sections: dict[str, ChannelSection]) -> Iterator[Finding]:
    for row in channels.switched_on(sections):
        yield from of_platform(row, sections[row.name])


def of_platform(row: PlatformRow[ChannelSection], section: ChannelSection) -> Iterator[Finding]:
    """Nothing where it stands in the house or gets no more than number, state and link."""
    if row.is_external and section.content == "full":
        yield from _of_full_content(row, section.transfer)


def _of_full_content(row: PlatformRow[ChannelSection], transfer: Transfer) -> Iterator[Finding]:
    prefix = f"MASA_{row.name.upper()}__"
    if transfer.is_consent:
        yield error(
            row.title,
            "dayanak olarak açık rıza yazılmış; kamu kurumları bu aktarımda açık rızaya dayanamaz (KVKK m.9/7)",
            f"{prefix}TRANSFER__BASIS'i düzeltin ya da {prefix}CONTENT=minimal yazın.",
            _ON_PAGE,
        )
    elif not transfer.is_founded:
        yield error(
            row.title,
            "tam içerikle açık, dayanağı yazılmamış (KVKK m.9)",
            f"{prefix}TRANSFER__BASIS yazın ({', '.join(sorted(BASES))}) ya da {prefix}CONTENT=minimal.",
            _ON_PAGE,
        )
    elif transfer.basis == CONTRACT:
        yield _notified(row.title, transfer, f"{prefix}TRANSFER__")
    else:
        yield ok(row.title, f"tam içerikle açık, dayanağı: {transfer.basis}")


def _notified(title: str, transfer: Transfer, prefix: str) -> Finding:
    if transfer.signed_on is None or transfer.notified_on is None:
        return warning(
            title,
            "standart sözleşmenin imza ya da bildirim günü yazılmamış",
            f"{prefix}SIGNED_ON ve {prefix}NOTIFIED_ON yazın; bildirim imzadan sonra en geç 5 iş günü.",
            "Kanalın ayarlarında ikisini de yazın; bildirim imzadan sonra en geç 5 iş günü.",
        )
    days = _working_days(transfer.signed_on, transfer.notified_on)
    if days > MAX_DAYS_TO_NOTIFY:
        return warning(title, f"bildirim {days} iş günü sonra yapılmış (en geç {MAX_DAYS_TO_NOTIFY})")
    return ok(title, f"tam içerikle açık, dayanağı: {transfer.basis}, {transfer.signed_on:%d.%m.%Y}")


def _working_days(signed: date, notified: date) -> int:
    """Whole days after that of signing."""
    after = (signed + timedelta(days=number) for number in range(1, max((notified - signed).days, 0) + 1))
    return sum(day.weekday() < 5 and not is_off(day) for day in after)
