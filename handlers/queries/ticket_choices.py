"""What can be chosen from in the forms of a ticket's page, as far as its reader may do anything with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.context import Acting
from handlers.domain.approvals import Approval, ApprovalKind, usual_kind
from handlers.domain.canned_replies import CannedReply, blanks
from handlers.domain.checklists import Checklist
from handlers.domain.efforts import efforts as efforts_in
from handlers.domain.outages import Outage
from handlers.domain.page_changes import PageAction
from handlers.domain.people import PersonId
from handlers.domain.rights import may_decide
from handlers.domain.states import Change, TicketEvent
from handlers.domain.stock import Item
from handlers.domain.ticket import Ticket
from handlers.domain.visits import Visit
from handlers.stock import resolving
from handlers.tickets import (
    approvals,
    canned_replies,
    checklists,
    efforts,
    evidence,
    lateness,
    outage_news,
    outages,
    quick_answers,
    recurring,
    timing,
    visits,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A hazır yanıt as the reporter would read it."""

    reply: CannedReply
    text: str
    blanks: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    done: Sequence[str] = ()
    """What was most likely done."""
    stock: Sequence[tuple[resolving.Chosen, Item, int]] = ()
    """Malzeme that it may have taken, with what is left of it."""
    canned: Sequence[Filled] = ()
    lists: Sequence[Checklist] = ()
    """That do not hang on it yet."""
    minutes: Sequence[int] = ()
    spent: int | None = None
    """The line of the history with what they said last, to be taken back."""
    times: Sequence[datetime] = ()
    """That stand before the reporter."""
    on_the_way: bool = False
    visit_undo: int | None = None
    """The line of the history with what they said last of a visit, to be taken back."""
    late: bool = False
    """It took longer than its target, and nobody said why."""
    checked: bool = False
    """Tamam, Uyarı var or Alınamadı is to be said."""
    excuse: bool = False
    """Required lines are open, or what is wanted is not there."""
    kinds: Sequence[ApprovalKind] = ()
    """The usual one first."""
    decides: Sequence[Approval] = ()
    """That wait for their yes."""
    lacking: Approval | None = None
    asked_back: tuple[Approval, PersonId] | None = None
    """Who is to decide asked something, and waits for an answer."""
    takes_back: bool = False
    """Nobody has decided what was asked for."""
    outage: Outage | None = None
    open_outages: Sequence[tuple[Outage, str]] = ()


def choices(acting: Acting, ticket: Ticket, offered: Sequence[PageAction], visit: Visit) -> Choices:
    """`offered`: what they may do; of anything else there is nothing to choose."""
    can, history = frozenset(offered), timing.history_of(acting, ticket)
    known = acting.uow.approvals.of_ticket(ticket.id)
    return Choices(
        done=quick_answers.done_answers(ticket.category) if PageAction.RESOLVE in can else (),
        stock=resolving.choices(acting, ticket) if PageAction.RESOLVE in can else (),
        canned=_canned(acting, ticket) if PageAction.SEND_CANNED in can else (),
        lists=_lists(acting, ticket) if PageAction.HANG in can else (),
        minutes=efforts.offered(acting, ticket) if _keeps_effort(acting, ticket, can) else (),
        spent=_spent(acting, history) if PageAction.TAKE_BACK_SPENT in can else None,
        times=visit.offered if PageAction.AGREE_VISIT in can else (),
        on_the_way=visit.is_on_the_way(acting.now),
        visit_undo=_own_visit(acting, ticket, visit) if PageAction.TAKE_BACK_VISIT in can else None,
        late=PageAction.EXPLAIN in can
        and timing.is_late(acting, ticket)
        and lateness.reason_of(acting, ticket) is None,
        checked=PageAction.CHECK in can and recurring.awaits_answer(acting, ticket),
        excuse=PageAction.EXCUSE in can and _lacks(acting, ticket),
        kinds=_kinds(ticket) if PageAction.ASK_APPROVAL in can else (),
        decides=[one for one in known if PageAction.APPROVE in can and _decides(acting, one, ticket)],
        lacking=approvals.of_ticket_lacking_document(acting, ticket) if PageAction.DOCUMENT in can else None,
        asked_back=_asked_back(known, history) if PageAction.ANSWER_BACK in can else None,
        takes_back=PageAction.TAKE_BACK_APPROVAL in can and any(one.is_pending for one in known),
        outage=acting.uow.outages.of_head(ticket.id) if PageAction.END_OUTAGE in can else None,
        open_outages=_open_outages(acting, ticket) if PageAction.JOIN_OUTAGE in can else (),
    )


def _keeps_effort(acting: Acting, ticket: Ticket, can: frozenset[PageAction]) -> bool:
    return PageAction.SPEND in can and efforts.is_kept(acting, ticket.unit)


def _canned(acting: Acting, ticket: Ticket) -> Sequence[Filled]:
    standing = canned_replies.offered(acting, ticket)
    return [Filled(one, canned_replies.text_for(acting, ticket, one), blanks(one.text)) for one in standing]


def _lists(acting: Acting, ticket: Ticket) -> Sequence[Checklist]:
    hung = {one.name for one in acting.uow.checklists.of_ticket(ticket.id)}
    if len(hung) >= checklists.MOST_ON_A_TICKET:
        return ()
    return [one for one in checklists.of_unit(acting, ticket.unit) if one.name not in hung]


def _spent(acting: Acting, history: Sequence[TicketEvent]) -> int | None:
    own = [one.line for one in efforts_in(history) if one.who == acting.person.id]
    return own[-1] if own else None


def _own_visit(acting: Acting, ticket: Ticket, visit: Visit) -> int | None:
    own = visit.undo is not None and visits.is_own(acting, ticket, visit.line)
    return visit.line if own else None


def _lacks(acting: Acting, ticket: Ticket) -> bool:
    return bool(checklists.open_required(acting, ticket)) or evidence.wanted(acting, ticket) is not None


def _kinds(ticket: Ticket) -> Sequence[ApprovalKind]:
    usual = usual_kind(ticket.category)
    return sorted(ApprovalKind, key=lambda kind: kind is not usual)


def _decides(acting: Acting, approval: Approval, ticket: Ticket) -> bool:
    return approval.is_pending and may_decide(acting.person, approval, ticket)


def _asked_back(known: Sequence[Approval], history: Sequence[TicketEvent]) -> tuple[Approval, PersonId] | None:
    """The last word on it was a question, not an answer of whoever asked for it."""
    pending = next((one for one in known if one.is_pending), None)
    said = [one.who for one in history if (one.what, one.reason) == (Change.NOTED, "approval") and one.who is not None]
    if pending is None or not said or said[-1] == pending.asked_by:
        return None
    return pending, said[-1]


def _open_outages(acting: Acting, ticket: Ticket) -> Sequence[tuple[Outage, str]]:
    if ticket.restricted:
        return ()
    standing = [one for one in acting.uow.outages.open() if all(of.ticket != ticket.id for of in one.tickets)]
    return [(one, f"{outages.head(acting.uow, one).number} · {outage_news.title(acting, one)}") for one in standing]
