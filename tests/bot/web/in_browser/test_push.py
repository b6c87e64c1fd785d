"""Bildirimlerim in a browser: asked by a press, the worker registered, a notice shown that came with no page's help."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from bot.channels.push.encryption import HouseKey, new_house_key
from bot.web import PushOffer
from handlers.domain.people import Person
from handlers.people import push
from tests.bot.web.browser import DESKTOP, FLAGS
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.serving import serving
from tests.required import missing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEY = HouseKey(new_house_key()).public
OFFER = PushOffer(
    public_key=lambda: KEY,
    accepts=lambda to: to.startswith("https://push.example/"),
    keys_are_sound=lambda one, other: bool(one and other),
)
NO_SERVICE = """
const given = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } };
const unsubscribe = async () => Boolean(delete localStorage.pushed);
const made = (options) => ({ ...given, options, toJSON: () => given, unsubscribe });
PushManager.prototype.getSubscription = async () =>
  localStorage.pushed ? made({ applicationServerKey: null }) : null;
PushManager.prototype.subscribe = async (options) => {
  localStorage.pushed = "1";
  return made(options);
};
"""
"""Here is no push service to be reached: what the browser would give is made up, all else is its own."""
SHOWN = """async (count) => {
  const worker = await navigator.serviceWorker.getRegistration("/demo/ayse/");
  const end = performance.now() + 1000;
  let shown = [];
  while (shown.length < count && performance.now() < end) {
    shown = await worker.getNotifications();
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 50 }));
  }
  return shown.map((one) => [one.title, one.body, one.tag]);
}"""


@pytest.fixture(scope="module")
def with_windows(browser: Browser) -> Iterator[Browser]:
    """A chromium of its own: the one without windows shows no notices to anybody."""
    program = shutil.which("chromium")
    if program is None:
        missing("chromium: install Debian's chromium")
    opened = browser.browser_type.launch(executable_path=program, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def context(with_windows: Browser) -> Iterator[BrowserContext]:
    with with_windows.new_context(viewport=DESKTOP, locale="tr-TR", timezone_id="Europe/Istanbul") as context:
        context.set_default_timeout(10_000)
        context.clock.set_fixed_time(START)
        yield context


class PushService:
    """As the browser's own push service hands it over: the seal is opened before the worker sees what was in it."""

    def __init__(self, context: BrowserContext, page: Page, scope: str) -> None:
        """`page`: one of that scope."""
        self._session, self._scope = context.new_cdp_session(page), scope
        self._found: list[str] = []
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._updated)
        self._session.send("ServiceWorker.enable")
        for _ in range(200):
            page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 20)))")
            if self._found:
                break
        assert self._found, "the worker is registered"

    def _updated(self, event: dict[str, Any]) -> None:
        self._found += [one["registrationId"] for one in event["registrations"] if one["scopeURL"] == self._scope]

    def deliver(self, data: str) -> None:
        origin = self._scope.partition("/demo")[0]
        self._session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": self._found[-1], "data": data},
        )


def test_a_browser_is_asked_by_a_press_and_rings_without_a_page(
    context: BrowserContext, site: ScriptedSite, people: dict[str, Person]
) -> None:
    context.add_init_script(NO_SERVICE)
    with serving(site, replace(SETTINGS, push=OFFER)) as served:
        context.grant_permissions(["notifications"], origin=served.url)
        page = context.new_page()
        page.goto(f"{served.url}/demo/ayse/")
        page.get_by_label("Menü").click()
        page.get_by_role("link", name="Bildirimlerim").click()
        expect(page.locator("#push-told")).to_have_text("Bu tarayıcıda kapalı.")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        page.get_by_role("button", name="Bu tarayıcıda aç").click()
        expect(page.locator("#push-told")).to_contain_text("Bu tarayıcıda açık")
        expect(page.locator(".lines .tag")).to_have_text("bu tarayıcı")
        assert len(site.store.read(lambda uow: push.of_person(uow, people["ayse"], site.now()))) == 1
        service = PushService(context, page, f"{served.url}/demo/ayse/")
        page.goto(f"{served.url}/demo/hasan/")  # somebody else's, of which that worker knows nothing
        said = {"text": "Kayıt 2026-000123 · Üstlenildi", "tag": "kayit-123", "id": 7, "urgent": False}
        for _ in range(20):  # as long as the page that was left counts as one that is looked at, nothing is shown
            for data in (json.dumps(said), json.dumps(said), "?"):
                service.deliver(data)
            if len(page.evaluate(SHOWN, 2)) == 2:
                break
        assert sorted(page.evaluate(SHOWN, 2)) == [
            ["Yardım Masası", "Kayıt 2026-000123 · Üstlenildi", "kayit-123"],
            ["Yardım Masası", "Masada sizin için yeni bir mesaj var.", "masa"],
        ]
        page.goto(f"{served.url}/demo/ayse/bildirimler")
        page.get_by_role("button", name="Bu tarayıcıda kapat").click()
        expect(page.locator("#push-told")).to_be_visible()
        expect(page.locator(".lines")).to_have_count(0)


IN_THE_WAY = {
    "delete window.PushManager;": "Bu tarayıcı bildirim veremiyor.",
    "Object.defineProperty(window, 'isSecureContext', { value: false });": "Bu adres https değil",
    "Object.defineProperty(Notification, 'permission', { value: 'denied' });": "bildirim kapatılmış",
    "Object.defineProperty(navigator, 'userAgent', { value: 'iPhone' });": "Ana Ekrana Ekle",
}


def test_where_it_cannot_be_had_a_sentence_says_why(
    context: BrowserContext, site: ScriptedSite, people: dict[str, Person]
) -> None:
    assert people
    with serving(site, replace(SETTINGS, push=OFFER)) as served:
        context.new_page().goto(f"{served.url}/demo/ayse/")
        for script, says in IN_THE_WAY.items():
            page = context.new_page()
            page.add_init_script(script)
            page.goto(f"{served.url}/demo/ayse/bildirimler")
            expect(page.locator("#push-told")).to_contain_text(says)
            expect(page.locator("#push")).to_be_hidden()


def test_a_browser_that_was_given_another_key_is_renewed_by_opening_the_page(
    context: BrowserContext, site: ScriptedSite, people: dict[str, Person]
) -> None:
    context.add_init_script(
        NO_SERVICE.replace("applicationServerKey: null", "applicationServerKey: new ArrayBuffer(65)")
    )
    with serving(site, replace(SETTINGS, push=OFFER)) as served:
        context.grant_permissions(["notifications"], origin=served.url)
        page = context.new_page()
        page.goto(f"{served.url}/demo/ayse/")
        page.goto(f"{served.url}/demo/ayse/bildirimler")
        asked: list[str] = []

        def renewed(answer: Response) -> bool:
            name = answer.url.rpartition("/")[2]
            asked.extend([name] if name in ("ac", "kapat") else [])
            return len(asked) == 3

        with page.expect_response(renewed):  # the page is read anew behind the press
            page.get_by_role("button", name="Bu tarayıcıda aç").click()
        assert asked == ["ac", "kapat", "ac"]
        assert len(site.store.read(lambda uow: push.of_person(uow, people["ayse"], site.now()))) == 1
