"""Files from Telegram: albums, limits, downloads that fail."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.bot.channels.telegram.reports import AYSE, PNG, PRINTER, written
from tests.bot.channels.telegram.stage import GROUPS, USERS, TelegramStage


async def test_an_album_is_one_message(stage: TelegramStage) -> None:
    ayse = stage.person("ayse")
    for place in range(3):
        stage.api.photo(AYSE, PNG, album="a1", **({"caption": PRINTER} if place == 1 else {}))
    stage.api.say(AYSE, "ek: 3. kat")
    await stage.quiet()
    assert written(stage) == [PRINTER, "ek: 3. kat"]
    await ayse.presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 3


@pytest.mark.parametrize(
    ("kind", "content", "about"),
    [
        ("voice", b"OggS" + bytes(200), {"duration": 3, "mime_type": "audio/ogg"}),
        ("video", bytes(4) + b"ftypisom" + bytes(200), {"duration": 3, "width": 8, "height": 8}),
        ("document", b"%PDF-1.7\n" + bytes(200), {"file_name": "hata.pdf"}),
    ],
)
async def test_what_is_said_filmed_or_sent_as_a_file_is_kept(
    stage: TelegramStage, kind: str, content: bytes, about: dict[str, Any]
) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    stage.api.say(AYSE, **{kind: stage.api._stored(content) | about})
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    (file,) = (await stage.ticket("2026-000001")).files
    assert stage.app.gateway.files.path(file).read_bytes() == content
    assert any(
        kind in message or "document" in message for message in stage.api.chats[GROUPS["donanim"]].messages.values()
    )


async def test_an_edited_caption_changes_the_ticket(stage: TelegramStage) -> None:
    message = stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    stage.api.edit(message, "slm yazici cikti vermiyo, 4. kat")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == "slm yazici cikti vermiyo, 4. kat"


async def test_a_file_holds_back_its_own_chat_only(stage: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """And keeps its place in it."""
    gate = asyncio.Event()
    serve = stage.api._file

    async def slow(request: Any) -> Any:
        await gate.wait()
        return await serve(request)

    routes = stage.api.application.router.routes
    monkeypatch.setattr(routes[1], "app", _asgi(slow))
    stage.api.photo(AYSE, PNG, caption="önce")
    stage.api.say(AYSE, "sonra")
    stage.api.say(USERS["hasan"], PRINTER)
    await stage.until(lambda: written(stage, USERS["hasan"]) == [PRINTER])
    assert written(stage) == []
    assert [update["message"]["from"]["id"] for update in stage.api.updates][:2] == [AYSE, AYSE]
    gate.set()
    await stage.quiet()
    assert written(stage) == ["önce", "sonra"]


def _asgi(handler: Any) -> Any:
    from starlette.routing import request_response

    return request_response(handler)


async def test_a_file_over_the_limit_is_refused_unopened(stage: TelegramStage) -> None:
    stage.api.document(AYSE, b"x", "yedek.zip", size=25_000_000, caption=PRINTER)
    await stage.quiet()
    assert not any(call.method == "getFile" for call in stage.api.calls)
    texts = stage.api.chats[AYSE].shown()
    assert any("25 MB" in text for text in texts)
    assert any("Henüz kayıt açılmadı" in text for text in texts), "the words beside it are taken"


@pytest.mark.parametrize(
    ("name", "content"), [("virus.exe", b"MZ"), ("bos.txt", b""), ("../../etc/passwd", b"x"), ("a\u202egpj.exe", b"MZ")]
)
async def test_odd_files_do_no_harm(stage: TelegramStage, name: str, content: bytes) -> None:
    stage.api.document(AYSE, content, name)
    await stage.quiet()
    assert (await stage.person("ayse").last()).text


async def test_a_download_that_fails_is_tried_again(stage: TelegramStage) -> None:
    stage.api.fail("getFile", 502, "Bad Gateway", times=2)
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    assert len((await stage.ticket("2026-000001")).files) == 1


async def test_a_download_that_goes_on_failing_is_said(stage: TelegramStage) -> None:
    stage.api.fail("getFile", 502, "Bad Gateway", times=10)
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    assert any("indiremedim" in text for text in stage.api.chats[AYSE].shown())
    assert written(stage) == [PRINTER]


async def test_a_server_of_the_house_hands_files_out_on_disk(stage: TelegramStage, tmp_path: Path) -> None:
    stage.api.local = tmp_path
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    (file,) = (await stage.ticket("2026-000001")).files
    assert stage.app.gateway.files.path(file).read_bytes() == PNG


async def test_a_file_that_the_desk_may_not_read_holds_nothing_up(
    stage: TelegramStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError

    stage.api.local = tmp_path
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert any("indiremedim" in text for text in stage.api.chats[AYSE].shown())


async def test_what_only_the_server_knows_to_be_too_large_is_refused(stage: TelegramStage, tmp_path: Path) -> None:
    stage.api.local = tmp_path
    stage.api.document(AYSE, b"x" * 20_000_001, "yedek.zip", size=None, caption=PRINTER)
    stage.api.updates[-1]["message"]["document"].pop("file_size")
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert any("20+ MB" in text for text in stage.api.chats[AYSE].shown())
