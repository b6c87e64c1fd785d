"""What templates may not hold: our policy lets nothing inline run, and HTMX must have no reason to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

import bot.web

FOLDER = Path(bot.web.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
FORBIDDEN = {
    "hx-on needs eval": r"\bhx-on\b",
    "hx-live needs eval": r"\bhx-live\b",
    "js: needs eval": r"\b(?:js|javascript):",
    "an inline style": r"\sstyle\s*=|<style\b",
    "an inline handler": r"\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "something of another house": r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_the_policy_forbids(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [why for why, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


def test_every_template_can_be_compiled() -> None:
    """The desk compiles those of the panel when they are first opened."""
    templates = Environment(loader=FileSystemLoader(FOLDER / "templates"))
    templates.filters.update(dict.fromkeys(("shown_name", "file_size", "number"), str))
    assert [templates.get_template(path.name).name for path in TEMPLATES] == [path.name for path in TEMPLATES]


def test_the_vendored_file_has_its_licence_beside_it() -> None:
    (script,) = (FOLDER / "static" / "vendor").glob("htmx-*.min.js")
    assert "Zero-Clause BSD" in (script.parent / "htmx-LICENSE.txt").read_text(encoding="utf-8")
    assert f"/static/vendor/{script.name}" in (FOLDER / "templates" / "panel.html").read_text(encoding="utf-8")
