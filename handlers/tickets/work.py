"""Work on a ticket: claim, release, assign, transfer, correct subject and priority, wait, ask, resume.

Each checks the right, changes and saves the ticket, edits its cards and tells everybody else concerned. What is told to
the one who acts is not said here: chat, panel and API each have their own way. Domain errors say what was refused.
"""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import PersonId, UnitId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, Priority, State
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.terms import PRIORITIES
from handlers.tickets import (
    automatic_approvals,
    cards,
    checklists,
    copies,
    device_links,
    empty_units,
    entries,
    follow_ups,
    notifications,
    presence,
    questions,
    secrecy,
    undoing,
    vendor_waits,
)
from handlers.tickets.training_examples import keep_example
from knowledge.language.folding import one_line

MAX_WAIT_DETAIL_LETTERS = 200
"""Characters of what a wait is for, as the card shows it; the entry keeps all of it."""


def claim(acting: Acting, ticket: Ticket) -> Effect:
    """Üstlen. Raises AlreadyClaimed, which tells the loser who won."""
    require(acting.person, Action.CLAIM, ticket)
    if ticket.holder == acting.person.id:
        return Effect.NONE
    ticket.claim(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    checklists.hang_usual(acting, ticket)
    cards.refresh(acting, ticket)
    notifications.reporter(acting, ticket, "update_claimed", holder=acting.person)
    automatic_approvals.ask_or_offer(acting, ticket)
    return Effect.CHANGED


def release(acting: Acting, ticket: Ticket) -> Effect:
    """Sıraya geri koy. Raises WrongState where nobody holds it."""
    require(acting.person, Action.RELEASE, ticket)
    holder = acting.uow.people.get(ticket.holder) if ticket.holder else acting.person
    ticket.release(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    cards.tell_workers(acting, ticket, "work_released", by=acting.person, holder=holder)
    notifications.reporter(acting, ticket, "update_released", unit=acting.desk.unit_title(ticket.unit))
    return Effect.CHANGED


def assign(acting: Acting, ticket: Ticket, to: PersonId, *, although_away: bool = False) -> Effect:
    """Görevlendir: a lead's or the director's right. The one who gets it is rung in private, with the card.

    Raises NotFound or NotAllowed for somebody who could not work on it, Invalid(`person_away`) for somebody on leave
    unless that is meant.
    """
    require(acting.person, Action.ASSIGN, ticket)
    somebody = acting.uow.people.get(to)
    if not somebody.works_in(ticket.unit):
        require(somebody, Action.CLAIM, ticket)
    if ticket.holder == to:
        return Effect.NONE
    absence = presence.absence_of(acting, somebody)
    if absence is not None and not although_away:
        until = presence.last_day(acting, absence, somebody.unit)
        raise Invalid("person_away", who=somebody, until=until, stand_in=presence.stand_in(acting, absence))
    ticket.assign(to, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    checklists.hang_usual(acting, ticket)
    cards.refresh(acting, ticket)
    for private in cards.private_addresses_of(acting, somebody):
        acting.say(private, "work_assigned", ticket=ticket, by=acting.person)
        cards.show(acting, ticket, private, fresh=True)
    notifications.reporter(acting, ticket, "update_claimed", holder=somebody)
    automatic_approvals.offer(acting, ticket)
    return Effect.CHANGED


def transfer(acting: Acting, ticket: Ticket, unit: UnitId) -> Effect:
    """Diğer birime gönder."""
    require(acting.person, Action.TRANSFER, ticket)
    if ticket.unit == unit:
        return Effect.NONE
    ticket.transfer(unit, by=acting.person.id, at=acting.now, channel=acting.channel)
    _moved(acting, ticket)
    return Effect.CHANGED


def bring_back(acting: Acting, ticket: Ticket, unit: UnitId, category: str | None = None) -> Effect:
    """What they sent to another unit comes back, to whoever had it. `category`: its subject before, where another one
    took it there. Whether they may was asked by `undoing.brings_back`; for whom they act is noted of where it was."""
    home, held = undoing.at_home(acting, ticket), undoing.held_before(acting, ticket)
    require(acting.person, Action.TRANSFER if category is None else Action.RECATEGORISE, home)
    ticket.acted_for.update(home.acted_for)
    if category is None:
        ticket.transfer(unit, by=acting.person.id, at=acting.now, channel=acting.channel)
    else:
        ticket.recategorise(category, unit, by=acting.person.id, at=acting.now, channel=acting.channel)
    if held == acting.person.id:
        ticket.claim(by=held, at=acting.now, channel=acting.channel)
    elif held is not None and acting.uow.people.get(held).works_in(unit):
        ticket.assign(held, by=acting.person.id, at=acting.now, channel=acting.channel)
    _moved(acting, ticket)
    if ticket.holder is not None:
        notifications.reporter(acting, ticket, "update_claimed", holder=acting.uow.people.get(ticket.holder))
    return Effect.CHANGED


def recategorise(acting: Acting, ticket: Ticket, category: str) -> Effect:
    """Konuyu düzelt: the desk learns from it; a subject of the other unit takes the ticket there.

    Raises NotFound for a category that the catalogue does not have (any more).
    """
    require(acting.person, Action.RECATEGORISE, ticket)
    if ticket.category == category:
        return Effect.NONE
    subject = acting.desk.category(category)
    if subject is None:
        raise NotFound("category", category)
    was = ticket.restricted
    moved, closed = subject.unit != ticket.unit, subject.restricted and not was
    ticket.recategorise(category, subject.unit, by=acting.person.id, at=acting.now, channel=acting.channel)
    ticket.restricted = subject.restricted
    if closed:
        secrecy.seal(acting, ticket)
    elif not was:
        keep_example(acting, ticket.text, category, "recategorised", of=ticket.reporter)
    device_links.recognise(acting, ticket)
    if moved:
        _moved(acting, ticket)
        return Effect.CHANGED
    acting.uow.tickets.save(ticket)
    if ticket.holder is not None:
        checklists.hang_usual(acting, ticket)
    cards.refresh(acting, ticket)
    if closed:
        cards.post_new(acting, ticket)  # a security matter after all: to lead and director, the room keeps the number
    notifications.reporter(acting, ticket, "update_subject")
    if ticket.holder is not None:
        automatic_approvals.offer(acting, ticket)
    return Effect.CHANGED


def _moved(acting: Acting, ticket: Ticket) -> None:
    """Out of one room, loud in the other."""
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    cards.post_new(acting, ticket)
    empty_units.tell(acting, ticket)
    notifications.reporter(acting, ticket, "update_moved", unit=acting.desk.unit_title(ticket.unit))


def prioritise(acting: Acting, ticket: Ticket, priority: Priority) -> Effect:
    """Önceliği değiştir."""
    require(acting.person, Action.PRIORITISE, ticket)
    if ticket.priority is priority:
        return Effect.NONE
    ticket.prioritise(priority, by=acting.person.id, at=acting.now, channel=acting.channel)
    ticket.facts.pop("oncelik", None)  # the words of the report decide nothing any more
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    if priority is Priority.URGENT:
        title = acting.desk.subject(ticket)
        cards.tell_workers(acting, ticket, "work_urgent", by=acting.person, title=title)
    notifications.reporter(acting, ticket, "update_priority", priority=PRIORITIES[priority])
    return Effect.CHANGED


# --- waits ----------------------------------------------------------------------------------------
def describe_wait(acting: Acting, ticket: Ticket, state: State, text: str) -> Effect:
    """Which firm, which part, which approver and EBYS number. Nothing where it does not wait for that (any more)."""
    require(acting.person, Action.WAIT, ticket)
    if ticket.state is not state or not state.waiting:
        return Effect.NONE
    ticket.waiting_for = wait_detail(text)
    entries.write(acting, ticket, EntryKind.NOTE, text)
    ticket.log(Change.NOTED, by=acting.person.id, at=acting.now, channel=acting.channel, reason="waiting_for")
    acting.uow.tickets.save(ticket)
    if state is State.WAITING_VENDOR:
        vendor_waits.begin(acting, ticket, text)
    if follow_ups.set_day_in(acting, ticket, text) is Effect.NONE:
        cards.refresh(acting, ticket)
    return Effect.CHANGED


def wait_detail(text: str) -> str:
    """As the card shows it."""
    return one_line(text)[:MAX_WAIT_DETAIL_LETTERS]


def resume(acting: Acting, ticket: Ticket) -> Effect:
    """Devam et."""
    require(acting.person, Action.RESUME, ticket)
    if ticket.state is State.CLAIMED:
        return Effect.NONE
    ticket.resume(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    notifications.reporter(acting, ticket, "update_resumed", holder=acting.person)
    return Effect.CHANGED


def ask_reporter(acting: Acting, ticket: Ticket, question: str, files: tuple[str, ...] = ()) -> Entry:
    """Bilgi iste: the question goes to the reporter, and the ticket waits for them."""
    require(acting.person, Action.ASK, ticket)
    if ticket.state is not State.WAITING_REPORTER:
        ticket.wait(State.WAITING_REPORTER, "", by=acting.person.id, at=acting.now, channel=acting.channel)
    ticket.log(Change.ASKED, by=acting.person.id, at=acting.now, channel=acting.channel)
    asked = entries.write(acting, ticket, EntryKind.QUESTION, question, files)
    ticket.files += files
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    acting.uow.tickets.save(ticket)
    questions.worker_waits(acting, ticket, asked=entries.slot(asked))
    cards.refresh(acting, ticket)
    copies.to_whom_it_concerns(acting, notifications.reporter_of(ticket), asked)
    return asked
