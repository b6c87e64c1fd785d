"""`masa device`: a list of devices is taken in from a file."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands import agent, output
from bot.commands.sources import opened_store
from bot.config import load
from bot.errors import OperatorError
from handlers.context import Acting, Desk
from handlers.devices import imports
from handlers.devices.import_rows import ComparedRows
from handlers.domain.brought_lists import RowFate, RowFault, RowKind, UnreadableList, said_once
from handlers.domain.device_lists import DeviceImport, DeviceList
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.errors import NotAllowed, Stale
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork
from storage import Store

app = typer.Typer(no_args_is_help=True, help="Cihazlar: liste içeri al, ajanların ayarı.")
app.command("agent")(agent.configuration)
PATIENCE = 2.0
"""Seconds after which it is shown how far it is."""
SHOWN = 40
"""Notes and bad rows that are printed; all bad ones are in the file."""
T = TypeVar("T")


@app.callback()
def device() -> None:
    """Cihazlar: liste içeri al, ajanların ayarı."""


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="xlsx, xls, ods ya da CSV")],
    sheet: Annotated[int | None, typer.Option("--sheet", min=1, help="Çalışma kitabının kaçıncı sayfası.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Yalnız gösterir, hiçbir şey değiştirmez.")] = False,
    by: Annotated[str, typer.Option("--by", help="Kimin adına (hesap adı); boşsa donanım biriminin tek şefi.")] = "",
) -> None:
    """Cihaz listesini içeri alır: sorunsuz satırları alır, sorunluları nedenleriyle dosyanın yanına yazar."""
    from bot.documents import device_list  # reads workbooks

    settings = load()
    console = Console(stderr=True, highlight=False)
    today = process_clock().now().astimezone(settings.timezone).date()
    try:
        found = device_list.read(file, today, sheet_no=sheet)
    except UnreadableList as error:
        raise OperatorError(f"{file}: {error.says}") from None
    except OSError as error:
        raise OperatorError(f"{file}: {error.strerror}; expected a file that can be read") from None
    with opened_store(settings, upgrade=True) as store:
        desk = _Desk(store, build_desk(settings), by)
        compared = desk.does(lambda acting: imports.compare(acting, found))
        faults = sorted([*found.faults, *compared.faults], key=lambda one: one.line)
        _tell(console, found, compared, faults)
        if dry_run:
            console.print("Deneme: hiçbir şey değişmedi.")
            return
        kept = desk.does(lambda acting: _kept(acting, file, found, compared))
        _take_in(desk, kept, console)
    if faults:
        _hand_back(file, kept, console)


class _Desk:
    def __init__(self, store: Store, desk: Desk, by: str) -> None:
        self._store, self._desk, self._by = store, desk, by

    def does(self, work: Callable[[Acting], T]) -> T:
        """Raises OperatorError for whoever may not."""
        try:
            return self._store.write(lambda uow: work(self._acting(uow)))
        except NotAllowed as error:
            raise OperatorError(
                "that person may not bring lists; --by: a lead of donanim, or the ambar officer"
            ) from error
        except Stale as error:
            raise OperatorError(
                "somebody wrote one of these devices down at this moment; run the command again: "
                "what was taken in stays, and is not taken twice"
            ) from error

    def _acting(self, uow: UnitOfWork) -> Acting:
        return Acting(
            desk=self._desk,
            uow=uow,
            now=process_clock().now(),
            person=_whose(uow, self._by),
            channel="cli",
            event_key=f"cli:{uuid.uuid4()}",
        )


def _whose(uow: UnitOfWork, by: str) -> Person:
    """In whose name it is done. Raises OperatorError."""
    if by:
        person = uow.people.by_handle(by) or uow.people.of_staff_nos([by]).get(by)
        if person is None or person.gone:
            raise OperatorError(f"--by {by!r}: nobody of that name works here; expected a handle or a staff number")
        return person
    leads = [one for one in uow.people.everybody() if one.works_in(UNIT_OF_DEVICES) and one.role is Role.LEAD]
    if len(leads) != 1:
        raise OperatorError(f"{len(leads)} leads of {UNIT_OF_DEVICES}; say in whose name: --by HANDLE")
    return leads[0]


def _tell(console: Console, found: DeviceList, compared: ComparedRows, faults: Sequence[RowFault]) -> None:
    counts = {kind: sum(one.kind is kind for one in compared.rows) for kind in RowKind}
    waiting = sum(bool(one.people) for one in compared.rows)
    console.print(
        f"Yeni: {counts[RowKind.NEW]}, değişen: {counts[RowKind.CHANGED]}, aynı: {counts[RowKind.SAME]}, "
        f"sorunlu: {len(faults)}, kişi seçilecek: {waiting}, müdürlük seçilecek: {len(compared.departments)}."
    )
    said = [*said_once([*found.notes, *compared.notes]), *(one.says for one in faults)]
    for line in said[:SHOWN]:
        console.print(f"  {output.shown(line)}", markup=False)
    if len(said) > SHOWN:
        console.print(f"  … ve {len(said) - SHOWN} satır daha")
    if waiting or compared.departments:
        console.print("Kişi ve müdürlük seçmek için listeyi panelden getirin: Cihazlar → Excel getir.")


def _kept(acting: Acting, file: Path, found: DeviceList, compared: ComparedRows) -> DeviceImport:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return imports.bring(acting, str(uuid.uuid4()), found, compared, name=file.name[-80:], digest=digest)


def _take_in(desk: _Desk, kept: DeviceImport, console: Console) -> None:
    parts = desk.does(lambda acting: acting.uow.device_imports.counts(kept.id)).parts
    for part in _watched(max(parts, 1), console):
        desk.does(lambda acting, part=part: imports.take_in_part(acting, kept.key, part))  # type: ignore[misc]
    fates = desk.does(lambda acting: acting.uow.device_imports.counts(kept.id)).fates
    console.print(
        f"Eklenen: {fates.get(RowFate.ADDED, 0)}, güncellenen: {fates.get(RowFate.CHANGED, 0)}, "
        f"aynı kalan: {fates.get(RowFate.SAME, 0)}. Yedi gün içinde geri alınabilir: panelde Cihazlar → Excel getir."
    )


def _watched(parts: int, console: Console) -> Iterator[int]:
    """Part by part, with a progress bar once it takes long."""
    began = monotonic()
    progress = Progress(TextColumn("Cihazlar"), BarColumn(), MofNCompleteColumn(), console=console, transient=True)
    task = progress.add_task("", total=parts)
    try:
        for part in range(parts):
            if monotonic() - began > PATIENCE:
                progress.start()
            yield part
            progress.update(task, completed=part + 1)
    finally:
        progress.stop()


def _hand_back(file: Path, kept: DeviceImport, console: Console) -> None:
    """The rows that were left out, as a workbook beside the file. Raises OperatorError."""
    from bot.documents.device_files import workbook

    head, *rows = imports.handed_back(kept)
    if not rows:
        return
    target = next(
        one
        for number in count(1)
        if not (one := file.with_name(f"{file.stem}-sorunlu{f'-{number}' if number > 1 else ''}.xlsx")).exists()
    )
    try:
        with target.open("xb") as out:
            out.write(workbook("Alınmayan satırlar", head, rows))
    except OSError as error:
        raise OperatorError(f"{target}: {error.strerror}; the rows that were left out could not be written") from None
    console.print(f"Alınmayan {len(rows)} satır, nedenleriyle: {target}")
