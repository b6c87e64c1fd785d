"""What a button does. The token says which button; whether it may be done is decided anew, from state and rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from handlers.chat import (
    absences,
    announcing,
    approvals,
    articles,
    automatic_approvals,
    backup_book,
    calendar,
    cancel,
    canned_replies,
    checklists,
    confirming,
    counting,
    depot,
    deputies,
    device_questions,
    device_swaps,
    devices,
    document_tracks,
    drafts,
    efforts,
    end_of_day,
    fact_questions,
    handing_over,
    lists,
    lost_devices,
    maintenances,
    months,
    my_data,
    on_behalf,
    onboarding,
    open_ticket,
    orders_out,
    outage_notes,
    outages,
    own_devices,
    prompts,
    recurring,
    report_buttons,
    rooms,
    rota,
    scrapping,
    search,
    service_forms,
    solved,
    stock_closing,
    systems,
    taking_back,
    targets,
    terms,
    ticket_actions,
    ticket_closing,
    ticket_moves,
    ticket_replies,
    time_questions,
    trainings,
    visits,
    work_hours,
)
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.domain.errors import Invalid, NotFound, WrongState
from handlers.domain.page_changes import PageAction
from handlers.domain.people import PersonId
from handlers.domain.states import Priority, SolvedBy, State
from handlers.domain.ticket import Ticket
from handlers.people.access import may_enter
from handlers.tickets import quick_answers, similar, work


def press(turn: Turn, token: str) -> None:
    """Raises NotFound for a token that is none, or stands in a conversation that is not theirs."""
    pressed = turn.uow.messages.press(token)
    if pressed is None or pressed.message.conversation != turn.address:
        raise NotFound("button", "")
    if turn.in_room and not may_enter(turn.person, turn.conversation):
        rooms.bystander(turn)
        return
    if turn.person.gone:
        turn.say(turn.address, "errors/gone")
        return
    verb, *arguments = pressed.action.split(":", 2)
    if verb in _ANSWERS and not pressed.live:
        return  # the question was answered, or taken back: what comes late is no answer any more
    if verb in _PLAIN:
        turn.go_private()
        _PLAIN[verb](turn)
    elif verb in _FURTHER:
        turn.go_private()
        _FURTHER[verb](turn, *arguments)
    elif verb in _ON_CALENDAR:
        turn.go_private()
        _ON_CALENDAR[verb](turn, *arguments)
    elif verb == "name_is":
        onboarding.name_is(turn, *arguments)
    elif verb == "department_is":
        onboarding.department_is(turn, ":".join(arguments))
    elif verb in _ON_DRAFT:
        _on_draft(turn, verb, arguments)
    elif verb in _ON_TICKET:
        ticket = turn.uow.tickets.get(int(arguments[0]))
        turn.speak_of(ticket)
        _ON_TICKET[verb](turn, ticket, arguments[1] if len(arguments) > 1 else "")
    else:
        raise NotFound("button", verb)


def _on_draft(turn: Turn, verb: str, arguments: list[str]) -> None:
    draft = open_ticket.draft_of(turn, arguments[0])
    if draft is not None:
        _ON_DRAFT[verb](turn, draft, arguments[1] if len(arguments) > 1 else "")


def _add_to(turn: Turn, draft: Draft, ticket_id: str) -> None:
    """Bu kayda ekle: the report in the making belongs to a ticket that is open already."""
    ticket = turn.uow.tickets.get(int(ticket_id))
    if ticket.reporter != turn.person.id:
        raise NotFound("ticket", ticket.number)
    if not ticket.state.active:
        raise WrongState(ticket.number, ticket.state, "add_to")
    if drafts.is_sensitive(turn, draft) and not ticket.restricted:
        open_ticket.open_draft(turn, draft)  # it grew since it was offered: a security matter has a ticket of its own
        return
    key = draft.keys[0] if len(draft.texts) == 1 else None
    ticket_replies.write_to(turn, ticket, draft.text, tuple(draft.files), key=key)
    drafts.close(turn, draft, "added", ticket)
    turn.dialog.draft = None


def _state(value: str) -> State:
    try:
        return State(value)
    except ValueError as error:
        raise Invalid("draft_over") from error


Press = TypeVar("Press", bound=Callable[..., object])


def _each_once(*tables: Mapping[str, Press]) -> dict[str, Press]:
    """All of them in one. Raises ValueError where two have a button of one name: one of them would do the other's."""
    joined: dict[str, Press] = {}
    for table in tables:
        if twice := joined.keys() & table.keys():
            raise ValueError(f"two buttons of one name: {sorted(twice)}")
        joined |= table
    return joined


