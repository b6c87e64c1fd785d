"""The terminal on the real desk: database, worker and texts, in this process."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.app import App, build
from bot.channels.terminal.json_script import Script
from bot.channels.terminal.session import AccessDenied, TerminalSession
from bot.channels.terminal.stdin_lines import Lines
from bot.config import Settings
from handlers.domain.people import Account
from tests.clock import SUNDAY, FakeClock


class Terminal:
    def __init__(self, app: App) -> None:
        self.app = app

    async def chat(self, handle: str, *lines: dict[str, Any], room: str | None = None) -> list[dict[str, Any]]:
        """One session, what it printed."""
        stdin = "".join(json.dumps(line) + "\n" for line in lines).encode()
        out, err = io.StringIO(), io.StringIO()
        session = await TerminalSession.take(self.app.gateway, handle, room)
        await Script(self.app.gateway, session, Lines(io.BytesIO(stdin).read), out, err).run()
        assert not err.getvalue()
        return [json.loads(line) for line in out.getvalue().splitlines()]


def press(printed: list[dict[str, Any]], label: str) -> dict[str, str]:
    """The last button of that name."""
    tokens = [b["token"] for message in printed for b in message["buttons"] if b["label"] == label]
    assert tokens, f"no {label!r} in {[[b['label'] for b in m['buttons']] for m in printed]}"
    return {"press": tokens[-1]}


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/masa.db", data_dir=tmp_path / "files", demo=True)
    app = build(settings, clock=FakeClock(SUNDAY))
    demo.prepare(app.store, settings, app.desk)
    await app.start()
    yield Terminal(app)
    await app.stop()


async def test_the_life_of_a_ticket(terminal: Terminal) -> None:
    suggested = await terminal.chat("ayse", {"text": "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"})
    (suggestion,) = suggested
    assert "Henüz kayıt açılmadı" in suggestion["text"]
    assert [button["label"] for button in suggestion["buttons"]][:3] == [
        "İşe yaradı",
        "Teknisyene ilet",
        "Sorunum bu değil",
    ]

    opened = await terminal.chat("ayse", press(suggested, "Teknisyene ilet"))
    settled = next(message for message in opened if message["edits"] == suggestion["ref"])
    assert settled["buttons"] == []
    assert any("2026-" in message["text"] or "000001" in message["text"] for message in opened)

    (card,) = await terminal.chat("mehmet", room="donanim")
    assert card["edits"] is None
    assert "Ayşe Yılmaz, Mali Hizmetler" in card["text"]
    claimed = await terminal.chat("mehmet", press([card], "Üstlen"), room="donanim")
    assert next(message for message in claimed if message["edits"] == card["ref"])["text"].count("Mehmet K.") == 1
    assert await terminal.chat("mehmet", room="donanim") == []

    (told,) = await terminal.chat("ayse")
    assert "Mehmet Kaya" in told["text"]

    for_zeynep = await terminal.chat("zeynep", room="donanim")
    newest = next(message for message in for_zeynep if message["ref"] == card["ref"])
    assert newest["edits"] is None  # she sees it for the first time
    assert "Mehmet K." in newest["text"]
    refused = await terminal.chat("zeynep", press([card], "Üstlen"), room="donanim")
    assert any("Mehmet" in message["text"] for message in refused)

    asked = await terminal.chat("mehmet", press(claimed, "Tamamladım"), {"text": "Kablo takıldı"}, room="donanim")
    assert any(message["edits"] == card["ref"] for message in asked)
    resolved = await terminal.chat("ayse")
    await terminal.chat("ayse", press(resolved, "Evet, çalışıyor"))
    number = terminal.app.store.read(lambda uow: uow.summaries.list(limit=1)[0])
    assert number.state == "closed"


async def test_a_forged_button_and_another_s_button_change_nothing(terminal: Terminal) -> None:
    suggested = await terminal.chat("ayse", {"text": "yazıcı çıktı vermiyor"})
    (forged,) = await terminal.chat("hasan", {"press": "x" * 22})
    (foreign,) = await terminal.chat("hasan", press(suggested, "Teknisyene ilet"))
    assert forged["text"] == foreign["text"]
    assert await terminal.chat("ayse") == []


async def test_first_contact_is_asked_who_they_are_and_then_answered(terminal: Terminal) -> None:
    noticed = await terminal.chat("yeni", {"text": "internet yok"})
    assert [button["label"] for button in noticed[-1]["buttons"]] == ["Okudum"]
    answered = await terminal.chat("yeni", press(noticed, "Okudum"), {"text": "Can Ak, Park ve Bahçeler, 2. kat"})
    assert any("Teknisyene ilet" in {b["label"] for b in message["buttons"]} for message in answered)
    person = terminal.app.store.read(lambda uow: uow.people.by_account(Account("terminal", "yeni")))
    assert person is not None
    assert (person.handle, person.name, person.verified) == ("yeni", "Can Ak", False)


async def test_a_picture_reaches_the_card(terminal: Terminal, tmp_path: Path) -> None:
    picture = tmp_path / "hata ekranı.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360000000000200015e9f0b0b0000000049454e44ae426082"
        )
    )
    suggested = await terminal.chat("ayse", {"attach": str(picture), "text": "yazıcı çıktı vermiyor"})
    await terminal.chat("ayse", press(suggested, "Teknisyene ilet"))
    (card,) = await terminal.chat("mehmet", room="donanim")
    assert card["files"] == ["hata ekranı.png"]


async def test_what_is_written_in_a_room_is_named_for_the_others(terminal: Terminal) -> None:
    assert await terminal.chat("mehmet", {"text": "birazdan <b>dönerim</b>"}, room="donanim") is not None
    printed = await terminal.chat("zeynep", room="donanim")
    assert printed[0]["text"] == "Mehmet K.: birazdan <b>dönerim</b>"


async def test_a_room_is_closed_to_others(terminal: Terminal) -> None:
    for handle in ("ayse", "ali", "denetci", "admin", "kemal", "kimse"):
        with pytest.raises(AccessDenied, match=handle):
            await terminal.chat(handle, {"text": "merhaba"}, room="donanim")


ODD = (
    "",
    " ",
    "a" * 4096,
    "Z̵a̷l̸g̶o̷" * 200,
    "\ud83d",
    "😀",
    "/yok",
    "/",
    "\0",
    "{{7*7}}",
    "{0.__class__}",
    "%",
    "\x1b[2J",
)


async def test_whatever_is_typed_is_answered(terminal: Terminal) -> None:
    for text in ODD:
        assert await terminal.chat("ayse", {"text": text}), repr(text)[:40]
        await terminal.chat("ayse", {"text": "/iptal"})
