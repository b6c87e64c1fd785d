"""What a page asks for beside the work itself: visits, promises, words, lists, time spent.

Each is looked at and gives what does it, so that what is tried before it is taken in is what is done then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from handlers.context import Acting
from handlers.domain.checklists import key as line_key
from handlers.domain.errors import Invalid, NotFound, WrongState
from handlers.domain.keys import key_from
from handlers.domain.page_changes import AskedChange, PageAction, fits
from handlers.domain.ticket import Ticket
from handlers.tickets import (
    canned_replies,
    checklist_progress,
    checklist_remarks,
    checklists,
    correspondence,
    efforts,
    emergencies,
    evidence,
    follow_ups,
    lateness,
    page_actions_beyond,
    promises,
    recurring,
    silence,
    visits,
)
from handlers.tickets.page_fields import Deed, Plan, day_of, key_of, moment_of, plainly, require_words


def plan(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """Raises WrongState, NotFound, NotAllowed, Invalid for what could not be done now."""
    if not fits(asked.action, ticket):
        raise WrongState(ticket.number, ticket.state, asked.action)
    return PLANS[asked.action](acting, ticket, asked)


# --- visits, promises, how it goes on ---------------------------------------------------------------
def _set_off(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    minutes = key_from(asked.to) if asked.to else visits.USUAL_MINUTES
    if minutes is None or not 0 < minutes <= visits.MOST_MINUTES:
        raise NotFound("minutes", asked.to)
    return partial(visits.set_off, acting, ticket, minutes)


def _agree_visit(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    at = moment_of(acting, asked.to)
    visits.require_possible(acting, ticket, at)
    return partial(visits.agree, acting, ticket, at)


def _promise(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    day = day_of(asked.to)
    promises.require_possible(acting, ticket, day)
    return partial(promises.give, acting, ticket, day)


def _look_again(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    day = day_of(asked.to)
    today = acting.working_time(ticket.unit).local_date(acting.now)
    if not today < day <= today + follow_ups.FARTHEST:
        raise Invalid("follow_up_when", day=day)
    return partial(follow_ups.set_day, acting, ticket, day)


def _check(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    if asked.to not in recurring.RESULTS:
        raise NotFound("result", asked.to)
    if asked.to == recurring.OK:
        evidence.require_given(acting, ticket)
    return partial(recurring.answer, acting, ticket, asked.to)


def _explain(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    lateness.require_known(asked.to)
    return partial(lateness.explain, acting, ticket, asked.to)


# --- words -------------------------------------------------------------------------------------------
def _send_canned(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """The answers to its blanks are lines of the text."""
    reply = acting.uow.canned_replies.get(key_of("canned reply", asked.to))
    if reply.unit != ticket.unit or reply.withdrawn_at is not None:
        raise NotFound("canned reply", reply.id)
    return partial(canned_replies.send, acting, ticket, reply, asked.text.split("\n") if asked.text else ())


def _send_note(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    note = key_of("note", asked.to)
    if acting.uow.tickets.entry(note)[0] != ticket.id:
        raise NotFound("note", note)
    return partial(correspondence.send_note_to_reporter, acting, note)


# --- lists and time ----------------------------------------------------------------------------------
def _hang(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    chosen = next((one for one in checklists.of_unit(acting, ticket.unit) if one.name == asked.to), None)
    if chosen is None:
        raise NotFound("checklist", asked.to)
    hung = acting.uow.checklists.of_ticket(ticket.id)
    if len(hung) >= checklists.MOST_ON_A_TICKET and all(one.name != chosen.name for one in hung):
        raise Invalid("checklist_many", most=checklists.MOST_ON_A_TICKET)
    return partial(checklists.hang_by_hand, acting, ticket, chosen)


def _line(change: Callable[[Acting, Ticket, int, int], object], acting: Acting, ticket: Ticket, to: str) -> Deed:
    for one in checklist_progress.of_ticket(acting, ticket):
        for place in range(len(one.checklist.items)):
            if line_key(one.checklist.id, place) == to:
                return partial(change, acting, ticket, one.checklist.id, place)
    raise NotFound("checklist item", to)


def _remark(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    lines = checklist_remarks.lines_of(checklist_progress.of_ticket(acting, ticket))
    number = key_from(asked.to)
    if number is None or number > len(lines):
        raise Invalid("checklist_line", most=len(lines))
    if not asked.text and not asked.files:
        raise Invalid("checklist_line_empty")
    return partial(checklist_remarks.put, acting, ticket, number, asked.text, asked.files)


def _excuse(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """Of lines that are open, and of a photo, a file or a number that is wanted and not there."""
    require_words(asked, "words_missing")
    if checklists.open_required(acting, ticket):
        return partial(checklists.excuse, acting, ticket, asked.text)
    return partial(evidence.give, acting, ticket, asked.text, asked.files)


def _spend(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    minutes = key_from(asked.to) or 0
    efforts.require_possible(acting, ticket, minutes)
    return partial(efforts.add, acting, ticket, minutes)


def _take_back_spent(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    line = key_of("effort", asked.to)
    efforts.require_own(acting, ticket, line)
    return partial(efforts.take_back, acting, ticket, line)


def _take_back_visit(acting: Acting, ticket: Ticket, asked: AskedChange) -> Deed:
    """`to`: the line of the history with it."""
    visits.require_own(acting, ticket, key_of("visit", asked.to))
    return partial(visits.withdraw, acting, ticket)


PLANS: Mapping[PageAction, Plan] = {
    PageAction.SEND_CANNED: _send_canned,
    PageAction.SEND_NOTE: _send_note,
    PageAction.SET_OFF: _set_off,
    PageAction.FOUND_CLOSED: plainly(visits.found_closed),
    PageAction.OFFER_VISIT: plainly(visits.offer),
    PageAction.AGREE_VISIT: _agree_visit,
    PageAction.TAKE_BACK_VISIT: _take_back_visit,
    PageAction.PROMISE: _promise,
    PageAction.ASK_FOR_HELP: plainly(promises.ask_for_help),
    PageAction.LOOK_AGAIN: _look_again,
    PageAction.GOES_ON: plainly(silence.goes_on),
    PageAction.SEE: plainly(emergencies.see),
    PageAction.CHECK: _check,
    PageAction.HANG: _hang,
    PageAction.TICK: lambda acting, ticket, asked: _line(checklists.tick, acting, ticket, asked.to),
    PageAction.UNTICK: lambda acting, ticket, asked: _line(checklists.untick, acting, ticket, asked.to),
    PageAction.REMARK: _remark,
    PageAction.EXCUSE: _excuse,
    PageAction.SPEND: _spend,
    PageAction.TAKE_BACK_SPENT: _take_back_spent,
    PageAction.EXPLAIN: _explain,
    **page_actions_beyond.PLANS,
}
