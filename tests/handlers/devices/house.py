"""A house with people of every right, and devices in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from handlers.context import Acting
from handlers.devices import recording
from handlers.domain.devices import Description, Device
from handlers.domain.officers import Office, Officer
from handlers.domain.people import PersonId, Role
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person

T = TypeVar("T")
PEOPLE: dict[str, dict[str, Any]] = {
    "ayse": {"name": "Ayşe Yılmaz", "department": "Mali Hizmetler", "room": "312"},
    "hasan": {"name": "Hasan Kaya", "department": "Fen İşleri", "room": "105"},
    "mehmet": {"role": Role.TECHNICIAN, "unit": "donanim", "department": "Bilgi İşlem"},
    "zeynep": {"role": Role.TECHNICIAN, "unit": "yazilim", "department": "Bilgi İşlem"},
    "fatma": {"role": Role.LEAD, "unit": "donanim", "department": "Bilgi İşlem"},
    "sevgi": {"role": Role.LEAD, "unit": "yazilim", "department": "Bilgi İşlem"},
    "kemal": {"role": Role.DIRECTOR, "department": "Bilgi İşlem"},
    "deniz": {"role": Role.AUDITOR, "department": "Teftiş"},
    "ambar": {"department": "Destek Hizmetleri"},
    "kayit": {"department": "Mali Hizmetler"},
    "admin": {"role": Role.ADMIN, "department": "Bilgi İşlem"},
}
OFFICES = {"ambar": Office.AMBAR, "kayit": Office.TASINIR_KAYIT}


class House:
    def __init__(self, store: Transactions | None = None) -> None:
        self.store = store or FakeStore()
        self.now, self.desk = START, shared_desk()
        self.ids: dict[str, PersonId] = self.store.write(_people)

    def does(self, who: str, work: Callable[[Acting], T]) -> T:
        def with_person(uow: UnitOfWork) -> T:
            person = uow.people.get(self.ids[who])
            return work(Acting(desk=self.desk, uow=uow, now=self.now, person=person, channel="web", event_key="k"))

        return self.store.write(with_person)

    def records(self, who: str = "mehmet", kind: str = "yazici", place: str = "3. kat 312", **about: Any) -> Device:
        """A device of that kind; `about` as `Description` or `recording.record` name it."""
        kept = {name: about.pop(name) for name in ("department", "custody", "condition") if name in about}
        said = Description(kind=kind, **about)
        return self.does(who, lambda acting: recording.record(acting, said, place=place, **kept))


def _people(uow: UnitOfWork) -> dict[str, PersonId]:
    ids = {handle: add_person(uow, handle, **about) for handle, about in PEOPLE.items()}
    for handle, office in OFFICES.items():
        uow.officers.add(
            Officer(office=office, person=ids[handle], starts=START.date(), entered_by=ids["kemal"], entered_at=START)
        )
    return ids
