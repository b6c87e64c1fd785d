"""What a browser may send: text and presses, how often, and how it is answered."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Account
from handlers.events import ButtonPressed
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect


def tokens(page: httpx.Response) -> list[str]:
    return re.findall(r'data-token="([^"]+)"', page.text)


async def test_a_message_becomes_an_event(site: ScriptedSite, ayse: Visit) -> None:
    key = str(uuid.uuid4())
    answer = await ayse.send("yazıcı bozuk", key=key, conversation="web:p:ayse", reply_to="7")
    assert answer.status_code == 202
    event = site.last_message()
    assert event.key == f"web:{key}"
    assert event.sender == Account("web", "ayse")
    assert (event.conversation, event.in_room) == ("web:p:ayse", False)
    assert (event.text, event.reply_to, event.at) == ("yazıcı bozuk", "7", site.now())


async def test_in_the_room_one_speaks_from_the_own_account(site: ScriptedSite, mehmet: Visit) -> None:
    await mehmet.send("alıyorum", conversation="web:r:donanim")
    event = site.last_message()
    assert event.sender == Account("web", "mehmet")
    assert (event.conversation, event.in_room) == ("web:r:donanim", True)


async def test_the_same_request_again_is_the_same_event(site: ScriptedSite, ayse: Visit) -> None:
    key = str(uuid.uuid4())
    first, second = await ayse.send("bir kez", key=key), await ayse.send("bir kez", key=key)
    assert (first.json()["new"], second.json()["new"]) == (True, False)
    assert len(site.accepted) == 1


async def test_a_repeated_first_message_of_a_guest_makes_one_person(site: ScriptedSite, guest: Visit) -> None:
    key = str(uuid.uuid4())
    await guest.send("merhaba", key=key)
    await guest.send("merhaba", key=key)
    assert site.store.read(lambda uow: len(uow.people.everybody())) == 1
    assert len(site.accepted) == 1


async def test_nothing_is_acknowledged_that_is_not_stored(site: ScriptedSite, settings: WebSettings) -> None:
    async with connect(build(site, settings), raising=False) as client:
        visit = Visit(client)
        await visit.open()
        site.broken = True
        assert (await visit.send("merhaba")).status_code == 500
        site.broken = False
        assert (await visit.send("merhaba")).status_code == 202
    assert len(site.accepted) == 1


# --- bad text -------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\0\0", "\x1b"])
async def test_an_empty_message_is_refused(site: ScriptedSite, ayse: Visit, text: str) -> None:
    answer = await ayse.send(text)
    assert answer.status_code == 400
    assert "Boş mesaj" in answer.json()["error"]
    assert not site.accepted


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
async def test_odd_text_arrives_as_it_can_be_kept(site: ScriptedSite, ayse: Visit, typed: str, stored: str) -> None:
    assert (await ayse.send(typed)).status_code == 202
    assert site.last_message().text == stored
    assert (await ayse.open()).status_code == 200


async def test_a_lone_surrogate_breaks_nothing(site: ScriptedSite, ayse: Visit) -> None:
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
    site.last_message().text.encode()


@pytest.mark.parametrize("length", [8001, 200_000])
async def test_a_text_too_long_is_refused(site: ScriptedSite, ayse: Visit, length: int) -> None:
    answer = await ayse.send("u" * length)
    assert answer.status_code == 400
    assert "çok uzun" in answer.json()["error"]
    assert not site.accepted


@pytest.mark.parametrize("field", [{"key": "1"}, {"key": "web:x"}, {"reply_to": "abc"}, {"reply_to": "-1"}])
async def test_a_malformed_form_is_refused(site: ScriptedSite, ayse: Visit, field: dict[str, str]) -> None:
    assert (await ayse.send("merhaba", **field)).status_code == 400
    assert not site.accepted


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
    assert "evil.example" not in "".join(re.findall(r'src="([^"]*)"', talk))
    links = re.findall(r'<a href="http[^>]*>', talk)
    assert all('target="_blank" rel="noopener noreferrer nofollow"' in link for link in links)
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', talk))
    assert "49" not in re.sub(r"<[^>]*>|&#39;|\d\d:\d\d", "", talk)
    mine = talk[talk.index('class="msg mine') : talk.index('class="msg desk')]
    assert "<strong>" not in mine


# --- presses --------------------------------------------------------------------------------------
async def test_a_press_is_stored_and_handled_before_it_is_answered(site: ScriptedSite, ayse: Visit) -> None:
    await ayse.send("yazıcı")
    token = tokens(await ayse.open())[0]
    answer = await ayse.post("press", token=token)
    assert (answer.status_code, answer.json()["handled"]) == (202, True)
    event = site.accepted[-1]
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.conversation) == (token, "web:p:ayse")
    page = (await ayse.open()).text
    assert "Seçtiniz: Tamam" in page
    assert "güncellendi" in page


async def test_pressing_twice_changes_nothing_more(site: ScriptedSite, ayse: Visit) -> None:
    await ayse.send("yazıcı")
    yes, no = tokens(await ayse.open())
    await ayse.post("press", token=yes)
    assert (await ayse.post("press", token=no)).status_code == 202
    page = (await ayse.open()).text
    assert "Seçtiniz: Tamam" in page
    assert "Seçtiniz: Olmadı" not in page


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "../../etc", "a" * 500, "' or 1=1 --"])
async def test_a_forged_button_is_not_found(site: ScriptedSite, ayse: Visit, token: str) -> None:
    assert (await ayse.post("press", token=token)).status_code == 404
    assert not site.accepted


async def test_somebody_elses_button_is_answered_like_none(site: ScriptedSite, ayse: Visit, mehmet: Visit) -> None:
    site.say("web:r:donanim", "Yeni kayıt", "Üstlen")
    token = tokens(await mehmet.open(c="web:r:donanim"))[0]
    stranger, nothing = await ayse.post("press", token=token), await ayse.post("press", token="a" * 22)
    assert stranger.status_code == nothing.status_code == 404
    assert stranger.text == nothing.text
    assert not site.accepted
    assert (await mehmet.post("press", token=token)).status_code == 202


async def test_nobody_writes_or_reads_where_they_may_not_enter(site: ScriptedSite, ayse: Visit) -> None:
    site.say("web:r:donanim", "gizli")
    for address in ("web:r:donanim", "web:p:hasan", "web:p:yok", "telegram:p:1"):
        assert (await ayse.send("merhaba", conversation=address)).status_code == 404
        assert (await ayse.post("seen", conversation=address, seq=1)).status_code == 404
        for piece in ("talk", "older", "search", ""):
            answer = await ayse.get(piece, c=address, before="999", q="gizli")
            assert answer.status_code == 404, (piece, address)


# --- pace -----------------------------------------------------------------------------------------
async def test_the_hundred_and_first_message_of_a_minute_waits(site: ScriptedSite, demo: httpx.AsyncClient) -> None:
    slow = build(site, WebSettings(demo=True, messages_a_minute=3))
    async with connect(slow) as client:
        ayse, hasan = Visit(client, "/demo/ayse/"), Visit(client, "/demo/hasan/")
        await ayse.open()
        await hasan.open()
        assert [(await ayse.send(f"{n}")).status_code for n in range(4)] == [202, 202, 202, 429]
        refused = await ayse.send("beşinci")
        assert refused.headers["retry-after"] == "60"
        assert "kaybolmadı" in refused.json()["error"]
        assert (await hasan.send("ben yavaşım")).status_code == 202
        site.clock.forward(seconds=60)
        assert (await ayse.send("beşinci")).status_code == 202


def test_the_limit_is_a_hundred_a_minute() -> None:
    assert WebSettings().messages_a_minute == 100


async def test_new_guests_come_at_a_pace_too(site: ScriptedSite) -> None:
    app = build(site, WebSettings(guests_a_minute=2))
    codes = []
    for _ in range(3):
        async with connect(app) as client:
            visit = Visit(client)
            await visit.open()
            codes.append((await visit.send("merhaba")).status_code)
    assert codes == [202, 202, 429]


async def test_codes_from_one_address_are_few_a_minute_whoever_tries_them(
    site: ScriptedSite, client: httpx.AsyncClient
) -> None:
    for number in range(21):
        client.cookies.clear()
        visit = Visit(client)
        await visit.open()
        answer = await visit.send(f"/katil ABCDE-FGH2{number % 8 + 2}")
        assert answer.status_code == (202 if number < 20 else 429)
    assert "çok fazla kod denendi" in answer.json()["error"]
    assert len(site.accepted) == 20
    site.clock.forward(minutes=1)
    assert (await visit.send("/katil ABCDE-FGH23")).status_code == 202
