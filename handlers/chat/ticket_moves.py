"""Doing what follows from a line (`handlers.chat.follow_up`): to a ticket, or to a question about one."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import (
    cancel,
    fact_questions,
    off_topic,
    outages,
    replies,
    report_answers,
    shown,
    solved,
    ticket_replies,
    ticket_view,
    typed_answers,
)
from handlers.chat.drafts import keep
from handlers.chat.follow_up import Move
from handlers.chat.hearing import Heard
from handlers.chat.standing import Standing, Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Phase
from handlers.domain.states import SolvedBy
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import expectations, visits
from handlers.tickets.closing import ended_slot
from knowledge import Intent

_OF_A_RESULT = frozenset({Intent.worked, Intent.not_worked, Intent.yes, Intent.no, Intent.thanks})


def make(turn: Turn, move: Move, stands: Stands, heard: Heard, text: str) -> bool:
    """Do it; False where it turns out to be a report."""
    if stands.ticket is None:
        return False
    return MOVES[move](turn, stands, heard, text) is not False


def make_to_ticket(turn: Turn, stands: Stands, text: str) -> bool:
    assert stands.ticket is not None
    ticket_replies.write_to(turn, stands.ticket, text, ())
    return True


def _to_ticket(turn: Turn, stands: Stands, _heard: Heard, text: str) -> bool:
    question = stands.question
    if question is not None and (stands.kind is Standing.TECHNICIAN or question.kind is Expect.REOPEN_REASON):
        return replies.answer(turn, question, text, ())
    return make_to_ticket(turn, stands, text)


def _where(turn: Turn, stands: Stands, heard: Heard, text: str) -> None:
    """Of several tickets all are listed. Who calls for somebody, or says when they are back, is heard by them,
    too."""
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    ticket = stands.ticket
    waits = heard.wants is Intent.wait and not heard.fragment.outright  # "yoldayım, on dakikaya oradayım"
    if ticket is not None and (waits or heard.wants in (Intent.human, Intent.impatience)):
        ticket_replies.write_to(turn, ticket, text, ())
    if ticket is None or heard.wants is Intent.status or len(mine) > 1:
        ticket_view.status(turn, None)
        return
    turn.dialog.last_ticket = ticket.id
    turn.say(
        turn.address,
        "where_it_stands",
        ticket=ticket,
        title=turn.desk.subject(ticket),
        holder=turn.uow.people.get(ticket.holder) if ticket.holder else None,
        outlook=expectations.outlook(turn, ticket),
        visit=visits.of(turn, ticket),
        promised=expectations.promised(turn, ticket),
        today=turn.working_time(ticket.unit).local_date(turn.now),
        angry=heard.wants is Intent.anger,
        asked=stands.kind is Standing.QUESTION,
    )
    outages.tell_how_it_stands(turn, ticket)


def _solved(turn: Turn, stands: Stands, heard: Heard, text: str) -> None:
    """A technician who asked gets the words all the same, and whoever sees to it what is a guess. Where others have it
    too, one of them does not end it."""
    ticket = _of(stands)
    guessed = not (heard.outright or heard.fragment.outright)  # "yağmur girdi" is none, and must not be lost
    if guessed or ticket.outage or ticket.followers or stands.kind is Standing.TECHNICIAN:
        _to_ticket(turn, stands, heard, text)
    if not (ticket.outage or ticket.followers):
        solved.ask(turn, ticket, solved.told_how(text, ticket))


def _beside(turn: Turn, stands: Stands, _heard: Heard, text: str) -> None:
    """Of lunch and the weather; what may be about the ticket all the same goes to it by one press."""
    ticket = _of(stands)
    turn.say(
        turn.address,
        "not_passed_on",
        buttons=[Button("Kayda ekle", f"tell:{ticket.id}")],
        slot=_beside_slot(ticket),
        fresh=True,
        ticket=ticket,
        title=turn.desk.subject(ticket),
        wished=off_topic.wishes(text),
        asked=stands.kind in (Standing.QUESTION, Standing.TECHNICIAN),
    )


def _beside_slot(ticket: Ticket) -> str:
    return f"beside:{ticket.id}"


def tell(turn: Turn, ticket: Ticket) -> None:
    """Kayda ekle: what they wrote just above that answer. A second press changes nothing."""
    answer = turn.uow.messages.shown(turn.address, _beside_slot(ticket), turn.now)
    if answer is None:
        return
    above = turn.uow.timeline.page(turn.address, before=answer.id, limit=shown.LOOKED_BACK)
    own = next((message for message in reversed(above) if message.author == turn.person.id), None)
    written = turn.uow.messages.by_ref(turn.address, str(own.id)) if own is not None else None
    if written is None or not written.text or turn.uow.tickets.entry_of_event(written.event_key) is not None:
        return
    turn.uow.messages.disable_buttons(turn.address, _beside_slot(ticket))
    ticket_replies.write_to(turn, ticket, written.text, (), key=written.event_key)


def _solve(turn: Turn, stands: Stands, _heard: Heard, text: str) -> None:
    """How it was solved was perhaps told before, and stands in the button then."""
    ticket = _of(stands)
    how = solved.told_how(text, ticket)
    if how is SolvedBy.UNTOLD:
        ways = (SolvedBy.UNTOLD, SolvedBy.ITSELF, SolvedBy.STEPS)
        how = next((way for way in ways if shown.offers(turn, f"solved_mine:{ticket.id}:{way}")), how)
    solved.close(turn, ticket, how)


def _keep_open(turn: Turn, stands: Stands, heard: Heard, text: str) -> None:
    """What is more than a no goes to the ticket."""
    ticket = _of(stands)
    if heard.reading.explicit:
        solved.keep_open(turn, ticket)
        return
    turn.uow.messages.disable_buttons(turn.address, solved.slot(ticket))
    make_to_ticket(turn, stands, text)


def _cancel(turn: Turn, stands: Stands, _heard: Heard, _text: str) -> None:
    cancel.offer_cancel(turn, stands.ticket if stands.question is not None else None)


def _answer(turn: Turn, stands: Stands, _heard: Heard, text: str) -> bool:
    assert stands.question is not None
    return replies.answer(turn, stands.question, text, ())


def _skip(turn: Turn, stands: Stands, heard: Heard, text: str) -> bool:
    """Only what the desk asked for a form's sake; what still happens is worth any words."""
    question = stands.question
    if question is None or question.kind is not Expect.FACT:
        return _answer(turn, stands, heard, text)
    fact_questions.skip(turn, _of(stands), question.detail)
    return True


