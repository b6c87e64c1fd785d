"""From a report in the making to a ticket: the number at once, and what is still missing asked after."""

from __future__ import annotations

from itertools import starmap, zip_longest

from handlers.chat import drafts, fact_questions, halves
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.states import Priority
from handlers.domain.ticket import GUESS, Ticket
from handlers.tickets import emergencies, expectations, opening
from knowledge import Hazard


def open_draft(turn: Turn, draft: Draft) -> Ticket | None:
    """Teknisyene ilet, Talep oluştur, Yine de ilet. A second press finds the ticket that is there, and does nothing."""
    if turn.uow.tickets.of_draft(draft.id) is not None:
        return None
    ticket = _open(turn, draft)
    turn.dialog.draft = None
    if draft.for_person is None:
        fact_questions.ask_missing(turn, [(ticket, turn.desk.article(draft.article))])
    return ticket


def open_both(turn: Turn, draft: Draft) -> None:
    """İki ayrı kayıt aç: two problems in one message become two tickets, each with its own subject, unit and number."""
    if draft.second is None or turn.uow.tickets.of_draft(draft.id) is not None:
        return
    first, second = halves.apart(turn, draft)
    one, other = (
        _open(turn, half, words if half.texts == draft.texts else "")
        for half, words in zip((first, second), draft.parts, strict=True)
    )
    drafts.close(turn, draft, "opened_both", one, other)
    turn.dialog.draft = None
    asked = [(one, turn.desk.article(first.article)), (other, turn.desk.article(second.article))]
    fact_questions.ask_missing(turn, asked)


def _open(turn: Turn, draft: Draft, about: str = "") -> Ticket:
    """`about`: the words of the report that are about this subject, where others are not."""
    ticket = opening.register(turn, _new_ticket(turn, draft, about))
    drafts.close(turn, draft, "opened", ticket)
    turn.dialog.last_ticket = ticket.id
    _tell_the_number(turn, ticket)
    opening.announce(turn, ticket)
    return ticket


def _new_ticket(turn: Turn, draft: Draft, about: str) -> opening.NewTicket:
    """What the talk brought together, as the desk takes it from anywhere."""
    return opening.NewTicket(
        written=tuple(starmap(opening.Written, zip_longest(draft.texts, draft.keys[: len(draft.texts)]))),
        reporter=draft.for_person or turn.person.id,
        category=draft.category if turn.desk.category(draft.category) else None,
        near=None if draft.category else _first_guess(turn, draft),
        priority=Priority.URGENT if draft.urgent else None,
        article=draft.article,
        citizens_waiting=draft.waiting_citizens,
        due_today=draft.due_today,
        facts=draft.facts | _guess(draft),
        tried=draft.tried,
        tried_article=draft.tried_article,
        reasons=tuple(draft.reasons),
        files=tuple(draft.files),
        conversation=turn.address if draft.for_person is None else None,
        untold=draft.untold,
        draft=draft.id,
        about=about,
        learns=not drafts.is_sensitive(turn, draft),
    )


def _tell_the_number(turn: Turn, ticket: Ticket) -> None:
    """At once, and before the card: a technician may have written for a caller in the unit's own room."""
    title, unit = turn.desk.subject(ticket), turn.desk.unit_title(ticket.unit)
    if ticket.reporter == turn.person.id:
        alone = emergencies.is_emergency(ticket) and emergencies.nobody_hears(turn, ticket)
        night = emergencies.night(turn, ticket)
        turn.say(
            turn.address,
            "opened",
            ticket=ticket,
            title=title,
            unit=unit,
            alone=alone,
            outlook=expectations.outlook(turn, ticket),
            night=None if night is None else night.value,
            opens=emergencies.opens_at(turn, ticket),
        )
        return
    reporter, told = turn.uow.people.get(ticket.reporter), bool(ticket.conversation)
    if turn.readers(turn.address).may_read(ticket):
        turn.say(turn.address, "opened_for_caller", ticket=ticket, told=told, title=title, unit=unit, reporter=reporter)
    else:  # another unit's, or a security matter, written down in a room
        turn.say(turn.address, "opened_elsewhere", ticket=ticket, told=told)


def _guess(draft: Draft) -> dict[str, str]:
    """What stood first among the near subjects when none was chosen."""
    return {GUESS: draft.candidates[0]} if draft.phase is Phase.ASKED and draft.candidates else {}


def _first_guess(turn: Turn, draft: Draft) -> str | None:
    """Where a report goes that nobody put a subject to: the unit of the nearest reading."""
    if draft.candidates:
        return draft.candidates[0]
    reading = drafts.understand(turn, draft)
    return reading.candidates[0].category if reading.candidates else None


_FOR_EVERY_TECHNICIAN = frozenset({Hazard.fire, Hazard.burning, Hazard.building_offline})
"""Emergencies that must reach every technician, whatever was told beside them."""


def open_emergency(turn: Turn, draft: Draft, hazard: Hazard) -> None:
    """No steps: one line of safety, a ticket of priority acil, a loud card. Beside a security matter, which few may
    read, smoke has a ticket of its own."""
    draft.urgent = True
    turn.say(turn.address, "emergency", hazard=hazard.value)
    guess = draft.candidates[0] if draft.candidates else None
    danger = None
    if hazard in _FOR_EVERY_TECHNICIAN and drafts.is_sensitive(turn, draft):
        danger, hazard = halves.danger_alone(turn, draft, hazard), Hazard.data_leak
    draft.category = turn.desk.category_of(hazard) or draft.category or guess
    draft.article = None
    open_draft(turn, draft)
    if danger is not None:
        _open(turn, danger)


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
