"""Sending an announcement, telling it in parts, reading it, taking it out of force; each a line of its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting, UseCaseContext
from handlers.department_names import DepartmentNames
from handlers.domain.announcements import (
    REMINDED_AFTER_DAYS,
    TOLD_AT_ONCE,
    Announcement,
    AnnouncementAction,
    AnnouncementId,
    Audience,
    Reader,
    require,
    require_text,
)
from handlers.domain.errors import Invalid
from handlers.domain.idempotency import announcements_looked_at, announcements_reminded
from handlers.domain.numbers import Series
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.store_events import StoreEvent, Stream, Values
from handlers.messages import Button
from handlers.people.officers import today_of
from handlers.ports import UnitOfWork
from handlers.tickets import cards


def audience_of(uow: UnitOfWork, audience: Audience, department: str = "") -> Sequence[Person]:
    """Who would read it: those who said who they are and have not left. Raises Invalid(`announcement_department`)."""
    people = [one for one in uow.people.everybody() if not one.gone and one.known]
    if audience is Audience.STAFF:
        return [one for one in people if one.role is not Role.REQUESTER]
    if audience is Audience.DEPARTMENT:
        names = DepartmentNames.of(uow)
        meant = names.find(department)
        if meant is None:
            raise Invalid("announcement_department", typed=department[:60])
        return [one for one in people if names.find(one.department) == meant]
    return people


def possible(acting: Acting, text: str, audience: Audience, department: str = "") -> Sequence[Person]:
    """Who would be told. Raises NotAllowed, Invalid(`announcement_nobody`) and as `require_text` and `audience_of`."""
    require(acting.person, AnnouncementAction.ANNOUNCE)
    require_text(text)
    people = audience_of(acting.uow, audience, department)
    if not people:
        raise Invalid("announcement_nobody")
    return people


def send(
    acting: Acting, text: str, audience: Audience, department: str = "", *, security: bool = False
) -> Announcement:
    """It is told in the minutes after. Raises as `possible`."""
    in_place_of = require(acting.person, AnnouncementAction.ANNOUNCE)
    people = possible(acting, text, audience, department)
    one = acting.uow.announcements.add(
        Announcement(
            number=acting.uow.counters.next(Series.ANNOUNCEMENT, today_of(acting).year),
            text=require_text(text),
            security=security,
            audience=audience,
            department=department if audience is Audience.DEPARTMENT else "",
            made_by=acting.person.id,
            made_at=acting.now,
        ),
        [person.id for person in people],
    )
    after = {"audience": audience.value, "security": security, "readers": len(people)}
    _note(acting, one, "sent", after, in_place_of)
    acting.uow.audit.log(acting.now, acting.person.id, "announcement_sent", str(one.number), acting.channel)
    return one


def withdraw(acting: Acting, key: AnnouncementId) -> Announcement:
    """In force no more; what was read stays. Unchanged where it is out of force. Raises NotAllowed, NotFound, Stale."""
    in_place_of = require(acting.person, AnnouncementAction.ANNOUNCE)
    one = acting.uow.announcements.get(key)
    if not one.in_force:
        return one
    ended = acting.uow.announcements.save(replace(one, withdrawn_at=acting.now))
    _note(acting, ended, "withdrawn", {}, in_place_of)
    return ended


def read(acting: Acting, key: AnnouncementId) -> Reader:
    """Okudum. Unchanged where they said so before. Raises NotFound, Invalid(`announcement_not_yours`)."""
    one = acting.uow.announcements.get(key)
    reader = acting.uow.announcements.reader(key, acting.person.id)
    if reader is None:
        raise Invalid("announcement_not_yours", number=one.number)
    if reader.read_at is not None:
        return reader
    said = replace(reader, read_at=acting.now)
    acting.uow.announcements.save_reader(said)
    _note(acting, one, "read", {}, ())
    return said


def tick(work: UseCaseContext) -> None:
    """Whoever was not told yet, and who said nothing for two working days, so many at a time, in working time; once a
    day whoever is new."""
    time = work.working_time()
    if not time.is_working_at(work.now):
        return
    if work.uow.once.first(announcements_looked_at(time.local_date(work.now)), work.now):
        _add_who_is_new(work)
    _remind(work)
    for reader in work.uow.announcements.untold(TOLD_AT_ONCE):
        _tell(work, reader)


def tell_first(acting: Acting, one: Announcement) -> None:
    """The first of them at once, whatever the hour: whoever sends it chose that."""
    for reader in acting.uow.announcements.untold(TOLD_AT_ONCE):
        if reader.announcement == one.id:
            _tell(acting, reader)


def show(work: UseCaseContext, one: Announcement, address: str, *, reminded: bool = False) -> None:
    work.say(
        address,
        "announcement",
        buttons=[Button("Okudum", f"announcement_read:{one.id}")],
        slot=f"announcement:{one.id}",
        fresh=True,
        one=one,
        who=work.uow.people.get(one.made_by),
        reminded=reminded,
    )


def _tell(work: UseCaseContext, reader: Reader) -> None:
    person = work.uow.people.get(reader.person)
    addresses = [] if person.gone else cards.private_addresses_of(work, person)
    for address in addresses:
        show(work, work.uow.announcements.get(reader.announcement), address)
    work.uow.announcements.save_reader(replace(reader, told_at=work.now))


def _remind(work: UseCaseContext) -> None:
    """Until the day's are all reminded: then nothing is looked at any more until tomorrow."""
    time = work.working_time()
    done = announcements_reminded(time.local_date(work.now))
    if work.uow.once.brought([done]):
        return
    silent = work.uow.announcements.silent(time.subtract_working_days(work.now, REMINDED_AFTER_DAYS))
    people, reminded = work.uow.people.of_ids({reader.person for reader in silent}), 0
    for reader in silent:
        person = people[reader.person]
        if person.gone or work.is_away(person):
            continue
        if reminded == TOLD_AT_ONCE:
            return
        reminded += 1
        for address in cards.private_addresses_of(work, person):
            show(work, work.uow.announcements.get(reader.announcement), address, reminded=True)
        work.uow.announcements.save_reader(replace(reader, reminded_at=work.now))
    work.uow.once.first(done, work.now)


def _add_who_is_new(work: UseCaseContext) -> None:
    audiences: dict[tuple[Audience, str], set[PersonId]] = {}
    for one in work.uow.announcements.in_force():
        meant = (one.audience, one.department)
        if meant not in audiences:
            try:
                audiences[meant] = {person.id for person in audience_of(work.uow, *meant)}
            except Invalid:  # its müdürlük is no more
                audiences[meant] = set()
        if audiences[meant]:
            known = {reader.person for reader in work.uow.announcements.readers(one.id)}
            work.uow.announcements.add_readers(one.id, audiences[meant] - known)


def _note(acting: Acting, one: Announcement, what: str, after: Values, in_place_of: tuple[PersonId, ...]) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        after=after,
        ref=str(one.number),
        acting_for=in_place_of,
    )
    acting.uow.store_events.append(Stream.ANNOUNCEMENT, one.id, event)
