"""What the benchmarks stand on: a browser that understands the page, and a report that shows what was kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.web.chat.conversation_view import Reader
from bot.web.settings import WebSettings
from handlers.messages import TimelineMessage
from handlers.queries.conversations import ReadMessage
from tests.load.client import _SHOWN
from tests.load.figures import percentiles, shown
from tests.load.report import page


def fragment(author: int | None, key: str = "") -> bytes:
    message = TimelineMessage(
        id=5,
        conversation="web:p:ayse",
        seq=7,
        first_seq=6,
        author=author,
        author_name="Ayşe",
        at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        text="yazıcı",
        kind="" if author else "errors/broken",
        ticket=3,
        event_key=key,
    )
    html = Reader(1, "", WebSettings()).html(ReadMessage(message=message))
    return next(line for line in html.encode().splitlines() if b'class="msg ' in line)


@pytest.mark.parametrize(
    ("author", "key", "understood"), [(1, "web:42", (b"mine", b"7", b"web:42")), (None, "", (b"desk", b"7", None))]
)
def test_the_browser_of_the_benchmarks_understands_the_page(author: int | None, key: str, understood: tuple) -> None:
    found = _SHOWN.search(fragment(author, key))
    assert found is not None
    assert found.groups() == understood


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, "–"), (12_345, "12,345"), (0.1234, "0.12"), (12.34, "12.3"), (1234.5, "1,234"), ("a", "a")],
)
def test_a_cell(cell: str | float | None, text: str) -> None:
    assert shown(cell) == text


def test_percentiles() -> None:
    assert percentiles(range(101), 50, 99) == [50, 99]
    assert percentiles([], 50) == [None]


def test_the_page_shows_what_was_kept() -> None:
    table = {
        "bench": "bench_load",
        "name": "burst",
        "title": "A burst",
        "columns": ["", "p99"],
        "rows": [["a|b", 12.34]],
        "note": "Loopback.",
        "at": "2026-11-22T17:00:00+00:00",
        "commit": "abc1234",
        "machine": "2 cores",
        "software": "Python",
    }
    text = page({("bench_load", "burst"): table})
    assert "## Nothing lost under load" in text
    assert "**A burst** · 2026-11-22, commit abc1234\n\n|  | p99 |\n|---|---:|\n| a\\|b | 12.3 |\n\nLoopback." in text
