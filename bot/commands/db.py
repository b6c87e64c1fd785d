"""`masa db`: the tables of the database."""

from __future__ import annotations

import typer

from bot.config import load
from storage import migrate
from storage.migrations import HEAD

app = typer.Typer(help="Veritabanı bakımı.")


@app.callback()
def db() -> None:
    """A group of its own, so that more may follow `upgrade`."""


@app.command(help="Tabloları bu sürüme getirir; zaten öyleyse bir şey yapmaz.")
def upgrade() -> None:
    settings = load()
    is_new = settings.database_file is not None and not settings.database_file.exists()
    before = None if is_new else migrate.revision(settings.database_url)
    migrate.upgrade(settings.database_url)
    print(f"Veritabanı güncel: {HEAD}" if before == HEAD else f"Veritabanı güncellendi: {before or 'yeni'} → {HEAD}")
