"""Files that a browser sends: what is kept, what is refused, and who may fetch it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.filestore.disk_space import DiskSpace
from bot.filestore.upload_guard import UploadGuard
from bot.web import WebSettings, build, receiving
from handlers.domain.errors import Invalid
from handlers.domain.people import Person
from handlers.people.file_quota import FileQuota
from tests.bot.filestore.test_file_types import zipped
from tests.bot.web.scenes import picture
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import BASE, Visit, connect


async def test_a_picture_is_kept_and_shown(site: ScriptedSite, ayse: Visit) -> None:
    answer = await ayse.send("ekran", files={"files": ("ekran.png", picture(40, 30), "image/png")})
    assert answer.status_code == 202
    (file,) = site.last_message().files
    page = (await ayse.open()).text
    assert f'<img src="/demo/ayse/files/{file}"' in page
    served = await ayse.get(f"files/{file}")
    assert served.content == picture(40, 30)
    assert served.headers["content-type"] == "image/png"
    assert served.headers["content-disposition"].startswith("inline")
    assert "sandbox" in served.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("resim.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("sayfa.html", b"<script>alert(1)</script>"),
        ("resim.png", b"<script>alert(1)</script>"),
        ("belge.pdf", b"%PDF-1.4 x"),
    ],
)
async def test_what_could_run_is_only_ever_a_download(
    site: ScriptedSite, ayse: Visit, name: str, content: bytes
) -> None:
    await ayse.send("dosya", files={"files": (name, content, "image/png")})
    served = await ayse.get(f"files/{site.last_message().files[0]}")
    assert served.headers["content-type"] == "application/octet-stream"
    assert served.headers["content-disposition"].startswith("attachment")
    assert served.headers["x-content-type-options"] == "nosniff"
    assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202egnp.exe.txt", "C:\\Windows\\x.txt", "ş" * 300 + ".txt"])
async def test_a_crooked_file_name_is_only_a_name(site: ScriptedSite, ayse: Visit, name: str) -> None:
    assert (await ayse.send("", files={"files": (name, b"x", "text/plain")})).status_code == 202
    (stored,) = site.folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{32}", stored.name)
    page = (await ayse.open()).text
    assert "\u202e" not in page
    assert "../" not in page


async def test_programs_and_empty_files_are_refused_with_a_reason(site: ScriptedSite, ayse: Visit) -> None:
    for name, content, said in (
        ("kur.exe", b"MZ", "“kur.exe” gönderilemedi: program"),
        ("tablo.xlsm", b"x", "“tablo.xlsm” makro içeriyor"),
        ("belgeler.zip", zipped("a/kur.msi"), "“belgeler.zip” içinde kabul edilmeyen bir dosya var: “kur.msi”"),
    ):
        refused = await ayse.send("x", files={"files": (name, content, "application/pdf")})
        assert (refused.status_code, said in refused.json()["error"]) == (415, True)
    refused = await ayse.send("x", files={"files": ("bos.txt", b"", "text/plain")})
    assert (refused.status_code, refused.json()["error"]) == (400, "Dosya boş.")
    assert not site.accepted


async def test_too_many_files_are_refused(site: ScriptedSite, ayse: Visit) -> None:
    files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(6)]
    refused = await ayse.send("x", files=files)
    assert refused.status_code == 400
    assert "en çok 5 dosya" in refused.json()["error"]
    assert not site.accepted


async def test_a_file_too_large_is_refused(site: ScriptedSite, ayse: Visit) -> None:
    refused = await ayse.send("x", files={"files": ("büyük.txt", b"x" * 100_001, "text/plain")})
    assert refused.status_code == 413
    assert "çok büyük" in refused.json()["error"]
    assert list(site.folder.iterdir()) == []


async def test_a_body_that_says_it_is_too_large_is_not_read(ayse: Visit) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield b"x"

    answer = await ayse.client.post(
        "/demo/ayse/messages",
        content=body(),
        headers={
            "X-Masa-Token": ayse.token,
            "Content-Length": "999999999",
            "Content-Type": "multipart/form-data; boundary=x",
        },
    )
    assert answer.status_code == 413
    assert "çok büyük" in answer.json()["error"]


async def test_a_body_that_hides_its_length_is_read_to_the_limit_only(ayse: Visit) -> None:
    """100,000 bytes a file, five files and a million for the rest."""
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(10_000):
            sent += 10_000
            yield b"x" * 10_000

    messages = [chunk async for chunk in body()]
    queue = iter(messages)
    taken = 0
    app = build(ayse.client._transport.app.state.web.gateway, WebSettings(demo=True, max_file_bytes=100_000))  # type: ignore[attr-defined]

    async def receive() -> dict[str, object]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": next(queue), "more_body": True}

    answers: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        answers.append(message)

    cookie = next(cookie.value for cookie in ayse.client.cookies.jar if cookie.path == "/demo/ayse/")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/demo/ayse/messages",
        "raw_path": b"/demo/ayse/messages",
        "root_path": "",
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8080),
        "headers": [
            (b"host", BASE.removeprefix("http://").encode()),
            (b"cookie", f"masa={cookie}".encode()),
            (b"x-masa-token", ayse.token.encode()),
            (b"content-type", b"multipart/form-data; boundary=x"),
        ],
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert answers[0]["status"] == 413
    assert taken < 200


async def test_a_file_is_for_those_who_share_its_conversation(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit, mehmet: Visit
) -> None:
    await ayse.send("ekran", files={"files": ("ekran.png", picture(8, 8), "image/png")})
    (private,) = site.last_message().files
    await mehmet.send("bakın", conversation="web:r:donanim", files={"files": ("x.txt", b"x", "text/plain")})
    (shared,) = site.last_message().files
    zeynep = Visit(ayse.client, "/demo/zeynep/")
    await zeynep.open()
    assert (await ayse.get(f"files/{private}")).status_code == 200
    assert (await zeynep.get(f"files/{shared}")).status_code == 200
    stranger, nothing = await mehmet.get(f"files/{private}"), await mehmet.get(f"files/{'0' * 32}")
    assert stranger.status_code == nothing.status_code == 404
    assert stranger.text == nothing.text


@pytest.mark.parametrize("name", ["%2e%2e", "../masa.db", "%2e%2e%2fmasa.db", "a%00b", "x" * 300])
async def test_no_file_is_fetched_by_a_path(ayse: Visit, name: str) -> None:
    assert (await ayse.client.get(f"/demo/ayse/files/{name}")).status_code == 404


# --- what is refused leaves nothing, and the disk is not filled ---
GOOD = ("files", ("iyi.txt", b"x" * 50, "text/plain"))
LARGE = ("files", ("a.txt", b"x" * 1_100_000, "text/plain"))


@pytest.mark.parametrize(
    "bad",
    [("files", ("kur.exe", b"MZ", "text/plain")), ("files", ("bos.txt", b"", "text/plain"))],
    ids=["a program", "an empty one"],
)
async def test_of_a_message_with_one_file_that_is_refused_none_is_kept(
    site: ScriptedSite, ayse: Visit, bad: tuple[str, tuple[str, bytes, str]]
) -> None:
    refused = await ayse.send("x", files=[GOOD, GOOD, bad])
    assert refused.status_code in (400, 415)
    assert list(site.folder.iterdir()) == []


@pytest.mark.parametrize("trouble", ["broken", "full"])
async def test_a_message_that_is_not_stored_leaves_no_file(site: ScriptedSite, people: object, trouble: str) -> None:
    async with connect(build(site, WebSettings(demo=True)), raising=False) as client:
        ayse = Visit(client, "/demo/ayse/")
        await ayse.open()
        setattr(site, trouble, True)
        assert (await ayse.send("x", files=[GOOD])).status_code in (500, 503)
        assert list(site.folder.iterdir()) == []
        setattr(site, trouble, False)
        assert (await ayse.send("x", files=[GOOD])).status_code == 202
        assert len(list(site.folder.iterdir())) == 1


async def test_a_disk_that_is_nearly_full_is_told_and_the_page_tries_again(site: ScriptedSite, ayse: Visit) -> None:
    site.full = True
    answer = await ayse.send("yazıcı bozuk")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "sunucuda yer azaldı" in answer.json()["error"]
    assert "kaybolmaz" in answer.json()["error"]


@pytest.mark.parametrize("reason", ["file_quota", "files_paused"])
async def test_a_file_beyond_the_day_or_the_disk_is_refused_in_words(
    site: ScriptedSite, ayse: Visit, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Invalid(reason, limit_mb=25)

    monkeypatch.setattr(site.files, "keep", refuse)
    refused = await ayse.send("x", files=[GOOD])
    assert refused.status_code == 413
    assert ("25 MB" if reason == "file_quota" else "yer azaldı") in refused.json()["error"]
    assert "yazıyla anlatın" in refused.json()["error"]


async def test_of_a_stranger_no_more_is_read_than_they_may_send(site: ScriptedSite) -> None:
    async with connect(build(site, WebSettings(guest_bytes=100_000))) as client:
        guest = Visit(client)
        await guest.open()
        large = ("files", ("a.txt", b"x" * 1_200_000, "text/plain"))
        for _ in range(2):  # as somebody new, and as somebody who has written
            refused = await guest.send("x", files=[large])
            assert (refused.status_code, refused.json()["reason"]) == (413, "files_too_large")
            assert (await guest.send("merhaba")).status_code == 202
    assert list(site.folder.iterdir()) == []


async def test_only_so_much_is_received_at_a_time(
    site: ScriptedSite, ayse: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies in the folder of temporary files until it is read."""
    monkeypatch.setattr(receiving, "AT_A_TIME", 1_500_000)
    under_way = ayse.client._transport.app.state.web.receiving  # type: ignore[attr-defined]
    with under_way.taking(1_000_000, None):
        busy = await ayse.send("x", files=[LARGE])
        assert (busy.status_code, busy.json()["reason"]) == (503, "busy")
        assert (await ayse.send("yalnız yazı")).status_code == 202
    await ayse.send("x", files=[("files", ("kur.exe", b"MZ", "text/plain"))])
    await ayse.send("x", files=[GOOD])
    assert under_way.total == 0


