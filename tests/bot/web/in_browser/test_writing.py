"""A clerk and a technician write and press in a real chromium."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from bot.web import WebSettings
from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.events import ButtonPressed, MessageReceived
from handlers.messages import Button, Outgoing
from tests.bot.web.in_browser.chat_page import SETTINGS, Visit, box, bubbles, say
from tests.bot.web.scenes import joins, open_ticket
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_clerk_writes_presses_and_sees_it_change_in_place(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    expect(page.get_by_text("Merhaba, ne oldu?")).to_be_visible()
    page.get_by_role("button", name="EBYS'ye giremiyorum").click()
    expect(box(page)).to_have_value("EBYS'ye giremiyorum")
    box(page).press("Enter")
    expect(bubbles(page)).to_have_count(2)
    expect(bubbles(page).nth(0)).to_have_class(re.compile(r"\bmine\b"))
    expect(bubbles(page).nth(0).locator(".tick")).to_have_text("✓")
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: EBYS'ye giremiyorum")
    expect(box(page)).to_have_value("")
    page.get_by_role("button", name="Tamam").click()
    expect(bubbles(page).nth(1)).to_contain_text("Seçtiniz: Tamam")
    expect(bubbles(page).nth(1)).to_contain_text("güncellendi")
    expect(bubbles(page)).to_have_count(2)
    expect(page.get_by_role("button", name="Olmadı")).to_have_count(0)


def test_a_card_s_link_leaves_the_room_in_the_box_once(visit: Visit) -> None:
    page = visit("/demo/ayse/?oda=312")
    expect(box(page)).to_have_value("ODA 312: ")
    box(page).press_sequentially("yazıcı bozuk")
    box(page).press("Enter")
    expect(bubbles(page).nth(0)).to_contain_text("ODA 312: yazıcı bozuk")
    expect(box(page)).to_have_value("")


def test_buttons_are_shut_while_a_press_is_under_way(visit: Visit, site: ScriptedSite) -> None:
    site.script = lambda *_: None
    site.slow = threading.Event()
    site.say("web:p:ayse", "Oldu mu?", "Evet", "Hayır")
    page = visit("/demo/ayse/")
    page.get_by_role("button", name="Evet").click()
    expect(page.get_by_role("button", name="Evet")).to_be_disabled()
    expect(page.get_by_role("button", name="Hayır")).to_be_disabled()
    site.slow.set()
    expect(page.get_by_role("button", name="Hayır")).to_be_enabled()


def test_enter_sends_and_shift_enter_begins_a_line(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    box(page).press_sequentially("bir")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("iki")
    box(page).press("Enter")
    expect(bubbles(page).nth(0).locator(".text")).to_have_text("biriki")
    (event,) = [event for event in site.accepted if isinstance(event, MessageReceived)]
    assert event.text == "bir\niki"


def test_a_guest_writes_at_once_and_hears_the_answer(browser: Browser, site: ScriptedSite) -> None:
    with serving(site, WebSettings()) as served:
        context = browser.new_context(locale="tr-TR")
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("button", name="Kodum var")).to_be_visible()
        say(page, "yazıcı çıktı vermiyor")
        expect(bubbles(page)).to_have_count(2)
        say(page, "hâlâ bozuk")
        expect(bubbles(page)).to_have_count(4)
        page.reload()
        expect(bubbles(page)).to_have_count(4)
        page.get_by_role("button", name="Kodum var").click()
        page.get_by_label("Kod", exact=True).fill("ABCDE-FGH23")
        page.get_by_role("button", name="Katıl").click()
        expect(bubbles(page)).to_have_count(6)
        assert isinstance(event := site.accepted[-1], MessageReceived)
        assert event.text == "/katil ABCDE-FGH23"
        context.close()


def test_who_joins_by_their_first_message_sees_the_panel_at_once(
    browser: Browser, site: ScriptedSite, people: dict[str, Person]
) -> None:
    site.script = joins
    with serving(site, WebSettings(desk=shared_desk())) as served:
        context = browser.new_context(locale="tr-TR")
        page = context.new_page()
        page.goto(served.url)
        page.get_by_role("button", name="Kodum var").click()
        page.get_by_label("Kod", exact=True).fill("ABCDE-FGH23")
        page.get_by_role("button", name="Katıl").click()
        expect(page.get_by_role("link", name="Panel")).to_be_visible()
        expect(page.get_by_role("button", name="Kodum var")).to_have_count(0)
        context.close()


def test_two_people_play_side_by_side_in_one_browser(visit: Visit, site: ScriptedSite) -> None:
    mehmet, zeynep = visit("/demo/mehmet/?c=web:r:donanim"), visit("/demo/zeynep/")
    expect(zeynep.locator(".place .badge:visible")).to_have_count(0)
    say(mehmet, "ben 3. kattayım")
    expect(bubbles(mehmet)).to_have_count(2)
    expect(zeynep.locator('.place[data-c="web:r:donanim"] .count')).to_have_text("2")
    expect(zeynep).to_have_title("(2) Yardım Masası")
    zeynep.bring_to_front()
    zeynep.locator('.place[data-c="web:r:donanim"]').click()
    expect(bubbles(zeynep).nth(0)).to_contain_text("ben 3. kattayım")
    expect(bubbles(zeynep).nth(0).locator(".who")).to_have_text("Mehmet Kaya")
    expect(zeynep).to_have_title("Yardım Masası")


def test_a_card_s_menu_opens_for_who_pressed_it_alone(
    browser: Browser, site: ScriptedSite, people: dict[str, Person]
) -> None:
    ticket = open_ticket(site, people["ayse"], "toner-kartus", "toner bitti", State.OPEN)
    buttons = (Button("Üstlen", f"claim:{ticket.id}"), Button("Diğer", f"menu:{ticket.id}:more"))
    site.store.write(
        lambda uow: uow.messages.put(
            Outgoing(conversation="web:r:donanim", text="kart", buttons=buttons, slot="card:1", kind="card")
        )
    )
    with serving(site, replace(SETTINGS, desk=shared_desk())) as served:
        context = browser.new_context(locale="tr-TR")
        mehmet, zeynep = context.new_page(), context.new_page()
        for page, handle in ((mehmet, "mehmet"), (zeynep, "zeynep")):
            page.goto(f"{served.url}/demo/{handle}/?c=web:r:donanim")
        mehmet.bring_to_front()
        mehmet.get_by_role("button", name="Diğer").click()
        menu = mehmet.get_by_role("group", name="Yanıtlar")
        expect(menu.get_by_role("button", name="Kontrol listesi")).to_be_visible()
        expect(menu.get_by_role("button", name="Üstlen")).to_have_count(0)
        expect(menu.locator(".primary")).to_have_count(0)
        menu.get_by_role("button", name="Önceliği değiştir").click()
        expect(menu.get_by_role("button", name="Yüksek")).to_be_visible()
        expect(menu.get_by_role("button").first).to_be_focused()
        menu.get_by_role("button", name="‹ Geri").click()
        expect(menu.get_by_role("button", name="Üstlen")).to_be_visible()
        expect(zeynep.get_by_role("button", name="Üstlen")).to_be_visible()
        expect(zeynep.get_by_role("button", name="Kontrol listesi")).to_have_count(0)
        assert site.accepted == []
        mehmet.get_by_role("button", name="Diğer").click()
        menu.get_by_role("button", name="Kontrol listesi").click()
        expect(menu.get_by_role("button", name="Üstlen")).to_be_visible()
        assert isinstance(site.accepted[-1], ButtonPressed)
        context.close()


def test_what_is_too_long_is_told_and_not_cut(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    box(page).fill("a" * 7_900)
    expect(page.locator("#count")).to_have_text("7.900 / 8.000 harf")
    box(page).fill("a" * 9_120)
    expect(page.locator("#count")).to_contain_text("Mesaj 9.120 harf; en çok 8.000 gönderilebilir. 1.120 harf kısaltın")
    box(page).press("Enter")
    assert len(box(page).input_value()) == 9_120
    assert site.accepted == []
    box(page).fill("kısa")
    expect(page.locator("#count")).to_be_hidden()
    box(page).press("Enter")
    expect(bubbles(page).first).to_contain_text("kısa")
