"""Reports that are alike, and their words: what a proposal is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from handlers.context import UseCaseContext
from handlers.domain.people import PersonId
from handlers.domain.symptoms import Proposal, Scope, Symptom
from handlers.tickets import systems
from knowledge.language import comparison

LOOKED_AT = 50
"""Reports without a subject among which the same words are looked for."""
MAX_CHARACTERS = 400
MAX_REPORTS, AMONG_THE_FIRST = 200, 20


def words_of(work: UseCaseContext, symptom: Symptom) -> str:
    """As they stand where they were written; nothing where they are gone, or it turned out to be a security matter."""
    if symptom.ticket is not None:
        ticket = work.uow.tickets.get(symptom.ticket)
        return "" if ticket.restricted else ticket.text
    if not symptom.conversation:
        return ""
    draft = work.uow.dialogs.get(symptom.conversation, symptom.person).draft
    return draft.text if draft is not None and draft.id == symptom.draft else ""


def in_the_same_words(work: UseCaseContext, text: str, reports: Sequence[Symptom]) -> Sequence[Symptom]:
    """Those of them whose words are near enough."""
    texts = [(one.id, words[:MAX_CHARACTERS]) for one in reports if (words := words_of(work, one))]
    near = set(comparison.nearest(text[:MAX_CHARACTERS], texts, comparison.REPORTS, limit=LOOKED_AT))
    return [one for one in reports if one.id in near]


def of_proposal(work: UseCaseContext, proposal: Proposal, limit: int = MAX_REPORTS) -> Sequence[Symptom]:
    """The reports that it is of, oldest first."""
    if proposal.scope is not Scope.TEXT:
        alike = categories(work, proposal.scope, proposal.category)
        return work.uow.symptoms.among(proposal.since, alike, _place(proposal), limit)
    reports = work.uow.symptoms.without_subject(proposal.since, proposal.unit, LOOKED_AT)
    first = next((one for one in reports if one.id == int(proposal.key.rpartition(":")[2])), None)
    return in_the_same_words(work, words_of(work, first), reports) if first is not None else []


def people(work: UseCaseContext, proposal: Proposal) -> int:
    """How many different ones it is of."""
    if proposal.scope is Scope.TEXT:
        return len({one.person for one in of_proposal(work, proposal)})
    alike = categories(work, proposal.scope, proposal.category)
    return work.uow.symptoms.people(proposal.since, alike, _place(proposal))


def departments(work: UseCaseContext, proposal: Proposal, limit: int) -> Sequence[tuple[str, int]]:
    """Where most of its people are, and how many."""
    if proposal.scope is Scope.TEXT:
        people = {one.person for one in of_proposal(work, proposal)}
        return Counter(work.uow.people.get(one).department for one in people).most_common(limit)
    alike = categories(work, proposal.scope, proposal.category)
    return work.uow.symptoms.departments(proposal.since, alike, _place(proposal), limit)


def first_of(work: UseCaseContext, proposal: Proposal, people: int) -> Sequence[Symptom]:
    """The first report of each of the first so many people."""
    first = dict[PersonId, Symptom]()
    for one in of_proposal(work, proposal, AMONG_THE_FIRST):
        first.setdefault(one.person, one)
    return list(first.values())[:people]


def _place(proposal: Proposal) -> str:
    return proposal.key.split(":", 2)[2] if proposal.scope is Scope.PLACE else ""


def categories(work: UseCaseContext, scope: Scope, category: str | None) -> Sequence[str]:
    """Of which reports are alike with one of that category."""
    system = systems.of_category(work, category) if scope is Scope.SYSTEM else None
    return system.categories if system is not None else [category] if category else []
