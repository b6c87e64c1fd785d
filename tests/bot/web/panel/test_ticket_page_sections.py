"""What hangs on a ticket, on its page: lists, yeses, links, files, what it was merged into."""

from __future__ import annotations

import io
import re

import pytest

from handlers.context import Acting
from handlers.domain.approvals import ApprovalKind, Decision
from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.tickets import approvals, checklists, closing, correspondence, linking, outages, parts, waits, work
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_ticket_page import NUMBER, SECRET, Desk, behind, page_of
from tests.bot.web.scripted_site import ScriptedSite

THIRD = "2026-000003"


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> Desk:
    made = behind(site, staff)
    made.open("toner bitti", "toner-kartus")
    made.does("mehmet", work.claim)
    return made


async def test_lists_with_their_ticks(desk: Desk, opened: Open) -> None:
    def hang(acting: Acting, ticket: Ticket) -> None:
        checklists.hang_by_hand(acting, ticket, checklists.of_unit(acting, ticket.unit)[0])
        (hung,) = acting.uow.checklists.of_ticket(ticket.id)
        checklists.tick(acting, ticket, hung.id, 0)

    desk.does("mehmet", hang)
    page = await page_of(await opened("mehmet"))
    assert "☑" in page
    assert "☐" in page
    assert "(1/" in page
    assert "Kontrol listesinde satır işaretlendi" in page


async def test_a_yes_that_is_waited_for_and_given(desk: Desk, opened: Open) -> None:
    desk.does("mehmet", lambda acting, ticket: approvals.ask(acting, ticket, ApprovalKind.STOCK, why="drum"))
    page = await page_of(await opened("kemal"))
    assert "depodan çıkış · müdür: <strong>bekleniyor</strong>" in page
    assert "Onay istendi: depodan çıkış" in page

    def approve(acting: Acting, ticket: Ticket) -> None:
        (one,) = acting.uow.approvals.of_ticket(ticket.id)
        approvals.decide(acting, one, Decision.APPROVED)

    desk.does("kemal", approve)
    page = await page_of(await opened("mehmet"))
    assert "<strong>onaylandı, yazısının sayısı bekleniyor</strong> · <bdi>Kemal" in page


async def test_links_and_parts_lead_to_their_pages(desk: Desk, opened: Open) -> None:
    desk.open("yeni hat", "yeni-ag-hatti")
    desk.does("fatma", lambda acting, ticket: linking.relate(acting, ticket, acting.uow.tickets.by_number(THIRD)))
    desk.does(
        "fatma",
        lambda acting, ticket: parts.put_under(acting, acting.uow.tickets.by_number("2026-000004"), ticket),
    )
    page = await page_of(await opened("mehmet"))
    assert "<h3>İlgili</h3>" in page
    assert "<h3>Alt işler</h3>" in page
    assert f'href="/demo/mehmet/panel/kayit/{THIRD}"' in page
    assert "<h3>Üst iş</h3>" in await page_of(await opened("mehmet"), "2026-000004")
    assert "Yeni ağ hattı" in page[page.index("<h3>Alt") :]
    assert "Alt iş eklendi: 2026-000004" in page

    def turns_out_secret(acting: Acting, ticket: Ticket) -> None:
        ticket.restricted = True
        acting.uow.tickets.save(ticket)

    desk.does("fatma", turns_out_secret, number="2026-000004")
    page = await page_of(await opened("mehmet"))
    linked = page[page.index("<h3>Alt") : page.index("Bu kişinin")]
    assert "Yeni ağ hattı" not in linked
    assert "1 alt iş size açık değil." in linked
    assert "2026-000004" not in page[page.index("Bu kişinin") :]
    assert "Alt iş eklendi: başka bir kayıt" in page
    assert f"İlişkilendirildi: {THIRD}" in page
    assert "Alt iş eklendi: 2026-000004" in await page_of(await opened("fatma"))


