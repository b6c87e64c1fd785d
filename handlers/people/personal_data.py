"""What the desk keeps of a person (KVKK; the register itself is kept, bylaw 11/5).

Erasing begins with what they wrote (messages, reports, entries, files). What repeats it is derived from the tickets
and said anew (cards), or listed in `REPEATING`: kinds of messages whose templates show somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.context import Acting
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.domain.terms import TermKind
from handlers.domain.ticket import EntryKind
from handlers.messages import CARD, LISTS, PostedMessage
from handlers.people.access import page_address
from handlers.people.sessions import device
from handlers.ports import DevicesWanted, Erased, TermsWanted, UnitOfWork
from handlers.tickets import approvals, articles, cards, entries, maintenances, outage_news, proposals
from handlers.tickets.training_examples import as_example
from knowledge.language.names import naming

REPEATING = LISTS | frozenset(
    {"approval_decided", "approval_question", "approval_request"}
    | {
        "canned_preview",
        "article_draft",
        "asked",
        "caller_offer",
        "caller_which",
        "cancelled_receipt",
        "card",
        "did_you_mean",
    }
    | {"message_from_worker", "opened_by_other", "prompt_over", "question_to_reporter", "ticket", "update_cancelled"}
    | {
        "waiting_receipt",
        "warn_one",
        "who_department_near",
        "work_reply",
        "line_remarks",
        "work_unclaimed_urgent",
        "work_emergency_goes_on",
        "added",
        "facts_corrected",
        "handed_over",
        "leave_ticket",
        "wish_kept",
        "in_outage",
        "work_preview",
        "work_added",
        "work_removed",
        "works",
        "errors/news_personal",
        "errors/door_unreadable",
        "outage_ended",
        "outage_note",
        "outage_stands",
        "outage_over_receipt",
        "prompt_outage_line",
        "prompt_outage_note",
        "place_known",
        "split_receipt",
        "count_found",
        "scrap_disk_said",
    }
    | {f"errors/{name}" for name in ("archive_too_large", "archive_type", "file_empty", "file_macros", "file_type")}
    | {f"errors/{name}" for name in ("file_unreachable", "no_number", "unknown_account", "unknown_command")}
    | {
        f"errors/{name}"
        for name in (
            "unknown_role",
            "unknown_unit",
            "which_number",
            "no_such_system",
            "system_category",
            "no_such_department",
            "no_such_handover",
            "count_place",
            "count_who",
            "official_list",
        )
    }
)
"""What was done (`update_resolved`, `resolved_receipt`) stays: it is the register's."""
WITHDRAWN = "words_erased"
_OF_THE_REPORTER = frozenset({"card", "opened_by_other"})
_NUMBER = re.compile(r"\d{4}-\d{6,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of somebody beside their person."""

    tickets: int
    open: int
    """Of them, not ended."""
    files: int
    absences: int
    """Leaves that were written down of them."""
    deputies: int
    """Times at which they named a deputy, or were one."""
    offices: int
    """Görevler that they held, or acted in, or that others did for them."""
    devices: int
    """In their custody."""
    moves: int
    """Of the depot, that they wrote."""
    sightings: int
    """Machines in their custody that agents saw, and those of which they said what they are."""
    handovers: int
    """Teslim in which they gave or received devices, and orders for them."""
    counts: int
    """In which they were of the board, or counted."""
    signatures: int
    """E-imza certificates in their name whose end is kept."""
    trainings: int
    """To which they were invited."""
    announcements: int
    """That they read or wrote."""
    documents: int
    """To be answered, that they held, wrote down or ended."""
    scrap: int
    """Devices that they proposed to be scrapped, and commissions in which they were named."""
    seats: int
    """Of programs, that they have."""
    services: int
    """Forms of service visits that they wrote or approved."""
    breaches: int
    """Of personal data, of which they said so or that the Board was told."""
    duties: int
    """On call."""
    outages: int
    """That they declared or ended."""
    planned: int
    """Works on systems that they wrote down."""
    approvals: int
    """Asked for, given or refused."""
    views: int
    """Lists of the panel under names of their own."""
    browsers: Sequence[tuple[str, datetime]]
    """Those that are signed in, and when each was last used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    texts: int
    files: int
    open: int
    """Tickets that keep their text until they end."""
    messengers: Sequence[str]
    """What people call those on which they wrote: they keep it."""
    groups: Sequence[str]
    """The same of those on which units have groups: what files were brought there stay."""


def kept(acting: Acting) -> Kept:
    return kept_of(acting.uow, acting.person.id)


def kept_of(uow: UnitOfWork, person: PersonId) -> Kept:
    return Kept(
        tickets=uow.tickets.count_of_reporter(person),
        open=len(uow.tickets.open_of_reporter(person)),
        files=len(uow.attachments.uploaded_by(person)),
        absences=uow.absences.count_of(person),
        deputies=uow.deputies.count_of(person),
        offices=uow.officers.count_of(person),
        devices=uow.devices.count(DevicesWanted(holder=person)),
        moves=uow.stock.count_of(person),
        sightings=uow.sightings.count_of(person),
        handovers=uow.handovers.count_of(person),
        counts=uow.counts.count_of(person),
        signatures=_signatures_of(uow, person),
        trainings=uow.trainings.count_of(person),
        announcements=uow.announcements.count_of(person),
        documents=uow.document_tracks.count_of(person),
        scrap=uow.scrap.count_of(person),
        seats=len(uow.programs.seats_of(person)),
        services=uow.service_visits.count_of(person),
        breaches=uow.breaches.count_of(person),
        duties=uow.rota.count_of(person),
        outages=uow.outages.count_of(person),
        planned=len(uow.maintenances.entered_by(person)),
        approvals=uow.approvals.count_of(person),
        views=len(uow.saved_views.of(person)),
        browsers=[(device(one.user_agent), one.seen_at) for one in uow.sessions.of(person) if one.ended_at is None],
    )


def _signatures_of(uow: UnitOfWork, person: PersonId) -> int:
    name = uow.people.get(person).name
    return uow.terms.count(TermsWanted(kinds=frozenset({TermKind.SIGNATURE}), words=name)) if name else 0


def erase_of(acting: Acting, person: Person) -> Erasure:
    """Asked for by them in another way than in the chat: an admin does it, and the audit names both.

    Raises NotAllowed.
    """
    require(acting.person, Action.MANAGE_PEOPLE)
    theirs = replace(acting, person=person)
    erasure = erase(theirs)
    acting.uow.audit.log(acting.now, acting.person.id, "erased_for", f"{person.handle} {erasure.texts}", acting.channel)
    return erasure


def erase(acting: Acting) -> Erasure:
    """What they wrote in conversations and on ended tickets goes, with their files and all that repeats it; open
    tickets keep their text and files until they end."""
    person, uow = acting.person.id, acting.uow
    files = _files_to_erase(acting)
    _drop_drafts(acting)
    texts = uow.messages.erase_written_by(person, files)
    erased = uow.tickets.erase_written_by(person, files)
    texts += sum(bool(entry.text) for _, entry in erased.entries)
    _erase_what_others_wrote_down(acting, erased)
    _take_back_lines(acting, erased)
    proposals.take_words_out(acting)
    maintenances.forget_words(acting)
    for ticket in (*erased.reported, *erased.joined):
        cards.refresh(acting, ticket)
    approvals.close_of(acting, (*erased.reported, *erased.joined))
    _withdraw_what_repeats(acting, erased)
    uow.feedback.erase_of(person, {as_example(text) for text in _reports(erased)} - {""})
    for ticket in erased.reported:
        acting.desk.article_drafts.drop(articles.article_id(ticket))
    _drop_stuck(acting)
    uow.saved_views.remove_all(person)
    uow.staff_imports.forget_person(person)
    uow.device_imports.forget_person(person, naming(acting.person.name))
    uow.people_joins.forget_person(person)
    uow.attachments.remove(files)
    for file in files:
        acting.desk.files.discard(file)
    uow.audit.log(acting.now, person, "erased", str(texts), acting.channel)
    return Erasure(
        texts=texts,
        files=len(files),
        open=len(uow.tickets.open_of_reporter(person)),
        messengers=_external(acting, (account.channel for account in uow.people.accounts(person))),
        groups=_external(acting, (room.channel for room in uow.conversations.rooms())),
    )


def _external(acting: Acting, channels: Iterable[str]) -> list[str]:
    known = acting.desk.channels
    return sorted({known.title(channel) for channel in channels if known.is_external(channel)})


def _files_to_erase(acting: Acting) -> frozenset[str]:
    tickets = acting.uow.tickets
    uploaded = acting.uow.attachments.uploaded_by(acting.person.id)
    ended = frozenset(f.id for f in uploaded if f.ticket is None or tickets.get(f.ticket).ended_at is not None)
    papers = acting.uow.handovers.signed_pages(ended) | acting.uow.service_visits.forms_among(ended)
    others = ended - papers  # of those that are kept
    return frozenset(one for one in others if not (acting.uow.counts.shows(one) or acting.uow.scrap.shows(one)))


def _own_places(acting: Acting) -> list[str]:
    return [place.address for place in acting.uow.conversations.private_of(acting.person.id)]


def _drop_stuck(acting: Acting) -> None:
    """What they wrote and nobody could handle lies in the inbox with its words, also what they asked for on a page."""
    private = acting.uow.conversations.private_of(acting.person.id)
    channels = {one.channel for one in private} | {one.channel for one in acting.uow.people.accounts(acting.person.id)}
    own = {*_own_places(acting), *(page_address(channel, acting.person.id) for channel in channels)}
    for arrival in acting.uow.inbox.stuck():
        if arrival.conversation in own:
            acting.uow.inbox.drop(arrival.key, acting.now)


def _rooms_written_in(acting: Acting) -> list[str]:
    """Also of a unit in which they work no more."""
    written_in = acting.uow.messages.written_in(acting.person.id)
    return [room.address for room in acting.uow.conversations.rooms() if room.address in written_in]


def _drop_drafts(acting: Acting) -> None:
    """A report in the making, their own or one that somebody makes for them."""
    for dialog in acting.uow.dialogs.with_words_of(acting.person.id):
        if dialog.draft is not None:
            acting.uow.messages.disable_buttons(dialog.conversation, dialog.draft.slot)
            if dialog.draft.phase.is_on_behalf:
                dialog.expects = None
            dialog.draft = None
            acting.uow.dialogs.save(dialog)


def _erase_what_others_wrote_down(acting: Acting, erased: Erased) -> None:
    """The message in which a technician took their report down."""
    keys: dict[PersonId, set[str]] = {}
    openers = {ticket.id: ticket.opened_by for ticket in erased.reported}
    for ticket, entry in erased.entries:
        opener = openers.get(ticket)
        if opener is not None and opener != acting.person.id and entry.message_key:
            keys.setdefault(opener, set()).add(entry.message_key)
    for opener, theirs in keys.items():
        acting.uow.messages.erase_events(opener, theirs)


def _take_back_lines(acting: Acting, erased: Erased) -> None:
    """What they wrote to everybody who had an outage, wherever it stands."""
    for ticket, entry in erased.entries:
        if entry.kind is EntryKind.NEWS:
            outage_news.refresh_line(acting, acting.uow.tickets.get(ticket), replace(entry, text=""))


def _withdraw_what_repeats(acting: Acting, erased: Erased) -> None:
    numbers: dict[int, str] = {ticket.id: ticket.number for ticket in (*erased.reported, *erased.joined)}
    places = {*_own_places(acting), *_rooms_written_in(acting)}
    said = acting.uow.messages.repeating(REPEATING, tickets=numbers, places=places)
    repeats = {one: numbers.get(one.ticket or 0, "") for one in said if _repeats(one, erased)}
    for one in acting.uow.messages.lists():
        if not set(numbers.values()).isdisjoint(_NUMBER.findall(one.text)):
            repeats[one] = numbers.get(one.ticket or 0, "")
    render = acting.desk.texts.render
    for one, number in repeats.items():
        acting.uow.messages.withdraw(one, render(WITHDRAWN, number=number))


def _repeats(said: PostedMessage, erased: Erased) -> bool:
    """A card that stands was said anew. Of a ticket of others' only what the person wrote, and who looked at it."""
    slot = said.slot or ""
    if slot.startswith(CARD):
        return False
    if said.ticket is None or said.ticket in {ticket.id for ticket in erased.reported}:
        return True
    if entries.is_slot(slot):
        return slot in {entries.slot(entry) for _, entry in erased.entries}
    return said.kind not in _OF_THE_REPORTER


def _reports(erased: Erased) -> Iterable[str]:
    """Each message of a report, and all of a report together."""
    told: dict[int, list[str]] = {}
    for ticket, entry in erased.entries:
        if entry.kind is EntryKind.REPORT and entry.text:
            told.setdefault(ticket, []).append(entry.text)
            yield entry.text
    yield from map("\n".join, told.values())
