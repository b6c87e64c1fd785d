"""Hurda: what was written off stands in a proposal that was approved, and was found fit there; each commission has
enough people and an expert."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, and_, cast, func, or_, select

from handlers.domain.devices import Ending
from handlers.domain.scrap import FEWEST_OF_COMMISSION, Verdict
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import device, scrap_line, scrap_member, scrap_proposal

_HALF = (
    select(scrap_proposal.c.number)
    .where(
        or_(
            scrap_proposal.c.approved_at.is_(None) != scrap_proposal.c.approved_by.is_(None),
            scrap_proposal.c.commissioned_at.is_(None) != scrap_proposal.c.commissioned_by.is_(None),
            and_(scrap_proposal.c.approved_at.is_not(None), scrap_proposal.c.commissioned_at.is_(None)),
        )
    )
    .order_by(scrap_proposal.c.id)
)
_COMMISSION = (
    select(scrap_proposal.c.number)
    .outerjoin(scrap_member, scrap_member.c.proposal == scrap_proposal.c.id)
    .where(scrap_proposal.c.commissioned_at.is_not(None))
    .group_by(scrap_proposal.c.number)
    .having(
        or_(
            func.count(scrap_member.c.id) < FEWEST_OF_COMMISSION,
            func.coalesce(func.max(cast(scrap_member.c.expert, Integer)), 0) == 0,
        )
    )
)
_UNDECIDED = (
    select(scrap_proposal.c.number)
    .join(scrap_line, scrap_line.c.proposal == scrap_proposal.c.id)
    .where(
        scrap_proposal.c.approved_at.is_not(None),
        or_(
            scrap_line.c.verdict.is_(None),
            and_(scrap_line.c.verdict == Verdict.UNFIT.value, scrap_line.c.verdict_reason == ""),
        ),
    )
    .order_by(scrap_line.c.id)
)
_STAYED = (
    select(scrap_proposal.c.number, device.c.number.label("device"))
    .join(scrap_line, scrap_line.c.proposal == scrap_proposal.c.id)
    .join(device, device.c.id == scrap_line.c.device)
    .where(
        scrap_proposal.c.approved_at.is_not(None),
        scrap_line.c.verdict == Verdict.FIT.value,
        device.c.ending.is_distinct_from(Ending.WRITTEN_OFF.value),
    )
    .order_by(scrap_line.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_HALF):
        yield f"proposal {number}", "was approved or commissioned by nobody, or at no time"
    for (number,) in ground.rows(_COMMISSION):
        yield f"proposal {number}", "has a commission that is too small, or without an expert"
    for (number,) in ground.rows(_UNDECIDED):
        yield f"proposal {number}", "was approved with a device that nobody decided on, or said why it stays"
    for row in ground.rows(_STAYED):
        yield f"proposal {row.number}", f"was approved, and {row.device} is not written off"