_ANSWERS = frozenset(
    {"ask_with", "cancel_for", "day_add", "deputy_add", "done_with", "erase", "hours_add", "leave_add", "work_add"}
    | {"merge_for", "merge_into", "outage_cause", "outage_end", "promise_on", "tell_all_anyway", "tell_all_with"}
    | {"merge_same", "not_same", "visit_at", "visit_no", "visit_undo"}
    | {"spent", "device_of", "device_none", "stock_use", "stock_none", "stock_other"}
    | {"canned_blank", "canned_send", "canned_show", "canned_take"}
    | {"approval_answer", "approval_later", "approval_send", "recurring_add"}
)
"""They answer a question of the desk and do something that nobody wants done by a press of yesterday."""
_PLAIN: dict[str, Callable[[Turn], None]] = {
    "notice_read": onboarding.notice_read,
    "skip_room": onboarding.skip_room,
    "erase": my_data.erase,
    "erase_keep": my_data.keep,
    "erase_ask": my_data.ask,
}
_FURTHER: dict[str, Callable[..., None]] = {
    "search_older": search.search_older,
    "search_for": search.search_for,
    "my_tickets_further": lists.further_reported,
    "my_work_further": lists.further_held,
    "queue_further": lists.further_queue,
    "backup_book": backup_book.further,
}
"""The next page of a list."""
_ON_CALENDAR: dict[str, Callable[..., None]] = _each_once(
    calendar.BUTTONS,
    work_hours.BUTTONS,
    targets.BUTTONS,
    absences.BUTTONS,
    deputies.BUTTONS,
    rota.BUTTONS,
    months.BUTTONS,
    end_of_day.BUTTONS,
    outages.BUTTONS,
    systems.BUTTONS,
    maintenances.BUTTONS,
    canned_replies.BUTTONS,
    approvals.BUTTONS,
    recurring.BUTTONS,
    checklists.BUTTONS,
    devices.BUTTONS,
    own_devices.BUTTONS,
    handing_over.BUTTONS,
    confirming.BUTTONS,
    device_swaps.BUTTONS,
    taking_back.BUTTONS,
    orders_out.BUTTONS,
    lost_devices.BUTTONS,
    depot.BUTTONS,
    counting.BUTTONS,
    terms.BUTTONS,
    announcing.BUTTONS,
    trainings.BUTTONS,
    document_tracks.BUTTONS,
    scrapping.BUTTONS,
    service_forms.BUTTONS,
)
_ON_DRAFT: dict[str, Callable[[Turn, Draft, str], object]] = {
    "open": lambda turn, draft, _: open_ticket.open_draft(turn, draft),
    "open_both": lambda turn, draft, _: open_ticket.open_both(turn, draft),
    "worked": lambda turn, draft, _: report_buttons.worked(turn, draft),
    "not_mine": lambda turn, draft, _: report_buttons.not_mine(turn, draft),
    "pick": report_buttons.pick,
    "other_trouble": report_buttons.other_trouble,
    "not_work": report_buttons.not_work,
    "wait_for_work": maintenances.wait_for_end,
    "add_to": _add_to,
    "caller_is": on_behalf.chosen,
    "caller_new": lambda turn, draft, _: on_behalf.unknown(turn, draft),
    "open_told": lambda turn, draft, _: on_behalf.open_it(turn, draft, told=True),
    "open_untold": lambda turn, draft, _: on_behalf.open_it(turn, draft, told=False),
}
_OF_A_TICKET: dict[str, Callable[[Turn, Ticket, str], object]] = {
    # the reporter
    "confirm": lambda turn, ticket, _: ticket_closing.confirm(turn, ticket),
    "still_broken": lambda turn, ticket, _: ticket_closing.still_broken(turn, ticket),
    "rate": lambda turn, ticket, stars: ticket_closing.rate(turn, ticket, int(stars)),
    "cancel_mine": lambda turn, ticket, _: cancel.cancel_mine(turn, ticket),
    "solved_mine": lambda turn, ticket, how: solved.close(turn, ticket, SolvedBy(how)),
    "keep_open": lambda turn, ticket, _: solved.keep_open(turn, ticket),
    "tell": lambda turn, ticket, _: ticket_moves.tell(turn, ticket),
    "skip_fact": fact_questions.skip,
    "impact_is": fact_questions.impact_is,
    "visit_at": visits.agree,
    "visit_no": lambda turn, ticket, _: visits.refuse(turn, ticket),
    # those who work on it
    "claim": lambda turn, ticket, _: work.claim(turn, ticket),
    "goes_on": lambda turn, ticket, _: ticket_actions.goes_on(turn, ticket),
    "seen": lambda turn, ticket, _: ticket_actions.see(turn, ticket),
    "release": lambda turn, ticket, _: work.release(turn, ticket),
    "assign_to": lambda turn, ticket, person: ticket_actions.assign(turn, ticket, PersonId(int(person))),
    "assign_anyway": lambda turn, ticket, person: ticket_actions.assign(
        turn, ticket, PersonId(int(person)), although_away=True
    ),
    "send_to": ticket_actions.transfer,
    "send_back": lambda turn, ticket, unit: ticket_actions.bring_back(turn, ticket, PageAction.TRANSFER, unit),
    "topic_to": ticket_actions.recategorise,
    "topic_back": lambda turn, ticket, was: ticket_actions.bring_back(turn, ticket, PageAction.RECATEGORISE, was),
    "priority_to": lambda turn, ticket, value: work.prioritise(turn, ticket, Priority(value)),
    "menu": ticket_actions.menu,
    "wait_for": lambda turn, ticket, value: ticket_actions.begin_wait(turn, ticket, _state(value)),
    "look_again": time_questions.look_again,
    "canned": canned_replies.pick,
    "canned_show": canned_replies.show,
    "canned_blank": lambda turn, ticket, _: canned_replies.left_blank(turn, ticket),
    "canned_send": canned_replies.send,
    "canned_drop": lambda turn, ticket, _: canned_replies.drop(turn, ticket),
    "canned_take": lambda turn, ticket, _: canned_replies.take_offer(turn, ticket),
    "approval_of": approvals.kind_chosen,
    "approval_by": approvals.manager_chosen,
    "approval_send": approvals.send,
    "approval_back": lambda turn, ticket, _: automatic_approvals.take_back(turn, ticket),
    "checklists": checklists.show,
    "checklist_choose": checklists.choose,
    "checklist_drop": lambda turn, ticket, _: checklists.drop(turn, ticket),
    "checklist_hang": checklists.hang,
    "line_tick": checklists.tick,
    "line_untick": checklists.untick,
    "line_clear": checklists.clear,
    "line_remarks": lambda turn, ticket, _: checklists.show_remarks(turn, ticket),
    "done_unticked": lambda turn, ticket, _: checklists.ask_why_open(turn, ticket),
    "check": recurring.check,
    "spent": efforts.spent,
    "spent_undo": efforts.take_back_tapped,
    "effort_undo": efforts.take_back_typed,
    "late_because": time_questions.late_because,
    "promise": lambda turn, ticket, _: time_questions.ask_promise(turn, ticket),
    "promise_on": time_questions.promise_on,
    "set_off": visits.set_off,
    "closed": lambda turn, ticket, _: visits.found_closed(turn, ticket),
    "visit": lambda turn, ticket, _: visits.offer(turn, ticket),
    "visit_undo": lambda turn, ticket, _: visits.withdraw(turn, ticket),
    "ask_for_help": lambda turn, ticket, _: time_questions.ask_for_help(turn, ticket),
    "resume": lambda turn, ticket, _: work.resume(turn, ticket),
    "ask": lambda turn, ticket, _: ticket_actions.ask(turn, ticket),
    "ask_with": lambda turn, ticket, place: ticket_actions.put_question(
        turn, ticket, quick_answers.question_text(int(place))
    ),
    "done": lambda turn, ticket, _: ticket_closing.begin_resolve(turn, ticket),
    "done_anyway": lambda turn, ticket, _: ticket_closing.resolve_anyway(turn, ticket),
    "done_with": ticket_closing.resolve,
    "cancel": lambda turn, ticket, _: ticket_closing.begin_cancel(turn, ticket),
    "cancel_for": lambda turn, ticket, code: ticket_closing.cancel(turn, ticket, quick_answers.cancel_text(code), code),
    "merge": lambda turn, ticket, _: ticket_closing.begin_merge(turn, ticket),
    "merge_into": lambda turn, ticket, other: ticket_closing.choose_merge(
        turn, ticket, turn.uow.tickets.get(int(other))
    ),
    "merge_same": lambda turn, ticket, other: ticket_closing.merge_same(turn, ticket, turn.uow.tickets.get(int(other))),
    "not_same": lambda turn, ticket, other: similar.deny(turn, ticket, turn.uow.tickets.get(int(other))),
    "separate": lambda turn, ticket, _: ticket_closing.separate(turn, ticket),
    "merge_for": lambda turn, ticket, place: ticket_closing.merge_for(
        turn, ticket, quick_answers.merge_text(int(place))
    ),
    "article_publish": lambda turn, ticket, _: articles.publish(turn, ticket),
    "article_edit": lambda turn, ticket, _: articles.edit(turn, ticket),
    "article_drop": lambda turn, ticket, _: articles.drop(turn, ticket),
    "prompt_skip": lambda turn, ticket, _: prompts.skip(turn, ticket),
    "to_reporter": lambda turn, ticket, note: ticket_replies.send_note(turn, ticket, int(note)),
    "device_of": fact_questions.device_is,
    "device_is": device_questions.is_it,
    "device_other": lambda turn, ticket, _: device_questions.ask_other(turn, ticket),
    "device_none": lambda turn, ticket, _: device_questions.none(turn, ticket),
    "term_renew": lambda turn, ticket, _: terms.renewed(turn, ticket),
    "stock_use": stock_closing.pressed,
    "stock_none": lambda turn, ticket, _: stock_closing.none(turn, ticket),
    "stock_other": lambda turn, ticket, _: stock_closing.other(turn, ticket),
    "stock_undo": lambda turn, _, move: depot.undo(turn, move),
    "stock_withdraw": stock_closing.withdraw,
    "stock_keep": lambda turn, ticket, _: stock_closing.keep(turn, ticket),
    "stock_unfit": stock_closing.unfit,
}
_ON_TICKET = _each_once(
    _OF_A_TICKET,
    lost_devices.ON_TICKET,
    service_forms.ON_TICKET,
    outages.ON_TICKET,
    outage_notes.ON_TICKET,
)
