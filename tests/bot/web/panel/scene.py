"""Tickets of a unit in the middle of a day, for the pages that list them."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import timing
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk


def open_one(
    uow: UnitOfWork, site: ScriptedSite, reporter: Person, category: str | None, text: str, *,
    hours_ago: float = 1, unit: str = "donanim", priority: Priority = Priority.NORMAL, restricted: bool = False,
    holder: Person | None = None, waits: State | None = None, room: str = "",
) -> Ticket:  # fmt: skip
    """Opened so long ago and, where somebody holds it, claimed (and put on hold) a little later."""
    at = site.now() - timedelta(hours=hours_ago)
    ticket = Ticket(
        unit=unit, category=category, text=text, reporter=reporter.id, opened_by=reporter.id, opened_at=at,
        conversation=f"web:p:{reporter.handle}", priority=priority, restricted=restricted,
        facts={"oda": room} if room else {},
    )  # fmt: skip
    ticket.opened(by=reporter.id, at=at, channel="web")
    uow.tickets.add(ticket, 2026)
    if holder is not None:
        ticket.claim(by=holder.id, at=at + timedelta(minutes=5), channel="web")
    if waits is not None and holder is not None:
        ticket.wait(waits, "", by=holder.id, at=at + timedelta(minutes=10), channel="web")
    uow.tickets.save(ticket)
    return ticket


def working_day(site: ScriptedSite, people: dict[str, Person]) -> dict[str, Ticket]:
    """By a word for each."""
    ayse, hasan, mehmet, zeynep, ali = (people[one] for one in ("ayse", "hasan", "mehmet", "zeynep", "ali"))

    def work(uow: UnitOfWork) -> dict[str, Ticket]:
        found = {
            "late": open_one(uow, site, ayse, "yazici-yazdirmiyor", "slm yazici cikti vermiyo, tahakkuk servisi",
                             hours_ago=120, holder=mehmet, priority=Priority.HIGH),
            "new": open_one(uow, site, hasan, "internet-yok", "Zemin katta internet yok, telsiz odası",
                            hours_ago=0.2, priority=Priority.HIGH, room="4"),
            "urgent": open_one(uow, site, hasan, "ups-elektrik", "UPS ötüyor, yanık kokusu var", hours_ago=0.1,
                               priority=Priority.URGENT),
            "plain": open_one(uow, site, ayse, "toner-kartus", "toner bitti", hours_ago=2),
            "waits": open_one(uow, site, hasan, "guvenlik-kamerasi", "3 numaralı kamerada görüntü yok", hours_ago=30,
                              holder=zeynep, waits=State.WAITING_VENDOR),
            "secret": open_one(uow, site, ayse, "bilgi-guvenligi", "bilgisayarda garip bir pencere açıldı", hours_ago=3,
                               restricted=True, priority=Priority.HIGH),
            "other": open_one(uow, site, ayse, "ebys-giris", "EBYS'ye giremiyorum", unit="yazilim", hours_ago=1,
                              holder=ali),
            "unknown": open_one(uow, site, ayse, None, "bir sorunum var", hours_ago=1.5),
        }  # fmt: skip
        context = UseCaseContext(desk=shared_desk(), uow=uow, now=site.now())
        for ticket in found.values():
            timing.keep(context, ticket, since=None)
        return found

    return site.store.write(work)
