"""Hearing a line where something stands: what it wants, what follows from that, and doing it."""

from __future__ import annotations

from handlers.chat import follow_up, hearing, moves, replies, report, shortcuts, standing, typed_buttons
from handlers.chat.follow_up import Move
from handlers.chat.standing import OF_A_DRAFT, OF_A_REPORTER, Standing, Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect
from handlers.domain.ticket_number import parse
from handlers.tickets import numbers
from knowledge.language.quoting import is_quoted


def heard(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Whether it was said to what stands; False: it is a report, or free text as where nothing stands."""
    expects = turn.dialog.expects
    if expects is not None and expects.kind not in OF_A_REPORTER:
        return replies.expected(turn, text, files)  # a form, a card's question, an article
    stands = standing.what_stands(turn)
    if stands.kind not in (Standing.QUESTION, Standing.TECHNICIAN) and report.unseen_answer(turn) is not None:
        return False
    of_a_draft = stands.kind in OF_A_DRAFT
    if of_a_draft and typed_buttons.pressed(turn, text, files):
        return True
    if not of_a_draft and not is_quoted(text) and typed_buttons.pressed_of_handover(turn, text, files):
        return True
    if files or not text or is_quoted(text):
        return not of_a_draft and replies.expected(turn, text, files)
    told = stands.question is not None and stands.question.kind is Expect.WORD
    if told and shortcuts.skips(text):
        return replies.expected(turn, text, files)  # "atla" skips what the desk asked
    if stands.kind in (Standing.NOTHING, Standing.ENDED, Standing.TICKET) and replies.expected(turn, text, files):
        return True  # a technician asked elsewhere
    if of_a_draft and report.names_a_button(turn, text):
        return True
    if _names_a_ticket(turn, stands, text):
        return False
    meant = hearing.hear(turn, stands, text)
    move = follow_up.decide(stands.kind, meant.wants, outright=meant.outright)
    return move is not Move.REPORT and moves.make(turn, move, stands, meant, text)


def _names_a_ticket(turn: Turn, stands: Stands, text: str) -> bool:
    """A number alone, or one said to be a ticket's. Beside a question only one that speaks to another ticket."""
    if stands.kind in (Standing.QUESTION, Standing.TECHNICIAN):
        number = numbers.addressed(text)
        named = numbers.own_open(turn, number) if number is not None else None
        return named is not None and (stands.ticket is None or named.id != stands.ticket.id)
    return parse(text) is not None or numbers.said_in(text) is not None
