"""An outage is proposed to whoever leads the unit, at night to whoever is on call: one message that grows."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting, UseCaseContext
from handlers.domain import rota
from handlers.domain.people import Person, UnitId
from handlers.domain.symptoms import Answer, Proposal
from handlers.domain.systems import System
from handlers.messages import Button
from handlers.tickets import cards, emergencies, presence, symptoms, systems

QUOTED, DEPARTMENTS = 3, 6
UNKNOWN = "Müdürlüğü bilinmeyen"
STEPS = ((10, 1), (50, 5))
"""Up to so many people it is said anew for each, then for every fifth."""
LARGE_STEP = 50
"""Of more than that: six hundred edits tell nobody more."""


def slot(proposal: Proposal) -> str:
    return f"proposal:{proposal.id}"


def propose(work: UseCaseContext, proposal: Proposal) -> Proposal:
    say(work, proposal, rings=True)
    return proposal


def say(work: UseCaseContext, proposal: Proposal, *, rings: bool, quotes: bool = True) -> None:
    """As it stands now. `quotes`: with some of their words."""
    if not rings and quotes and proposal.answer is Answer.NONE and proposal.people % _step(proposal.people):
        return
    departments = [(name or UNKNOWN, people) for name, people in symptoms.departments(work, proposal, DEPARTMENTS)]
    quoted = symptoms.first_of(work, proposal, QUOTED) if quotes else ()
    words = [text for one in quoted if (text := symptoms.words_of(work, one))]
    waits = proposal.answer is Answer.NONE
    buttons = [
        Button("Kesinti ilan et", f"proposal_declare:{proposal.id}"),
        Button("Tek tek bakılsın", f"proposal_refuse:{proposal.id}"),
        Button("Kayıtları göster", f"proposal_show:{proposal.id}"),
    ]
    standing = work.uow.messages.standing_in(slot(proposal))
    for address in standing or _addresses(work, proposal):
        work.say(
            address,
            "outage_proposal",
            buttons=buttons if waits else (),
            slot=slot(proposal),
            rings=rings,
            proposal=proposal,
            title=title(work, proposal),
            departments=departments,
            quotes=words,
        )


def _step(people: int) -> int:
    return next((step for up_to, step in STEPS if people <= up_to), LARGE_STEP)


def title(work: UseCaseContext, proposal: Proposal) -> str:
    """What is alike, as its reader calls it."""
    kind, _, rest = proposal.key.partition(":")
    if (system := system_of(work, proposal)) is not None:
        return system.title
    if kind == "place":
        category, _, place = rest.partition(":")
        return f"{work.desk.title(category)}, {place}"
    return work.desk.title(rest) if kind == "category" else "Aynı sözlerle yazılan sorun"


def system_of(work: UseCaseContext, proposal: Proposal) -> System | None:
    kind, _, rest = proposal.key.partition(":")
    return systems.find(work, rest) if kind == "system" else None


def _addresses(work: UseCaseContext, proposal: Proposal) -> Sequence[str]:
    people = [address for one in who_decides(work, proposal) for address in cards.private_addresses_of(work, one)]
    return list(dict.fromkeys(people))


def who_decides(work: UseCaseContext, proposal: Proposal) -> Sequence[Person]:
    return _on_call(work, proposal.unit) or presence.leaders_at_work(work, proposal.unit)


def may_ring(work: UseCaseContext, unit: UnitId) -> bool:
    """Whether it is working time, or somebody is on call: nobody else is rung at night."""
    return not emergencies.outside_hours(work, unit) or bool(_on_call(work, unit))


def _on_call(work: UseCaseContext, unit: UnitId) -> Sequence[Person]:
    """Outside working time."""
    if not emergencies.outside_hours(work, unit):
        return []
    duties = rota.on_duty(work.uow.rota.between(work.now, work.now), unit, work.now)
    called = [work.uow.people.get(one.person) for one in duties]
    return [one for one in presence.at_work(work, called) if not one.gone]


def take_words_out(acting: Acting) -> None:
    """Whose words stood in a proposal had them erased: it is said anew without any; and they count no more."""
    own = acting.uow.symptoms.of_person(acting.person.id)
    if not own:
        return
    for proposal in acting.uow.symptoms.proposals(own[0].at):
        say(acting, proposal, rings=False, quotes=False)
    acting.uow.symptoms.forget(acting.person.id)
