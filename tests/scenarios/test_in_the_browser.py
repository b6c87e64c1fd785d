"""The life of a ticket, played by a clerk and a technician in two tabs of one browser, against a real `masa run`.

Beside it a third plays in the terminal; in the middle the desk is killed and started again.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import forked
from tests.bot.web.browser import DESKTOP, chromium, picture_of
from tests.clock import RunningClock
from tests.forked import Forked
from tests.masa import environment

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Desk:
    """A real `masa run` in a folder of its own, on a port that stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.clock = RunningClock()
        self.process: Forked | None = None

    def environment(self) -> dict[str, str]:
        return environment(MASA_DEMO="1", MASA_WEB__PORT=str(self.port), MASA_INSTITUTION="Örnek Belediyesi")

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = Forked(
                ["run"], clock=self.clock, cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, stderr=log
            )
        assert self.process.stdout is not None
        welcome = self.process.stdout.readline()
        assert "Yardım Masası hazır" in welcome, (self.folder / "log").read_text()[-2000:]
        self.port = int(welcome.rsplit(":", 1)[1])

    def kill(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self._ended()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self._ended()

    def _ended(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        code = self.process.wait()
        self.process.stdout.close()
        return code

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def chat(self, *lines: dict[str, str], handle: str, room: str | None = None) -> list[dict[str, object]]:
        """`masa chat --json` beside the running desk."""
        words = ["chat", "--as", handle, "--json", *(["--room", room] if room else [])]
        stdin = "".join(json.dumps(line) + "\n" for line in lines)
        done = forked.ran(words, clock=self.clock, cwd=self.folder, env=self.environment(), stdin=stdin)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with chromium() as browser:
        context = browser.new_context(viewport=DESKTOP, locale="tr-TR")
        yield context
        context.close()


def say(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def test_two_people_and_a_kill(desk: Desk, context: BrowserContext) -> None:
    ayse, mehmet = context.new_page(), context.new_page()
    ayse.goto(desk.url("/demo/ayse/"))
    say(ayse, "slm yazici cikti vermiyo, 3. kat tahakkuk servisi")
    press(ayse, "Teknisyene ilet")
    expect(ayse.get_by_role("log").get_by_text("Kaydınız açıldı")).to_be_visible()

    mehmet.goto(desk.url("/demo/mehmet/"))
    mehmet.get_by_role("link", name="Donanım ve Teknik Destek").click()
    press(mehmet, "Üstlen")
    expect(mehmet.get_by_role("button", name="Tamamladım")).to_be_visible()
    expect(ayse.get_by_role("log").get_by_text("Mehmet Kaya üstlendi")).to_be_visible()
    picture_of(mehmet, "life-technician")

    desk.kill()
    say(ayse, "acele lütfen, vatandaş bekliyor")  # while nobody is there: kept by the page, sent when the desk is back
    desk.start()
    expect(ayse.locator(".msg.mine .tick").last).to_be_visible(timeout=30_000)

    press(mehmet, "Tamamladım")
    expect(mehmet.get_by_role("log").get_by_text("ne yapıldı").last).to_be_visible()
    say(mehmet, "fuser değişti")
    expect(ayse.get_by_role("log").get_by_text("fuser değişti").last).to_be_visible(timeout=30_000)
    press(ayse, "Evet, çalışıyor")
    expect(ayse.get_by_role("log").get_by_text("Sevindim")).to_be_visible()
    picture_of(ayse, "life-clerk")
    with urllib.request.urlopen(desk.url("/healthz")) as health:
        assert json.load(health)["inbox"]["waiting"] == 0


def test_the_terminal_beside_the_browser(desk: Desk, context: BrowserContext) -> None:
    """What is claimed in the terminal's room changes the card on the page."""
    said = desk.chat(
        {"text": "monitörde görüntü yok, sinyal yok yazıyor"}, {"text": "teknisyen gelsin"}, handle="hasan"
    )
    assert any("Kaydınız açıldı" in str(message["text"]) for message in said)
    zeynep = context.new_page()
    zeynep.goto(desk.url("/demo/zeynep/"))
    zeynep.get_by_role("link", name="Donanım ve Teknik Destek").click()
    expect(zeynep.get_by_role("button", name="Üstlen", exact=True)).to_be_visible()
    card = desk.chat(handle="mehmet", room="donanim")[-1]
    buttons = {str(button["label"]): str(button["token"]) for button in card["buttons"]}  # type: ignore[attr-defined]
    desk.chat({"press": buttons["Üstlen"]}, handle="mehmet", room="donanim")
    expect(zeynep.get_by_role("log").get_by_text("Üstlenildi: Mehmet K.")).to_be_visible()
    assert desk.stop() == 0
    desk.start()
