"""On a phone: back leads to the list, and a message is answered without a mouse or a swipe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.web.browser import PHONE
from tests.bot.web.in_browser.chat_page import box, bubbles
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def phone(browser: Browser, served: Served, site: ScriptedSite) -> Iterator[Page]:
    site.say("web:p:mehmet", "Hangi odadasınız?")
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="tr-TR")
    page = context.new_page()
    page.goto(served.url + "/durum")
    page.goto(served.url + "/demo/mehmet/")
    yield page
    context.close()


def test_back_leads_to_the_list_and_only_then_away(phone: Page) -> None:
    expect(box(phone)).to_be_visible()
    phone.get_by_text("Hangi odadasınız?").last.tap()
    phone.go_back()
    expect(phone.locator(".places")).to_be_visible()
    expect(box(phone)).to_be_hidden()
    phone.locator('.place[data-c="web:r:donanim"]').tap()
    expect(phone.locator("#title")).to_have_text("Donanım ve Teknik Destek")
    phone.get_by_label("Sohbet listesi").tap()
    expect(phone.locator(".places")).to_be_visible()
    phone.reload()
    expect(phone.locator(".places")).to_be_visible()
    phone.locator(".place").first.tap()
    expect(box(phone)).to_be_visible()
    expect(phone.locator("#title")).to_have_text("Yardım Masası")


def test_a_message_is_answered_by_a_control_that_stands_there(phone: Page) -> None:
    reply = phone.get_by_role("button", name="Bu mesajı yanıtla")
    expect(reply).to_be_visible()
    assert reply.evaluate("e => getComputedStyle(e).opacity") == "1"
    bubble, control = bubbles(phone).first.locator(".bubble").bounding_box(), reply.bounding_box()
    assert bubble
    assert control
    assert bubble["x"] + bubble["width"] <= control["x"] + 1
    reply.tap()
    expect(phone.locator("#replying")).to_contain_text("Hangi odadasınız?")
