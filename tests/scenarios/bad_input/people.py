"""What several rows need: the tickets there are, and somebody who is invited."""

from __future__ import annotations

from handlers.domain.people import Role
from handlers.people import join_codes
from tests.scenarios.stage import Stage


async def tickets(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list())]


async def invited(stage: Stage, role: Role, unit: str | None = None) -> str:
    return await stage.app.gateway.write(
        lambda uow: join_codes.invite(
            uow, stage.app.desk.randomness, role=role, unit=unit, name="Selin Ak", now=stage.clock.now()
        )
    )
