"""Where a request may come from, who is asking, and how that ends."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect


# --- hosts and origins ---
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8080", "", "[", "evil.example:8080"])
async def test_a_foreign_host_name_is_refused(client: httpx.AsyncClient, host: str) -> None:
    """A name that was made to point here (DNS rebinding) reads nothing."""
    answer = await client.get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "masa.belediye.example", "MASA.belediye.example"])
async def test_own_host_names_are_welcome(site: ScriptedSite, host: str) -> None:
    async with connect(build(site, WebSettings(allowed_hosts=("masa.belediye.example",)))) as client:
        assert (await client.get("/", headers={"Host": host})).status_code == 200


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://127.0.0.1:8080.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["messages", "press", "seen", "logout", "sessions/end"])
async def test_a_request_from_another_site_is_refused(
    site: ScriptedSite, ayse: Visit, path: str, headers: dict[str, str]
) -> None:
    answer = await ayse.post(path, text="merhaba", token="a" * 22, form_token=ayse.token, headers=headers)
    assert answer.status_code == 403
    assert not site.accepted


async def test_the_own_page_is_not_refused(ayse: Visit) -> None:
    own = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}
    assert (await ayse.send("merhaba", headers=own)).status_code == 202


@pytest.mark.parametrize("token", ["", "0" * 64, "ş"])
async def test_without_the_token_of_the_page_nothing_is_taken(site: ScriptedSite, ayse: Visit, token: str) -> None:
    answer = await ayse.send("merhaba", headers={"X-Masa-Token": token.encode()})
    assert answer.status_code == 403
    assert "yazdığınız kaybolmaz" in answer.json()["error"]
    assert not site.accepted


async def test_the_token_of_another_session_is_worth_nothing(site: ScriptedSite, ayse: Visit, mehmet: Visit) -> None:
    ayse.token = mehmet.token
    assert (await ayse.send("merhaba")).status_code == 403
    assert not site.accepted


async def test_web_sockets_are_refused(site: ScriptedSite) -> None:
    answers: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, object]) -> None:
        answers.append(message)

    headers = [(b"host", b"127.0.0.1:8080"), (b"origin", b"http://evil.example")]
    scope = {"type": "websocket", "path": "/stream", "headers": headers}
    await build(site, WebSettings())(scope, receive, send)  # type: ignore[arg-type]
    assert [answer["type"] for answer in answers] == ["websocket.close"]


async def test_every_answer_carries_the_headers(client: httpx.AsyncClient) -> None:
    for path in ("/", "/static/main.js", "/healthz", "/yok"):
        headers = (await client.get(path)).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["referrer-policy"] == "same-origin"


# --- cookies and sessions ---
async def test_the_cookie_is_strict_and_only_its_hash_is_stored(site: ScriptedSite, guest: Visit) -> None:
    guest.client.cookies.clear()
    page = await guest.client.get("/")
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert re.match(r"masa=[\w-]{43}\.[\w-]{22};", cookie)
    await guest.open()
    await guest.send("merhaba")
    token = re.match(r"[\w-]{43}", next(iter(guest.client.cookies.jar)).value or "")
    assert token
    (person,) = site.store.read(lambda uow: uow.people.everybody())
    sessions = site.store.read(lambda uow: uow.sessions.of(person.id))
    assert token[0] not in repr(sessions)


async def test_over_https_the_cookie_is_secure(site: ScriptedSite) -> None:
    https = WebSettings(base_url="https://masa.example")
    async with connect(build(site, https), "https://masa.example") as client:
        cookie = (await client.get("/")).headers["set-cookie"]
    assert cookie.startswith("__Host-masa=")
    assert "Secure" in cookie


async def test_a_cookie_that_is_none_is_replaced(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers={"Cookie": "masa='; drop table--"})
    assert page.status_code == 200
    assert re.search(r"masa=[\w-]{43}\.[\w-]{22};", page.headers["set-cookie"])


async def test_one_cannot_open_another_demo_persons_path_with_ones_own_cookie(ayse: Visit) -> None:
    cookie = next(iter(ayse.client.cookies.jar)).value
    headers = {"Cookie": f"masa={cookie}"}
    ayse.client.cookies.clear()
    assert (await ayse.client.get("/demo/kemal/side", headers=headers)).status_code == 401


async def test_a_session_can_be_ended(site: ScriptedSite, ayse: Visit) -> None:
    other = Visit(ayse.client, "/demo/ayse/")
    mine = next(cookie.value for cookie in ayse.client.cookies.jar if cookie.path == "/demo/ayse/")
    ayse.client.cookies.clear()
    await other.open()
    page = (await other.get("sessions")).text
    assert page.count("bu tarayıcı") == 1
    (wanted,) = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    ended = await other.post("sessions/end", session=wanted, form_token=other.token)
    assert ended.status_code == 303
    other.client.cookies.clear()
    gone = await other.client.get("/demo/ayse/side", headers={"Cookie": f"masa={mine}"})
    assert gone.status_code == 401
    assert "kapanmış" in gone.json()["error"]


async def test_all_other_sessions_can_be_ended_at_once(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit
) -> None:
    for _ in range(2):
        ayse.client.cookies.clear()
        await ayse.open()
    await ayse.post("sessions/end", others="1", form_token=ayse.token)
    live = site.store.read(lambda uow: [s for s in uow.sessions.of(people["ayse"].id) if s.ended_at is None])
    assert len(live) == 1
    assert (await ayse.get("side")).status_code == 200


async def test_nobody_ends_somebody_elses_session(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit, mehmet: Visit
) -> None:
    (session,) = site.store.read(lambda uow: uow.sessions.of(people["mehmet"].id))
    await ayse.post("sessions/end", session=session.token_hash, form_token=ayse.token)
    assert (await mehmet.get("side")).status_code == 200


async def test_after_signing_out_the_cookie_opens_nothing(guest: Visit) -> None:
    await guest.send("gizli bir şey")
    cookie = next(iter(guest.client.cookies.jar)).value
    assert (await guest.post("logout", form_token=guest.token)).status_code == 303
    assert not list(guest.client.cookies.jar)
    page = await guest.client.get("/", headers={"Cookie": f"masa={cookie}", "Accept": "text/html"})
    assert page.status_code == 401
    assert "gizli" not in page.text
    assert "Oturum" in page.text
    assert "gizli" not in (await guest.open()).text


async def test_a_session_that_nobody_used_for_a_month_has_ended(site: ScriptedSite, guest: Visit) -> None:
    await guest.send("merhaba")
    site.clock.forward(days=29)
    assert (await guest.open()).status_code == 200
    site.clock.forward(days=29)
    assert (await guest.open()).status_code == 200
    site.clock.forward(days=31)
    assert (await guest.get("side")).status_code == 401


async def test_who_left_is_out_at_once(site: ScriptedSite, people: dict[str, Person], mehmet: Visit) -> None:
    def leave(uow: UnitOfWork) -> None:
        person = uow.people.get(people["mehmet"].id)
        person.leave(site.now())
        uow.people.save(person)

    site.store.write(leave)
    for path in ("side", "talk", "stream", "sessions"):
        assert (await mehmet.get(path)).status_code == 403
    assert (await mehmet.send("hâlâ buradayım")).status_code == 403
    assert not site.accepted


async def test_who_moves_to_another_unit_loses_the_room(
    site: ScriptedSite, people: dict[str, Person], mehmet: Visit
) -> None:
    def move(uow: UnitOfWork) -> None:
        person = uow.people.get(people["mehmet"].id)
        person.unit = "yazilim"
        uow.people.save(person)

    site.store.write(move)
    side = (await mehmet.get("side")).text
    assert "web:r:yazilim" in side
    assert "web:r:donanim" not in side
    assert (await mehmet.get("talk", c="web:r:donanim")).status_code == 404


async def test_a_guest_who_joins_by_a_code_has_the_new_rights_with_the_next_request(
    site: ScriptedSite, people: dict[str, Person], guest: Visit
) -> None:
    """As joining by a code does it: the account, its conversation and its sessions become the real person's."""
    await guest.send("merhaba")

    def join(uow: UnitOfWork) -> None:
        (newcomer,) = [p for p in uow.people.everybody() if not p.verified]
        (account,) = uow.people.accounts(newcomer.id)
        (conversation,) = uow.conversations.private_of(newcomer.id)
        uow.people.link(account, people["mehmet"].id, conversation.address)
        conversation.person = people["mehmet"].id
        uow.conversations.save(conversation)
        uow.sessions.move(newcomer.id, people["mehmet"].id)

    site.store.write(join)
    page = (await guest.open()).text
    assert "Mehmet Kaya" in page
    assert "web:r:donanim" in page
    assert "Duydum: merhaba" in page
    assert (await guest.send("ben geldim", conversation="web:r:donanim")).status_code == 202


async def test_names_cannot_turn_the_line_around(site: ScriptedSite, mehmet: Visit) -> None:
    def impostor(uow: UnitOfWork) -> Person:
        return uow.people.add(
            Person(
                handle="sahte",
                name="\u202eayaK \u200bMehmet Kaya",
                role=Role.TECHNICIAN,
                unit="donanim",
                verified=True,
            )
        )

    person = site.store.write(impostor)
    site.write_as(person, "web:r:donanim", "ben Mehmet")
    page = (await mehmet.open(c="web:r:donanim")).text
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert f'title="Kişi no {person.id}"' in page
