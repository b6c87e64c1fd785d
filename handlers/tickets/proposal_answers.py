"""What somebody answers to a proposed outage: Kesinti ilan et, Tek tek bakılsın, Kayıtları göster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.rights import Action, may
from handlers.domain.symptoms import Answer, Proposal, Symptom
from handlers.domain.ticket import Ticket
from handlers.tickets import opening, outages, proposals, symptoms


def refuse(acting: Acting, key: int) -> Effect:
    """Tek tek bakılsın: silent for two hours. Raises NotAllowed."""
    proposal = _answerable(acting, key)
    if proposal is None:
        return Effect.NONE
    _answer(acting, proposal, Answer.REFUSED)
    return Effect.CHANGED


def declare(acting: Acting, key: int) -> Ticket | None:
    """Kesinti ilan et: on the oldest ticket among them; where all are still being made, the oldest report becomes
    one. Its head; None where it was answered before.

    Raises NotAllowed, Invalid(`proposal_gone`) where none of them is left; as `outages.declare` besides.
    """
    proposal = _answerable(acting, key)
    if proposal is None:
        return None
    members = symptoms.of_proposal(acting, proposal)
    tickets = tickets_of(acting, members)
    head = tickets[0] if tickets else _opened(acting, members)
    head = head or (None if proposal.people else _opened_for_itself(acting, proposal))
    if head is None:
        raise Invalid("proposal_gone")
    outages.declare(acting, head, also=tickets, of=proposals.system_of(acting, proposal))
    _answer(acting, proposal, Answer.DECLARED)
    return head


def tickets_of(acting: Acting, members: Sequence[Symptom]) -> Sequence[Ticket]:
    """Those at work, the oldest first, as far as they may be read."""
    found = {one.ticket: acting.uow.tickets.get(one.ticket) for one in members if one.ticket is not None}
    active = [one for one in found.values() if one.state.active and not one.restricted]
    return sorted((one for one in active if may(acting.person, Action.READ, one)), key=lambda one: one.id)


def shown(acting: Acting, key: int) -> tuple[Sequence[Ticket], int]:
    """Kayıtları göster: the tickets, and how many reports are none yet. Raises NotAllowed."""
    proposal = acting.uow.symptoms.proposal(key)
    _require(acting, proposal)
    members = symptoms.of_proposal(acting, proposal)
    return tickets_of(acting, members), sum(one.ticket is None for one in members)


def _opened(acting: Acting, members: Sequence[Symptom]) -> Ticket | None:
    for one in members:
        dialog = acting.uow.dialogs.get(one.conversation, one.person) if one.conversation else None
        draft = dialog.draft if dialog is not None else None
        if dialog is None or draft is None or draft.id != one.draft or draft.for_person is not None:
            continue
        new = opening.NewTicket(
            written=tuple(opening.Written(text, key) for text, key in zip(draft.texts, draft.keys, strict=False)),
            reporter=one.person,
            category=one.category,
            facts=dict(draft.facts),
            reasons=tuple(draft.reasons),
            files=tuple(draft.files),
            conversation=one.conversation,
            draft=draft.id,
            learns=False,
        )
        acting.uow.messages.disable_buttons(one.conversation, draft.slot)
        dialog.draft = None
        acting.uow.dialogs.save(dialog)
        return opening.open_ticket(acting, new)
    return None


def _opened_for_itself(acting: Acting, proposal: Proposal) -> Ticket:
    """Nobody reported what did not answer a probe: the outage needs a head that somebody can claim."""
    words = f"{proposals.title(acting, proposal)}: masanın denetimine yanıt vermiyor."
    new = opening.NewTicket(
        written=(opening.Written(words),),
        reporter=acting.person.id,
        category=proposal.category,
        unit=proposal.unit,
        conversation="",
        untold=True,
        learns=False,
    )
    return opening.open_ticket(acting, new)


def _answerable(acting: Acting, key: int) -> Proposal | None:
    proposal = acting.uow.symptoms.proposal(key)
    _require(acting, proposal)
    return proposal if proposal.answer is Answer.NONE else None


def _require(acting: Acting, proposal: Proposal) -> None:
    """Whoever works in the unit, and whoever it was proposed to: they have it before them."""
    person = acting.person
    if person.works_in(proposal.unit) or person.id in {one.id for one in proposals.who_decides(acting, proposal)}:
        return
    raise NotAllowed(Action.DECLARE_OUTAGE, person.handle)


def _answer(acting: Acting, proposal: Proposal, answer: Answer) -> None:
    answered = replace(proposal, answer=answer, answered_at=acting.now, changed_at=acting.now)
    acting.uow.symptoms.save_proposal(answered)
    proposals.say(acting, answered, rings=False)
