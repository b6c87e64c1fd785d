"""Doing what follows from a line (`handlers.chat.follow_up`): to a ticket, or to a question about one."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import cancel, fact_questions, replies, report_answers, ticket_replies, ticket_view, typed_answers
from handlers.chat.drafts import keep
from handlers.chat.follow_up import Move
from handlers.chat.hearing import Heard
from handlers.chat.standing import Standing, Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Phase
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
    """Of several tickets all are listed. Who calls for somebody is heard by them, too."""
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    ticket = stands.ticket
    if ticket is not None and heard.wants in (Intent.human, Intent.impatience):
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


def _solved(turn: Turn, stands: Stands, heard: Heard, text: str) -> None:
    """A technician who asked gets the words all the same."""
    ticket = _of(stands)
    if stands.kind is Standing.TECHNICIAN:
        _to_ticket(turn, stands, heard, text)
    turn.say(
        turn.address,
        "solved_by_itself",
        buttons=[
            Button("Evet, çözüldü", f"cancel_mine:{ticket.id}"),
            Button("Hayır, sürüyor", f"keep_open:{ticket.id}"),
        ],
        slot=solved_slot(ticket),
        fresh=True,
        ticket=ticket,
        title=turn.desk.subject(ticket),
    )


def solved_slot(ticket: Ticket) -> str:
    """Of the question whether a ticket that is open is solved."""
    return f"solved:{ticket.id}"


def keep_open(turn: Turn, ticket: Ticket) -> None:
    """Hayır, sürüyor."""
    turn.say(turn.address, "kept_open", slot=solved_slot(ticket), ticket=ticket)


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
    Move.CANCEL: _cancel,
    Move.ANSWER: _answer,
    Move.SKIP: _skip,
    Move.ASK_AGAIN: _ask_again,
    Move.CONFIRM: _result,
    Move.REOPEN: _result,
    Move.ASK_WORKS: _result,
    Move.OFFER_REOPEN: _offer_reopen,
}
