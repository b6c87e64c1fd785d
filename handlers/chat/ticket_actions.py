"""A technician's buttons on a card: what has to be asked is asked here, what was done is answered here."""

from __future__ import annotations

from handlers.chat import prompts, time_questions
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import cards, notifications, quick_answers, work


def assign(turn: Turn, ticket: Ticket, to: PersonId) -> None:
    """Görevlendir."""
    done = work.assign(turn, ticket, to)
    if done is Effect.CHANGED:
        turn.receipt(done, "assigned", ticket=ticket, to=turn.uow.people.get(to))


def recategorise(turn: Turn, ticket: Ticket, category: str) -> None:
    """Konuyu düzelt. The subject that it has already folds the card's menu."""
    if work.recategorise(turn, ticket, category) is Effect.NONE:
        cards.show(turn, ticket, turn.address)


def menu(turn: Turn, ticket: Ticket, which: str) -> None:
    """Unfold the card's buttons, or fold them again; nothing changes but the card here."""
    require(turn.person, Action.READ, ticket)
    cards.show(turn, ticket, turn.address, menu=which)


# --- waits ----------------------------------------------------------------------------------------
WAIT_ASKS = {
    State.WAITING_VENDOR: "prompt_vendor",
    State.WAITING_PARTS: "prompt_parts",
    State.WAITING_APPROVAL: "prompt_approval",
}


def begin_wait(turn: Turn, ticket: Ticket, state: State) -> None:
    """Beklet: for information it asks what to ask the reporter; else it waits at once, and asks what for."""
    if state is State.WAITING_REPORTER:
        ask(turn, ticket)
        return
    if work.wait(turn, ticket, state) is Effect.NONE:
        cards.refresh(turn, ticket)  # folds the menu
    prompts.ask(
        turn,
        ticket,
        Expect.WAIT_DETAIL,
        WAIT_ASKS[state],
        detail=state,
        buttons=[*time_questions.follow_up_buttons(ticket), Button("Geç", f"prompt_skip:{ticket.id}")],
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
