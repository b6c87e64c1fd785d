"""Words of a ticket as they stand with others: said anew in the same place when their writer corrects them.

Which message shows an entry is told by its slot alone, so a copy that was never said is none to correct.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.context import UseCaseContext
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.tickets import cards, entries, notifications, outage_news, presence


def to_whom_it_concerns(work: UseCaseContext, concerned: notifications.Concerned, entry: Entry) -> None:
    """What a technician wrote or asked, or why they cancelled; nothing to who wants no messages."""
    template, data = _to_reader(work, entry)
    slot = entries.slot(entry)
    notifications.tell(work, concerned, template, slot=slot, files=entry.files, edited=False, **data)


def to_workers(work: UseCaseContext, ticket: Ticket, entry: Entry, *, rings: bool = True) -> None:
    """What somebody whom it concerns wrote, beside the card."""
    data = _to_worker(work, ticket, entry)
    for address in _work_places(work, ticket):
        work.say(address, "work_reply", ticket=ticket, rings=rings, edited=False, **data)


def _work_places(work: UseCaseContext, ticket: Ticket) -> Sequence[str]:
    """Of a ticket whose holder is away a lead hears, too."""
    leaders = presence.leaders_instead(work, ticket)
    instead = (address for person in leaders for address in cards.private_addresses_of(work, person))
    return list(dict.fromkeys([*cards.work_places(work, ticket), *instead]))


def refresh(work: UseCaseContext, ticket: Ticket, entry: Entry) -> None:
    """As it is worded now, wherever it stands and may still be read; no bell."""
    if entry.kind is EntryKind.NEWS:
        outage_news.refresh_line(work, ticket, entry)
        return
    workers = frozenset(_work_places(work, ticket))
    for place in work.uow.messages.standing_in(entries.slot(entry)):
        if place in workers:
            data = _to_worker(work, ticket, entry)
            work.say(place, "work_reply", ticket=ticket, rings=False, edited=True, **data)
        elif (concerned := _concerned_at(work, ticket, place)) is not None:
            template, data = _to_reader(work, entry)
            title, slot = work.desk.title(concerned.ticket.category), entries.slot(entry)
            more = {"title": title, "files": entry.files, "edited": True, **data}
            work.say(place, template, slot=slot, ticket=concerned.ticket, rings=False, **more)


def _concerned_at(work: UseCaseContext, ticket: Ticket, place: str) -> notifications.Concerned | None:
    """Whose private conversation it is, if the ticket still concerns them."""
    conversation = work.uow.conversations.get(place)
    if conversation is None or conversation.person is None:
        return None
    concerned = notifications.whom_it_concerns(work, ticket, conversation.person)
    return concerned if concerned.person == conversation.person else None


def _to_worker(work: UseCaseContext, ticket: Ticket, entry: Entry) -> dict[str, Any]:
    """What fills `work_reply`, with its place and files."""
    people = work.uow.people
    return {
        "slot": entries.slot(entry),
        "files": entry.files,
        "author": people.get(entry.author),
        "text": entry.text,
        "holder": people.get(ticket.holder) if ticket.holder else None,
        "count": len(entry.files),
    }


def _to_reader(work: UseCaseContext, entry: Entry) -> tuple[str, dict[str, Any]]:
    """The template that says it to whom it concerns, and what fills it."""
    author = work.uow.people.get(entry.author)
    match entry.kind:
        case EntryKind.QUESTION:
            return "question_to_reporter", {"asker": author, "question": entry.text}
        case EntryKind.REASON:
            return "update_cancelled", {"reason": entry.text}
        case _:
            return "message_from_worker", {"author": author, "text": entry.text}
