"""A technician's work on a ticket: claim, release, assign, send on, correct subject and priority, wait, resume."""

from __future__ import annotations

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, Priority, State
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.messages import Button
from handlers.terms import PRIORITIES
from handlers.tickets import cards, notifications, quick_answers
from handlers.tickets.training_examples import keep_example
from knowledge.language.folding import one_line


def claim(turn: Turn, ticket: Ticket) -> None:
    """Üstlen. Raises AlreadyClaimed, which tells the loser who won."""
    require(turn.person, Action.CLAIM, ticket)
    if ticket.holder == turn.person.id:
        return
    ticket.claim(by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    notifications.reporter(turn, ticket, "update_claimed", holder=turn.person)


def release(turn: Turn, ticket: Ticket) -> None:
    """Sıraya geri koy."""
    require(turn.person, Action.RELEASE, ticket)
    holder = turn.uow.people.get(ticket.holder) if ticket.holder else turn.person
    ticket.release(by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    cards.tell_workers(turn, ticket, "work_released", by=turn.person, holder=holder)
    notifications.reporter(turn, ticket, "update_released", unit=turn.desk.unit_title(ticket.unit))


def assign(turn: Turn, ticket: Ticket, to: PersonId) -> None:
    """Görevlendir: a lead's or the director's right. The one who gets it is rung in private, with the card."""
    require(turn.person, Action.ASSIGN, ticket)
    somebody = turn.uow.people.get(to)
    if not somebody.works_in(ticket.unit):
        require(somebody, Action.CLAIM, ticket)  # raises: they could not work on it
    if ticket.holder == to:
        return
    ticket.assign(to, by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    for private in cards.private_addresses_of(turn, somebody):
        turn.say(private, "work_assigned", ticket=ticket, by=turn.person)
        cards.show(turn, ticket, private, fresh=True)
    turn.say(turn.here, "assigned", ticket=ticket, to=somebody, rings=False)
    notifications.reporter(turn, ticket, "update_claimed", holder=somebody)


def send_on(turn: Turn, ticket: Ticket, unit: str) -> None:
    """Diğer birime gönder."""
    require(turn.person, Action.TRANSFER, ticket)
    if ticket.unit == unit:
        return
    ticket.transfer(unit, by=turn.person.id, at=turn.now, channel=turn.channel)
    _moved(turn, ticket)


def change_subject(turn: Turn, ticket: Ticket, category: str) -> None:
    """Konuyu düzelt: the desk learns from it; a subject of the other unit takes the ticket there."""
    require(turn.person, Action.RECATEGORISE, ticket)
    if ticket.category == category:
        cards.show(turn, ticket, turn.here)
        return
    subject = turn.desk.category(category)
    if subject is None:
        raise NotFound("category", category)  # a button of an older catalogue
    moved, closed = subject.unit != ticket.unit, subject.restricted and not ticket.restricted
    ticket.recategorise(category, subject.unit, by=turn.person.id, at=turn.now, channel=turn.channel)
    ticket.restricted = subject.restricted
    keep_example(turn, ticket.text, category, "recategorised")
    if moved:
        _moved(turn, ticket)
        return
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    if closed:
        cards.post_new(turn, ticket)  # a security matter after all: to lead and director, the room keeps the number
    notifications.reporter(turn, ticket, "update_subject")


def _moved(turn: Turn, ticket: Ticket) -> None:
    """Out of one room, loud in the other."""
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    cards.post_new(turn, ticket)
    notifications.reporter(turn, ticket, "update_moved", unit=turn.desk.unit_title(ticket.unit))


def change_priority(turn: Turn, ticket: Ticket, priority: Priority) -> None:
    require(turn.person, Action.PRIORITISE, ticket)
    if ticket.priority is priority:
        return
    ticket.prioritise(priority, by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    if priority is Priority.URGENT:
        cards.tell_workers(turn, ticket, "work_urgent", by=turn.person, title=turn.desk.title(ticket.category))
    notifications.reporter(turn, ticket, "update_priority", priority=PRIORITIES[priority])


def menu(turn: Turn, ticket: Ticket, which: str) -> None:
    """Unfold the card's buttons, or fold them again; nothing changes but the card here."""
    require(turn.person, Action.READ, ticket)
    cards.show(turn, ticket, turn.here, menu=which)


# --- waits ----------------------------------------------------------------------------------------
WAIT_ASKS = {
    State.WAITING_VENDOR: "prompt_vendor",
    State.WAITING_PARTS: "prompt_parts",
    State.WAITING_APPROVAL: "prompt_approval",
}


def begin_wait(turn: Turn, ticket: Ticket, state: State) -> None:
    """Beklet: for information it asks the reporter; else it asks what for, and waits already."""
    if state is State.WAITING_REPORTER:
        ask(turn, ticket)
        return
    require(turn.person, Action.WAIT, ticket)
    if ticket.state is not state:
        ticket.wait(state, "", by=turn.person.id, at=turn.now, channel=turn.channel)
        turn.uow.tickets.save(ticket)
        notifications.reporter(turn, ticket, "update_waiting")
    cards.refresh(turn, ticket)
    prompts.ask(
        turn,
        ticket,
        Expect.WAIT_DETAIL,
        WAIT_ASKS[state],
        detail=state,
        buttons=[Button("Geç", f"prompt_skip:{ticket.id}")],
    )


def wait_detail(turn: Turn, expects: Expectation, text: str) -> None:
    """Which firm, which part, which approver and EBYS number."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    require(turn.person, Action.WAIT, ticket)
    if ticket.state != expects.detail:
        prompts.settle(turn)
        return
    asked = prompts.answered(turn, ticket)
    ticket.waiting_for = one_line(text)[:200]
    turn.uow.tickets.add_entry(
        ticket.id, Entry(kind=EntryKind.NOTE, at=turn.now, author=turn.person.id, text=text, message_key=turn.event_key)
    )
    ticket.log(Change.NOTED, by=turn.person.id, at=turn.now, channel=turn.channel, reason="waiting_for")
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    turn.say(turn.here, "waiting_receipt", ticket=ticket, slot=asked, rings=False)


def resume(turn: Turn, ticket: Ticket) -> None:
    """Devam et."""
    require(turn.person, Action.RESUME, ticket)
    if ticket.state is State.CLAIMED:
        return
    ticket.resume(by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    notifications.reporter(turn, ticket, "update_resumed", holder=turn.person)


def ask(turn: Turn, ticket: Ticket) -> None:
    """Bilgi iste: what shall the reporter be asked?"""
    require(turn.person, Action.ASK, ticket)
    if not ticket.state.active:
        cards.refresh(turn, ticket)
        return
    prompts.ask(turn, ticket, Expect.QUESTION, "prompt_question", buttons=quick_answers.stock_questions(ticket))


def put_question(turn: Turn, ticket: Ticket, text: str) -> None:
    """The question goes to the reporter, and the ticket waits for them."""
    require(turn.person, Action.ASK, ticket)
    asked = prompts.answered(turn, ticket)
    if ticket.state is not State.WAITING_REPORTER:
        ticket.wait(State.WAITING_REPORTER, "", by=turn.person.id, at=turn.now, channel=turn.channel)
    ticket.log(Change.ASKED, by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.add_entry(
        ticket.id,
        Entry(kind=EntryKind.QUESTION, at=turn.now, author=turn.person.id, text=text, message_key=turn.event_key),
    )
    turn.uow.tickets.save(ticket)
    _expect_answer(turn, ticket)
    cards.refresh(turn, ticket)
    notifications.reporter(turn, ticket, "question_to_reporter", asker=turn.person, question=text)
    turn.say(
        turn.here, "asked", ticket=ticket, slot=asked, rings=False, question=text, told=notifications.is_told(ticket)
    )


def _expect_answer(turn: Turn, ticket: Ticket) -> None:
    """What the reporter writes next where they opened it is the answer."""
    if not ticket.conversation:
        return
    dialog = turn.uow.dialogs.get(ticket.conversation, ticket.reporter)
    if turn.here == ticket.conversation and turn.person.id == ticket.reporter:
        dialog = turn.dialog
    dialog.expects = Expectation(kind=Expect.ANSWER, ticket=ticket.id)
    dialog.last_ticket = ticket.id
    if dialog is not turn.dialog:
        turn.uow.dialogs.save(dialog)
