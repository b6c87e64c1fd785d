"""Accounts, and the persons who speak from them."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, Role, UnitId
from handlers.people import admins, sessions
from handlers.people.access import private_address
from handlers.ports import Conversation, UnitOfWork
from handlers.tickets import cards, holders
from knowledge.language.folding import folded

_ALL = 1_000_000
"""More than anybody reports."""


def welcome(uow: UnitOfWork, account: Account, conversation: str, name: str = "") -> Person:
    """Somebody the desk has never met: a person of their own, unverified, who may see nothing but their own."""
    person = uow.people.add(Person(handle=_handle(account, name)))
    uow.people.link(account, person.id, conversation)
    return person


def _handle(account: Account, name: str) -> str:
    words = folded(name).split() or [f"{account.channel}-{folded(account.name)[-6:]}"]
    return ".".join(words)[:40]


def is_linked(uow: UnitOfWork, account: Account, handle: str) -> bool:
    """Of an embedded channel, where people are trusted to be who they say. True also for somebody who does not exist
    yet: their first message makes them."""
    return uow.people.by_account(account) is not None or uow.people.by_handle(handle) is None


def link(uow: UnitOfWork, account: Account, handle: str, private: str) -> None:
    """This account speaks for the person of that handle, at the private address. Nothing happens where somebody was
    faster."""
    person = uow.people.by_handle(handle)
    if person is None or uow.people.by_account(account) is not None:
        return
    uow.people.link(account, person.id, private)
    uow.conversations.ensure(Conversation(address=private, channel=account.channel, person=person.id))


def may_become(uow: UnitOfWork, guest: Person, person: Person, *, vouched: bool) -> bool:
    """A guest who is recognised is admin no more, but for what is vouched for and goes to somebody without a role."""
    if guest.id == person.id or guest.staff_no or (vouched and person.role is Role.REQUESTER):
        return True
    return not admins.is_last(uow, guest)


def require_may_become(uow: UnitOfWork, guest: Person, person: Person, *, vouched: bool) -> None:
    """Raises Invalid(`last_admin`) where not `may_become`."""
    if not may_become(uow, guest, person, vouched=vouched):
        raise Invalid("last_admin")


def hand_over(acting: Acting, person: Person, conversation: str, *, vouched: bool) -> None:
    """Whoever acts turns out to be `person`. `vouched`: their platform says so; else they typed a code, which may have
    been meant for somebody else.

    All that a guest had is that person's from now on: accounts, browsers, conversations, reports; role and work only
    where it is vouched for. Of somebody whom the staff list knows only this account changes hands, which speaks from
    `conversation`, and the browser that the request came from.

    Raises as `require_may_become`.
    """
    guest = acting.person
    require_may_become(acting.uow, guest, person, vouched=vouched)
    if guest.id == person.id:
        person.verified = True
        acting.uow.people.save(person)
        return
    if guest.staff_no:
        part_with(acting, guest, conversation)
    else:
        _bring_along(acting, guest, person, vouched=vouched)
    for account in acting.uow.people.accounts(guest.id):
        if not guest.staff_no or private_address(account) == conversation:
            acting.uow.people.link(account, person.id, _speaks_from(acting, guest, account, conversation))
    if guest.staff_no:
        sessions.hand_over(acting.uow, guest, person, with_request=acting.event_key)
    else:
        acting.uow.sessions.move(guest.id, person.id)
    for place in acting.uow.conversations.private_of(guest.id):
        if place.address == conversation or not guest.staff_no:
            place.person = person.id
            acting.uow.conversations.save(place)
    person.verified = True
    acting.uow.people.save(person)


def make_one(acting: Acting, guest: Person, person: Person) -> None:
    """Somebody who manages people says that a guest is `person`, who has all that was the guest's from now on.

    Raises as `require_may_become`.
    """
    uow = acting.uow
    require_may_become(uow, guest, person, vouched=True)
    _bring_along(acting, guest, person, vouched=True)
    for account in uow.people.accounts(guest.id):
        uow.people.link(account, person.id, place_of(uow, guest, account, private_address(account)))
    uow.sessions.move(guest.id, person.id)
    for place in uow.conversations.private_of(guest.id):
        place.person = person.id
        uow.conversations.save(place)
    person.verified = True
    uow.people.save(person)


def make_two(uow: UnitOfWork, guest: Person, person: Person, accounts: Mapping[Account, str]) -> None:
    """The way back of `make_one`, where all that is `person`'s was the guest's: whoever asks has looked at that.
    `accounts`: the guest's, each with where it speaks in private."""
    _move_all(uow, person, guest)
    for account, place in accounts.items():
        uow.people.link(account, guest.id, place)
    uow.sessions.move(person.id, guest.id)
    for conversation in uow.conversations.private_of(person.id):
        conversation.person = guest.id
        uow.conversations.save(conversation)
    uow.people.save(guest)
    uow.people.save(person)


