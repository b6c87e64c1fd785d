"""What is asked when a ticket is done: of a fault whether it works, of a request whether it was met."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.messages import plain
from tests.handlers.tickets.table import Table


@pytest.mark.parametrize(
    ("text", "asked", "labels"),
    [
        ("yazıcı çıktı vermiyor", "Şimdi çalışıyor mu?", ["Evet, çalışıyor", "Hâlâ bozuk"]),
        ("yeni mouse istiyoruz", "İsteğiniz karşılandı mı?", ["Evet, karşılandı", "Hayır, karşılanmadı"]),
    ],
)
def test_it_is_asked_in_words_that_fit(tmp_path: Path, text: str, asked: str, labels: list[str]) -> None:
    table = Table(tmp_path / "table")
    table.says("ayse", text)
    table.press("ayse", "open:…")
    while table.presses("ayse", "skip_fact:…"):
        pass
    table.press("mehmet", "claim:1", room="donanim")
    table.press("mehmet", "done:1", room="donanim")
    table.says("mehmet", "yapıldı", room="donanim")
    (message,) = [one for one in table.shown(table.place("ayse", "")) if one.kind == "update_resolved"]
    assert asked in plain(message.text)
    assert [button.label for button in message.buttons] == labels
    table.press("ayse", "still_broken:1")
    table.close()
