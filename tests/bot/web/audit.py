"""What an eye and a thumb need, measured in the page: contrast, size of what is pressed, nothing cut off sideways."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_CONTRAST = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const over = (colour, ground) => {
    pen.fillStyle = `rgb(${ground.join(" ")})`;
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const ground = (element) => {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(getComputedStyle(at).backgroundColor);
    return chain.reduce((below, colour) => over(colour, below), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(" ").trim();
    if (!words || !element.checkVisibility({ opacityProperty: true }) || element.closest(".hidden-text")) continue;
    const below = ground(element);
    const a = light(over(getComputedStyle(element).color, below));
    const b = light(below);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${element.className || element.tagName}: ${words.slice(0, 40)}`);
  }
  return bad;
}"""
_TARGETS = """() => [...document.querySelectorAll(
    "button, summary, input:not([type=hidden]), textarea, .place, .file, a.button, .cast a")]
  .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width && (box.width < 43.5 || box.height < 43.5))
  .map(([box, e]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.className || e.id || e.textContent}`)"""
_WIDER = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  || [...document.querySelectorAll(".log, .side-scroll")].some((e) => e.scrollWidth > e.clientWidth + 1)"""


def faint_text(page: Page) -> list[Any]:
    """Text under the 4.5 : 1 of AA."""
    found: list[Any] = page.evaluate(_CONTRAST)
    return found


def small_targets(page: Page) -> list[Any]:
    """What is pressed with a thumb and is under 44 pixels."""
    found: list[Any] = page.evaluate(_TARGETS)
    return found


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate(_WIDER))
