"""`masa verify`: every promise that the database can show, looked at again beside a running desk. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import catalogue, house_settings, opened_store
from bot.config import Settings
from bot.coordination.file_lock import FileLock
from bot.filestore.orphans import orphans
from handlers.domain.people import UnitId
from handlers.domain.working_time import WorkingTime
from handlers.ports import UnitOfWork
from handlers.ports.week_figures import WeekFigures
from handlers.queries import week_figures
from storage import Store
from storage.maintenance.verify import INVARIANTS, Checked, Counting, Invariant, examine, is_worked_on
from storage.maintenance.verify import Progress as CheckProgress

MARKS = {True: ("✓", "green"), False: ("✗", "bold red")}


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Tek bir JSON belgesi.")] = False,
    list_orphans: Annotated[
        bool, typer.Option("--orphans", help="Yalnızca hiçbir kayda ait olmayan eski dosyaların yollarını listele.")
    ] = False,
) -> None:
    """Kayıtların bütünlüğünü çalışan masada baştan sona denetler; bozuk olan yeri söyler. Hiçbir şeyi değiştirmez."""
    settings = house_settings()
    now = process_clock().now()
    with opened_store(settings) as store:
        if list_orphans:
            for path in orphans(store, settings.data_dir, now):
                print(path)
            return
        found = examined(store, settings, now)
        lost = list(orphans(store, settings.data_dir, now))
    held = all(checked.held for checked in found)
    size = sum(path.stat().st_size for path in lost)
    if as_json:
        output.print_json({"ok": held, "invariants": list(map(_document, found)), "orphans": len(lost)})
    else:
        _print(found)
        if lost:
            print(f"Note: {len(lost)} files on disk ({size / 1e6:.1f} MB) belong to nothing: masa verify --orphans")
    if not held:
        raise typer.Exit(1)


def examined(store: Store, settings: Settings, now: datetime) -> Sequence[Checked]:
    """With a progress bar where somebody looks."""
    with bar() as told:
        return list(
            examine(
                store,
                now=now,
                working=is_working(store, settings, now),
                files=settings.data_dir,
                counting=counting(settings),
                progress=told,
            )
        )


def counting(settings: Settings) -> Counting:
    kinds = {category.id: category.kind for category in catalogue(settings).categories.values()}
    return Counting(settings.timezone, kinds, counted_week)


def counted_week(
    uow: UnitOfWork, clock: WorkingTime, unit: UnitId, starts: datetime, ends: datetime
) -> WeekFigures | None:
    return week_figures.count(uow, clock, week_figures.WeekOfUnit(unit, starts, ends))


def is_working(store: Store, settings: Settings, now: datetime) -> bool:
    """Whether a desk works on this database now."""
    file = settings.database_file
    if file is None:
        return is_worked_on(store, now)
    return file.with_name(f"{file.name}.worker").exists() and FileLock.over(file).holder() is not None


def _document(checked: Checked) -> dict[str, object]:
    return {
        "name": checked.invariant.name,
        "promise": checked.invariant.promise,
        "held": checked.held,
        "rows": checked.rows,
        "breaches": [{"where": breach.where, "what": breach.what} for breach in checked.breaches],
        "more": checked.more,
    }


def _print(found: Sequence[Checked]) -> None:
    console = output.console()
    for checked in found:
        mark, style = MARKS[checked.held]
        rows = f"{checked.rows:,} {checked.invariant.of.name} rows" if checked.invariant.of is not None else ""
        console.print(Text.assemble((mark, style), f" {checked.invariant.promise:<52}{rows:>26}"))
        for breach in checked.breaches:
            console.print(Text(f"    {output.shown(str(breach))}"))
        if checked.more:
            console.print(Text("    … and more such"))
    broken = sum(not checked.held for checked in found)
    console.print(f"\n{broken} of {len(found)} promises are broken." if broken else "\nEvery promise holds.")


@contextmanager
def bar() -> Iterator[CheckProgress]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {invariant.name: bar.add_task(invariant.promise, total=None, visible=False) for invariant in INVARIANTS}

        def told(invariant: Invariant, done: int, total: int) -> None:
            bar.update(tasks[invariant.name], completed=done, total=total or None, visible=done < total or not total)

        yield told