async def test_what_it_was_merged_into_and_that_it_can_be_separated(desk: Desk, opened: Open) -> None:
    desk.does(
        "fatma", lambda acting, ticket: closing.merge(acting, ticket, acting.uow.tickets.by_number(THIRD), "aynı")
    )
    page = await page_of(await opened("fatma"))
    assert f'Birleştirildi: <a href="/demo/fatma/panel/kayit/{THIRD}">{THIRD}</a>' in page
    assert re.findall(r'name="action" value="(\w+)"', page) == ["separate"]
    assert f"Birleştirildi: {THIRD}" in page, "its history names the other"
    assert NUMBER in await page_of(await opened("fatma"), THIRD), "and the other one names it"
    assert "1 kişi daha" not in await page_of(await opened("fatma"), THIRD), "it is the same person"


async def test_what_it_was_merged_into_is_named_to_nobody_who_may_not_read_that(desk: Desk, opened: Open) -> None:
    desk.open("EBYS açılmıyor", "ebys-giris", by="hasan")
    other = "2026-000004"

    def merge(acting: Acting, ticket: Ticket) -> None:
        ticket.merge_into(acting.uow.tickets.by_number(other), by=acting.person.id, at=acting.now, channel="web")
        acting.uow.tickets.save(ticket)

    desk.does("fatma", merge)
    for handle in ("mehmet", "fatma"):
        page = await page_of(await opened(handle))
        assert other not in page
        assert "Birleştirildi: başka bir kayıtta sürüyor." in page
        assert "Birleştirildi: başka bir kayıt</strong>" in page
    page = await page_of(await opened("kemal"))
    assert f'<a href="/demo/kemal/panel/kayit/{other}">{other}</a> kaydında sürüyor.' in page
    assert f"Birleştirildi: {other}</strong>" in page


async def test_files_are_shown_and_led_to(desk: Desk, opened: Open) -> None:
    site, ayse = desk.site, desk.people["ayse"].id
    kept = site.files.keep(
        io.BytesIO(b"hata"), "ekran <1>.txt", uploader=ayse, conversation="web:p:ayse", at=site.now()
    )
    site.store.write(lambda uow: uow.attachments.add(kept))
    desk.does("ayse", lambda acting, ticket: correspondence.write_to_desk(acting, ticket, "ekranı", (kept.id,)))
    visit = await opened("mehmet")
    page = await page_of(visit)
    assert f'href="/demo/mehmet/files/{kept.id}"' in page
    assert "<1>" not in page
    assert (await visit.get(f"files/{kept.id}")).status_code == 200


@pytest.mark.parametrize("state", [State.WAITING_VENDOR, State.WAITING_PARTS])
async def test_a_wait_says_for_what(desk: Desk, opened: Open, state: State) -> None:
    desk.does("mehmet", waits.wait, state)
    desk.does("mehmet", lambda acting, ticket: work.describe_wait(acting, ticket, state, "ABC <Ltd>"))
    page = await page_of(await opened("mehmet"))
    assert "ABC &lt;Ltd&gt;" in page
    assert '<rect class="waiting"' not in page, "no working time has gone by"
    assert "Duruyor" in page


async def test_an_outage_and_a_secret_are_marked(desk: Desk, opened: Open) -> None:
    desk.does("mehmet", outages.declare)
    assert "Bilinen kesinti" in await page_of(await opened("mehmet"))
    assert "Gizli güvenlik kaydı" in await page_of(await opened("fatma"), SECRET)


async def test_who_reported_to_the_other_unit_reads_as_a_reporter(desk: Desk, opened: Open) -> None:
    desk.open("EBYS'ye giremiyorum", "ebys-giris", by="mehmet")
    desk.does("ali", correspondence.add_note, "parolası eskimiş", number="2026-000004")
    page = await page_of(await opened("mehmet"), "2026-000004")
    assert "eskimiş" not in page
    assert "kaydın özeti" not in page
    assert 'name="action"' not in page


async def test_what_was_erased_leaves_the_history(desk: Desk, opened: Open) -> None:
    def erase(acting: Acting, ticket: Ticket) -> None:
        for entry in acting.uow.tickets.entries(ticket.id):
            acting.uow.tickets.rewrite_entry(entry.id, "")

    desk.does("mehmet", erase)
    page = await page_of(await opened("mehmet"))
    assert "metinler silinmiş olabilir" in page
    assert "Üstlenildi" in page
