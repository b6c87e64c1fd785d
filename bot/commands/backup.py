"""`masa backup` and `masa restore`: one file, made beside a running desk, and proven before it is believed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import process_clock
from bot.commands.sources import opened_store
from bot.commands.verify import bar
from bot.config import Settings, load
from bot.coordination.file_lock import FileLock
from bot.errors import OperatorError
from bot.filestore import archive, signing_key
from bot.filestore import restore as restoring
from bot.filestore.backup_taking import megabytes, note, take, total
from storage.maintenance.verify import Progress as CheckProgress

File = Annotated[Path, typer.Argument(metavar="DOSYA", help="Yedek dosyası, örneğin masa-2026-11-22.tar.")]


def backup(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Aynı adda dosya varsa yerine yaz.")] = False,
) -> None:
    """Çalışan masanın yedeğini alır: veritabanı ve ekler tek dosyada, denetlenmiş olarak."""
    settings = load()
    database = _database(settings)
    if not database.is_file():
        raise OperatorError(f"{database}: no such database; there is nothing to back up")
    _require_target(file, database, force=force)
    now = process_clock().now()
    with _progress("Yedekleniyor", total(settings)) as progress:
        taken = take(settings, file, now=now, progress=progress)
    # an older database cannot be written to: the backup stands
    with suppress(OperatorError), opened_store(settings) as store:
        store.write(lambda uow: note(uow, taken, now, None, "cli"))
    if taken.key_is_new:
        print(f"İmza anahtarı oluşturuldu: {signing_key.place(settings.data_dir)}. Bir kopyasını başka yerde saklayın.")
    print(f"Yedek alındı ve denetlendi: {file} ({megabytes(taken.size)}, {taken.attachments} ek).")


def restore(
    file: File,
    force: Annotated[
        bool, typer.Option("--force", help="Şimdiki veritabanının yerine koy; eskisi .before-restore adıyla kalır.")
    ] = False,
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Bu kurumun anahtarıyla imzalı olmayan yedek de kabul edilir (yeni makine)."),
    ] = False,
) -> None:
    """Yedekten geri döner. Gönderim, `masa outbox release` denene kadar bekletilir."""
    settings = load()
    database = _database(settings)
    if not file.is_file():
        raise OperatorError(f"{file}: no such file; expected one made by `masa backup`")
    if database.exists() and not force:
        raise OperatorError(f"{database}: exists already; with --force it is kept aside and replaced")
    if not database.parent.is_dir():
        raise OperatorError(f"{database.parent}: no such folder; expected one for the database")
    leadership = FileLock.over(database)
    if not leadership.seize():
        raise OperatorError(f"{database}: in use by process {leadership.holder() or '?'}; stop `masa run` first")
    try:
        with archive.opened(file, signing_key.read(settings.data_dir), trust=trust) as opened, ExitStack() as bars:
            unpacked = bars.enter_context(_progress("Geri dönülüyor", opened.manifest.size))

            def prove() -> CheckProgress:
                bars.close()  # one bar at a time
                return bars.enter_context(bar())

            restored = restoring.restore(
                opened, database, settings.data_dir, clock=process_clock(), progress=unpacked, prove=prove
            )
    finally:
        leadership.end()
    made_at = opened.manifest.made_at.astimezone(settings.timezone)
    print(f"Geri dönüldü: {made_at:%d.%m.%Y %H:%M} yedeği, {len(opened.manifest.files) - 1} ek.")
    if not opened.signed:
        print("DİKKAT: Yedek bu kurumun anahtarıyla imzalı değil; --trust ile, kaynağına güvenilerek geri dönüldü.")
    if restored.aside is not None:
        print(f"Önceki veritabanı: {restored.aside}")
    print(f"Gönderim bekletiliyor ({restored.held} ileti). Gözden geçirip bırakmak için: masa outbox release")
    if restored.deaf:
        print(
            f"Tarayıcı bildirimi: {restored.deaf} tarayıcının tanıdığı anahtar (push.key) yedekte yok. Bir kopyası "
            f"varsa masa başlamadan {settings.data_dir} klasörüne koyun; yoksa isteyen Bildirimlerim sayfasını bir kez "
            "açar."
        )
    if restored.breaches:
        print(f"Yedeği alınan masada {len(restored.breaches)} bozukluk vardı; hepsi: masa verify", file=sys.stderr)
        for breach in restored.breaches[:5]:
            print(f"  {breach}", file=sys.stderr)
        raise typer.Exit(1)
    print("Geri dönülen kayıtlar baştan sona denetlendi: hepsi sağlam.")


def _database(settings: Settings) -> Path:
    """Raises OperatorError on PostgreSQL, which has better tools of its own."""
    if settings.database_file is None:
        raise OperatorError(
            "the database is PostgreSQL: use `pg_dump --format=custom`, and after it copy the folder of attachments "
            f"{settings.data_dir}; restore with `pg_restore`, then `masa outbox hold` before `masa run`"
        )
    return settings.database_file


def _require_target(file: Path, database: Path, *, force: bool) -> None:
    if file.is_dir() or not file.parent.is_dir():
        raise OperatorError(f"{file}: not a file in a folder that exists; expected one such as masa-2026-11-22.tar")
    if file.resolve() in {database.with_name(database.name + suffix).resolve() for suffix in ("", "-wal", "-shm")}:
        raise OperatorError(f"{file}: is the database itself; expected another file")
    if file.exists() and not force:
        raise OperatorError(f"{file}: exists already; with --force it is replaced")


@contextmanager
def _progress(title: str, total: int) -> Iterator[archive.Progress]:
    columns = (TextColumn(title), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda size: bar.advance(task, size)
