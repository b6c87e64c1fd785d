"""From a report in the making to a ticket: the number at once, and what is still missing asked after."""

from __future__ import annotations

from datetime import timedelta
from itertools import starmap, zip_longest

from handlers.chat import drafts, fact_questions, halves, same_danger
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.states import Priority
from handlers.domain.ticket import GUESS, Ticket
from handlers.tickets import correspondence, device_line, emergencies, expectations, opening
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
    tell_the_number(turn, ticket)
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


def tell_the_number(turn: Turn, ticket: Ticket) -> None:
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
            device=_named_device(turn, ticket),
            night=None if night is None else night.value,
            opens=emergencies.opens_at(turn, ticket),
        )
        return
    reporter, told = turn.uow.people.get(ticket.reporter), bool(ticket.conversation)
    if turn.readers(turn.address).may_read(ticket):
        turn.say(turn.address, "opened_for_caller", ticket=ticket, told=told, title=title, unit=unit, reporter=reporter)
    else:  # another unit's, or a security matter, written down in a room
        turn.say(turn.address, "opened_elsewhere", ticket=ticket, told=told)


def _named_device(turn: Turn, ticket: Ticket) -> device_line.DeviceLine | None:
    """What their own words surely name; to who is only who they say they are nothing is told of the house's devices."""
    line = device_line.of(turn, ticket) if turn.person.verified else None
    return line if line is not None and line.sure else None


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
_OF_FIRE = frozenset({Hazard.fire, Hazard.burning})
_JUST_NOW = timedelta(minutes=30)
"""Within which the same danger told once more is the same, unless the words speak of another place."""


def open_emergency(turn: Turn, draft: Draft, hazard: Hazard, place: int) -> None:
    """No steps: one line of safety, a ticket of priority acil, a loud card. Beside a security matter, which few may
    read, smoke has a ticket of its own. `place`: of the text that tells of it."""
    turn.say(turn.address, "emergency", hazard=hazard.value)
    standing = _standing_emergency(turn, draft, hazard, draft.texts[place])
    if standing is not None:
        _goes_on(turn, draft, standing, place)
        return
    draft.urgent = True
    guess = draft.candidates[0] if draft.candidates else None
    danger = None
    if hazard in _FOR_EVERY_TECHNICIAN and drafts.is_sensitive(turn, draft):
        danger, hazard = halves.danger_alone(turn, draft, hazard), Hazard.data_leak
    draft.category = turn.desk.category_of(hazard) or draft.category or guess
    draft.article = None
    open_draft(turn, draft)
    if danger is not None:
        _open(turn, danger)


def _standing_emergency(turn: Turn, draft: Draft, hazard: Hazard, told: str) -> Ticket | None:
    """Their own of the same danger that somebody should be on: "hâlâ duman var" is said of that. Another place is
    another danger; so is what is told later without saying that it lasts."""
    if hazard not in _FOR_EVERY_TECHNICIAN or turn.desk.is_secret(told) or draft.for_person is not None:
        return None
    same = _OF_FIRE if hazard in _OF_FIRE else {hazard}
    facts, lasts = turn.understand(told).facts, same_danger.lasts(told)
    for ticket in reversed(turn.uow.tickets.open_of_reporter(turn.person.id)):
        recent = turn.now - ticket.opened_at <= _JUST_NOW
        of_it = ticket.state.active and emergencies.is_emergency(ticket) and not ticket.restricted
        known, place = "\n".join((ticket.text, *ticket.facts.values())), ticket.facts.get("oda", "")
        if (
            of_it
            and (recent or lasts)
            and not same_danger.is_elsewhere(told, facts, known, place)
            and turn.understand(ticket.text).hazard in same
        ):
            return ticket
    return None


def _goes_on(turn: Turn, draft: Draft, ticket: Ticket, place: int) -> None:
    """The text in that place goes to that ticket, loud; a report of something else that was in the making stays."""
    told, key = draft.texts.pop(place), draft.keys.pop(place)
    files = tuple(file for file in draft.files if file in turn.files or not draft.texts)
    draft.files = [file for file in draft.files if file not in files]
    written = correspondence.write_to_desk(turn, ticket, told, files, key=key)
    if not draft.texts:
        drafts.close(turn, draft, "added", ticket)
        turn.dialog.draft = None
    turn.dialog.last_ticket = ticket.id
    heard = emergencies.ring_of_more(turn, ticket, told)
    turn.receipt(written, "emergency_goes_on", ticket=ticket, heard=heard)


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
