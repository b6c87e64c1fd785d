"""A system that does not answer the desk itself: an outage of it is proposed, as of many reports; never declared."""

from __future__ import annotations

from dataclasses import replace

from handlers.context import UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.symptoms import SILENT_WHEN_REFUSED, Answer, Proposal, Scope
from handlers.domain.systems import System
from handlers.tickets import maintenances, outages, proposals, systems


def failed(work: UseCaseContext, key: str) -> Proposal | None:
    """What is proposed of it. Nothing of a system that the house does not have, of which an outage is open or work goes
    on, of what was proposed, or refused, a while ago, and at night where nobody is on call: then in the morning."""
    system = _known(work, key)
    if system is None or outages.of_system(work, system) is not None:
        return None
    if not proposals.may_ring(work, system.unit):
        return None
    if any(one.system == system.id for one in maintenances.under_way(work)):
        return None
    lately = [
        one for one in work.uow.symptoms.proposals(work.now - SILENT_WHEN_REFUSED) if one.key == f"system:{system.id}"
    ]
    if any(one.waits(work.now) or (one.answer is Answer.REFUSED and one.is_silent(work.now)) for one in lately):
        return None
    made = Proposal(
        scope=Scope.SYSTEM,
        key=f"system:{system.id}",
        unit=system.unit,
        category=system.categories[0] if system.categories else None,
        since=work.now,
        changed_at=work.now,
        people=0,
    )
    return proposals.propose(work, work.uow.symptoms.propose(made))


def answers(work: UseCaseContext, key: str) -> None:
    """What was proposed because it did not, and of which nobody reported anything, is taken back where it stands."""
    system = _known(work, key)
    if system is None:
        return
    for one in work.uow.symptoms.proposals(work.now - SILENT_WHEN_REFUSED):
        if one.key == f"system:{system.id}" and one.answer is Answer.NONE and not one.people:
            over = replace(one, answer=Answer.WITHDRAWN, answered_at=work.now, changed_at=work.now)
            work.uow.symptoms.save_proposal(over)
            proposals.say(work, over, rings=False)


def _known(work: UseCaseContext, named: str) -> System | None:
    """By id or title. A name in the settings that is none any more is `masa doctor`'s to say."""
    try:
        return systems.named(work, named)
    except Invalid:
        return None
