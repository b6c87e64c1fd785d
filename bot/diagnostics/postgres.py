"""What `masa doctor` says of the PostgreSQL server under the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Finding, error, ok, warning
from handlers.domain.channels import KnownChannels
from storage.maintenance.postgres_server import HeldDuty, ServerState, held_duties, server_state

MIN_POSTGRES_MAJOR = 13
"""Major version; older ones get no more security updates."""
OF_A_PROCESS = 20
"""Connections: 4 to write, up to 15 to read, one to listen."""
SKEW_NOTICED, SKEW_BORNE = timedelta(seconds=2), timedelta(seconds=30)


def server(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is None or checked.settings.database_file is not None:
        return
    began = checked.now
    state = checked.store.read(lambda uow: server_state(uow.transaction))
    middle = began + (checked.now - began) / 2
    yield from findings(state, state.now - middle)
    yield from who_does_what(checked.store.read(lambda uow: held_duties(uow.transaction)), checked.channels.known)


def findings(state: ServerState, ahead: timedelta) -> Iterator[Finding]:
    """`ahead`: by how much the server's clock is before ours."""
    about = "PostgreSQL"
    if state.version // 10_000 < MIN_POSTGRES_MAJOR:
        yield warning(about, f"{state.version // 10_000} sürümü artık desteklenmiyor", "15 ya da yenisine yükseltin.")
    if not state.fsync or not state.full_page_writes:
        setting = "full_page_writes" if state.fsync else "fsync"
        yield error(
            about,
            f"{setting} kapalı: elektrik kesilirse alındığı söylenen iletiler kaybolabilir",
            f"postgresql.conf içinde {setting} = on yapıp sunucuyu yeniden başlatın.",
        )
    if state.encoding != "UTF8":
        yield error(about, f"veritabanı {state.encoding}: her harfi tutamaz", "UTF8 bir veritabanı oluşturup taşıyın.")
    free = state.connections - state.connected
    if free < OF_A_PROCESS:
        yield warning(
            about,
            f"{state.connections} bağlantıdan {free} tanesi boş; bir süreç en çok {OF_A_PROCESS} kullanır",
            "max_connections'ı artırın: süreç başına 20, üstüne 20.",
        )
    if state.synchronous_standbys and not state.standbys:
        yield error(
            about,
            "yazmalar bir yedek sunucuyu bekliyor ama bağlı yedek sunucu yok",
            "Yedek sunucuyu çalıştırın ya da synchronous_standby_names'i boşaltın.",
        )
    if abs(ahead) > SKEW_NOTICED:
        seconds = round(ahead.total_seconds())
        finding = error if abs(ahead) > SKEW_BORNE else warning
        yield finding(
            about,
            f"sunucunun saati buradakinden {abs(seconds)} sn {'ileride' if seconds > 0 else 'geride'}",
            "İki makinenin saatini de eşitleyin (timedatectl set-ntp true).",
        )
    major, minor = divmod(state.version, 10_000)
    standby = f", {state.standbys} yedek sunucu" if state.standbys else ""
    yield ok(about, f"{major}.{minor}, {free} bağlantı boş{standby}")


def who_does_what(duties: Sequence[HeldDuty], channels: KnownChannels) -> Iterator[Finding]:
    """Of what only one process may do at a time."""
    about = "Süreçler"
    if not any(duty.alive for duty in duties):
        yield warning(about, "bu veritabanında çalışan süreç yok", "`masa run` ile başlatın.")
        return
    for duty in duties:
        host, _, rest = duty.owner.partition(":")
        where = f"{host} (süreç {rest.partition(':')[0]})"
        if duty.alive:
            yield ok(about, f"{_named(duty.name, channels)}: {where}")
        else:
            yield warning(
                about, f"{_named(duty.name, channels)}: {where} bıraktı, devralan yok", "Süreçlerin günlüğüne bakın."
            )


def _named(duty: str, channels: KnownChannels) -> str:
    channel, _, doing = duty.partition(":")
    match doing:
        case "listen":
            return f"{channels.title(channel)} iletilerini alan"
        case "send":
            return f"{channels.title(channel)} iletilerini gönderen"
        case _:
            return "saatli işleri yapan"
