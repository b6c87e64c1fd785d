"""The chat page as a test in the browser opens it, and what is done on it all the time."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from bot.web import WebSettings

SETTINGS = WebSettings(
    demo=True,
    institution="Örnek Belediyesi",
    subjects={"yazici-yazdirmiyor": "Yazıcı yazdırmıyor", "toner-kartus": "Toner ya da kartuş"},
    units={"donanim": "Donanım ve Teknik Destek", "yazilim": "Yazılım"},
    rights_every=0.2,
)
Visit = Callable[..., Page]
"""Opens a path of the page."""


def bubbles(page: Page) -> Locator:
    return page.locator(".pane:not([hidden]) .messages > .msg")


def box(page: Page) -> Locator:
    return page.locator("#text")


def say(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")
