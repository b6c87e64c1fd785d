"""The page of one ticket in a real browser: without a script, in both themes and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Route, expect

from handlers.context import Acting
from handlers.domain.checklists import Checklist
from handlers.domain.people import Person
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.events import ChangeAsked
from handlers.tickets import checklists, correspondence, work
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import DESKTOP, picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.panel.test_ticket_page import NUMBER, Desk, behind
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Served, serving
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def desk(site: ScriptedSite, people: dict[str, Person]) -> Desk:
    made = behind(site, people)
    made.does("mehmet", correspondence.add_note, "drum değişecek")
    made.site.clock.forward(hours=1)
    return made


@pytest.fixture
def panel(desk: Desk) -> Iterator[Served]:
    with serving(desk.site, replace(SETTINGS, desk=shared_desk())) as served:
        yield served


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_axe_finds_nothing(browser: Browser, desk: Desk, panel: Served, width: int, theme: str) -> None:
    with window(browser, width, theme) as context:
        page = context.new_page()
        page.goto(f"{panel.url}/demo/mehmet/")
        page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{NUMBER}")
        for action in page.locator("details.action summary").all():
            action.click()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture_of(page, f"ticket-{width}-{theme}")
        desk.does("fatma", work.prioritise, Priority.HIGH)
        page.get_by_role("button", name="Üstlen").click()
        expect(page.get_by_role("alert")).to_contain_text("Siz bakarken Fatma Şahin önceliği Yüksek yaptı.")
        assert faults(page) == []


def test_what_somebody_else_does_is_said_and_what_is_typed_stays(browser: Browser, desk: Desk, panel: Served) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR")
    page = context.new_page()
    page.goto(f"{panel.url}/demo/mehmet/")
    with page.expect_request("**/panel/akis?**"):
        page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{NUMBER}")
    page.get_by_label("Yaz", exact=True).fill("yarım kal")
    expect(page.locator("#changed")).to_be_hidden()
    desk.does("fatma", work.prioritise, Priority.HIGH)
    expect(page.locator("#changed")).to_contain_text("Bu kayıt siz bakarken değişti.")
    expect(page.get_by_label("Yaz", exact=True)).to_have_value("yarım kal")
    context.close()


def test_no_press_is_lost_before_the_scripts_are_there_nor_while_a_page_goes(
    browser: Browser, desk: Desk, panel: Served
) -> None:
    desk.open("toner bitti", "toner-kartus")
    following = "2026-000003"
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR")
    page, held = context.new_page(), list[Route]()
    box = page.get_by_label("Yaz", exact=True)
    page.goto(f"{panel.url}/demo/mehmet/")
    context.route("**/panel-keys.js", lambda route: held.append(route))
    page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{NUMBER}", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for letter in "ndrum":
        page.keyboard.press(letter)
    expect(box).to_have_value("")
    held.pop().continue_()
    context.unroute("**/panel-keys.js")
    expect(box).to_be_focused()
    expect(box).to_have_value("drum")
    box.fill("")
    page.goto(f"{panel.url}/demo/mehmet/")
    context.route("**/panel-keys.js", lambda route: held.append(route))
    page.goto(f"{panel.url}/demo/fatma/panel/kayit/{NUMBER}", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for letter in "az":  # whom to give it, and no Geri al
        page.keyboard.press(letter)
    held.pop().continue_()
    context.unroute("**/panel-keys.js")
    expect(page.locator("#is-assign select")).to_be_focused()
    assert page.locator("#is-assign select").evaluate("it => it.selectedOptions[0].text").startswith("Zeynep")
    page.goto(f"{panel.url}/demo/mehmet/panel/kayitlar?sirala=eski")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    context.route(f"**/panel/kayit/{following}*", lambda route: held.append(route))
    with page.expect_request(f"**/panel/kayit/{following}*"):
        page.keyboard.press("j")
    page.keyboard.press("n")
    held.pop().continue_()
    page.wait_for_url(f"**/panel/kayit/{following}*")
    expect(page.get_by_label("Yaz", exact=True)).to_be_focused()
    context.unroute(f"**/panel/kayit/{following}*")
    kept = "[{key: 'ü', code: '', at: Date.now() + 60000}, {key: 'ü', code: '', repeat: true, at: Date.now() + 60000}]"
    page.evaluate(f"sessionStorage.setItem('panel-typed', JSON.stringify({kept}))")
    page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{NUMBER}")
    taken = page.get_by_role("button", name="Üstlen", exact=True)
    expect(taken).to_be_focused()
    expect(page.get_by_text("Üstlen: yapmak için Enter’a basın.")).to_be_visible()
    assert desk.ticket().holder is None, "what changes something waits for who has seen the page"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Üstlendiniz")).to_be_visible()
    context.close()


def moving(acting: Acting, ticket: Ticket) -> Checklist:
    return next(one for one in checklists.of_unit(acting, ticket.unit) if any(item.required for item in one.items))


def test_keys_press_the_buttons_and_two_see_each_other(browser: Browser, desk: Desk, panel: Served) -> None:
    desk.open("toner bitti", "toner-kartus")
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR")
    mine, theirs = context.new_page(), context.new_page()
    theirs.goto(f"{panel.url}/demo/fatma/")
    mine.goto(f"{panel.url}/demo/mehmet/")
    mine.goto(f"{panel.url}/demo/mehmet/panel/kayitlar?sirala=eski")
    mine.keyboard.press("j")
    mine.keyboard.press("Enter")
    expect(mine.locator("#following")).to_contain_text("Sonraki kayıt")
    theirs.goto(f"{panel.url}/demo/fatma/panel/kayit/{NUMBER}")
    expect(mine.locator("#watching")).to_have_text("Fatma Şahin de bu kayda bakıyor.")
    expect(theirs.locator("#watching")).to_have_text("Mehmet Kaya da bu kayda bakıyor.")
    theirs.close()
    expect(mine.locator("#watching")).to_be_hidden()
    mine.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ü', bubbles: true}))")
    expect(mine.get_by_role("status").filter(has_text="Üstlendiniz")).to_be_visible()
    expect(mine.locator("#following")).to_be_focused()
    mine.locator(".more > summary").click()
    mine.locator("#is-cancel > summary").click()
    expect(mine.locator("#is-cancel textarea")).to_be_focused()  # and no button that a space would press
    mine.keyboard.press("Escape")
    mine.get_by_label("Yaz", exact=True).fill("drum yok, ")
    mine.locator("h1").click()
    mine.keyboard.press("n")
    expect(mine.locator("#write .lit")).to_have_text("🔒 İç not ekle")
    mine.keyboard.press("End")
    mine.keyboard.type("t harfi yazılır")
    mine.locator("#following").click()
    mine.go_back()
    expect(mine.get_by_label("Yaz", exact=True)).to_have_value("drum yok, t harfi yazılır")
    expect(mine.locator("#unsent")).to_contain_text("henüz gönderilmedi")
    mine.keyboard.press("Escape")
    mine.get_by_label("Yaz", exact=True).focus()
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_role("status").filter(has_text="bildiren görmez")).to_be_visible()
    expect(mine.locator("#write .lit")).to_be_visible()  # by then the page hears its keys
    mine.keyboard.press("b")
    expect(mine).to_have_url(re.compile("/kayit/"))
    expect(mine.locator("#is-wait")).to_have_attribute("open", "")
    mine.keyboard.press("Escape")
    expect(mine.locator("#is-wait")).not_to_have_attribute("open", "")
    desk.does("mehmet", lambda acting, ticket: checklists.hang_by_hand(acting, ticket, moving(acting, ticket)))
    mine.reload()
    mine.keyboard.press("t")
    mine.locator(".pick").first.click()
    typed = mine.locator("#is-resolve textarea").input_value()
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_role("alert")).to_contain_text("zorunlu satır açık")
    mine.keyboard.press("Escape")
    while required := mine.locator(".check.required").count():
        mine.keyboard.press("l")
        mine.keyboard.press("Enter")
        expect(mine.locator(".check.required")).to_have_count(required - 1)
    mine.keyboard.press("t")
    expect(mine.locator("#is-resolve textarea")).to_have_value(typed)
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_role("status").filter(has_text="Tamamlandı")).to_be_visible()
    mine.keyboard.press("u")
    expect(mine.locator("h1")).to_contain_text("Süzülen kayıtlar")
    context.close()
    assert desk.ticket().state is State.RESOLVED


def test_who_reads_it_as_its_reporter_hears_of_changes_and_of_nothing_else(
    browser: Browser, desk: Desk, panel: Served
) -> None:
    desk.open("EBYS'ye giremiyorum", "ebys-giris", by="mehmet")
    theirs = "2026-000003"
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR")
    page = context.new_page()
    page.goto(f"{panel.url}/demo/mehmet/")
    with page.expect_response("**/panel/akis?**"):
        page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{theirs}")
    expect(page.locator("#changed")).to_be_hidden()
    desk.does("ali", work.claim, number=theirs)
    expect(page.locator("#changed")).to_contain_text("Bu kayıt siz bakarken değişti.")
    context.close()


def test_without_a_script_it_is_worked_with_the_keyboard(browser: Browser, desk: Desk, panel: Served) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{panel.url}/demo/mehmet/")
    page.goto(f"{panel.url}/demo/mehmet/panel/kayit/{NUMBER}")
    page.get_by_role("button", name="Üstlen").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Üstlendiniz")
    page.get_by_label("Yaz", exact=True).fill("drum depoda")
    page.get_by_role("button", name="İç not ekle").dblclick()
    expect(page.get_by_text("bildiren görmez").first).to_be_visible()
    page.get_by_label("Yaz", exact=True).fill("henüz yarım")
    expect(page.get_by_label("Ne yapıldı?")).to_be_hidden()
    page.get_by_role("button", name="Tamamladım").press("Enter")
    page.get_by_label("Ne yapıldı?").fill("drum değişti")
    page.get_by_role("button", name="Tamamladım").last.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tamamlandı")
    expect(page.get_by_label("Yaz", exact=True)).to_have_value("henüz yarım")
    context.close()
    assert desk.ticket().state is State.RESOLVED
    assert desk.words().count(("note", "drum depoda")) == 1
    assert all(isinstance(one, ChangeAsked) for one in desk.site.accepted)
