"""How the page looks: themes, sizes, zoom; a picture of each is kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from handlers.domain.people import Person
from tests.bot.web.audit import faint_text, scrolls_sideways, small_targets
from tests.bot.web.browser import DESKTOP, PHONE, picture_of
from tests.bot.web.in_browser.chat_page import Visit, box, bubbles, say
from tests.bot.web.scenes import clerks_morning, picture, units_morning
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_theme_is_chosen_and_remembered(visit: Visit) -> None:
    page = visit("/demo/ayse/")
    page.get_by_label("Menü").click()
    page.get_by_role("button", name="Görünüm: sistem").click()
    page.get_by_role("button", name="Görünüm: açık").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 20)"


SCENES = {
    "picker": "/",
    "clerk": "/demo/ayse/",
    "room": "/demo/mehmet/?c=web:r:donanim",
    "empty": "/demo/hasan/",
    "sessions": "/demo/ayse/sessions",
    "missing": "/demo/ayse/?c=web:p:hasan",
}

SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    browser: Browser, served: Served, site: ScriptedSite, people: dict[str, Person], size: str, theme: str
) -> None:
    """Pictures to look at, and what can be measured: contrast, thumbs, nothing cut off."""
    clerks_morning(site, people)
    units_morning(site, people)
    phone = size == "phone"
    context = browser.new_context(
        viewport=SIZES[size],
        color_scheme=theme,
        locale="tr-TR",
        timezone_id="Europe/Istanbul",
        has_touch=phone,
        is_mobile=phone,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")  # signs in, for the pages behind it
    for name, path in SCENES.items():
        page.goto(served.url + path)
        page.wait_for_load_state("load")
        picture_of(page, f"{name}-{size}-{theme}")
        assert faint_text(page) == [], name
        assert small_targets(page) == [], name
        assert not scrolls_sideways(page), name
    page.goto(served.url + "/demo/ayse/")
    page.get_by_text("2026-000001: Mehmet K.").last.scroll_into_view_if_needed()
    picture_of(page, f"clerk-end-{size}-{theme}")
    if phone:
        page.get_by_label("Sohbet listesi").click()
        picture_of(page, f"list-{size}-{theme}")
        assert faint_text(page) == []
        assert small_targets(page) == []
    else:
        page.get_by_label("Menü").click()
        picture_of(page, f"menu-{size}-{theme}")
        assert faint_text(page) == []
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks_at_work(
    browser: Browser, served: Served, site: ScriptedSite, people: dict[str, Person], size: str, theme: str
) -> None:
    """Answering, files, commands, an unsent message, a search, the code."""
    site.say("web:p:ayse", "Hangi odadasınız?")
    site.write_as(people["ayse"], "web:p:ayse", "312, tahakkuk servisi")
    page = browser.new_page(
        viewport=SIZES[size],
        color_scheme=theme,
        locale="tr-TR",
        timezone_id="Europe/Istanbul",
        reduced_motion="reduce",
        has_touch=size == "phone",
    )
    page.goto(served.url + "/demo/ayse/")

    def look(name: str) -> None:
        picture_of(page, f"{name}-{size}-{theme}")
        assert faint_text(page) == [], name
        assert small_targets(page) == [], name
        assert not scrolls_sideways(page), name

    page.route("**/messages", lambda route: route.abort())
    say(page, "kablo da gevşek görünüyor")
    expect(page.locator(".msg.failed")).to_have_count(1)
    bubbles(page).first.focus()
    page.keyboard.press("r")
    page.locator("#files").set_input_files(
        [
            {"name": "ekran görüntüsü çok uzun adlı.png", "mimeType": "image/png", "buffer": picture(60, 40)},
            {"name": "liste.xlsx", "mimeType": "application/octet-stream", "buffer": b"x"},
        ]
    )
    look("writing")
    box(page).press_sequentially("/")
    look("commands")
    box(page).fill("")
    page.locator("#search").focus()
    page.keyboard.type("oda")
    expect(page.locator("#found")).to_contain_text("1 mesaj bulundu")
    assert page.locator("#found").bounding_box() == page.locator("#panes").bounding_box()
    look("search")
    page.close()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (640, 400)])
def test_narrow_windows_and_zoom_of_200_percent(
    browser: Browser, served: Served, site: ScriptedSite, people: dict[str, Person], width: int, height: int
) -> None:
    clerks_morning(site, people)
    site.say("web:p:ayse", "a" * 400, "Çok uzun yazılı bir düğme de sığmalı", "Tamam")
    page = browser.new_page(viewport={"width": width, "height": height}, locale="tr-TR")
    page.goto(served.url + "/demo/ayse/")
    expect(box(page)).to_be_in_viewport(ratio=1)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    picture_of(page, f"narrow-{width}")
    page.get_by_label("Sohbet listesi").click()
    expect(page.get_by_role("heading", name="Kayıtlarım")).to_be_visible()
    assert not scrolls_sideways(page)
    page.locator(".place").first.click()
    expect(box(page)).to_be_in_viewport(ratio=1)
    page.close()


@pytest.mark.parametrize(("width", "height", "touch"), [(320, 256, False), (640, 220, True)])
def test_zoom_of_400_percent_and_a_phone_on_its_side_with_its_keyboard(
    browser: Browser,
    served: Served,
    site: ScriptedSite,
    people: dict[str, Person],
    width: int,
    height: int,
    touch: bool,
) -> None:
    clerks_morning(site, people)
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="tr-TR", has_touch=touch, is_mobile=touch
    )
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")
    box(page).focus()
    expect(box(page)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Gönder", exact=True)).to_be_in_viewport(ratio=1)
    log = page.locator(".log").bounding_box()
    assert log
    assert log["height"] >= 80
    assert not scrolls_sideways(page)
    picture_of(page, f"short-{width}")
    context.close()


def test_paper_shows_the_whole_talk_and_nothing_to_press(
    visit: Visit, site: ScriptedSite, people: dict[str, Person]
) -> None:
    clerks_morning(site, people)
    page = visit("/demo/ayse/")
    page.emulate_media(media="print")
    for hidden in (".side", ".composer", ".buttons", ".reply"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator(".log").evaluate("log => log.scrollHeight - log.clientHeight") == 0
    assert page.evaluate("document.documentElement.scrollHeight") > 800
    expect(bubbles(page).first).to_be_visible()


def test_forced_colours_keep_what_a_colour_said(
    browser: Browser, served: Served, site: ScriptedSite, people: dict[str, Person]
) -> None:
    clerks_morning(site, people)
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR", forced_colors="active")
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")
    width = "e => getComputedStyle(e).borderTopWidth"
    assert page.locator(".button.primary").first.evaluate(width) == "3px"
    assert page.locator(".place[aria-current]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    picture_of(page, "forced-colours")
    context.close()


def test_the_phone_answers_with_a_swipe(browser: Browser, served: Served, site: ScriptedSite) -> None:
    site.say("web:p:ayse", "Hangi odadasınız?")
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="tr-TR")
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")
    touch = context.new_cdp_session(page)

    def swipe() -> bool:
        place = bubbles(page).first.bounding_box()
        assert place
        y = place["y"] + place["height"] / 2
        for kind, points in (
            ("touchStart", [{"x": 40, "y": y}]),
            ("touchMove", [{"x": 90, "y": y}]),
            ("touchMove", [{"x": 160, "y": y}]),
            ("touchEnd", []),
        ):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        return page.locator("#replying").count() > 0

    assert any(swipe() for _ in range(20)), "a browser that is busy may take the first for the beginning of a scroll"
    expect(page.locator("#replying")).to_contain_text("Hangi odadasınız?")
    context.close()
