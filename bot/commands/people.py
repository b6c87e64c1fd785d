"""`masa people`: the staff list comes in, and who the desk knows."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.app import build_desk
from bot.clock import SystemRandomness, process_clock
from bot.commands import output
from bot.commands.sources import opened_store
from bot.config import load
from bot.documents import staff_csv
from bot.documents.staff_csv import BadStaffList, StaffRow
from handlers.context import Desk, UseCaseContext
from handlers.domain.brought_lists import RowFate
from handlers.domain.people import Person, Role
from handlers.people import admins, departments, join_codes, staff_lists
from handlers.people.staff import close_rights
from handlers.ports import UnitOfWork
from handlers.terms import ROLES

app = typer.Typer(help="Personel listesi: içeri al, listele.")

PATIENCE = 2.0
"""Seconds before a progress bar appears."""
LEAVING_AT_ONCE = 10
"""One in so many may leave with a list and nobody asks."""
ROWS_A_TRANSACTION = 250
"""Rows of one transaction, so that a running desk waits for none of them; a list cut short is simply imported again."""


# --- import -------------------------------------------------------------------------------------
@dataclass(slots=True)
class Outcome:
    added: int = 0
    changed: int = 0
    same: int = 0
    returned: list[Person] = field(default_factory=list)
    """Who had left and has a role again."""
    absent: list[Person] = field(default_factory=list)
    staying: list[Person] = field(default_factory=list)
    """Of those who are absent: nobody else is admin."""
    codes: list[tuple[StaffRow, str]] = field(default_factory=list)

    def add_to(self, whole: Outcome) -> None:
        whole.added += self.added
        whole.changed += self.changed
        whole.same += self.same
        whole.returned += self.returned
        whole.codes += self.codes


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="CSV ya da xlsx: sicil_no,ad,mudurluk,oda,telefon,eposta")],
    codes: Annotated[bool, typer.Option("--codes", help="Herkes için tek kullanımlık kod yazdırır (CSV).")] = False,
    absent_left: Annotated[
        bool, typer.Option("--absent-left", help="Listede olmayanları ayrılmış sayar, yetkilerini kapatır.")
    ] = False,
    even_many: Annotated[
        bool, typer.Option("--even-many", help="--absent-left: tanınanların onda birinden çoğu ayrılmış olsa da.")
    ] = False,
) -> None:
    """Personel listesini içeri alır; sicil numarasından günceller. Bir satır bile hatalıysa hiçbir şey değişmez."""
    settings = load()
    try:
        rows = staff_csv.read(file, note=lambda line: print(f"masa: {line}", file=sys.stderr))
    except BadStaffList as error:
        for problem in error.problems:
            print(f"masa: {problem}", file=sys.stderr)
        print("masa: nothing was changed", file=sys.stderr)
        raise typer.Exit(2) from None
    outcome = Outcome()
    with opened_store(settings, upgrade=True) as store:
        if absent_left and not even_many:
            _require_whole(store.read(lambda uow: _known_and_absent(uow, rows)))
        rows = store.write(lambda uow: _in_the_lists_words(uow, rows))
        for part in _watched(rows):
            store.write(partial(_bring_in, rows=part, now=process_clock().now(), codes=codes)).add_to(outcome)
        desk = build_desk(settings) if absent_left else None
        outcome.absent, outcome.staying = store.write(lambda uow: _finish(uow, rows, process_clock().now(), desk))
    console = Console(stderr=True, highlight=False)
    console.print(f"Eklenen: {outcome.added}, güncellenen: {outcome.changed}, aynı kalan: {outcome.same}.")
    if outcome.returned:
        console.print(f"Geri dönen, görevi geri verilenler: {len(outcome.returned)}")
        _print_people(console, outcome.returned)
    if outcome.absent:
        what = "Ayrılmış sayılanlar" if absent_left else "Listede olmayanlar (ayrıldılarsa: --absent-left)"
        console.print(f"{what}: {len(outcome.absent)}")
        _print_people(console, outcome.absent)
    if outcome.staying:
        console.print("Listede yok, ama başka sistem yöneticisi olmadığı için yetkisi açık kaldı; önce başka birini")
        console.print("yönetici yapın (masa invite --role admin), sonra Kişiler'de “Ayrıldı” deyin:")
        _print_people(console, outcome.staying)
    if codes:
        writer = csv.writer(sys.stdout)
        writer.writerow(("sicil_no", "ad", "kod"))
        writer.writerows((row.staff_no, _inert(row.name), code) for row, code in outcome.codes)


def _print_people(console: Console, people: Sequence[Person]) -> None:
    for person in people:
        role = person.former_role or person.role
        work = "" if role is Role.REQUESTER else f"  ({ROLES[role]})"
        console.print(f"  {output.shown(person.staff_no)}  {output.shown(person.name)}{work}", markup=False)


def _require_whole(known_and_absent: tuple[list[Person], list[Person]]) -> None:
    """A list cut short must not end everybody's rights. Leaves the command where it would."""
    known, absent = known_and_absent
    if len(absent) <= 1 or len(absent) * LEAVING_AT_ONCE <= len(known):
        return
    print(
        f"masa: {len(absent)} of {len(known)} known people are not in the list, more than one in {LEAVING_AT_ONCE}: "
        "is it whole? If all of them left: --even-many",
        file=sys.stderr,
    )
    print("masa: nothing was changed", file=sys.stderr)
    raise typer.Exit(2)


