"""From a report to a ticket: the number at once, the card to the unit, and what is still missing asked after."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import drafts, fact_questions
from handlers.chat.facts import OF_ONE_PROBLEM, facts_of
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.messages import Button
from handlers.tickets import cards, notifications, siblings
from handlers.tickets.training_examples import keep_example
from knowledge import Hazard
from knowledge.language.folding import folded

CANCEL_WHICH = "cancel_which"


def open_draft(turn: Turn, draft: Draft, priority: Priority | None = None) -> Ticket | None:
    """Teknisyene ilet, Talep oluştur, Yine de ilet. A second press finds the ticket that is there, and does nothing."""
    if turn.uow.tickets.of_draft(draft.id) is not None:
        return None
    ticket = _open(turn, draft, priority)
    turn.dialog.draft = None
    if draft.for_person is None:
        fact_questions.ask_missing(turn, [(ticket, turn.desk.article(draft.article))])
    return ticket


def open_both(turn: Turn, draft: Draft) -> None:
    """İki ayrı kayıt aç: two problems in one message become two tickets, each with its own subject, unit and number."""
    if draft.second is None or turn.uow.tickets.of_draft(draft.id) is not None:
        return
    first, second = _apart(turn, draft)
    one, other = _open(turn, first, about=draft.parts[0]), _open(turn, second, about=draft.parts[1])
    drafts.close(turn, draft, "opened_both", one, other)
    turn.dialog.draft = None
    asked = [(one, turn.desk.article(first.article)), (other, turn.desk.article(second.article))]
    fact_questions.ask_missing(turn, asked)


def _apart(turn: Turn, draft: Draft) -> tuple[Draft, Draft]:
    """A report for each: what was written stands on both, what was said of a device only where it belongs."""
    shared = {name: value for name, value in draft.facts.items() if name not in OF_ONE_PROBLEM}
    read = [turn.understand(words) for words in draft.parts]
    own = [shared | {n: v for n, v in facts_of(r.facts).items() if n in OF_ONE_PROBLEM} for r in read]
    first = replace(
        draft,
        phase=Phase.NEW,
        reminded=False,
        category=draft.category or draft.candidates[0],
        facts=own[0],
        reasons=list(read[0].reasons),
    )
    second = replace(
        first,
        id=siblings.second_id(draft.id),
        category=draft.second,
        article=draft.second_article,
        candidates=[],
        tried=0,
        tried_article=None,
        reasons=list(read[1].reasons),
        facts=own[1],
    )
    return first, second


def _open(turn: Turn, draft: Draft, priority: Priority | None = None, about: str = "") -> Ticket:
    """`about`: the words of the report that are about this subject, where others are not."""
    reporter = turn.uow.people.get(draft.for_person) if draft.for_person else turn.person
    category = turn.desk.category(draft.category or _first_guess(turn, draft))
    article = turn.desk.article(draft.article)
    ticket = Ticket(
        unit=category.unit if category else turn.desk.units[0],
        category=draft.category if category else None,
        text=draft.text,
        reporter=reporter.id,
        conversation=_told_where(turn, draft, reporter),
        opened_at=turn.now,
        opened_by=turn.person.id,
        untold=draft.untold,
        priority=priority or _priority(draft, article.priority if article else None),
        restricted=turn.desk.is_restricted(draft.category),
        facts=_facts(draft, reporter),
        tried=draft.tried,
        tried_article=draft.tried_article,
        reasons=tuple(draft.reasons),
        files=tuple(draft.files),
        draft=draft.id,
    )
    ticket.opened(by=turn.person.id, at=turn.now, channel=turn.channel)
    ticket = turn.uow.tickets.add(ticket, turn.desk.year(turn.now))
    _keep_what_was_written(turn, draft, ticket, reporter)
    if draft.category:
        keep_example(turn, about or draft.text, draft.category, "opened")
    drafts.close(turn, draft, "opened", ticket)
    turn.dialog.last_ticket = ticket.id
    notifications.opened(turn, ticket, reporter)
    cards.post_new(turn, ticket)
    return ticket


def _first_guess(turn: Turn, draft: Draft) -> str | None:
    """Where a report goes that nobody put a subject to: the unit of the nearest reading."""
    if draft.candidates:
        return draft.candidates[0]
    reading = turn.understand(draft.text)
    return reading.candidates[0].category if reading.candidates else None


def _told_where(turn: Turn, draft: Draft, reporter: Person) -> str:
    """Updates go where the ticket was opened; for a caller, where they last spoke with the desk."""
    if draft.for_person is None:
        return turn.here
    places = [place for place in turn.uow.conversations.private_of(reporter.id) if not place.blocked]
    if draft.untold or not places:
        return ""
    if places[0].active_at is None:  # never yet: the channel on which they are being spoken of
        return next((place.address for place in places if place.channel == turn.channel), places[0].address)
    return places[0].address


def _priority(draft: Draft, starting: str | None) -> Priority:
    if draft.urgent:
        return Priority.URGENT
    priority = Priority(starting) if starting else Priority.NORMAL
    pressing = draft.waiting_citizens or draft.due_today
    return Priority.HIGH if pressing and priority.rank > Priority.HIGH.rank else priority


def _facts(draft: Draft, reporter: Person) -> dict[str, str]:
    """What was said goes before what is known of the reporter, unless it says less ("3. kat" of "3. kat 312")."""
    known = {"oda": reporter.room, "dahili": reporter.phone, "mudurluk": reporter.department}
    said = {n: v for n, v in draft.facts.items() if not _words(v) <= _words(known.get(n, ""))}
    own = {name: known[name] for name in ("oda", "dahili")}
    return {name: value for name, value in {**own, **said}.items() if value}


def _words(text: str) -> set[str]:
    return set(folded(text).split())


def _keep_what_was_written(turn: Turn, draft: Draft, ticket: Ticket, reporter: Person) -> None:
    keys = draft.keys or [turn.event_key]
    for text, key in zip(draft.texts or [""], keys, strict=False):
        turn.uow.tickets.add_entry(
            ticket.id, Entry(kind=EntryKind.REPORT, at=turn.now, author=reporter.id, text=text, message_key=key)
        )
    for file in draft.files:
        turn.uow.attachments.for_ticket(file, ticket.id)


def open_emergency(turn: Turn, draft: Draft, hazard: Hazard) -> None:
    """No steps: one line of safety, a ticket of priority acil, a loud card."""
    draft.urgent = True
    guess = draft.candidates[0] if draft.candidates else None
    draft.category = turn.desk.category_of(hazard) or draft.category or guess
    draft.article = None
    turn.say(turn.here, "emergency", hazard=hazard.value)
    open_draft(turn, draft, Priority.URGENT)


# --- changing one's mind ------------------------------------------------------------------------
def drop_draft(turn: Turn, draft: Draft) -> None:
    """Vazgeçtim, before there is a ticket."""
    drafts.close(turn, draft, "dropped")
    turn.dialog.draft = None
    if draft.phase.is_on_behalf:
        turn.dialog.expects = None
    turn.say(turn.here, "draft_dropped")


def offer_cancel(turn: Turn, number: str | None = None) -> None:
    """ "iptal" with nothing in the making: which of the open tickets? `number`: the one that was named, if theirs."""
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active][:5]
    mine = [t for t in mine if t.number == number] or mine
    buttons = [Button(f"İptal et: {t.short}", f"cancel_mine:{t.id}") for t in mine]
    turn.say(
        turn.here,
        "cancel_which" if mine else "nothing_to_cancel",
        buttons=buttons,
        slot=CANCEL_WHICH,
        fresh=True,
        tickets=mine,
    )


def cancel_command(turn: Turn, _words: str, _answered: object) -> None:
    if turn.dialog.draft is not None and turn.dialog.draft.phase is not Phase.WORKED:
        drop_draft(turn, turn.dialog.draft)
    else:
        offer_cancel(turn)


def cancel_mine(turn: Turn, ticket: Ticket) -> None:
    """The reporter takes their own ticket back."""
    require(turn.person, Action.CANCEL, ticket)
    if ticket.state is State.CANCELLED:
        return
    ticket.cancel("reporter", by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    turn.uow.messages.settle(turn.here, CANCEL_WHICH)
    turn.uow.messages.settle(turn.here, f"shown:{ticket.id}")
    turn.say(turn.here, "cancelled_mine", ticket=ticket)
    cards.refresh(turn, ticket)
    cards.tell_workers(turn, ticket, "work_cancelled_by_reporter")


def draft_of(turn: Turn, draft_id: str) -> Draft | None:
    """The report that a button belongs to, while it is in the making; None once it has a ticket.

    Raises NotFound for somebody else's, Invalid(`draft_over`) for one that was dropped or outlived.
    """
    draft = turn.dialog.draft
    if draft is not None and draft.id == draft_id:
        return draft
    ticket = turn.uow.tickets.of_draft(draft_id)
    if ticket is None:
        raise Invalid("draft_over")
    if turn.person.id not in (ticket.reporter, ticket.opened_by):
        raise NotFound("draft", draft_id)
    return None
