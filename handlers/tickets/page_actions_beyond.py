"""What a page asks for that concerns others beside whoever works on the ticket: approvals, other tickets, outages.

As in `page_actions`: each is looked at and gives what does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers.context import Acting
from handlers.device_finding import found_by
from handlers.domain.approvals import Approval, ApprovalKind, Decision
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_from
from handlers.domain.outages import Cause, Outage
from handlers.domain.page_changes import AskedChange, PageAction
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, may, may_decide, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.tickets import (
    approvals,
    automatic_approvals,
    closing,
    device_naming,
    emergencies,
    linking,
    merges,
    numbers,
    outage_news,
    outages,
    parts,
    quick_answers,
    secrecy,
    separating,
    timing,
)
from handlers.tickets.page_fields import Deed, Plan, day_of, require_words
from knowledge.language.folding import folded

MAX_NAMED = 6


# --- approvals ---------------------------------------------------------------------------------------
def _ask_approval(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`stock`, or `access:Nuran Yıldız` with whose yes it is."""
    kind, _, name = asked.to.partition(":")
    if kind not in set(ApprovalKind):
        raise NotFound("approval kind", kind)
    named = _manager(acting, ticket, name.strip()) if name.strip() else None
    approvals.require_askable(acting, ticket, ApprovalKind(kind), named)
    return partial(approvals.ask, acting, ticket, ApprovalKind(kind), why=asked.text, manager=named)


def _manager(acting: Acting, ticket: Ticket, name: str) -> PersonId:
    """Raises Invalid(`approval_manager_unknown`, `which_colleague`)."""
    department = acting.uow.people.get(ticket.reporter).department
    named = [one for one in acting.uow.people.named(name) if folded(one.department) == folded(department)]
    found = [one for one in named if one.id not in (acting.person.id, ticket.reporter)]
    if not found:
        raise Invalid("approval_manager_unknown", typed=name[:40], department=department)
    if len(found) > 1:
        raise Invalid("which_colleague", near=[one.name or one.handle for one in found[:MAX_NAMED]])
    return found[0].id


