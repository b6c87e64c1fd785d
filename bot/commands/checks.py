"""`masa checks`: the yedek defteri of a month as pages to print and sign (bylaw 10/51)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands.sources import house_settings, opened_store, require_unit
from bot.documents.backup_book import pdf
from bot.documents.letterhead import Letterhead
from bot.documents.register_export import replacing
from bot.errors import OperatorError
from handlers.context import UseCaseContext
from handlers.domain.errors import Invalid
from handlers.ports import UnitOfWork
from handlers.reports.backup_book import Book, month_of, open_book


def checks(
    month: Annotated[str, typer.Option("--month", help="Hangi ay: 2026-11.")],
    out: Annotated[Path, typer.Option("--out", help="Yazılacak dosya: adı .pdf ile biter.")],
    unit: Annotated[str | None, typer.Option(help="Yalnız bu birim: donanim, yazilim …")] = None,
    force: Annotated[bool, typer.Option("--force", help="Aynı adlı dosya varsa üzerine yazar.")] = False,
) -> None:
    """Bir ayın yedek defterini yazar: her gün sonuç, yanıtlayan, saat; yanıtsız günler de içinde."""
    settings = house_settings()
    require_unit(settings, unit)
    now = process_clock().now()
    local = now.astimezone(settings.timezone)
    try:
        first = month_of(month, local.date())
    except Invalid as error:
        raise OperatorError(f"--month: {month!r}; expected a month as YYYY-MM, {local:%Y-%m} or earlier") from error
    if out.suffix.lower() != ".pdf":
        raise OperatorError(f"--out: {str(out)!r}; expected a file name that ends in .pdf")
    if out.exists() and not force:
        raise OperatorError(f"--out: {str(out)!r} exists; expected a new name, or --force to replace it")
    desk = build_desk(settings)

    def work(uow: UnitOfWork) -> Book:
        return open_book(UseCaseContext(desk=desk, uow=uow, now=now), first, (unit,) if unit else desk.units)

    with opened_store(settings) as store:
        book = store.read(work)
    try:
        with replacing(out) as part:
            part.write_bytes(pdf(book, Letterhead.of(desk), f"Basım: {local:%d.%m.%Y %H:%M}"))
    except OSError as error:
        raise OperatorError(f"--out: {str(out)!r}: {error.strerror or error}; nothing was written") from None
    print(f"{out}: {book.title}; {book.closing()}")
