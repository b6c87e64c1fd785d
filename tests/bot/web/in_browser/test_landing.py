"""Where the page stands when something new comes: on its head, with its buttons in reach and a safety line in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.domain.people import Person
from handlers.events import ButtonPressed, Event, MessageReceived
from handlers.messages import Button, Outgoing
from handlers.ports import UnitOfWork
from tests.bot.web.browser import PHONE
from tests.bot.web.in_browser.chat_page import Visit, box, bubbles, say
from tests.bot.web.scripted_site import START, ScriptedSite, record
from tests.bot.web.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HERE = "web:p:ayse"
LONG = "Anladığım: yazıcı yazdırmıyor.\n\n" + "\n".join(
    f"{n}. Bir adım, iki satıra taşacak kadar uzun" for n in range(1, 30)
)
SAFETY = "Önce güvenlik: odadan çıkın, kapıyı kapatın, 112'yi arayın."


def long_answer(uow: UnitOfWork, event: Event, person: Person) -> None:
    assert isinstance(event, MessageReceived)
    record(uow, event, person)
    buttons = (Button("İşe yaradı", "a"), Button("Teknisyene ilet", "b"))
    uow.messages.put(Outgoing(conversation=event.conversation, text=LONG, buttons=buttons, kind="suggestion"))


def emergency(uow: UnitOfWork, event: Event, person: Person) -> None:
    """Safety first, then so much that it fills a phone."""
    if isinstance(event, ButtonPressed):
        return
    assert isinstance(event, MessageReceived)
    record(uow, event, person)
    if "duman" in event.text:
        uow.messages.put(Outgoing(conversation=event.conversation, text=SAFETY, kind="emergency"))
    for number in range(4):
        uow.messages.put(Outgoing(conversation=event.conversation, text=f"{number} " + "uzun bir yanıt " * 20))


@pytest.fixture
def phone(browser: Browser, served: Served) -> Page:
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="tr-TR", timezone_id="Europe/Istanbul"
    )
    context.clock.set_fixed_time(START)
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")
    return page


def test_a_long_answer_is_read_from_its_head_with_its_buttons_in_reach(phone: Page, site: ScriptedSite) -> None:
    site.script = long_answer
    say(phone, "yazıcı çıktı vermiyor")
    answer = bubbles(phone).last
    expect(answer.get_by_text("Anladığım: yazıcı yazdırmıyor.")).to_be_in_viewport(ratio=1)
    expect(answer.get_by_role("button", name="Teknisyene ilet")).to_be_in_viewport(ratio=1)
    phone.reload()
    expect(answer.get_by_text("Anladığım: yazıcı yazdırmıyor.")).to_be_in_viewport(ratio=1)
    expect(answer.get_by_role("button", name="Teknisyene ilet")).to_be_in_viewport(ratio=1)


def test_many_buttons_of_a_long_answer_stand_in_one_row(phone: Page, site: ScriptedSite) -> None:
    labels = ("Teknisyene ilet", "İşe yaradı", "Sorunum bu değil", "Bu kayda ekle: 1", "Bu kayda ekle: 2")
    site.say(HERE, LONG, *labels)
    expect(bubbles(phone).last.get_by_role("button", name="Teknisyene ilet")).to_be_in_viewport(ratio=1)
    expect(bubbles(phone).last.get_by_text("Anladığım: yazıcı yazdırmıyor.")).to_be_in_viewport(ratio=1)
    bubbles(phone).last.get_by_role("button", name="Bu kayda ekle: 2").tap()
    expect(bubbles(phone)).to_have_count(1)


def test_the_safety_line_stays_in_sight_whatever_follows(phone: Page, site: ScriptedSite) -> None:
    site.script = emergency
    say(phone, "yazıcıdan duman çıkıyor")
    expect(bubbles(phone)).to_have_count(6)
    expect(bubbles(phone).nth(1)).to_be_in_viewport(ratio=1)
    say(phone, "kimse yok mu")
    expect(bubbles(phone)).to_have_count(11)
    strip = phone.get_by_role("complementary", name="Önce güvenlik")
    expect(strip).to_contain_text("odadan çıkın, kapıyı kapatın, 112'yi arayın")
    expect(strip).to_be_in_viewport(ratio=1)
    bubbles(phone).nth(1).scroll_into_view_if_needed()
    expect(strip).to_be_hidden()
    phone.locator(".log").evaluate("log => log.scrollTop = log.scrollHeight")
    expect(strip).to_be_visible()
    strip.get_by_role("button").click()
    expect(strip).to_be_hidden()
    phone.reload()
    expect(bubbles(phone)).to_have_count(11)
    expect(strip).to_be_hidden()


def test_what_follows_a_press_is_shown(phone: Page, site: ScriptedSite) -> None:
    def opens(uow: UnitOfWork, event: Event, person: Person) -> None:
        if isinstance(event, MessageReceived):
            long_answer(uow, event, person)
        else:
            uow.messages.put(Outgoing(conversation=event.conversation, text="Kaydınız açıldı: 2026-000001"))

    site.script = opens
    say(phone, "yazıcı çıktı vermiyor")
    bubbles(phone).last.get_by_role("button", name="Teknisyene ilet").click()
    expect(bubbles(phone).last).to_contain_text("Kaydınız açıldı")
    expect(bubbles(phone).last).to_be_in_viewport(ratio=1)


def test_who_reads_further_up_is_left_there_and_the_pill_covers_nothing(visit: Visit, site: ScriptedSite) -> None:
    for number in range(30):
        site.say(HERE, f"haber {number}", "Tamam")
    page = visit("/demo/ayse/")
    expect(bubbles(page)).to_have_count(30)
    page.locator(".log").evaluate("log => log.scrollTop = log.scrollHeight")
    page.locator(".log").evaluate("log => log.scrollTop = 400")
    site.say(HERE, "yepyeni", "Tamam")
    pill = page.get_by_role("button", name="Yeni mesaj")
    expect(pill).to_be_visible()
    log, there = page.locator(".log").bounding_box(), pill.bounding_box()
    assert log
    assert there
    assert log["y"] + log["height"] <= there["y"]
    assert page.locator(".log").evaluate("log => log.scrollTop") == 400
    pill.click()
    expect(bubbles(page).last).to_be_in_viewport(ratio=1)
    expect(pill).to_be_hidden()


@pytest.mark.parametrize("count", [3, 59, 140])
def test_new_messages_begin_where_reading_ended(
    visit: Visit, site: ScriptedSite, people: dict[str, Person], count: int
) -> None:
    for number in range(20):
        site.say(HERE, f"eski {number}")
    site.store.write(lambda uow: uow.timeline.mark_seen(HERE, people["ayse"].id, uow.timeline.last_seq(HERE)))
    for number in range(count):
        site.say(HERE, f"yeni {number}")
    page = visit("/demo/ayse/")
    line = page.get_by_text("Yeni mesajlar")
    expect(line).to_be_in_viewport()
    after = page.locator(".unread-line + .msg, .unread-line + .day + .msg")
    expect(after).to_contain_text("yeni 0")
    expect(after).to_be_in_viewport()


def test_what_came_while_one_was_elsewhere_is_marked_too(visit: Visit, site: ScriptedSite) -> None:
    site.say("web:r:donanim", "kart 0")
    page = visit("/demo/mehmet/?c=web:r:donanim")
    expect(bubbles(page)).to_have_count(1)
    page.locator(".place").first.click()
    for number in range(1, 30):
        site.say("web:r:donanim", f"kart {number}\n" * 3)
    expect(page.locator('.place[data-c="web:r:donanim"] .count')).to_have_text("29")
    page.locator('.place[data-c="web:r:donanim"]').click()
    expect(page.locator(".pane:not([hidden]) .unread-line + .msg")).to_contain_text("kart 1")
    expect(page.locator(".pane:not([hidden]) .unread-line + .msg")).to_be_in_viewport()


def test_an_edit_takes_no_badge_away(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/mehmet/")
    site.say("web:r:donanim", "kart", "Üstlen", slot="card:1")
    count = page.locator('.place[data-c="web:r:donanim"] .count')
    expect(count).to_have_text("1")
    site.say("web:r:donanim", "kart, üstlenildi", "Tamamladım", slot="card:1", rings=False)
    expect(page.locator('.place[data-c="web:r:donanim"] .preview')).to_have_text("kart, üstlenildi")
    expect(count).to_have_text("1")
    expect(count).to_be_visible()
    page.reload()
    expect(count).to_have_text("1")
    expect(box(page)).to_be_visible()
