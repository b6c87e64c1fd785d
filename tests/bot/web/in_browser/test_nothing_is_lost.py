"""Lines that break, answers that are lost, sessions that end: what the page does of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from bot.web import WebSettings
from handlers.domain.people import Person
from handlers.events import MessageReceived
from tests.bot.web.in_browser.chat_page import SETTINGS, Visit, box, bubbles, say
from tests.bot.web.scenes import picture
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_what_could_not_be_sent_waits_and_goes_later(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "kaybolma")
    expect(page.locator(".msg.failed")).to_contain_text("Bağlantı yok")
    page.get_by_role("button", name="Şimdi gönder").click()  # in vain; once there is a line it goes by itself
    page.unroute("**/messages")
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: kaybolma")
    expect(page.locator(".msg.failed")).to_have_count(0)
    assert len(site.accepted) == 1


def test_an_answer_that_is_lost_makes_no_second_message(visit: Visit, site: ScriptedSite) -> None:
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
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == ["bir kez", "sonraki"]


def test_unsent_words_outlive_a_reload(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "yolda kaldı")
    expect(page.locator(".msg.failed")).to_have_count(1)
    box(page).fill("yarım kalan")
    page.unroute("**/messages")
    page.reload()
    expect(box(page)).to_have_value("yarım kalan")
    expect(bubbles(page).nth(1)).to_contain_text("Duydum: yolda kaldı")
    assert len(site.accepted) == 1


def test_what_waits_outlives_a_closed_tab_with_its_photo(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
    say(page, "ekranda bu var")
    say(page, "oda 312")
    expect(page.locator(".msg.pending[data-kept]")).to_have_count(2)
    page.close()
    again = visit("/demo/ayse/")
    expect(bubbles(again).last).to_contain_text("Duydum: oda 312")
    expect(bubbles(again).first.locator("img")).to_have_js_property("naturalWidth", 480)
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == [
        "ekranda bu var",
        "oda 312",
    ]
    again.reload()
    expect(bubbles(again)).to_have_count(4)
    expect(again.locator(".msg.pending")).to_have_count(0)
    assert len(site.accepted) == 2


def test_what_waits_is_nobody_elses(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "benim")
    expect(page.locator(".msg.pending[data-kept]")).to_have_count(1)
    page.close()
    other = visit("/demo/hasan/")
    say(other, "başka")
    expect(bubbles(other)).to_have_count(2)
    assert len(site.accepted) == 1
    page = visit("/demo/ayse/")
    expect(bubbles(page).last).to_contain_text("Duydum: benim")


KEPT = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("masa", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "key" });
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result.map((row) => row.text)); };
  };
})"""


def test_of_who_has_no_name_yet_nothing_is_kept_for_the_next(
    browser: Browser, site: ScriptedSite, people: object
) -> None:
    with serving(site, WebSettings()) as served, browser.new_context(locale="tr-TR") as shared:
        page = shared.new_page()
        page.goto(served.url + "/")
        page.route("**/messages", lambda route: route.abort())
        page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
        say(page, "şifrem unutuldu")
        expect(page.locator(".msg.failed")).to_contain_text("bu sayfayı kapatmayın")
        with page.expect_event("dialog") as asked:
            page.close(run_before_unload=True)
        with page.expect_event("close"):
            asked.value.accept()
        other = shared.new_page()
        other.goto(served.url + "/")
        say(other, "merhaba")
        expect(bubbles(other).last).to_contain_text("Duydum: merhaba")
        assert other.evaluate(KEPT) == []
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == ["merhaba"]


def test_what_an_earlier_version_kept_of_nobody_goes(browser: Browser, site: ScriptedSite, people: object) -> None:
    with serving(site, WebSettings()) as served, browser.new_context(locale="tr-TR") as shared:
        page = shared.new_page()
        page.route("**/static/**/main.js", lambda route: route.abort())
        page.goto(served.url + "/")
        page.evaluate(KEPT)
        page.evaluate(
            """() => new Promise((resolve) => {
              indexedDB.open("masa", 1).onsuccess = (opened) => {
                const writing = opened.target.result.transaction("outbox", "readwrite");
                writing.objectStore("outbox").put(
                  { key: "8d2a6a52-7c0e-4a63-9b62-0d3f7c1f9a11", conversation: "", text: "başkasının",
                    files: [], at: Date.now(), turn: 1, owner: "|" });
                writing.oncomplete = () => { opened.target.result.close(); resolve(); };
              };
            })"""
        )
        assert page.evaluate(KEPT) == ["başkasının"]
        page.unroute("**/static/**/main.js")
        page.goto(served.url + "/")
        say(page, "merhaba")
        expect(bubbles(page).last).to_contain_text("Duydum: merhaba")
        assert page.evaluate(KEPT) == []
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == ["merhaba"]


