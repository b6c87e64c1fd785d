"""What axe-core finds on a page: names, roles, contrast, order. In both themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

_ELSEWHERE = pytest.mark.everywhere
WINDOWS = (
    (320, "dark"),
    (1280, "light"),
    pytest.param(320, "light", marks=_ELSEWHERE),
    pytest.param(1280, "dark", marks=_ELSEWHERE),
)
"""Width and theme. Each of them is looked at each time, their other pairs by `make faults`."""
_AXE = Path(__file__).parent / "axe" / "axe.min.js"
_RUN = """async (rules) => {
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...only });
  const why = (node) => (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? "";
  const where = (found) => found.nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${why(node)}`).join(" | ");
  return violations.map((found) => `${found.id}: ${found.help} | ${where(found)}`);
}"""


_OF_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""What a theme and a width change. Names, roles and order are the same in each window: they are asked for in the narrow
one each time, in all of them by `make faults`."""
_WIDE = 1_000


class Asked:
    """Whether all is asked for in every window."""

    everywhere = False


@cache
def _source() -> str:
    return _AXE.read_text(encoding="utf-8")


@contextmanager
def window(browser: Browser, width: int, theme: str, **more: Any) -> Iterator[BrowserContext]:
    """A window of that width and theme; axe is there in each of its pages, whatever their policy says of scripts."""
    context = browser.new_context(
        viewport={"width": width, "height": 720},
        color_scheme=theme,
        locale="tr-TR",
        timezone_id="Europe/Istanbul",
        reduced_motion="reduce",
        **more,
    )
    context.add_init_script(_source())
    yield context
    context.close()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands now."""
    size = page.viewport_size
    looks_alone = size is not None and size["width"] > _WIDE and not Asked.everywhere
    found: list[str] = page.evaluate(_RUN, list(_OF_LOOKS) if looks_alone else [])
    return found


def faults_at(context: BrowserContext, *urls: str, status: int | None = None) -> list[str]:
    """Opens each address in turn in that window; every line says where it was found. `status`: what each answers."""
    page = context.new_page()
    found: list[str] = []
    for url in urls:
        answered = page.goto(url)
        if status is not None and (answered is None or answered.status != status):
            found.append(f"{url}: answered {answered and answered.status}")
        found += [f"{url}: {fault}" for fault in faults(page)]
    page.close()
    return found
