"""What a new database is given: the rooms of the units, and in the demo the people, on loopback only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.config import Settings
from handlers.context import Desk
from handlers.domain.channels import EMBEDDED
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person, Role
from handlers.people import departments
from handlers.people.access import private_address, room_address
from handlers.ports import Conversation, Transactions, UnitOfWork
from knowledge import Unit
from knowledge.facts import DEPARTMENTS

_OURS = "Bilgi İşlem"


def people() -> tuple[Person, ...]:
    """Fresh objects each time: storing gives them their ids."""
    return (
        _person("ayse", "Ayşe Yılmaz", "Mali Hizmetler", "3. kat 312", "1453"),
        _person("hasan", "Hasan Demir", "Zabıta", "zemin kat 4", "1120"),
        _person("mehmet", "Mehmet Kaya", _OURS, "1. kat 104", "1301", Role.TECHNICIAN, "donanim"),
        _person("zeynep", "Zeynep Arslan", _OURS, "1. kat 104", "1302", Role.TECHNICIAN, "donanim"),
        _person("ali", "Ali Çelik", _OURS, "1. kat 107", "1311", Role.TECHNICIAN, "yazilim"),
        _person("fatma", "Fatma Şahin", _OURS, "1. kat 103", "1300", Role.LEAD, "donanim"),
        _person("kemal", "Kemal Aydın", _OURS, "1. kat 101", "1299", Role.DIRECTOR),
        _person("denetci", "Derya Koç", "Teftiş Kurulu", "5. kat 501", "1701", Role.AUDITOR),
        _person("admin", "Emre Öztürk", _OURS, "1. kat 102", "1305", Role.ADMIN),
    )


def _person(
    handle: str, name: str, department: str, room: str, phone: str, role: Role = Role.REQUESTER, unit: str | None = None
) -> Person:
    return Person(
        handle=handle,
        name=name,
        role=role,
        unit=unit,
        department=department,
        room=room,
        phone=phone,
        email=f"{handle}@belediye.example",
        verified=True,
    )


def seed(uow: UnitOfWork, units: Mapping[str, Unit], notice_version: int = NOTICE.version) -> None:
    """Adds what is missing and changes nothing that is there, so that it may run at every start.

    A person of a unit that this house's catalogue does not know is left out.
    """
    ensure_rooms(uow, units)
    for person in people():
        if person.unit is not None and person.unit not in units:
            continue
        stored = uow.people.by_handle(person.handle)
        if stored is None:
            person.notice_version = notice_version
            stored = uow.people.add(person)
        for channel in EMBEDDED:
            _account(uow, Account(channel, person.handle), stored)
    departments.begin_list(uow, [*(one.department for one in people()), *dict(DEPARTMENTS)])


def _account(uow: UnitOfWork, account: Account, person: Person) -> None:
    if uow.people.by_account(account) is None:
        private = private_address(account)
        uow.people.link(account, person.id, private)
        uow.conversations.ensure(Conversation(address=private, channel=account.channel, person=person.id))


def ensure_rooms(uow: UnitOfWork, units: Mapping[str, Unit]) -> None:
    """Every unit has a room on each channel that is built in; a platform's groups are bound by `/bagla`."""
    for unit in units.values():
        for channel in EMBEDDED:
            uow.conversations.ensure(
                Conversation(
                    address=room_address(channel, unit.id),
                    channel=channel,
                    unit=unit.id,
                    title=unit.title,
                    is_room=True,
                )
            )


def prepare(store: Transactions, settings: Settings, desk: Desk) -> None:
    """What must be there before anybody speaks; where it is, nothing is written."""
    units = desk.catalogue.units
    if settings.demo:
        handles = [person.handle for person in people() if person.unit is None or person.unit in units]
    else:
        handles = []

    def complete(uow: UnitOfWork) -> bool:
        places = (uow.conversations.get(room_address(channel, unit)) for channel in EMBEDDED for unit in units)
        return all(places) and all(uow.people.by_handle(handle) for handle in handles)

    def work(uow: UnitOfWork) -> None:
        ensure_rooms(uow, units)
        if settings.demo:
            seed(uow, units, desk.notice_version)

    if not store.read(complete):
        store.write(work)