def _bring_in(uow: UnitOfWork, rows: Sequence[StaffRow], now: datetime, *, codes: bool) -> Outcome:
    outcome = Outcome()
    for row in rows:
        taken = staff_lists.take_in(uow, row, uow.people.by_staff_no(row.staff_no), now, "cli")
        outcome.added += taken.fate is RowFate.ADDED
        outcome.changed += taken.fate is RowFate.CHANGED
        outcome.same += taken.fate is RowFate.SAME
        if taken.returned:
            outcome.returned.append(taken.person)
        if codes:
            code = join_codes.invite(
                uow, SystemRandomness(), role=Role.REQUESTER, unit=None, name=row.name, person=taken.person.id, now=now
            )
            outcome.codes.append((row, code))
    return outcome


def _in_the_lists_words(uow: UnitOfWork, rows: Sequence[StaffRow]) -> list[StaffRow]:
    """With each müdürlük as the desk's list calls it; a house that has no list yet gets that of its staff."""
    notes = staff_lists.department_notes(uow, rows)
    if begun := departments.begin_list(uow, (row.department for row in rows)):
        print(f"masa: müdürlük listesi bu dosyadan kuruldu: {begun} müdürlük", file=sys.stderr)
    for note in notes:
        print(f"masa: {note}", file=sys.stderr)
    return staff_lists.in_the_lists_words(uow, rows)


def _known_and_absent(uow: UnitOfWork, rows: Sequence[StaffRow]) -> tuple[list[Person], list[Person]]:
    """Who was in an earlier list and has not left; and who of them is in none now."""
    listed = {row.staff_no for row in rows}
    known = [person for person in uow.people.everybody() if person.staff_no and not person.gone]
    return known, [person for person in known if person.staff_no not in listed]


def _finish(
    uow: UnitOfWork, rows: Sequence[StaffRow], now: datetime, desk: Desk | None
) -> tuple[list[Person], list[Person]]:
    """Who was in an earlier list and is in none now: with a `desk` they have left, and the last admin stays (the
    second ones)."""
    _, absent = _known_and_absent(uow, rows)
    left, staying = ([] if desk is not None else absent), []
    if desk is not None:
        work = UseCaseContext(desk=desk, uow=uow, now=now)
        for person in absent:
            if admins.is_last(uow, person):
                staying.append(person)
            else:
                close_rights(work, person, by_list=True)
                left.append(person)
    uow.audit.log(now, None, "people_imported", f"{len(rows)} rows", "cli")
    return left, staying


def _inert(cell: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _watched(rows: Sequence[StaffRow]) -> Iterator[Sequence[StaffRow]]:
    """The list in parts, with a progress bar once it takes long."""
    began = monotonic()
    columns = (TextColumn("Personel listesi"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=len(rows))
    try:
        for first in range(0, len(rows), ROWS_A_TRANSACTION):
            if monotonic() - began > PATIENCE:
                progress.start()
            yield rows[first : first + ROWS_A_TRANSACTION]
            progress.update(task, completed=first + ROWS_A_TRANSACTION)
    finally:
        progress.stop()


# --- list ---------------------------------------------------------------------------------------
@app.command("list", help="Masanın tanıdığı kişiler.")
def list_people(
    as_json: Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")] = False,
) -> None:
    with opened_store() as store:
        people = sorted(store.read(lambda uow: uow.people.everybody()), key=lambda person: person.handle)
    if as_json:
        for person in people:
            output.print_json(
                {
                    "handle": person.handle,
                    "name": person.name,
                    "role": person.role.value,
                    "unit": person.unit,
                    "department": person.department,
                    "room": person.room,
                    "phone": person.phone,
                    "email": person.email,
                    "staff_no": person.staff_no,
                    "verified": person.verified,
                    "left_at": person.left_at.astimezone(UTC).isoformat() if person.left_at else None,
                }
            )
        return
    console = output.console()
    if not people:
        console.print(
            "Kimse yok. Personel listesi: masa people import DOSYA.csv; ilk yönetici: masa invite --role admin"
        )
        return
    console.print(
        output.table(
            "Kişiler",
            ("Hesap", "Ad", "Rol", "Birim", "Müdürlük", "Oda", "Telefon", "Sicil", "Durum"),
            (
                (
                    person.handle,
                    person.name or "-",
                    ROLES[person.role],
                    person.unit or "-",
                    person.department or "-",
                    person.room or "-",
                    person.phone or "-",
                    person.staff_no or "-",
                    _standing(person),
                )
                for person in people
            ),
        )
    )


def _standing(person: Person) -> str:
    if person.gone:
        return "ayrıldı"
    return "doğrulandı" if person.verified else "kendi beyanı"
