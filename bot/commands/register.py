"""`masa register`: the fault register of a year as a workbook or as pages to print and sign (bylaw 11/5, 14/2)."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands.sources import house_settings, opened_store
from bot.documents.register_export import Cover, replacing, write_xlsx
from bot.documents.register_pdf import write_pdf
from bot.errors import OperatorError
from bot.filestore.house_logo import HouseLogo
from handlers.ports import UnitOfWork
from handlers.reports import anchoring
from handlers.reports.register import Register, open_register

PATIENCE = 2.0
"""Seconds before a progress bar appears."""
FIRST_YEAR = 2000
_WRITERS = {".xlsx": write_xlsx, ".pdf": write_pdf}


def register(
    year: Annotated[int, typer.Option("--year", help="Hangi yılın defteri: 2026.")],
    out: Annotated[Path, typer.Option("--out", help="Yazılacak dosya: adı .xlsx ya da .pdf ile biter.")],
    force: Annotated[bool, typer.Option("--force", help="Aynı adlı dosya varsa üzerine yazar.")] = False,
) -> None:
    """Yılın arıza ve talep kayıt defterini yazar; eksik numara varsa bildirir (çıkış kodu 1)."""
    settings = house_settings()
    now = process_clock().now().astimezone(settings.timezone)
    if not FIRST_YEAR <= year <= now.year:
        raise OperatorError(f"--year: {year}; expected a year from {FIRST_YEAR} to {now.year}")
    _check_target(out, force=force)
    write = _WRITERS[out.suffix.lower()]
    logo = HouseLogo(settings.data_dir).read()
    with opened_store(settings) as store, ExitStack() as stack:
        desk = build_desk(settings)
        bar = _LateBar(stack)

        def work(uow: UnitOfWork) -> Register:
            found = open_register(desk, uow, year)
            printed_at, anchor = now.replace(tzinfo=None), anchoring.witnessed(uow)
            cover = Cover(institution=settings.institution, printed_at=printed_at, logo=logo, anchor=anchor)
            write(part, found, cover, bar.step)
            return found

        try:
            with replacing(out) as part:
                found = store.read(work)
        except OSError as error:
            raise OperatorError(f"--out: {str(out)!r}: {error.strerror or error}; nothing was written") from None
    print(f"{out}: {found.closing()}")
    _report_gaps(found)


def _check_target(out: Path, *, force: bool) -> None:
    """Raises OperatorError before any work is done."""
    if out.suffix.lower() not in _WRITERS:
        raise OperatorError(f"--out: {str(out)!r}; expected a file name that ends in {' or '.join(_WRITERS)}")
    if out.is_dir():
        raise OperatorError(f"--out: {str(out)!r} is a folder; expected a file name in it")
    if not out.parent.is_dir():
        raise OperatorError(f"--out: {str(out)!r}; expected an existing folder, but there is no {str(out.parent)!r}")
    if out.exists() and not force:
        raise OperatorError(f"--out: {str(out)!r} exists; expected a new name, or --force to replace it")


def _report_gaps(found: Register) -> None:
    """A register with a hole in it is a serious matter: said on stderr, and by the exit code 1."""
    if found.sound:
        return
    for gap in found.gaps:
        print(f"masa: MISSING in the register of {found.year}: {found.range(*gap)}", file=sys.stderr)
    for number in found.strangers:
        print(f"masa: NOT A NUMBER of {found.year}, though opened in it: {number}", file=sys.stderr)
    print(
        f"masa: {found.missing} of {found.last_number} numbers missing; compare with a backup, and run `masa doctor`",
        file=sys.stderr,
    )
    raise typer.Exit(1)


class _LateBar:
    """A progress bar on stderr, for those who have waited two seconds."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack, self._began = stack, time.monotonic()
        self._progress: Progress | None = None

    def step(self, done: float) -> None:
        if self._progress is None:
            if time.monotonic() - self._began < PATIENCE:
                return
            console = Console(stderr=True)
            columns = TextColumn("Defter yazılıyor"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
            bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
            self._progress = self._stack.enter_context(bar)
            self._progress.add_task("", total=1.0)
        self._progress.update(self._progress.task_ids[0], completed=done)
