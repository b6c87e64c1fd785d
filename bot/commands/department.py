"""`masa department`: the list of müdürlükler, and adding to it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import opened_store
from bot.errors import OperatorError
from handlers.domain.departments import Department
from handlers.domain.errors import Invalid, Stale
from handlers.people import departments
from handlers.ports import UnitOfWork
from handlers.queries.departments import DepartmentLine, lines

app = typer.Typer(no_args_is_help=True, help="Müdürlükler: listele, ekle.")


@app.callback()
def department() -> None:
    """Müdürlükler: listele, ekle."""


@app.command("list")
def list_departments(
    as_json: Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")] = False,
) -> None:
    """Listedeki müdürlükler: kişi ve açık kayıt sayılarıyla; kapananlar da."""
    with opened_store() as store:
        found = store.read(lambda uow: [one for one in lines(uow) if one.department.merge is None])
    if as_json:
        for one in found:
            output.print_json(_as_json(one))
        return
    console = output.console()
    if not found:
        console.print("Liste boş. Panelde Ayarlar → Müdürlükler, ya da: masa department add AD")
        return
    console.print(
        output.table(
            "Müdürlükler",
            ("Ad", "Kısa adları", "Kişi", "Açık kayıt", "Durum"),
            (
                (
                    one.department.name,
                    ", ".join(one.department.short_names) or "-",
                    str(one.people),
                    str(one.open_tickets),
                    "açık" if one.department.open else "kapandı",
                )
                for one in found
            ),
        )
    )


@app.command()
def add(names: Annotated[list[str], typer.Argument(help="Müdürlüğün adı; birkaç tane de olur.")]) -> None:
    """Listeye ekler; olan olduğu gibi kalır."""
    now = process_clock().now()

    def work(uow: UnitOfWork) -> list[str]:
        added = [one for one in map(str.strip, names) if departments.add_as_operator(uow, one)]
        for one in added:
            uow.audit.log(now, None, "department_added", one, "cli")
        return added

    try:
        with opened_store(upgrade=True) as store:
            added = store.write(work)
    except Invalid as refused:
        raise OperatorError(f"{names!r}: {refused.reason}; expected names with letters that nobody has yet") from None
    except Stale:
        raise OperatorError(f"{names!r}: somebody added one of them at this moment; run the command again") from None
    output.console().print(f"Eklenen: {len(added)}, zaten olan: {len(names) - len(added)}.")


def _as_json(line: DepartmentLine) -> dict[str, object]:
    one: Department = line.department
    return {
        "id": one.id,
        "name": one.name,
        "short_names": list(one.short_names),
        "former_names": [{"name": old.name, "until": old.until.isoformat()} for old in one.former_names],
        "open": one.open,
        "people": line.people,
        "open_tickets": line.open_tickets,
    }
