"""The page in a real chromium: what a clerk and a technician do with it, and how it looks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from bot.web import WebSettings
from handlers.domain.people import Person
from handlers.events import MessageReceived
from handlers.messages import Outgoing
from handlers.ports import UnitOfWork
from tests.bot.web.audit import faint_text, scrolls_sideways, small_targets
from tests.bot.web.browser import DESKTOP, PHONE, chromium, picture_of
from tests.bot.web.house import START, House, settle_people
from tests.bot.web.scenes import clerks_morning, open_ticket, picture, units_morning
from tests.bot.web.serving import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SETTINGS = WebSettings(
    demo=True,
    institution="Örnek Belediyesi",
    subjects={"yazici-yazdirmiyor": "Yazıcı yazdırmıyor", "toner-kartus": "Toner ya da kartuş"},
    units={"donanim": "Donanım ve Teknik Destek", "yazilim": "Yazılım"},
    rights_every=0.2,
)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def people(house: House) -> dict[str, Person]:
    return settle_people(house)


@pytest.fixture
def served(house: House, people: dict[str, Person]) -> Iterator[Served]:
    with serving(house, SETTINGS) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR", timezone_id="Europe/Istanbul")
    context.set_default_timeout(10_000)
    context.clock.set_fixed_time(START)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, served: Served) -> Iterator[Visit]:
    """Opens a page of this server; at the end nothing may have gone wrong in any of them."""
    faults: list[str] = []

    def open_page(path: str, of: BrowserContext | None = None) -> Page:
        page = (of or context).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(served.url + path)
        return page

    yield open_page
    assert faults == []


def bubbles(page: Page) -> Locator:
    return page.locator(".pane:not([hidden]) .messages > .msg")


def box(page: Page) -> Locator:
    return page.locator("#text")


def say(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


# --- writing and pressing ---
def test_a_clerk_writes_presses_and_sees_it_change_in_place(visit: Visit, house: House) -> None:
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


def test_buttons_are_shut_while_a_press_is_under_way(visit: Visit, house: House) -> None:
    house.script = lambda *_: None
    house.slow = threading.Event()
    house.say("web:p:ayse", "Oldu mu?", "Evet", "Hayır")
    page = visit("/demo/ayse/")
    page.get_by_role("button", name="Evet").click()
    expect(page.get_by_role("button", name="Evet")).to_be_disabled()
    expect(page.get_by_role("button", name="Hayır")).to_be_disabled()
    house.slow.set()
    expect(page.get_by_role("button", name="Hayır")).to_be_enabled()


def test_enter_sends_and_shift_enter_begins_a_line(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    box(page).press_sequentially("bir")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("iki")
    box(page).press("Enter")
    expect(bubbles(page).nth(0).locator(".text")).to_have_text("biriki")
    (event,) = [event for event in house.accepted if isinstance(event, MessageReceived)]
    assert event.text == "bir\niki"


def test_a_guest_writes_at_once_and_hears_the_answer(browser: Browser, house: House) -> None:
    with serving(house, WebSettings()) as served:
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
        assert isinstance(event := house.accepted[-1], MessageReceived)
        assert event.text == "/katil ABCDE-FGH23"
        context.close()


def test_two_people_play_side_by_side_in_one_browser(visit: Visit, house: House) -> None:
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


# --- nothing is lost ---
def test_what_could_not_be_sent_waits_and_goes_later(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "kaybolma")
    expect(page.locator(".msg.failed")).to_contain_text("Bağlantı yok")
    page.unroute("**/messages")
    page.get_by_role("button", name="Şimdi gönder").click()
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: kaybolma")
    expect(page.locator(".msg.failed")).to_have_count(0)
    assert len(house.accepted) == 1


def test_an_answer_that_is_lost_makes_no_second_message(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    tries: list[str] = []

    def swallow(route: Route) -> None:
        """The desk stores it, but its answer never comes."""
        route.fetch()
        tries.append(route.request.url)
        route.abort()

    page.route("**/messages", swallow, times=1)
    say(page, "bir kez")
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: bir kez")
    say(page, "sonraki")
    expect(bubbles(page)).to_have_count(4)
    assert len(tries) == 1
    assert [event.text for event in house.accepted if isinstance(event, MessageReceived)] == ["bir kez", "sonraki"]


def test_unsent_words_outlive_a_reload(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "yolda kaldı")
    expect(page.locator(".msg.failed")).to_have_count(1)
    box(page).fill("yarım kalan")
    page.unroute("**/messages")
    page.reload()
    expect(box(page)).to_have_value("yarım kalan")
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: yolda kaldı")
    assert len(house.accepted) == 1


def test_a_refused_message_goes_back_into_the_box(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    page.route(
        "**/messages",
        lambda route: route.fulfill(status=400, json={"error": "Mesaj çok uzun; en çok 8000 harf olabilir."}),
    )
    say(page, "uzun uzun")
    expect(page.get_by_role("alert")).to_contain_text("Mesaj çok uzun")
    expect(box(page)).to_have_value("uzun uzun")
    expect(bubbles(page)).to_have_count(0)


def test_who_writes_too_fast_is_slowed_and_loses_nothing(browser: Browser, house: House, people: object) -> None:
    settings = WebSettings(demo=True, messages_a_minute=2)
    with serving(house, settings) as served:
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        for text in ("bir", "iki", "üç", "dört"):
            say(page, text)
        expect(page.locator(".msg.failed")).to_contain_text("Çok hızlı")
        expect(page.locator(".msg.pending")).to_have_count(2)
        house.clock.forward(minutes=1)
        page.get_by_role("button", name="Şimdi gönder").click()
        expect(page.locator(".msg.mine:not(.pending)")).to_have_count(4)
        page.close()
    assert [event.text for event in house.accepted if isinstance(event, MessageReceived)] == [
        "bir",
        "iki",
        "üç",
        "dört",
    ]


def test_the_line_heals_by_itself_and_brings_what_was_missed(browser: Browser, house: House, people: object) -> None:
    with serving(house, SETTINGS) as served:
        port = served.port
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        say(page, "merhaba")
        expect(bubbles(page)).to_have_count(2)
    house.say("web:p:ayse", "siz yokken oldu")
    with serving(house, SETTINGS, port):
        expect(page.get_by_text("siz yokken oldu").first).to_be_visible(timeout=20_000)
        expect(bubbles(page)).to_have_count(3)
        page.close()


def test_an_ended_session_is_said(visit: Visit, house: House, people: dict[str, Person]) -> None:
    page = visit("/demo/ayse/")
    say(page, "merhaba")
    expect(bubbles(page)).to_have_count(2)
    house.store.write(lambda uow: uow.sessions.end(people["ayse"].id, house.now()))
    expect(page.get_by_role("alert")).to_contain_text("Oturumunuz kapanmış")


def test_a_session_that_ended_while_the_line_was_down_is_said_too(
    browser: Browser, house: House, people: dict[str, Person]
) -> None:
    with serving(house, SETTINGS) as served:
        port = served.port
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        say(page, "merhaba")
        expect(bubbles(page)).to_have_count(2)
    house.store.write(lambda uow: uow.sessions.end(people["ayse"].id, house.now()))
    with serving(house, SETTINGS, port):
        expect(page.get_by_role("alert")).to_contain_text("Oturumunuz kapanmış", timeout=20_000)
        page.close()


def test_the_bell_asks_for_notifications_and_gives_them(visit: Visit, house: House, context: BrowserContext) -> None:
    context.add_init_script(
        """window.given = [];
        window.Notification = class { constructor(title, more) { window.given.push([title, more.body]); } };
        Notification.permission = "default";
        Notification.requestPermission = async () => (Notification.permission = "granted");
        document.hasFocus = () => false;"""
    )
    page = visit("/demo/ayse/")
    house.say("web:p:ayse", "henüz sessiz")
    expect(bubbles(page)).to_have_count(1)
    page.get_by_role("button", name="Bildirimleri aç").click()
    expect(page.get_by_role("button", name="Bildirimleri kapat")).to_have_attribute("aria-pressed", "true")
    page.locator(".log:visible").evaluate("log => Object.defineProperty(log, 'offsetParent', { value: null })")
    house.say("web:p:ayse", "kart değişti", rings=False)
    house.say("web:p:ayse", "Mehmet üstlendi")
    expect(bubbles(page)).to_have_count(3)
    assert page.evaluate("window.given") == [["Yardım Masası", "Mehmet üstlendi"]]


# --- files ---
def test_a_picture_is_chosen_seen_and_sent(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.locator("#picked")).to_contain_text("ekran.png")
    say(page, "ekranda bu var")
    image = bubbles(page).nth(0).locator("img")
    expect(image).to_have_js_property("naturalWidth", 480)
    expect(page.locator("#picked")).to_be_hidden()


def test_a_file_that_cannot_be_kept_is_refused_before_it_is_sent(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File([new Uint8Array(21 * 1024 * 1024)], "film.mp4"));
          held.items.add(new File(["MZ"], "kur.exe"));
          held.items.add(new File(["tamam"], "not.txt"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_role("alert")).to_contain_text("film.mp4” çok büyük; 20 MB altında olmalı")
    expect(page.get_by_role("alert")).to_contain_text("kur.exe” bir program")
    expect(page.locator("#picked li")).to_have_count(1)
    assert not [url for url in sent if url.endswith("/messages")]
    box(page).press("Enter")
    expect(bubbles(page).nth(0).locator(".file")).to_contain_text("not.txt")


def test_a_picture_is_pasted(visit: Visit) -> None:
    page = visit("/demo/ayse/")
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File([new Uint8Array([1, 2, 3])], "image.png", { type: "image/png" }));
          document.getElementById("text").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("#picked li")).to_have_count(1)
    page.get_by_label("image.png çıkar").click()
    expect(page.locator("#picked")).to_be_hidden()


# --- answering, searching, moving ---
def test_answering_a_message(visit: Visit, house: House) -> None:
    house.say("web:p:ayse", "Hangi odadasınız?")
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
    assert isinstance(event := house.accepted[-1], MessageReceived)
    assert event.reply_to is not None


def test_a_slash_shows_the_commands_of_the_role(visit: Visit, house: House) -> None:
    page = visit("/demo/ayse/")
    box(page).press_sequentially("/")
    expect(page.locator("#commands")).to_be_visible()
    expect(page.locator("#commands [data-command='/sira']")).to_have_count(0)
    box(page).press_sequentially("du")
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


def test_search_from_the_keyboard_and_back(visit: Visit, house: House) -> None:
    for text in ("disk %10 boş", "yazıcı bozuk", "internet yok"):
        house.say("web:p:ayse", text)
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


def test_conversations_are_changed_from_the_keyboard(visit: Visit, house: House) -> None:
    house.say("web:r:donanim", "kart")
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
    visit: Visit, house: House, people: dict[str, Person]
) -> None:
    known = open_ticket(house, people["ayse"], "yazici-yazdirmiyor", "yazıcı")
    silent = open_ticket(house, people["ayse"], "toner-kartus", "toner")
    house.say("web:p:ayse", "Üstlenildi", ticket=known.id)
    page = visit("/demo/ayse/")
    page.get_by_role("button", name=known.number).click()
    expect(bubbles(page).nth(0)).to_be_focused()
    page.get_by_role("button", name=silent.number).click()
    expect(bubbles(page).nth(1)).to_contain_text(f"/durum {silent.number}")


def many(house: House, count: int) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(count):
            uow.messages.put(Outgoing(conversation="web:p:ayse", text=f"haber {number:03}"))

    house.store.write(work)


def test_older_messages_come_when_one_scrolls_up_and_nothing_jumps(visit: Visit, house: House) -> None:
    many(house, 180)
    house.store.write(lambda uow: uow.timeline.mark_seen("web:p:ayse", uow.people.by_handle("ayse").id, 180))  # type: ignore[union-attr]
    page = visit("/demo/ayse/")
    expect(bubbles(page)).to_have_count(50)
    expect(bubbles(page).last).to_contain_text("haber 179")
    expect(bubbles(page).last).to_be_in_viewport()
    marked = page.get_by_text("haber 132", exact=True)
    marked.scroll_into_view_if_needed()
    expect(bubbles(page)).to_have_count(100)
    expect(marked).to_be_in_viewport()
    house.say("web:p:ayse", "yepyeni")
    expect(page.get_by_role("button", name="Yeni mesaj")).to_be_visible()
    expect(marked).to_be_in_viewport()
    page.get_by_role("button", name="Yeni mesaj").click()
    expect(bubbles(page).last).to_contain_text("yepyeni")
    expect(bubbles(page).last).to_be_in_viewport()


def test_the_end_stays_in_sight_while_messages_come_and_change(visit: Visit, house: House) -> None:
    many(house, 40)
    page = visit("/demo/ayse/")
    say(page, "yazıcı")
    expect(bubbles(page).last).to_contain_text("Duydum")
    expect(bubbles(page).last).to_be_in_viewport()
    page.get_by_role("button", name="Tamam").click()
    expect(bubbles(page).last).to_contain_text("Seçtiniz")
    for number in range(5):
        house.say("web:p:ayse", f"uzun haber {number}\n" * 12, "Tamam", slot="uzun" if number < 3 else None)
    expect(bubbles(page).last).to_contain_text("uzun haber 4")
    expect(bubbles(page).last.get_by_role("button", name="Tamam")).to_be_in_viewport()
    expect(page.locator(".pill")).to_be_hidden()


def seen_to_the_end(house: House, handle: str) -> bool:
    def look(uow: UnitOfWork) -> bool:
        person = uow.people.by_handle(handle)
        assert person is not None
        address = f"web:p:{handle}"
        return uow.timeline.seen(address, person.id) >= uow.timeline.last_seq(address)

    return house.store.read(look)


def test_what_is_new_is_marked_and_seen_once_it_was_looked_at(visit: Visit, house: House) -> None:
    many(house, 3)
    page = visit("/demo/ayse/")
    expect(page.get_by_text("Yeni mesajlar")).to_be_visible()
    expect(page).to_have_title("Yardım Masası")
    expect(page.locator(".place .badge")).to_be_hidden()
    while not seen_to_the_end(house, "ayse"):  # the badge goes at once, the desk hears of it a moment later
        page.evaluate("null")
    page.reload()
    expect(page.get_by_text("Yeni mesajlar")).to_have_count(0)


# --- themes, sizes, looks ---
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
    browser: Browser, served: Served, house: House, people: dict[str, Person], size: str, theme: str
) -> None:
    """Pictures to look at, and what can be measured: contrast, thumbs, nothing cut off."""
    clerks_morning(house, people)
    units_morning(house, people)
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
    browser: Browser, served: Served, house: House, people: dict[str, Person], size: str, theme: str
) -> None:
    """Answering, files, commands, an unsent message, a search, the code."""
    house.say("web:p:ayse", "Hangi odadasınız?")
    house.write_as(people["ayse"], "web:p:ayse", "312, tahakkuk servisi")
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
    browser: Browser, served: Served, house: House, people: dict[str, Person], width: int, height: int
) -> None:
    clerks_morning(house, people)
    house.say("web:p:ayse", "a" * 400, "Çok uzun yazılı bir düğme de sığmalı", "Tamam")
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


def test_the_phone_answers_with_a_swipe(browser: Browser, served: Served, house: House) -> None:
    house.say("web:p:ayse", "Hangi odadasınız?")
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="tr-TR")
    page = context.new_page()
    page.goto(served.url + "/demo/ayse/")
    place = bubbles(page).first.bounding_box()
    assert place
    y = place["y"] + place["height"] / 2
    touch = context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": 40, "y": y}]),
        ("touchMove", [{"x": 90, "y": y}]),
        ("touchMove", [{"x": 160, "y": y}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.locator("#replying")).to_contain_text("Hangi odadasınız?")
    context.close()
