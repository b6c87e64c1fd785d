"""Pictures and files chosen or pasted in a real chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bot.web.in_browser.chat_page import Visit, box, bubbles, say
from tests.bot.web.scenes import picture
from tests.bot.web.scripted_site import ScriptedSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_picture_is_chosen_seen_and_sent(visit: Visit, site: ScriptedSite) -> None:
    page = visit("/demo/ayse/")
    page.locator("#files").set_input_files({"name": "ekran.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.locator("#picked")).to_contain_text("ekran.png")
    say(page, "ekranda bu var")
    image = bubbles(page).nth(0).locator("img")
    expect(image).to_have_js_property("naturalWidth", 480)
    expect(page.locator("#picked")).to_be_hidden()


def test_a_file_that_cannot_be_kept_is_refused_before_it_is_sent(visit: Visit, site: ScriptedSite) -> None:
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
