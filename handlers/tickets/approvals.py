"""Onaylar: asked for by whoever holds a ticket, given or refused by whom they are asked of, or by that person's deputy.

What is put before them can be judged without opening anything; its hash stands in the history with the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from handlers.context import Acting, Effect, UseCaseContext
from handlers.department_names import DepartmentNames
from handlers.domain.approvals import RULES, Approval, ApprovalKind, Approver, Decision
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import reminded_of_approval
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, decides_in_place_of, may, may_decide, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.domain.working_time import NoWorkingTimeError
from handlers.messages import Button, plain
from handlers.terms import APPROVALS
from handlers.tickets import cards, entries, notifications, presence, waits

REMINDED_AT = (time(9), time(13), time(9))
"""Of the next working day, twice; then, the day after, whoever asked hears who is waited for."""
TO_WHOEVER_ASKED = 2
MAX_DOCUMENT_LETTERS = 40


# --- asked for ------------------------------------------------------------------------------------
def ask(
    acting: Acting, ticket: Ticket, kind: ApprovalKind, *, why: str = "", manager: PersonId | None = None
) -> Approval:
    """Beklet → Onay: it waits for a yes, and whoever gives it hears of that. One that was asked for before is over.

    Raises NotAllowed, WrongState where nobody works on it, Invalid(`approval_manager`, `approval_own`).
    """
    require(acting.person, Action.WAIT, ticket)
    require_askable(acting, ticket, kind, manager)
    if ticket.state is not State.WAITING_APPROVAL:
        waits.wait(acting, ticket, State.WAITING_APPROVAL)
    _withdraw(acting, acting.uow.approvals.of_ticket(ticket.id))
    entry = entries.write(acting, ticket, EntryKind.NOTE, why) if why else None
    first = Approval(
        ticket=ticket.id,
        kind=kind,
        step=0,
        asked_by=acting.person.id,
        asked_at=acting.now,
        manager=manager if Approver.MANAGER in RULES[kind].steps else None,
        why=None if entry is None else entry.id,
    )
    return _put(acting, ticket, first)


def require_askable(acting: Acting, ticket: Ticket, kind: ApprovalKind, manager: PersonId | None) -> None:
    """Where it is a manager's yes: somebody whom the house vouches for, of the reporter's own müdürlük; of a security
    matter who may read it."""
    if Approver.MANAGER not in RULES[kind].steps:
        return
    if manager is None:
        raise Invalid("approval_manager")
    somebody, reporter = acting.uow.people.get(manager), acting.uow.people.get(ticket.reporter)
    if manager in (acting.person.id, ticket.reporter):
        raise Invalid("approval_own", who=somebody)
    elsewhere = not DepartmentNames.of(acting.uow).same(somebody.department, reporter.department)
    if somebody.gone or not somebody.verified or elsewhere:
        raise Invalid("approval_elsewhere", who=somebody, department=reporter.department)
    if ticket.restricted and not may(somebody, Action.READ, ticket):
        raise Invalid("approval_secret")


def _put(acting: Acting, ticket: Ticket, approval: Approval) -> Approval:
    """Before everybody who may decide it now; where there is nobody, whoever asked and the leads hear so."""
    added = acting.uow.approvals.add(approval)
    added = replace(added, shown=hash_of(acting, ticket, added))
    acting.uow.approvals.save(added)
    asked = asked_now(acting, ticket, added)
    ticket.waiting_for = waiting_for(added, asked)
    _log(acting, ticket, Change.APPROVAL_ASKED, added)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    for person in asked:
        _show(acting, ticket, added, person)
    if not asked:
        _tell_that_nobody_is_there(acting, ticket, added)
    return added


def waiting_for(approval: Approval, asked: Sequence[Person]) -> str:
    """As the card says it."""
    names = ", ".join(person.short_name for person in asked[:2])
    return f"{APPROVALS[approval.kind]}: {names}" if names else APPROVALS[approval.kind]


def asked_now(work: UseCaseContext, ticket: Ticket, approval: Approval) -> Sequence[Person]:
    """Of those who may decide it the ones who are there: first those whose right it is, then who deputises for them."""
    people = work.uow.people
    match approval.approver:
        case Approver.LEAD:
            own, deputies = people.in_role(Role.LEAD, ticket.unit), presence.leads_of(work, ticket.unit)
        case Approver.DIRECTOR:
            own, deputies = people.in_role(Role.DIRECTOR), presence.directors_of(work)
        case Approver.COLLEAGUE:
            own, deputies = presence.workers_of(work, ticket.unit), []
        case Approver.MANAGER:
            own, deputies = [people.get(approval.manager)] if approval.manager is not None else [], []
    return _able(work, ticket, approval, own) or _able(work, ticket, approval, deputies)


def _able(work: UseCaseContext, ticket: Ticket, approval: Approval, people: Iterable[Person]) -> Sequence[Person]:
    there = {person.id: person for person in presence.at_work(work, people)}
    return [person for person in there.values() if may_decide(person, approval, ticket)]


def _tell_that_nobody_is_there(work: UseCaseContext, ticket: Ticket, approval: Approval) -> None:
    people = [work.uow.people.get(approval.asked_by), *presence.leaders_at_work(work, ticket.unit)]
    for address in _places(work, people):
        work.say(address, "approval_nobody", ticket=ticket, approval=approval)


# --- what is put before them ----------------------------------------------------------------------
def slot(approval: Approval) -> str:
    """Of the message that asks for it, and says what came of it."""
    return f"approval:{approval.id}"


def buttons(approval: Approval) -> Sequence[Button]:
    return (
        Button("Onayla", f"approve:{approval.id}"),
        Button("Reddet", f"refuse:{approval.id}"),
        Button("Soru sor", f"approval_ask:{approval.id}"),
    )


def about(work: UseCaseContext, ticket: Ticket, approval: Approval) -> dict[str, Any]:
    """What whoever is asked reads: no more of the ticket than they need, since not all of them may read it."""
    reporter = work.uow.people.get(ticket.reporter)
    place = ", ".join(filter(None, (reporter.department, ticket.facts.get("oda") or reporter.room)))
    told = {entry.id: entry.text for entry in work.uow.tickets.entries(ticket.id)}
    return {
        "approval": approval,
        "number": ticket.number,
        "title": work.desk.subject(ticket),
        "report": "" if ticket.restricted else ticket.text,
        "reporter": reporter,
        "place": place,
        "asker": work.uow.people.get(approval.asked_by),
        "why": told.get(approval.why or 0, ""),
        "answer": told.get(approval.answer or 0, ""),
    }


def hash_of(work: UseCaseContext, ticket: Ticket, approval: Approval) -> str:
    text = work.desk.texts.render("approval_request", desk=work.desk, now=work.now, **about(work, ticket, approval))
    return sha256(plain(text).encode()).hexdigest()[:32]


def _show(work: UseCaseContext, ticket: Ticket, approval: Approval, person: Person, *, rings: bool = True) -> None:
    for address in cards.private_addresses_of(work, person):
        show_at(work, ticket, approval, address, rings=rings)


def show_at(work: UseCaseContext, ticket: Ticket, approval: Approval, address: str, *, rings: bool = True) -> None:
    """The one message there that asks for it; where it stood further up a line stays."""
    if address in work.uow.messages.standing_in(slot(approval)):
        work.say(address, "approval_below", slot=slot(approval), number=ticket.number, rings=False)
    work.say(
        address,
        "approval_request",
        buttons=buttons(approval),
        slot=slot(approval),
        fresh=True,
        rings=rings,
        **about(work, ticket, approval),
    )


def _settle(work: UseCaseContext, ticket: Ticket, approval: Approval) -> None:
    """Wherever it was asked for, what came of it takes its place: no words of anybody stay there."""
    by = None if approval.decided_by is None else work.uow.people.get(approval.decided_by)
    for address in work.uow.messages.standing_in(slot(approval)):
        work.say(
            address, "approval_over", slot=slot(approval), rings=False, approval=approval, number=ticket.number, by=by
        )


# --- decided --------------------------------------------------------------------------------------
def require_pending(acting: Acting, approval: Approval) -> Ticket:
    """The ticket. Raises Invalid(`approval_given`, `approval_over`, `approval_of_another`)."""
    ticket = acting.uow.tickets.get(approval.ticket)
    if approval.decided_at is not None and approval.decided_by is not None:
        day = acting.working_time(ticket.unit).local_date(approval.decided_at)
        by = acting.uow.people.get(approval.decided_by)
        raise Invalid("approval_given", day=day, by=by, refused=approval.decision is Decision.REFUSED)
    if not approval.is_pending or ticket.state is not State.WAITING_APPROVAL:
        raise Invalid("approval_over")
    if not may_decide(acting.person, approval, ticket):
        own = acting.person.id in (approval.asked_by, ticket.reporter)
        raise Invalid("approval_oneself" if own else "approval_of_another", people=asked_now(acting, ticket, approval))
    return ticket


def decide(acting: Acting, approval: Approval, decision: Decision, reason: str = "") -> Approval:
    """Onayla, Reddet (not without a `reason`). The next step is asked for; after the last the ticket goes on, unless
    the document behind the yes is to come. Raises as `require_pending`, Invalid(`approval_reason`)."""
    ticket = require_pending(acting, approval)
    if decision is Decision.REFUSED and not reason.strip():
        raise Invalid("approval_reason")
    in_place_of = decides_in_place_of(acting.person, approval, ticket)
    if in_place_of:
        ticket.acted_for[acting.person.id] = in_place_of
    decided = replace(
        approval, decision=decision, decided_by=acting.person.id, decided_at=acting.now, acting_for=in_place_of
    )
    acting.uow.approvals.save(decided)
    if reason.strip():
        entries.write(acting, ticket, EntryKind.NOTE, reason)
    _log(acting, ticket, Change.APPROVED if decision is Decision.APPROVED else Change.REFUSED, decided)
    _settle(acting, ticket, decided)
    if decision is Decision.APPROVED and not decided.is_last:
        _put(acting, ticket, replace(decided, **_AGAIN, step=decided.step + 1, asked_at=acting.now))
    elif decided.lacks_document:
        ticket.waiting_for = f"{APPROVALS[decided.kind]}: onay var, sayı bekleniyor"
        acting.uow.tickets.save(ticket)
        cards.refresh(acting, ticket)
        _tell_asker(acting, ticket, decided, reason)
    else:
        _go_on(acting, ticket, decided, reason)
    return decided


_AGAIN: dict[str, Any] = {
    "id": 0,
    "shown": "",
    "decision": None,
    "decided_by": None,
    "decided_at": None,
    "acting_for": (),
}
"""What the next step begins without."""


def give_document(acting: Acting, approval: Approval, number: str, day: date) -> Effect:
    """The day and number of what was written: by who approved, or who works on the ticket; then it goes on.

    Raises Invalid(`approval_document`, `approval_document_day`, `approval_over`).
    """
    ticket = acting.uow.tickets.get(approval.ticket)
    if acting.person.id != approval.decided_by:
        require(acting.person, Action.WAIT, ticket)
    if approval.document:
        return Effect.NONE
    require_document(acting, ticket, approval, number, day)
    documented = replace(approval, document=number, document_day=day)
    acting.uow.approvals.save(documented)
    _log(acting, ticket, Change.DOCUMENTED, documented, number)
    _go_on(acting, ticket, documented)
    return Effect.CHANGED


def require_document(work: UseCaseContext, ticket: Ticket, approval: Approval, number: str, day: date) -> None:
    if not approval.lacks_document or ticket.state is not State.WAITING_APPROVAL:
        raise Invalid("approval_over")
    if not any(sign.isdigit() for sign in number) or len(number) > MAX_DOCUMENT_LETTERS:
        raise Invalid("approval_document")
    if day > work.working_time(ticket.unit).local_date(work.now):
        raise Invalid("approval_document_day")


def _go_on(acting: Acting, ticket: Ticket, approval: Approval, reason: str = "") -> None:
    ticket.resume(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    if ticket.holder is not None:
        holder = acting.uow.people.get(ticket.holder)
        notifications.reporter(acting, ticket, "update_resumed", holder=holder)
    _tell_asker(acting, ticket, approval, reason)


def _tell_asker(acting: Acting, ticket: Ticket, approval: Approval, reason: str = "") -> None:
    """And who holds it by now; not whoever did it themselves."""
    people = [acting.uow.people.get(one) for one in {approval.asked_by, ticket.holder or approval.asked_by}]
    by = acting.uow.people.get(approval.decided_by or approval.asked_by)
    names = [acting.uow.people.get(one) for one in approval.acting_for]
    for address in _places(acting, [person for person in people if person.id != acting.person.id]):
        acting.say(
            address, "approval_decided", ticket=ticket, approval=approval, by=by, in_place_of=names, reason=reason
        )


def of_ticket_lacking_document(work: UseCaseContext, ticket: Ticket) -> Approval | None:
    return next((one for one in work.uow.approvals.of_ticket(ticket.id) if one.lacks_document), None)


# --- asked back -----------------------------------------------------------------------------------
def question(acting: Acting, approval: Approval, text: str) -> Ticket:
    """Soru sor: to whoever asked for it, and beside the ticket as a note. Raises as `require_pending`."""
    ticket = require_pending(acting, approval)
    entries.write(acting, ticket, EntryKind.NOTE, text)
    ticket.log(Change.NOTED, by=acting.person.id, at=acting.now, channel=acting.channel, reason="approval")
    acting.uow.tickets.save(ticket)
    buttons = [Button("Yanıtla", f"approval_answer:{approval.id}-{acting.person.id}")]
    for address in _places(acting, [acting.uow.people.get(approval.asked_by)]):
        acting.say(address, "approval_question", buttons=buttons, ticket=ticket, by=acting.person, question=text)
    return ticket


def answer(acting: Acting, approval: Approval, to: PersonId, text: str) -> Ticket:
    """To who asked back, in what is to be decided. Raises NotAllowed, Invalid(`approval_over`)."""
    ticket = acting.uow.tickets.get(approval.ticket)
    if acting.person.id != approval.asked_by:
        require(acting.person, Action.WAIT, ticket)
    if not approval.is_pending or ticket.state is not State.WAITING_APPROVAL:
        raise Invalid("approval_over")
    entry = entries.write(acting, ticket, EntryKind.NOTE, text)
    ticket.log(Change.NOTED, by=acting.person.id, at=acting.now, channel=acting.channel, reason="approval")
    acting.uow.tickets.save(ticket)
    answered = replace(approval, answer=entry.id)
    answered = replace(answered, shown=hash_of(acting, ticket, answered))
    acting.uow.approvals.save(answered)
    _show(acting, ticket, answered, acting.uow.people.get(to))
    return ticket


# --- waited for -----------------------------------------------------------------------------------
def waiting_for_me(acting: Acting) -> Sequence[tuple[Ticket, Approval]]:
    """What somebody may decide, the oldest first."""
    pending = [(acting.uow.tickets.get(one.ticket), one) for one in acting.uow.approvals.pending()]
    return [
        (ticket, one)
        for ticket, one in pending
        if ticket.state is State.WAITING_APPROVAL and may_decide(acting.person, one, ticket)
    ]


def remind(work: UseCaseContext) -> None:
    """A tick: what nobody waits for any more is over; who is asked hears of it on the next working day at 09:00 and at
    13:00, whoever asked the day after. A deputy who came into it meanwhile is shown all of it."""
    for approval in work.uow.approvals.pending():
        ticket = work.uow.tickets.get(approval.ticket)
        if ticket.state is not State.WAITING_APPROVAL:
            _withdraw(work, [approval])
            continue
        for step, at in enumerate(_reminders(work, ticket, approval)):
            if at <= work.now and work.uow.once.first(reminded_of_approval(approval.id, step), work.now):
                _remind(work, ticket, approval, step)


def close_of(work: UseCaseContext, tickets: Iterable[Ticket]) -> None:
    """Of tickets that wait for no yes: what is shown of them goes."""
    for ticket in tickets:
        if ticket.state is not State.WAITING_APPROVAL:
            _withdraw(work, work.uow.approvals.of_ticket(ticket.id))


def _reminders(work: UseCaseContext, ticket: Ticket, approval: Approval) -> Sequence[datetime]:
    time_of_unit = work.working_time(ticket.unit)
    try:
        days = [time_of_unit.local_date(time_of_unit.add_working_days(approval.asked_at, days)) for days in (1, 1, 2)]
        moments = [time_of_unit.at(day, clock) for day, clock in zip(days, REMINDED_AT, strict=True)]
        return [time_of_unit.next_opening(at) for at in moments]
    except NoWorkingTimeError:
        return []


def _remind(work: UseCaseContext, ticket: Ticket, approval: Approval, step: int) -> None:
    asked = asked_now(work, ticket, approval)
    if not asked:
        _tell_that_nobody_is_there(work, ticket, approval)
        return
    if step == TO_WHOEVER_ASKED:
        for address in _places(work, [work.uow.people.get(approval.asked_by)]):
            work.say(address, "approval_waits", ticket=ticket, approval=approval, people=asked)
        return
    for person in asked:
        _show(work, ticket, approval, person)


def _withdraw(work: UseCaseContext, approvals: Iterable[Approval]) -> None:
    for approval in approvals:
        if approval.is_pending or approval.lacks_document:
            over = replace(approval, withdrawn_at=work.now)
            work.uow.approvals.save(over)
            _settle(work, work.uow.tickets.get(approval.ticket), over)


def _places(work: UseCaseContext, people: Iterable[Person]) -> Sequence[str]:
    return list(dict.fromkeys(a for person in people for a in cards.private_addresses_of(work, person)))


def _log(acting: Acting, ticket: Ticket, what: Change, approval: Approval, number: str = "") -> None:
    told = {"before": approval.kind, "after": number or approval.shown}
    ticket.log(what, by=acting.person.id, at=acting.now, channel=acting.channel, **told)