def test_signing_out_leaves_nothing_behind(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    say(page, "benim")
    expect(page.locator(".msg.pending[data-kept]")).to_have_count(1)
    page.get_by_label("Menü").click()
    page.get_by_role("button", name="Oturumu kapat").click()
    page.wait_for_url(lambda url: not url.endswith("/demo/ayse/"))
    page.unroute("**/messages")
    page = visit("/demo/ayse/")
    expect(page.locator(".msg")).to_have_count(0)
    assert site.accepted == []


@pytest.mark.parametrize("case", ["kept nowhere", "files not sent"])
def test_a_page_that_would_lose_something_asks_first(visit: Visit, context: BrowserContext, case: str) -> None:
    if case == "kept nowhere":
        context.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private window'); }")
    page = visit("/demo/ayse/")
    page.route("**/messages", lambda route: route.abort())
    if case == "kept nowhere":
        say(page, "yolda kaldı")
        expect(page.locator(".msg.failed")).to_have_count(1)
    else:
        box(page).click()
        page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
        expect(page.locator("#picked li")).to_have_count(1)
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(box(page)).to_be_visible()


def test_a_refused_message_goes_back_into_the_box(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.route(
        "**/messages",
        lambda route: route.fulfill(status=400, json={"error": "Mesaj çok uzun; en çok 8000 harf olabilir."}),
    )
    say(page, "uzun uzun")
    expect(page.get_by_role("alert")).to_contain_text("Mesaj çok uzun")
    expect(box(page)).to_have_value("uzun uzun")
    expect(bubbles(page)).to_have_count(0)


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_what_is_refused_while_another_conversation_is_open_waits_in_its_own(visit: Visit, status: int) -> None:
    page = visit("/demo/mehmet/?c=web:r:donanim")
    refused: list[Route] = []
    page.route("**/messages", lambda route: refused.append(route))
    page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
    with page.expect_request("**/messages"):
        say(page, "odaya yazdım")
    expect(page.locator(".msg.pending[data-kept]")).to_have_count(1)
    box(page).fill("sonrası")
    page.locator('.place[data-c="web:p:mehmet"]').click()
    expect(box(page)).to_have_value("")
    refused.pop().fulfill(status=status, json={"error": "Olmadı."})
    expect(page.get_by_role("alert")).to_contain_text("Olmadı. Yazdığınız, “")
    expect(page.get_by_role("alert")).to_contain_text("mesaj kutusunda duruyor (ekran.png)")
    expect(box(page)).to_have_value("")
    page.locator('.place[data-c="web:r:donanim"]').click()
    expect(box(page)).to_have_value("odaya yazdım\nsonrası")
    expect(page.locator("#picked li")).to_contain_text("ekran.png")
    expect(page.get_by_role("alert")).to_have_text("Olmadı.")
    expect(page.locator(".msg.pending")).to_have_count(0)


def test_what_the_desk_cannot_take_holds_up_its_own_conversation_alone(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/mehmet/?c=web:r:donanim")

    def fail_in_the_room(route: Route) -> None:
        if b"web:r:donanim" in (route.request.post_data_buffer or b""):
            route.fulfill(status=500)
        else:
            route.continue_()

    page.route("**/messages", fail_in_the_room)
    say(page, "olmayan")
    say(page, "ondan sonraki")
    page.locator('.place[data-c="web:p:mehmet"]').click()
    say(page, "olan")
    expect(bubbles(page).last).to_contain_text("Duydum: olan", timeout=20_000)
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == ["olan"]
    page.locator('.place[data-c="web:r:donanim"]').click()
    expect(page.locator(".pane:not([hidden]) .msg.pending .text")).to_have_text(["olmayan", "ondan sonraki"])
    page.unroute("**/messages")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".msg.pending")).to_have_count(0)
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == [
        "olan",
        "olmayan",
        "ondan sonraki",
    ]


def test_what_is_written_while_a_conversation_is_on_its_way_goes_there(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/mehmet/?c=web:r:donanim")
    on_their_way: list[Route] = []
    page.route("**/talk?*", lambda route: on_their_way.append(route))  # playwright marks what it is given
    with page.expect_request("**/talk?*"):
        page.locator('.place[data-c="web:p:mehmet"]').click()
    with page.expect_response("**/messages"):
        say(page, "parolamı unuttum")
    on_their_way[0].continue_()
    expect(bubbles(page).last).to_contain_text("Duydum: parolamı unuttum")
    (told,) = [event for event in site.accepted if isinstance(event, MessageReceived)]
    assert (told.text, told.in_room) == ("parolamı unuttum", False)


def test_a_conversation_that_does_not_come_leaves_one_where_one_was(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/mehmet/?c=web:r:donanim")
    page.route("**/talk?*", lambda route: route.fulfill(status=503, json={"error": "Şu an açılamıyor."}))
    page.locator('.place[data-c="web:p:mehmet"]').click()
    expect(page.get_by_role("alert")).to_contain_text("Şu an açılamıyor.")
    with page.expect_response("**/messages"):
        say(page, "odaya yazdım")
    (told,) = [event for event in site.accepted if isinstance(event, MessageReceived)]
    assert told.in_room


def test_what_was_written_where_one_may_not_be_any_more_comes_along(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/mehmet/?c=web:r:donanim")
    page.route("**/messages", lambda route: route.fulfill(status=404, json={"error": "Bulunamadı."}))
    say(page, "odaya yazdım")
    expect(page.get_by_role("alert")).to_contain_text("Bulunamadı.")
    page.evaluate(
        """async () => {
          const real = window.fetch;
          window.fetch = async (...asked) => {
            const answer = await real(...asked);
            if (!String(asked[0]).includes("/side?")) return answer;
            const side = document.createElement("div");
            side.innerHTML = await answer.text();
            side.querySelector('.place[data-c="web:r:donanim"]')?.remove();
            return new Response(side.innerHTML);
          };
        }"""
    )
    site.say("web:p:mehmet", "yeni")
    expect(page.get_by_role("alert")).to_contain_text("artık size açık değil; orada yazdığınız bu kutuda duruyor")
    expect(box(page)).to_have_value("odaya yazdım")


def test_what_a_guest_types_while_the_first_message_is_sent_stays(
    browser: Browser, site: ScriptedSite, people: object
) -> None:
    with serving(site, WebSettings()) as served, browser.new_context(locale="tr-TR") as context:
        page = context.new_page()
        page.goto(served.url + "/")
        held: list[Route] = []
        page.route("**/messages", lambda route: held.append(route))
        with page.expect_request("**/messages"):
            say(page, "merhaba")
        box(page).fill("yazıcım")
        held.pop().continue_()
        expect(bubbles(page).last).to_contain_text("Duydum: merhaba")
        expect(box(page)).to_have_value("yazıcım")
        page.reload()
        expect(box(page)).to_have_value("yazıcım")


def test_who_writes_too_fast_is_slowed_and_loses_nothing(browser: Browser, site: ScriptedSite, people: object) -> None:
    settings = WebSettings(demo=True, messages_a_minute=2)
    with serving(site, settings) as served:
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        for text in ("bir", "iki", "üç", "dört"):
            say(page, text)
        expect(page.locator(".msg.failed")).to_contain_text("Çok hızlı")
        expect(page.locator(".msg.pending")).to_have_count(2)
        site.clock.forward(minutes=1)
        page.get_by_role("button", name="Şimdi gönder").click()
        expect(page.locator(".msg.mine:not(.pending)")).to_have_count(4)
        page.close()
    assert [event.text for event in site.accepted if isinstance(event, MessageReceived)] == [
        "bir",
        "iki",
        "üç",
        "dört",
    ]


def test_the_line_heals_by_itself_and_brings_what_was_missed(
    browser: Browser, site: ScriptedSite, people: object
) -> None:
    with serving(site, SETTINGS) as served:
        port = served.port
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        say(page, "merhaba")
        expect(bubbles(page)).to_have_count(2)
    site.say("web:p:ayse", "siz yokken oldu")
    with serving(site, SETTINGS, port):
        expect(page.get_by_text("siz yokken oldu").first).to_be_visible(timeout=20_000)
        expect(bubbles(page)).to_have_count(3)
        page.close()


def test_an_ended_session_is_said(visit: Visit, site: ScriptedSite, people: dict[str, Person]) -> None:
    page = visit("/demo/ayse/")
    say(page, "merhaba")
    expect(bubbles(page)).to_have_count(2)
    site.store.write(lambda uow: uow.sessions.end(people["ayse"].id, site.now()))
    expect(page.get_by_role("alert")).to_contain_text("Oturumunuz kapanmış")


def test_a_session_that_ended_while_the_line_was_down_is_said_too(
    browser: Browser, site: ScriptedSite, people: dict[str, Person]
) -> None:
    with serving(site, SETTINGS) as served:
        port = served.port
        page = browser.new_page(locale="tr-TR")
        page.goto(served.url + "/demo/ayse/")
        say(page, "merhaba")
        expect(bubbles(page)).to_have_count(2)
    site.store.write(lambda uow: uow.sessions.end(people["ayse"].id, site.now()))
    with serving(site, SETTINGS, port):
        expect(page.get_by_role("alert")).to_contain_text("Oturumunuz kapanmış", timeout=20_000)
        page.close()
