"""What a browser sends: stored before it is thanked for, once however often it comes, refused in Turkish."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Account, Person
from handlers.events import ButtonPressed, MessageReceived
from tests.bot.web.house import House
from tests.bot.web.scenes import picture
from tests.bot.web.visiting import BASE, Visit, connect


def last(house: House) -> MessageReceived:
    event = house.accepted[-1]
    assert isinstance(event, MessageReceived)
    return event


def tokens(page: httpx.Response) -> list[str]:
    return re.findall(r'data-token="([^"]+)"', page.text)


async def test_a_message_becomes_an_event(house: House, ayse: Visit) -> None:
    key = str(uuid.uuid4())
    answer = await ayse.send("yazıcı bozuk", key=key, conversation="web:p:ayse", reply_to="7")
    assert answer.status_code == 202
    event = last(house)
    assert event.key == f"web:{key}"
    assert event.sender == Account("web", "ayse")
    assert (event.conversation, event.in_room) == ("web:p:ayse", False)
    assert (event.text, event.reply_to, event.at) == ("yazıcı bozuk", "7", house.now())


async def test_in_the_room_one_speaks_from_the_own_account(house: House, mehmet: Visit) -> None:
    await mehmet.send("alıyorum", conversation="web:r:donanim")
    event = last(house)
    assert event.sender == Account("web", "mehmet")
    assert (event.conversation, event.in_room) == ("web:r:donanim", True)


async def test_the_same_request_again_is_the_same_event(house: House, ayse: Visit) -> None:
    key = str(uuid.uuid4())
    first, second = await ayse.send("bir kez", key=key), await ayse.send("bir kez", key=key)
    assert (first.json()["new"], second.json()["new"]) == (True, False)
    assert len(house.accepted) == 1


async def test_a_repeated_first_message_of_a_guest_makes_one_person(house: House, guest: Visit) -> None:
    key = str(uuid.uuid4())
    await guest.send("merhaba", key=key)
    await guest.send("merhaba", key=key)
    assert house.store.read(lambda uow: len(uow.people.everybody())) == 1
    assert len(house.accepted) == 1


async def test_nothing_is_acknowledged_that_is_not_stored(house: House, settings: WebSettings) -> None:
    async with connect(build(house, settings), raising=False) as client:
        visit = Visit(client)
        await visit.open()
        house.broken = True
        assert (await visit.send("merhaba")).status_code == 500
        house.broken = False
        assert (await visit.send("merhaba")).status_code == 202
    assert len(house.accepted) == 1


# --- bad text ---
@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\0\0", "\x1b"])
async def test_an_empty_message_is_refused(house: House, ayse: Visit, text: str) -> None:
    answer = await ayse.send(text)
    assert answer.status_code == 400
    assert "Boş mesaj" in answer.json()["error"]
    assert not house.accepted


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a" * 4096, "a" * 4096),
        ("🖨️🔥", "🖨️🔥"),
        ("z̸̢̛a̵l̴g̷o", "z̸̢̛a̵l̴g̷o"),
        ("iki\r\nsatır", "iki\nsatır"),
        ("a\0b\x1b[31mc", "ab[31mc"),
        ("  boşluk  ", "boşluk"),
    ],
)
async def test_odd_text_arrives_as_it_can_be_kept(house: House, ayse: Visit, typed: str, stored: str) -> None:
    assert (await ayse.send(typed)).status_code == 202
    assert last(house).text == stored
    assert (await ayse.open()).status_code == 200


async def test_a_lone_surrogate_breaks_nothing(house: House, ayse: Visit) -> None:
    boundary = "x"
    key = uuid.uuid4()
    body = (
        f'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\n{key}\r\n'
        '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    ).encode() + b"bozuk \xed\xa0\x80 harf\r\n--x--\r\n"
    answer = await ayse.client.post(
        "/demo/ayse/messages",
        content=body,
        headers={"X-Masa-Token": ayse.token, "Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    assert answer.status_code == 202
    last(house).text.encode()


@pytest.mark.parametrize("length", [8001, 200_000])
async def test_a_text_too_long_is_refused(house: House, ayse: Visit, length: int) -> None:
    answer = await ayse.send("u" * length)
    assert answer.status_code == 400
    assert "çok uzun" in answer.json()["error"]
    assert not house.accepted


@pytest.mark.parametrize("field", [{"key": "1"}, {"key": "web:x"}, {"reply_to": "abc"}, {"reply_to": "-1"}])
async def test_a_malformed_form_is_refused(house: House, ayse: Visit, field: dict[str, str]) -> None:
    assert (await ayse.send("merhaba", **field)).status_code == 400
    assert not house.accepted


async def test_a_body_that_is_no_form_is_refused(ayse: Visit) -> None:
    answer = await ayse.client.post(
        "/demo/ayse/messages",
        content=b"{",
        headers={"X-Masa-Token": ayse.token, "Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "http://evil.example/x.png",
        "{{7*7}} {0.__class__}",
        "\ue000kalın\ue00e \ue004/x\ue00ftık\ue00e",
    ],
)
async def test_what_people_type_is_text_and_nothing_else(ayse: Visit, typed: str) -> None:
    """Also where the desk quotes it."""
    await ayse.send(typed)
    page = (await ayse.open()).text
    talk = page[page.index('<div class="messages">') : page.index('<div class="empty"')]
    assert "<script" not in talk
    assert "onerror=alert(1)>" not in talk
    assert "<img" not in talk
    assert "evil.example" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', talk))
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', talk))
    assert "49" not in re.sub(r"<[^>]*>|&#39;|\d\d:\d\d", "", talk)
    mine = talk[talk.index('class="msg mine') : talk.index('class="msg desk')]
    assert "<strong>" not in mine


# --- presses ---
async def test_a_press_is_stored_and_handled_before_it_is_answered(house: House, ayse: Visit) -> None:
    await ayse.send("yazıcı")
    token = tokens(await ayse.open())[0]
    answer = await ayse.post("press", token=token)
    assert (answer.status_code, answer.json()["handled"]) == (202, True)
    event = house.accepted[-1]
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.conversation) == (token, "web:p:ayse")
    page = (await ayse.open()).text
    assert "Seçtiniz: Tamam" in page
    assert "güncellendi" in page


async def test_pressing_twice_changes_nothing_more(house: House, ayse: Visit) -> None:
    await ayse.send("yazıcı")
    yes, no = tokens(await ayse.open())
    await ayse.post("press", token=yes)
    assert (await ayse.post("press", token=no)).status_code == 202
    page = (await ayse.open()).text
    assert "Seçtiniz: Tamam" in page
    assert "Seçtiniz: Olmadı" not in page


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "../../etc", "a" * 500, "' or 1=1 --"])
async def test_a_forged_button_is_not_found(house: House, ayse: Visit, token: str) -> None:
    assert (await ayse.post("press", token=token)).status_code == 404
    assert not house.accepted


async def test_somebody_elses_button_is_answered_like_none(house: House, ayse: Visit, mehmet: Visit) -> None:
    house.say("web:r:donanim", "Yeni kayıt", "Üstlen")
    token = tokens(await mehmet.open(c="web:r:donanim"))[0]
    stranger, nothing = await ayse.post("press", token=token), await ayse.post("press", token="a" * 22)
    assert stranger.status_code == nothing.status_code == 404
    assert stranger.text == nothing.text
    assert not house.accepted
    assert (await mehmet.post("press", token=token)).status_code == 202


async def test_nobody_writes_or_reads_where_they_may_not_enter(house: House, ayse: Visit) -> None:
    house.say("web:r:donanim", "gizli")
    for address in ("web:r:donanim", "web:p:hasan", "web:p:yok", "telegram:p:1"):
        assert (await ayse.send("merhaba", conversation=address)).status_code == 404
        assert (await ayse.post("seen", conversation=address, seq=1)).status_code == 404
        for piece in ("talk", "older", "search", ""):
            answer = await ayse.get(piece, c=address, before="999", q="gizli")
            assert answer.status_code == 404, (piece, address)


# --- pace ---
async def test_the_hundred_and_first_message_of_a_minute_waits(house: House, demo: httpx.AsyncClient) -> None:
    slow = build(house, WebSettings(demo=True, messages_a_minute=3))
    async with connect(slow) as client:
        ayse, hasan = Visit(client, "/demo/ayse/"), Visit(client, "/demo/hasan/")
        await ayse.open()
        await hasan.open()
        assert [(await ayse.send(f"{n}")).status_code for n in range(4)] == [202, 202, 202, 429]
        refused = await ayse.send("beşinci")
        assert refused.headers["retry-after"] == "60"
        assert "kaybolmadı" in refused.json()["error"]
        assert (await hasan.send("ben yavaşım")).status_code == 202
        house.clock.forward(seconds=60)
        assert (await ayse.send("beşinci")).status_code == 202


def test_the_limit_is_a_hundred_a_minute() -> None:
    assert WebSettings().messages_a_minute == 100


async def test_new_guests_come_at_a_pace_too(house: House) -> None:
    app = build(house, WebSettings(guests_a_minute=2))
    codes = []
    for _ in range(3):
        async with connect(app) as client:
            visit = Visit(client)
            await visit.open()
            codes.append((await visit.send("merhaba")).status_code)
    assert codes == [202, 202, 429]


# --- files ---
async def test_a_picture_is_kept_and_shown(house: House, ayse: Visit) -> None:
    answer = await ayse.send("ekran", files={"files": ("ekran.png", picture(40, 30), "image/png")})
    assert answer.status_code == 202
    (file,) = last(house).files
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
async def test_what_could_run_is_only_ever_a_download(house: House, ayse: Visit, name: str, content: bytes) -> None:
    await ayse.send("dosya", files={"files": (name, content, "image/png")})
    served = await ayse.get(f"files/{last(house).files[0]}")
    assert served.headers["content-type"] == "application/octet-stream"
    assert served.headers["content-disposition"].startswith("attachment")
    assert served.headers["x-content-type-options"] == "nosniff"
    assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202egnp.exe.txt", "C:\\Windows\\x.txt", "ş" * 300 + ".txt"])
async def test_a_crooked_file_name_is_only_a_name(house: House, ayse: Visit, name: str) -> None:
    assert (await ayse.send("", files={"files": (name, b"x", "text/plain")})).status_code == 202
    (stored,) = house.folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{32}", stored.name)
    page = (await ayse.open()).text
    assert "\u202e" not in page
    assert "../" not in page


async def test_programs_and_empty_files_are_refused_with_a_reason(house: House, ayse: Visit) -> None:
    refused = await ayse.send("x", files={"files": ("kur.exe", b"MZ", "application/pdf")})
    assert (refused.status_code, "Program" in refused.json()["error"]) == (415, True)
    refused = await ayse.send("x", files={"files": ("bos.txt", b"", "text/plain")})
    assert (refused.status_code, refused.json()["error"]) == (400, "Dosya boş.")
    assert not house.accepted


async def test_too_many_files_are_refused(house: House, ayse: Visit) -> None:
    files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(6)]
    refused = await ayse.send("x", files=files)
    assert refused.status_code == 400
    assert "en çok 5 dosya" in refused.json()["error"]
    assert not house.accepted


async def test_a_file_too_large_is_refused(house: House, ayse: Visit) -> None:
    refused = await ayse.send("x", files={"files": ("büyük.txt", b"x" * 100_001, "text/plain")})
    assert refused.status_code == 413
    assert "çok büyük" in refused.json()["error"]
    assert list(house.folder.iterdir()) == []


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
    app = build(ayse.client._transport.app.state.web.reception, WebSettings(demo=True, max_file_bytes=100_000))  # type: ignore[attr-defined]

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
    house: House, people: dict[str, Person], ayse: Visit, mehmet: Visit
) -> None:
    await ayse.send("ekran", files={"files": ("ekran.png", picture(8, 8), "image/png")})
    (private,) = last(house).files
    await mehmet.send("bakın", conversation="web:r:donanim", files={"files": ("x.txt", b"x", "text/plain")})
    (shared,) = last(house).files
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
