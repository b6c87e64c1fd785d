"""The status page on a screen: pushed, and with its time while the desk is away."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from bot.web import WebSettings
from handlers.context import UseCaseContext
from handlers.domain.outages import Outage
from handlers.ports import UnitOfWork
from handlers.queries import status
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket

SETTINGS = WebSettings(status=lambda uow, now: status.look(UseCaseContext(desk=shared_desk(), uow=uow, now=now)))


def fail(uow: UnitOfWork) -> None:
    elif_ = add_person(uow, "elif")
    ticket = open_ticket(uow, elif_, category="ebys-giris", unit="yazilim", outage=True)
    when = {"since": START, "declared_at": START, "heard_at": START}
    uow.outages.add(Outage(system="ebys", ticket=ticket.id, declared_by=elif_, **when))  # type: ignore[arg-type] # fields by name


def mend(uow: UnitOfWork) -> None:
    (one,) = uow.outages.open()
    uow.outages.save(one.end(by=one.declared_by, at=START))


def test_what_changes_is_there_at_once_and_a_restart_shows_what_was_known(
    site: ScriptedSite, context: BrowserContext
) -> None:
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    with serving(site, SETTINGS) as served:
        page.goto(f"{served.url}/durum")
        expect(page.locator("#now")).to_contain_text("Bilinen bir kesinti yok")
        site.store.write(fail)
        expect(page.locator("#now")).to_contain_text("EBYS · Çalışmıyor")
        port = int(served.url.rpartition(":")[2])
    expect(page.locator("#stale")).to_contain_text("Masaya ulaşılamıyor. Son bilinen durum: 23 Kasım")
    expect(page.locator("#now")).to_contain_text("EBYS · Çalışmıyor")
    site.store.write(mend)
    with serving(site, SETTINGS, port):
        expect(page.locator("#now")).to_contain_text("Bilinen bir kesinti yok", timeout=20_000)
        expect(page.locator("#stale")).to_be_hidden()
        page.close()
    assert faults == []
