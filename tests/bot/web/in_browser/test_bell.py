"""The bell: notifications and tones, for whoever asked for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from handlers.messages import ALARM, END
from tests.bot.web.in_browser.chat_page import Visit, bubbles
from tests.bot.web.scripted_site import ScriptedSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_bell_asks_for_notifications_and_gives_them(
    visit: Visit, site: ScriptedSite, context: BrowserContext
) -> None:
    context.add_init_script(
        """window.given = [];
        window.Notification = class { constructor(title, more) { window.given.push([title, more.body]); } };
        Notification.permission = "default";
        Notification.requestPermission = async () => (Notification.permission = "granted");
        document.hasFocus = () => false;"""
    )
    page = visit("/demo/ayse/")
    site.say("web:p:ayse", "henüz sessiz")
    expect(bubbles(page)).to_have_count(1)
    page.get_by_role("button", name="Bildirimleri aç").click()
    expect(page.get_by_role("button", name="Bildirimleri kapat")).to_have_attribute("aria-pressed", "true")
    page.locator(".log:visible").evaluate("log => Object.defineProperty(log, 'offsetParent', { value: null })")
    site.say("web:p:ayse", "kart değişti", rings=False)
    site.say("web:p:ayse", "Mehmet üstlendi")
    expect(bubbles(page)).to_have_count(3)
    assert page.evaluate("window.given") == [["Yardım Masası", "Mehmet üstlendi"]]


SILENT = """window.tones = [];
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  createOscillator() {
    const frequency = { set value(pitch) { window.tones.push(pitch); } };
    return { frequency, connect: (next) => next, start() {}, stop() {} };
  }
  createGain() {
    return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next) => next };
  }
};
delete window.Notification;
document.hasFocus = () => window.looking ?? false;"""


def test_the_bell_gives_a_tone_where_no_notification_is_to_be_had(
    visit: Visit, site: ScriptedSite, context: BrowserContext
) -> None:
    context.add_init_script(SILENT)
    page = visit("/demo/mehmet/")
    site.say("web:r:donanim", "sessiz")
    expect(page).to_have_title("(1) Yardım Masası")
    assert page.evaluate("window.tones") == []
    page.get_by_role("button", name="Bildirimleri aç").click()
    assert page.evaluate("window.tones") == [587]
    site.say("web:r:donanim", "kart")
    expect(page).to_have_title("(2) Yardım Masası")
    site.say("web:r:donanim", f"{ALARM}ACİL{END} kart")
    expect(page).to_have_title("(3) Yardım Masası")
    assert page.evaluate("window.tones") == [587, 587, 880, 880, 880]
    page.evaluate("window.looking = true")
    site.say("web:r:donanim", "yine")
    expect(page).to_have_title("(4) Yardım Masası")
    page.get_by_role("button", name="Bildirimleri kapat").click()
    assert page.evaluate("window.tones.length") == 5


SUSPENDED = """window.AudioContext = class extends window.AudioContext {
  state = window.touched ? "running" : "suspended";
  async resume() { this.state = window.touched ? "running" : "suspended"; }
};
localStorage.setItem("bell", "on");"""


@pytest.mark.parametrize("sounds", ["not before a touch", "never"])
def test_a_page_that_cannot_sound_goes_on_and_keeps_no_tone_for_later(
    visit: Visit, site: ScriptedSite, context: BrowserContext, sounds: str
) -> None:
    context.add_init_script(SILENT)
    context.add_init_script(SUSPENDED if sounds != "never" else "delete window.AudioContext; localStorage.bell = 'on';")
    context.add_init_script(
        """window.given = [];
        window.Notification = class { constructor(title, more) { window.given.push(more.body); } };
        Notification.permission = "granted";"""
    )
    page = visit("/demo/mehmet/")
    site.say("web:r:donanim", f"{ALARM}ACİL{END} kart")
    site.say("web:r:donanim", "bir daha")
    expect(page).to_have_title("(2) Yardım Masası")
    assert len(page.evaluate("window.given")) == 2
    page.evaluate("window.touched = true")
    page.locator("#title").click()
    assert page.evaluate("window.tones") == []
    site.say("web:r:donanim", "üçüncü")
    expect(page).to_have_title("(3) Yardım Masası")
    assert page.evaluate("window.tones") == ([] if sounds == "never" else [587])