def _take_back_approval(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`to`, where it takes back what they have just asked for: that approval."""
    if asked.to:
        approval = _approval(acting, ticket, asked.to)
        if not approval.is_pending or approval.asked_by != acting.person.id:
            raise Invalid("approval_over")
    return partial(automatic_approvals.take_back, acting, ticket)


def _approve(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    approval = _pending(acting, ticket, asked)
    return partial(approvals.decide, acting, approval, Decision.APPROVED, asked.text)


def _refuse(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    approval = _pending(acting, ticket, asked)
    require_words(asked, "approval_reason")
    return partial(approvals.decide, acting, approval, Decision.REFUSED, asked.text)


def _ask_back(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    approval = _pending(acting, ticket, asked)
    require_words(asked, "question_missing")
    return partial(approvals.question, acting, approval, asked.text)


def _answer_back(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`12:5`: of that approval, to that person."""
    key, _, person = asked.to.partition(":")
    approval, to = _approval(acting, ticket, key), key_from(person)
    if to is None:
        raise NotFound("person", person)
    if acting.person.id != approval.asked_by:
        require(acting.person, Action.WAIT, ticket)
    if not approval.is_pending:
        raise Invalid("approval_over")
    if not _may_hear(acting, ticket, approval, PersonId(to)):
        raise NotFound("person", person)
    require_words(asked, "words_missing")
    return partial(approvals.answer, acting, approval, PersonId(to), asked.text)


def _may_hear(acting: Acting, ticket: Ticket, approval: Approval, to: PersonId) -> bool:
    """Who asked back on it, or may decide: the answer shows what is to be decided."""
    asked_back = any(
        (one.what, one.reason, one.who) == (Change.NOTED, "approval", to) and one.at >= approval.asked_at
        for one in timing.history_of(acting, ticket)
    )
    return asked_back or may_decide(acting.uow.people.get(to), approval, ticket)


def _document(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`12:2026-12-03`: of that approval, of that day."""
    key, _, day = asked.to.partition(":")
    approval = _approval(acting, ticket, key)
    number, of_day = " ".join(asked.text.upper().split()), day_of(day)
    approvals.require_document(acting, ticket, approval, number, of_day)
    return partial(approvals.give_document, acting, approval, number, of_day)


def _pending(acting: Acting, ticket: Ticket, asked: AskedChange) -> Approval:
    approval = _approval(acting, ticket, asked.to)
    approvals.require_pending(acting, approval)
    return approval


def _approval(acting: Acting, ticket: Ticket, to: str) -> Approval:
    found = next((one for one in acting.uow.approvals.of_ticket(ticket.id) if str(one.id) == to), None)
    if found is None:
        raise NotFound("approval", to)
    return found


def _name_device(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`to`: any of its numbers; empty: it is about none that is recorded."""
    if not asked.to.strip():
        return partial(device_naming.take_away, acting, ticket)
    found = found_by(acting.uow, asked.to)
    if len(found) != 1:
        typed = asked.to.strip()[:_MOST_TYPED]
        raise Invalid("several_devices" if found else "no_such_device", typed=typed, number=len(found))
    return partial(device_naming.name, acting, ticket, found[0].id)


_MOST_TYPED = 40


# --- other tickets -----------------------------------------------------------------------------------
def _relate(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    other = _other(acting, asked.to)
    linking.require_linkable(ticket, other)
    return partial(linking.relate, acting, ticket, other)


def _unrelate(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    return partial(linking.unrelate, acting, ticket, _other(acting, asked.to))


def _add_part(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    other = _other(acting, asked.to)
    require(acting.person, Action.NOTE, other)
    parts.require_fitting(acting, other, ticket)
    return partial(parts.put_under, acting, other, ticket)


def _remove_part(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    other = _other(acting, asked.to)
    require(acting.person, Action.NOTE, other)
    return partial(parts.take_out, acting, other, ticket)


def _split(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`to`: the entry whose words go; the text is what it is about."""
    written = {str(one.id): one for one in acting.uow.tickets.entries(ticket.id)}.get(asked.to)
    if written is None or written.author != ticket.reporter:
        raise Invalid("split_what")
    linking.require_splittable(acting, ticket, written.text)
    return partial(linking.split, acting, ticket, written.text, asked.text)


def _merge(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    other = merges.survivor(acting.uow, _other(acting, asked.to))
    require(acting.person, Action.READ, other)
    if other.id == ticket.id or not other.state.active:
        raise Invalid("cannot_merge", number=ticket.number, other=other.number)
    secrecy.require_mergeable(ticket, other)
    require_words(asked, "merge_reason")
    if not asked.anyway:
        title, reporter = acting.desk.subject(other), acting.uow.people.get(other.reporter)
        raise Invalid("merge_sure", number=ticket.number, other=other, title=title, reporter=reporter)
    return partial(closing.merge, acting, ticket, other, asked.text)


def _separate(acting: Acting, ticket: Ticket, _: AskedChange) -> Deed:
    separating.require_separable(acting, ticket)
    return partial(separating.separate, acting, ticket)


def _cancel(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`to`: the code of one of the usual reasons."""
    told = quick_answers.cancel_text(asked.to) if asked.to else asked.text
    if not any(letter.isalnum() for letter in told):
        raise Invalid("cancel_reason")
    return partial(closing.cancel, acting, ticket, asked.text or told, asked.to or "other")


def _reopen(acting: Acting, ticket: Ticket, _: AskedChange) -> Deed:
    if not ticket.may_reopen(acting.now):
        raise Invalid("too_late_to_reopen", number=ticket.number)
    return partial(closing.reopen, acting, ticket)


def _other(acting: Acting, said: str) -> Ticket:
    """Raises Invalid, the same for one that they may not read as for none."""
    number = parse(said.strip())
    if number is None:
        raise Invalid("no_number", typed=said.strip()[:40])
    try:
        other = numbers.find(acting, number)
    except NotFound as missing:
        raise Invalid("not_found") from missing
    if not may(acting.person, Action.READ, other):
        raise Invalid("not_found")
    return other


# --- outages -----------------------------------------------------------------------------------------
def _declare_outage(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    outages.require_declarable(acting, ticket, apart=asked.anyway)
    return partial(outages.declare, acting, ticket, apart=asked.anyway)


def _join_outage(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    if ticket.restricted:
        raise Invalid("outage_restricted")
    known = next((one for one in acting.uow.outages.open() if str(one.id) == asked.to), None)
    if known is None:
        raise Invalid("outage_over", ended_at=None)
    return lambda: outages.join(acting, ticket, acting.uow.outages.get(known.id, to_change=True))


def _write_to_all(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    outage = _outage(acting, ticket)
    outage_news.require_sendable(acting, outage, asked.text, anyway=asked.anyway)
    return partial(outage_news.write_to_all, acting, outage, asked.text, anyway=asked.anyway)


def _announce(acting: Acting, ticket: Ticket, _: AskedChange) -> Deed:
    outage = _outage(acting, ticket)
    if outage.announced_at is None and emergencies.outside_hours(acting, ticket.unit):
        raise Invalid("announce_at_night")
    return partial(outage_news.announce, acting, outage)


def _end_outage(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    if asked.to not in set(Cause):
        raise NotFound("cause", asked.to)
    outage = _outage(acting, ticket)
    if asked.text:
        outage_news.require_sendable(acting, outage, asked.text, anyway=True)
    return partial(outages.end, acting, ticket, Cause(asked.to), asked.text)


def _outage(acting: Acting, ticket: Ticket) -> Outage:
    found = acting.uow.outages.of_head(ticket.id)
    if found is None:
        raise Invalid("outage_over", ended_at=None)
    return found


PLANS: Mapping[PageAction, Plan] = {
    PageAction.ASK_APPROVAL: _ask_approval,
    PageAction.TAKE_BACK_APPROVAL: _take_back_approval,
    PageAction.APPROVE: _approve,
    PageAction.REFUSE: _refuse,
    PageAction.ASK_BACK: _ask_back,
    PageAction.ANSWER_BACK: _answer_back,
    PageAction.DOCUMENT: _document,
    PageAction.NAME_DEVICE: _name_device,
    PageAction.RELATE: _relate,
    PageAction.UNRELATE: _unrelate,
    PageAction.ADD_PART: _add_part,
    PageAction.REMOVE_PART: _remove_part,
    PageAction.SPLIT: _split,
    PageAction.MERGE: _merge,
    PageAction.SEPARATE: _separate,
    PageAction.CANCEL: _cancel,
    PageAction.REOPEN: _reopen,
    PageAction.DECLARE_OUTAGE: _declare_outage,
    PageAction.JOIN_OUTAGE: _join_outage,
    PageAction.WRITE_TO_ALL: _write_to_all,
    PageAction.ANNOUNCE: _announce,
    PageAction.END_OUTAGE: _end_outage,
}
