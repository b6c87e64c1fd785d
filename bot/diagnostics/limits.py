"""What keeps one from shutting the others out, and what of it this installation lacks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot import open_files
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Finding, error, ok, warning
from bot.filestore.disk_space import DiskSpace, free_bytes
from bot.web.receiving import AT_A_TIME


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


def room(checked: CheckContext) -> Iterator[Finding]:
    """What stays free for the database, and how much anybody may send in files within a day."""
    files, database = checked.settings.files, checked.settings.database_file
    space = DiskSpace(checked.settings.data_dir, database.parent if database else None, files.reserve, _free)
    if not files.reserve_mb:
        yield warning("Yedek yer", "ayrılmamış: disk dolunca masa durur", "MASA_FILES__RESERVE_MB=500 yapın.")
    elif not space.takes_messages():
        yield error("Yedek yer", "çok az yer kaldı: yeni ileti alınmıyor", "Hemen yer açın.")
    elif not space.takes_files():
        yield error("Yedek yer", f"{files.reserve_mb} MB'tan az yer kaldı: dosya alınmıyor", "Yer açın.")
    else:
        yield ok("Yedek yer", f"{files.reserve_mb} MB ayrılmış")
    without = [name for name in ("person_mb", "conversation_mb", "guest_mb", "guests_mb") if not getattr(files, name)]
    if without:
        names = ", ".join(f"MASA_FILES__{name.upper()}" for name in without)
        yield warning(
            "Dosya kotası", f"sınır yok ({names}): bir kişi diski doldurabilir", "Sıfırdan büyük bir sayı yazın."
        )
    else:
        yield ok(
            "Dosya kotası",
            f"günde kişi başı {files.person_mb} MB, tanınmayan {files.guest_mb} MB, hepsi birden {files.guests_mb} MB",
        )


def temporary_files(_checked: CheckContext) -> Iterator[Finding]:
    """What is being sent lies there until it is whole."""
    folder = Path(tempfile.gettempdir())
    free, wanted = _free(folder), AT_A_TIME
    if free < wanted:
        says = f"{folder}: {free // 1_000_000} MB boş; aynı anda gönderilen dosyalar sığmayabilir"
        yield warning(
            "Geçici dosyalar", says, f"{wanted // 1_000_000} MB yer açın ya da TMPDIR ile başka bir klasör verin."
        )
    else:
        yield ok("Geçici dosyalar", f"{folder}: {wanted // 1_000_000} MB'a yer var")


def terms(checked: CheckContext) -> Iterator[Finding]:
    """What the notice says of them is the house's to keep: nothing destroys by itself."""
    said = checked.settings.terms
    kept = f"sohbet {said.chat_months} ay, kayıt metni {said.ticket_months} ay, defter {said.register_years} yıl"
    yield ok("Saklama süreleri", f"{kept}; masa kendiliğinden silmez, süresi dolanı kurum siler")


def _free(folder: Path) -> int:
    """Of a folder that is to be made yet, what its disk has."""
    there = next((place for place in (folder, *folder.resolve().parents) if place.is_dir()), folder)
    return free_bytes(there)