def _ask_again(turn: Turn, stands: Stands, heard: Heard, text: str) -> bool:
    question = stands.question
    if question is None or question.kind is not Expect.FACT:
        return _answer(turn, stands, heard, text)
    fact_questions.ask_again(turn, question)
    return True


def _result(turn: Turn, stands: Stands, heard: Heard, text: str) -> None:
    """Evet, çalışıyor; Hâlâ bozuk; or what was written is kept and it is asked."""
    resolved = typed_answers.waiting_for_a_word(turn)
    if len(resolved) > 1 and heard.wants in _OF_A_RESULT:
        typed_answers.ask_which(turn, resolved[: typed_answers.MOST_ASKED_ABOUT])
    else:
        typed_answers.to_result(turn, _of(stands), heard.reading, text)


def _offer_reopen(turn: Turn, stands: Stands, heard: Heard, text: str) -> bool:
    """That ticket first; beside it the way to a new one. What was merged into another that counts as done is that
    one's matter."""
    if typed_answers.answered(turn, heard.reading, text):
        return True
    ticket = _of(stands)
    draft = keep(turn, text, ())
    draft.phase = Phase.OPEN_QUESTION
    turn.say(
        turn.address,
        "offer_reopen",
        buttons=[
            Button(f"Yeniden aç: {ticket.short}", f"still_broken:{ticket.id}"),
            report_answers.technician_button(draft),
        ],
        slot=ended_slot(ticket),
        fresh=True,
        ticket=ticket,
        title=turn.desk.subject(ticket),
    )
    return True


def _of(stands: Stands) -> Ticket:
    assert stands.ticket is not None
    return stands.ticket


MOVES: dict[Move, Callable[[Turn, Stands, Heard, str], bool | None]] = {
    Move.WHERE: _where,
    Move.TO_TICKET: _to_ticket,
    Move.SOLVED: _solved,
    Move.SOLVE: _solve,
    Move.BESIDE: _beside,
    Move.KEEP_OPEN: _keep_open,
    Move.CANCEL: _cancel,
    Move.ANSWER: _answer,
    Move.SKIP: _skip,
    Move.ASK_AGAIN: _ask_again,
    Move.CONFIRM: _result,
    Move.REOPEN: _result,
    Move.ASK_WORKS: _result,
    Move.OFFER_REOPEN: _offer_reopen,
}
