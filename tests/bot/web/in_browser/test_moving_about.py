"""Answering, searching, and moving between messages and conversations."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.events import MessageReceived
from handlers.messages import Outgoing
from handlers.ports import UnitOfWork
from tests.bot.web.in_browser.chat_page import Visit, box, bubbles, say
from tests.bot.web.scenes import open_ticket
from tests.bot.web.scripted_site import ScriptedSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_answering_a_message(visit: Visit, site: ScriptedSite) -> None:
    site.say("web:p:ayse", "Hangi odadasınız?")
    page = visit("/demo/ayse/")
    bubbles(page).first.hover()
    page.get_by_role("button", name="Bu mesajı yanıtla").first.click()
    expect(page.locator("#replying")).to_contain_text("Hangi odadasınız?")
    box(page).press("Escape")
    expect(page.locator("#replying")).to_be_hidden()
    bubbles(page).first.focus()
    page.keyboard.press("r")
    expect(page.locator("#replying")).to_be_visible()
    say(page, "312")
    expect(bubbles(page).nth(1).locator(".quoted")).to_contain_text("Hangi odadasınız?")
    bubbles(page).nth(1).locator(".quoted").click()
    expect(bubbles(page).nth(0)).to_be_focused()
    assert isinstance(event := site.accepted[-1], MessageReceived)
    assert event.reply_to is not None


def test_a_slash_shows_the_commands_of_the_role(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    box(page).press_sequentially("/")
    expect(page.locator("#commands")).to_be_visible()
    expect(page.locator("#commands [data-command='/sira']")).to_have_count(0)
    box(page).press_sequentially("dur")
    expect(page.locator("#commands li:visible")).to_have_count(1)
    box(page).press("Enter")
    expect(box(page)).to_have_value("/durum ")
    box(page).press("Enter")
    expect(bubbles(page).nth(0)).to_contain_text("/durum")
    technician = visit("/demo/mehmet/")
    box(technician).press_sequentially("/s")
    expect(technician.locator("#commands [data-command='/sira']")).to_be_visible()
    box(technician).press("Escape")
    expect(technician.locator("#commands")).to_be_hidden()


def test_a_command_that_another_begins_with_is_sent_and_not_completed(visit: Visit) -> None:
    """/ay is a command, and /ayir stands before it."""
    page = visit("/demo/fatma/")
    box(page).press_sequentially("/ay")
    expect(page.locator("#commands li:visible")).to_have_count(2)
    box(page).press("Enter")
    expect(box(page)).to_have_value("")
    expect(bubbles(page).nth(0)).to_contain_text("/ay")


def test_search_from_the_keyboard_and_back(visit: Visit, site: ScriptedSite) -> None:
    for text in ("disk %10 boş", "yazıcı bozuk", "internet yok"):
        site.say("web:p:ayse", text)
    page = visit("/demo/ayse/")
    page.locator(".log:visible").focus()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("%10")
    expect(page.locator("#found")).to_contain_text("1 mesaj bulundu")
    page.locator("#found .msg").click()
    expect(page.locator("#found")).to_be_hidden()
    expect(bubbles(page).nth(0)).to_be_focused()
    page.locator("#search").fill("yok böyle bir şey")
    expect(page.locator("#found")).to_contain_text("bu sohbette geçmiyor")
    page.locator("#search").press("Escape")
    expect(page.locator("#found")).to_be_hidden()


def test_conversations_are_changed_from_the_keyboard(visit: Visit, site: ScriptedSite) -> None:
    site.say("web:r:donanim", "kart")
    page = visit("/demo/mehmet/")
    expect(page.locator("#title")).to_have_text("Yardım Masası")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#title")).to_have_text("Donanım ve Teknik Destek")
    expect(bubbles(page).nth(0)).to_contain_text("kart")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#title")).to_have_text("Yardım Masası")
    page.locator(".place").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_have_text("Donanım ve Teknik Destek")
    page.go_back()
    expect(page.locator("#title")).to_have_text("Yardım Masası")


def test_my_ticket_leads_to_its_newest_message_or_asks_for_it(
    visit: Visit, site: ScriptedSite, people: dict[str, Person]
) -> None:
    known = open_ticket(site, people["ayse"], "yazici-yazdirmiyor", "yazıcı")
    silent = open_ticket(site, people["ayse"], "toner-kartus", "toner")
    site.say("web:p:ayse", "Üstlenildi", ticket=known.id)
    page = visit("/demo/ayse/")
    page.get_by_role("button", name=known.number).click()
    expect(bubbles(page).nth(0)).to_be_focused()
    page.get_by_role("button", name=silent.number).click()
    expect(bubbles(page).nth(1)).to_contain_text(f"/durum {silent.number}")


def test_what_ended_is_reported_again_beside_the_talk(
    visit: Visit, site: ScriptedSite, people: dict[str, Person]
) -> None:
    ended = open_ticket(site, people["ayse"], "toner-kartus", "toner bitti", State.CLOSED)

    def end(uow: UnitOfWork) -> None:
        ended.ended_at = site.now()
        uow.tickets.save(ended)

    site.store.write(end)
    page = visit("/demo/ayse/")
    page.get_by_role("button", name="Yine bozuldu").click()
    expect(bubbles(page).nth(0)).to_contain_text(f"/bozuldu {ended.number}")


def many(site: ScriptedSite, count: int) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(count):
            uow.messages.put(Outgoing(conversation="web:p:ayse", text=f"haber {number:03}"))

    site.store.write(work)


def test_older_messages_come_when_one_scrolls_up_and_nothing_jumps(visit: Visit, site: ScriptedSite) -> None:
    many(site, 180)
    site.store.write(lambda uow: uow.timeline.mark_seen("web:p:ayse", uow.people.by_handle("ayse").id, 180))  # type: ignore[union-attr]
    page = visit("/demo/ayse/")
    expect(bubbles(page)).to_have_count(50)
    expect(bubbles(page).last).to_contain_text("haber 179")
    expect(bubbles(page).last).to_be_in_viewport()
    marked = page.get_by_text("haber 132", exact=True)
    marked.scroll_into_view_if_needed()
    expect(bubbles(page)).to_have_count(100)
    expect(marked).to_be_in_viewport()
    site.say("web:p:ayse", "yepyeni")
    expect(page.get_by_role("button", name="Yeni mesaj")).to_be_visible()
    expect(marked).to_be_in_viewport()
    page.get_by_role("button", name="Yeni mesaj").click()
    expect(bubbles(page).last).to_contain_text("yepyeni")
    expect(bubbles(page).last).to_be_in_viewport()


def test_the_end_stays_in_sight_while_messages_come_and_change(visit: Visit, site: ScriptedSite) -> None:
    many(site, 40)
    page = visit("/demo/ayse/")
    say(page, "yazıcı")
    expect(bubbles(page).last).to_contain_text("Duydum")
    expect(bubbles(page).last).to_be_in_viewport()
    page.get_by_role("button", name="Tamam").click()
    expect(bubbles(page).last).to_contain_text("Seçtiniz")
    for number in range(5):
        site.say("web:p:ayse", f"uzun haber {number}\n" * 12, "Tamam", slot="uzun" if number < 3 else None)
    expect(bubbles(page).last).to_contain_text("uzun haber 4")
    expect(bubbles(page).last.get_by_role("button", name="Tamam")).to_be_in_viewport()
    expect(page.locator(".pill")).to_be_hidden()


def seen_to_the_end(site: ScriptedSite, handle: str) -> bool:
    def look(uow: UnitOfWork) -> bool:
        person = uow.people.by_handle(handle)
        assert person is not None
        address = f"web:p:{handle}"
        return uow.timeline.seen(address, person.id) >= uow.timeline.last_seq(address)

    return site.store.read(look)


def test_what_is_new_is_marked_and_seen_once_it_was_looked_at(visit: Visit, site: ScriptedSite) -> None:
    many(site, 3)
    page = visit("/demo/ayse/")
    expect(page.get_by_text("Yeni mesajlar")).to_be_visible()
    expect(page).to_have_title("Yardım Masası")
    expect(page.locator(".place .badge")).to_be_hidden()
    while not seen_to_the_end(site, "ayse"):  # the badge goes at once, the desk hears of it a moment later
        page.evaluate("null")
    page.reload()
    expect(page.get_by_text("Yeni mesajlar")).to_have_count(0)