async def test_strangers_who_send_slowly_take_no_room_from_whom_we_know(
    site: ScriptedSite, people: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "OF_GUESTS", 4_000_000)
    monkeypatch.setattr(receiving, "OF_GUESTS_ADDRESS", 2_000_000)
    web, demo = build(site, WebSettings()), build(site, WebSettings(demo=True))
    demo.state.web.receiving = under_way = web.state.web.receiving
    async with connect(web) as strangers, connect(demo) as known:
        guest, ayse = Visit(strangers), Visit(known, "/demo/ayse/")
        await guest.open()
        await ayse.open()
        with under_way.taking(1_900_000, "192.0.2.1"):
            assert (await guest.send("x", files=[LARGE])).status_code == 202
            with under_way.taking(1_900_000, "192.0.2.2"):
                assert (await guest.send("x", files=[LARGE])).json()["reason"] == "busy"
                assert (await guest.send("yalnız yazı")).status_code == 202
                assert (await ayse.send("x", files=[LARGE])).status_code == 202
        with under_way.taking(1_900_000, "127.0.0.1"):
            assert (await guest.send("x", files=[LARGE])).json()["reason"] == "busy"
    assert under_way.total == 0


async def test_a_folder_of_temporary_files_that_is_full_is_told_in_words(
    site: ScriptedSite, ayse: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> object:
        return Path("/dev/full").open("r+b", buffering=0)

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    refused = await ayse.send("x", files=[LARGE])
    assert (refused.status_code, refused.json()["reason"]) == (413, "files_paused")
    assert (await ayse.send("yalnız yazı")).status_code == 202
    assert list(site.folder.iterdir()) == []


async def test_what_is_under_way_leaves_the_reserve_alone(site: ScriptedSite, ayse: Visit, tmp_path: Path) -> None:
    """The temporary files may lie on the same disk."""
    free = 10_000_000
    space = DiskSpace(tmp_path, None, 8_000_000, lambda _folder: free)
    site.files._guard = UploadGuard(site.store, FileQuota(), space)
    under_way = ayse.client._transport.app.state.web.receiving  # type: ignore[attr-defined]
    with under_way.taking(1_000_000, None):
        refused = await ayse.send("x", files=[LARGE])
        assert (refused.status_code, refused.json()["reason"]) == (413, "files_paused")
        assert (await ayse.send("yalnız yazı")).status_code == 202
