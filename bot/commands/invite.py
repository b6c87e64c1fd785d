"""`masa invite`: the first admin comes in by such a code, and everybody whom no staff list knows."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.clock import SystemRandomness, process_clock
from bot.commands import output
from bot.commands.sources import opened_store, require_unit
from bot.config import load
from bot.errors import OperatorError
from handlers.domain.people import Role
from handlers.people import join_codes
from handlers.ports import UnitOfWork
from handlers.terms import ROLES


def invite(
    role: Annotated[Role, typer.Option(help="Kodun verdiği rol.")],
    unit: Annotated[str | None, typer.Option(help="Teknisyen ve şef için birim: donanim, yazilim …")] = None,
    name: Annotated[str, typer.Option(help="Kimin için; ad soyad.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Tek bir JSON belgesi.")] = False,
) -> None:
    """Tek kullanımlık kod yazdırır; kişi bunu herhangi bir kanalda /katil KOD diye gönderir."""
    settings = load()
    require_unit(settings, unit)
    if role.needs_unit and unit is None:
        raise OperatorError(f"--role {role.value}: no unit given; expected --unit with it")
    if unit is not None and not role.needs_unit:
        raise OperatorError(f"--unit {unit}: a {role.value} belongs to no unit; expected none")
    now = process_clock().now()

    def work(uow: UnitOfWork) -> str:
        code = join_codes.invite(uow, SystemRandomness(), role=role, unit=unit, name=name.strip(), now=now)
        uow.audit.log(now, None, "invited", f"{role.value}:{unit or '-'}", "cli")
        return code

    with opened_store(settings, upgrade=True) as store:
        code = store.write(work)
    expires_at = now + join_codes.CODE_LIVES
    if as_json:
        output.print_json(
            {"code": code, "role": role.value, "unit": unit, "name": name, "expires_at": expires_at.isoformat()}
        )
        return
    console = output.console()
    console.print(code, style="bold")
    console.print(
        f"Rol: {ROLES[role]}{f', birim: {unit}' if unit else ''}. Bir kez, {join_codes.CODE_LIVES.days} gün geçerli.\n"
        f"Kişi sohbette şunu gönderir: /katil {code}"
    )