def _speaks_from(acting: Acting, guest: Person, account: Account, conversation: str) -> str:
    """Of the account that acts, `conversation`; of another one its own."""
    if account.channel == acting.channel:
        return conversation
    return place_of(acting.uow, guest, account, conversation)


def place_of(uow: UnitOfWork, guest: Person, account: Account, otherwise: str) -> str:
    places = [p.address for p in uow.conversations.private_of(guest.id) if p.channel == account.channel]
    return next((place for place in places if place.endswith(account.name)), next(iter(places), otherwise))


def _bring_along(acting: Acting, guest: Person, person: Person, *, vouched: bool) -> None:
    """What they said, reported and follow; what stands in their other conversations too. What they were given and hold
    where it is vouched for, else it goes back and the admins are told."""
    uow, role, unit = acting.uow, guest.role, guest.unit
    _move_all(uow, guest, person)
    for place in uow.conversations.private_of(guest.id):
        uow.timeline.mark_seen(place.address, person.id, uow.timeline.seen(place.address, guest.id))
    guest.turn_out_to_be(person, acting.now, with_role=vouched)
    uow.people.save(guest)
    uow.people.save(person)
    holders.pass_on(acting, guest, person)
    holders.hand_back(acting, person, "holder_moved")
    uow.audit.log(acting.now, person.id, "recognised", guest.handle, acting.channel)
    if role is not Role.REQUESTER and (person.role, person.unit) != (role, unit):
        _tell_of_the_role(acting, person, role, unit)


def _move_all(uow: UnitOfWork, of: Person, to: Person) -> None:
    """What they said, reported and follow, and what names them."""
    reported = uow.tickets.of_reporter(of.id, limit=_ALL)
    for ticket in (*reported, *uow.tickets.followed_by(of.id)):
        ticket.recognise(of.id, to.id)
        uow.tickets.save(ticket)
    uow.tickets.move_entries(of.id, to.id)
    uow.messages.move_written(of.id, to.id)
    uow.absences.move(of.id, to.id)
    uow.deputies.move(of.id, to.id)
    uow.officers.move(of.id, to.id)
    uow.devices.move(of.id, to.id)
    uow.handovers.move(of.id, to.id)
    uow.sightings.move(of.id, to.id)
    uow.breaches.move(of.id, to.id)
    uow.counts.move(of.id, to.id)
    uow.terms.move(of.id, to.id)
    uow.vendors.move(of.id, to.id)
    uow.document_tracks.move(of.id, to.id)
    uow.scrap.move(of.id, to.id)
    uow.vendor_waits.move(of.id, to.id)
    uow.service_visits.move(of.id, to.id)
    uow.programs.move(of.id, to.id)
    uow.announcements.move(of.id, to.id)
    uow.trainings.move(of.id, to.id)
    uow.rota.move(of.id, to.id)
    uow.outages.move(of.id, to.id)
    uow.symptoms.move(of.id, to.id)
    uow.maintenances.move(of.id, to.id)
    uow.approvals.move(of.id, to.id)


def _tell_of_the_role(acting: Acting, person: Person, role: Role, unit: UnitId | None) -> None:
    """It was given to somebody, not to whoever types their colleague's code."""
    acting.uow.audit.log(acting.now, person.id, "role_ended", f"{role}:{unit or '-'}", acting.channel)
    for admin in acting.uow.people.in_role(Role.ADMIN):
        for private in cards.private_addresses_of(acting, admin):
            acting.say(private, "role_ended", who=person, role=role, unit=unit)


def part_with(acting: Acting, owner: Person, conversation: str) -> None:
    """Their account is somebody else's now: word of their tickets goes to another place of theirs, or nowhere."""
    elsewhere = [p.address for p in acting.uow.conversations.private_of(owner.id) if p.address != conversation]
    for ticket in acting.uow.tickets.open_of_reporter(owner.id):
        if ticket.conversation == conversation:
            ticket.conversation = next(iter(elsewhere), "")
            acting.uow.tickets.save(ticket)
