"""A technician's buttons on a card: what has to be asked is asked here, what was done is answered here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.chat import approvals, prompts, service_forms, time_questions
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.page_changes import PageAction
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import UNDONE_WITHIN, State
from handlers.domain.ticket import Ticket
from handlers.inflections import to_whom
from handlers.messages import Button
from handlers.queries import ticket_undo
from handlers.terms import first_name
from handlers.tickets import cards, emergencies, notifications, page_changes, quick_answers, silence, waits, work


def assign(turn: Turn, ticket: Ticket, to: PersonId, *, although_away: bool = False) -> None:
    """Görevlendir; "Yine de" where they are on leave."""
    try:
        done = work.assign(turn, ticket, to, although_away=although_away)
    except Invalid as refusal:
        if refusal.reason != "person_away":
            raise
        _ask_although_away(turn, ticket, refusal)
        return
    if done is Effect.CHANGED:
        turn.receipt(done, "assigned", ticket=ticket, to=turn.uow.people.get(to))


def _ask_although_away(turn: Turn, ticket: Ticket, refusal: Invalid) -> None:
    away, other = refusal.data["who"], refusal.data["stand_in"]
    assert isinstance(away, Person)
    buttons = [Button(f"Yine de {to_whom(first_name(away))}", f"assign_anyway:{ticket.id}:{away.id}")]
    if isinstance(other, Person):
        buttons.insert(0, Button(f"{to_whom(first_name(other))} ver", f"assign_to:{ticket.id}:{other.id}"))
    turn.say(turn.address, "errors/person_away", buttons=buttons, ticket=ticket, **dict[str, Any](refusal.data))


def goes_on(turn: Turn, ticket: Ticket) -> None:
    """Devam ediyor."""
    turn.receipt(silence.goes_on(turn, ticket), "goes_on_noted", ticket=ticket)


def see(turn: Turn, ticket: Ticket) -> None:
    """Gördüm."""
    done = emergencies.see(turn, ticket)
    if done is Effect.CHANGED:
        turn.receipt(done, "seen_receipt", ticket=ticket)


def recategorise(turn: Turn, ticket: Ticket, category: str) -> None:
    """Konuyu düzelt. The subject that it has already folds the card's menu."""
    unit = ticket.unit
    done = work.recategorise(turn, ticket, category)
    if done is Effect.NONE:
        cards.show(turn, ticket, turn.address)
    elif ticket.unit != unit:
        _sent_on(turn, ticket, done, PageAction.RECATEGORISE)


def transfer(turn: Turn, ticket: Ticket, unit: str) -> None:
    """Diğer birime gönder."""
    done = work.transfer(turn, ticket, unit)
    if done is Effect.CHANGED:
        _sent_on(turn, ticket, done, PageAction.TRANSFER)


def bring_back(turn: Turn, ticket: Ticket, action: PageAction, to: str) -> None:
    """Geri al, of what went to the other unit. Raises as `page_changes.bring_back`."""
    done = page_changes.bring_back(turn, ticket, action, to)
    if done is Effect.CHANGED:
        holder = turn.uow.people.get(ticket.holder) if ticket.holder else None
        turn.receipt(done, "brought_back", ticket=ticket, slot=_sent_on_slot(ticket), holder=holder)


def _sent_on(turn: Turn, ticket: Ticket, done: Effect, action: PageAction) -> None:
    """Whoever sent it reads it no longer: what takes it back stands under the answer, not on the card."""
    undo = ticket_undo.undo_of_moving(turn, ticket.number, action)
    verb = "send_back" if action is PageAction.TRANSFER else "topic_back"
    buttons = [] if undo is None else [Button("Geri al", f"{verb}:{ticket.id}:{undo[0][1]}")]
    minutes = 0 if undo is None else UNDONE_WITHIN // timedelta(minutes=1)
    turn.receipt(
        done, "sent_on", buttons=buttons, ticket=ticket, slot=_sent_on_slot(ticket), fresh=True, minutes=minutes
    )


def _sent_on_slot(ticket: Ticket) -> str:
    return f"sent_on:{ticket.id}"


def menu(turn: Turn, ticket: Ticket, which: str) -> None:
    """Unfold the card's buttons, or fold them again; nothing changes but the card here."""
    require(turn.person, Action.READ, ticket)
    cards.show(turn, ticket, turn.address, menu=which)


# --- waits ----------------------------------------------------------------------------------------
WAIT_ASKS = {
    State.WAITING_VENDOR: "prompt_vendor",
    State.WAITING_PARTS: "prompt_parts",
}


def begin_wait(turn: Turn, ticket: Ticket, state: State) -> None:
    """Beklet: for information it asks what to ask the reporter; else it waits at once, and asks what for."""
    if state is State.WAITING_REPORTER:
        ask(turn, ticket)
        return
    if state is State.WAITING_APPROVAL:
        approvals.begin(turn, ticket)
        return
    if waits.wait(turn, ticket, state) is Effect.NONE:
        cards.refresh(turn, ticket)  # folds the menu
    firms = service_forms.vendor_buttons(turn, ticket) if state is State.WAITING_VENDOR else []
    prompts.ask(
        turn,
        ticket,
        Expect.WAIT_DETAIL,
        WAIT_ASKS[state],
        detail=state,
        buttons=[*firms, *time_questions.follow_up_buttons(ticket), Button("Geç", f"prompt_skip:{ticket.id}")],
    )


def wait_detail(turn: Turn, expects: Expectation, text: str) -> None:
    """Which firm, which part, which approver and EBYS number."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    done = work.describe_wait(turn, ticket, State(expects.detail), text)
    if done is Effect.NONE:
        prompts.cancel_prompt(turn)
        return
    turn.receipt(done, "waiting_receipt", ticket=ticket, slot=prompts.answered(turn, ticket))
    time_questions.tell_day(turn, ticket)


def ask(turn: Turn, ticket: Ticket) -> None:
    """Bilgi iste: what shall the reporter be asked?"""
    require(turn.person, Action.ASK, ticket)
    if not ticket.state.active:
        cards.refresh(turn, ticket)
        return
    prompts.ask(turn, ticket, Expect.QUESTION, "prompt_question", buttons=quick_answers.stock_questions(ticket))


def put_question(turn: Turn, ticket: Ticket, question: str, files: tuple[str, ...] = ()) -> None:
    """The words are there. Whatever comes of it, the next line here is no question any more."""
    require(turn.person, Action.ASK, ticket)
    slot = prompts.answered(turn, ticket)
    asked = work.ask_reporter(turn, ticket, question, files)
    reach = notifications.reach(turn, notifications.reporter_of(ticket))
    turn.receipt(asked, "asked", ticket=ticket, slot=slot, question=question, reach=reach)
