"""`masa db`: the tables of the database, and the way from SQLite to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.clock import process_clock
from bot.config import load
from bot.coordination.file_lock import FileLock
from bot.errors import OperatorError
from storage.maintenance import copy_to_postgres, migrate
from storage.maintenance.reindex import reindex as make_index
from storage.migrations import HEAD

app = typer.Typer(help="Veritabanı bakımı.")


@app.callback()
def db() -> None:
    """A group: `upgrade`, `move` and `reindex`."""


@app.command(help="Tabloları bu sürüme getirir; zaten öyleyse bir şey yapmaz.")
def upgrade() -> None:
    settings = load()
    is_new = settings.database_file is not None and not settings.database_file.exists()
    before = None if is_new else migrate.revision(settings.database_url)
    migrate.upgrade(settings.database_url)
    print(f"Veritabanı güncel: {HEAD}" if before == HEAD else f"Veritabanı güncellendi: {before or 'yeni'} → {HEAD}")


@app.command(help="Tüm kayıtları SQLite'tan boş bir PostgreSQL'e taşır; SQLite dosyası olduğu gibi kalır.")
def move(
    target: Annotated[str, typer.Argument(metavar="ADRES", help="postgresql+psycopg://kullanıcı@makine/veritabanı")],
) -> None:
    settings = load()
    database = settings.database_file
    if database is None:
        raise OperatorError("the desk is on PostgreSQL already; move begins at a SQLite database (MASA_DATABASE_URL)")
    if not database.is_file():
        raise OperatorError(f"{database}: no such database; there is nothing to move")
    address = copy_to_postgres.PostgresAddress.parse(target)
    if address is None:  # it may hold a password, and is not repeated
        raise OperatorError(
            "the address is none of a PostgreSQL database; expected postgresql+psycopg://user@host/name"
        )
    leadership = FileLock.over(database)
    if not leadership.seize():
        raise OperatorError(f"{database}: in use by process {leadership.holder() or '?'}; stop `masa run` first")
    try:
        with _bar() as progress:
            moved = copy_to_postgres.move(
                settings.database_url,
                address.url,
                clock=process_clock(),
                progress=progress,
            )
    finally:
        leadership.end()
    print(f"Taşındı ve denetlendi: {len(moved.rows)} tablo, {sum(moved.rows.values()):,} satır.".replace(",", "."))
    for place in moved.cleaned:
        print(f"PostgreSQL'in saklamadığı bir karakter yerine \ufffd yazıldı: {place}")
    for breach in moved.known:
        print(f"SQLite'ta da bozuktu: {breach}")
    print("masa.toml'a yazın, sonra `masa run`:")
    print(f'  database_url = "{address.without_password}"')
    print(f"Ekler yerinde kalır: {settings.data_dir}. {database} da durur; bir yedek aldıktan sonra silebilirsiniz.")


@app.command(help="Arama dizinini kayıtlardan yeniden kurar; masa durmuşken.")
def reindex() -> None:
    settings = load()
    database = settings.database_file
    leadership = FileLock.over(database) if database is not None else None
    if leadership is not None and not leadership.seize():
        raise OperatorError(f"{database}: in use by process {leadership.holder() or '?'}; stop `masa run` first")
    try:
        with _bar() as progress:
            done = make_index(
                settings.database_url,
                clock=process_clock(),
                progress=lambda done, total: progress("kayıt", done, total),
            )
    finally:
        if leadership is not None:
            leadership.end()
    print(f"Arama dizini yeniden kuruldu: {done} kayıt.")


@contextmanager
def _bar() -> Iterator[copy_to_postgres.Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)
