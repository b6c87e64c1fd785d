"""A cookie that somebody else knew opens nothing: not what a guest writes, and not what a code brings."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Account, Person, Role
from handlers.people.access import private_address
from handlers.ports import UnitOfWork
from tests.bot.web.scenes import joins
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.bot.web.visiting import Visit, connect

CODE = "/katil ABCDE-FGH23"


@pytest.fixture
async def victim(site: ScriptedSite, people: dict[str, Person], settings: WebSettings) -> AsyncIterator[Visit]:
    site.script = joins
    async with connect(build(site, settings)) as client:
        yield Visit(client)


def cookie_of(visit: Visit) -> str:
    """As it is sent: `masa=…`."""
    (cookie,) = visit.client.cookies.jar
    return f"{cookie.name}={cookie.value}"


async def with_cookie(visit: Visit, cookie: str, path: str = "side") -> httpx.Response:
    """What somebody else gets who has that cookie."""
    async with connect(visit.client._transport.app) as other:  # type: ignore[attr-defined] # the application it speaks with
        return await other.get(f"/{path}", headers={"Cookie": cookie, "Accept": "text/html"})


@pytest.mark.parametrize("made_up", ["a" * 43, f"{'a' * 43}.{'b' * 22}"])
async def test_a_made_up_cookie_never_becomes_a_session(victim: Visit, made_up: str) -> None:
    victim.client.cookies.set("masa", made_up, domain="127.0.0.1", path="/")
    await victim.open()
    assert cookie_of(victim).partition(".")[0] != f"masa={'a' * 43}"
    assert (await victim.send("gizli bir şey")).status_code == 202
    assert (await with_cookie(victim, f"masa={made_up}")).status_code == 401
    assert "gizli" not in (await with_cookie(victim, f"masa={made_up}", "")).text
    assert "gizli" in (await victim.open()).text


async def test_what_a_guest_writes_is_not_for_who_knew_their_cookie(victim: Visit) -> None:
    """One that the desk gave out, to somebody who planted it."""
    await victim.open()
    planted = cookie_of(victim)
    assert (await victim.send("gizli bir şey")).status_code == 202
    assert (await victim.send("bir şey daha")).status_code == 202, "the page goes on as it is"
    assert (await with_cookie(victim, planted)).status_code == 401
    assert "gizli" not in (await with_cookie(victim, planted, "")).text
    assert "gizli" in (await victim.get("talk")).text


@pytest.mark.parametrize("typed", [CODE, "/KATIL@masa abcde fgh23", "ABCDE-FGH23", "abcdefgh23, Ayşe"])
async def test_a_code_comes_with_a_new_cookie_and_the_old_one_dies(victim: Visit, typed: str) -> None:
    await victim.open()
    await victim.send("merhaba")
    planted, form_token = cookie_of(victim), victim.token
    answer = await victim.send(typed)
    assert answer.status_code == 202
    for path in ("side", "stream", "sessions", "talk"):
        assert (await with_cookie(victim, planted, path)).status_code == 401
    assert (await victim.get("side")).status_code == 200
    assert (await victim.send("bu sayfadan")).status_code == 403, "the page's own key is another one, too"
    victim.token = answer.json()["form_token"]
    assert victim.token != form_token
    assert (await victim.send("bu sayfadan")).status_code == 202


async def test_who_joins_is_who_they_are_with_the_new_cookie_alone(victim: Visit) -> None:
    await victim.open()
    planted = cookie_of(victim)
    await victim.send(CODE)
    assert "Mehmet Kaya" in (await victim.open()).text
    assert (await victim.send("ben geldim", conversation="web:r:donanim")).status_code == 202
    assert "Mehmet" not in (await with_cookie(victim, planted, "")).text
    sessions = (await victim.get("sessions")).text
    assert sessions.count("bu tarayıcı") == 1
    assert sessions.count('name="session"') == 0, "and no other one is open"


async def test_another_tab_with_the_old_cookie_tries_again_and_goes_on(victim: Visit) -> None:
    await victim.open()
    await victim.send("merhaba")
    old = cookie_of(victim)
    await victim.send(CODE)
    early = await with_cookie(victim, old, "")  # the answer with the new cookie was not there yet
    assert (early.status_code, "set-cookie" in early.headers) == (200, False)
    assert "açılıyor" in early.text
    assert "Mehmet" not in early.text


async def test_the_old_cookie_is_no_word_of_a_new_one_for_long(site: ScriptedSite, victim: Visit) -> None:
    await victim.open()
    await victim.send("merhaba")
    old = cookie_of(victim)
    await victim.send(CODE)
    site.clock.forward(minutes=2)
    late = await with_cookie(victim, old, "")
    assert late.status_code == 401
    assert "Oturum" in late.text


async def test_an_answer_that_was_lost_shuts_nobody_out(victim: Visit) -> None:
    """The page sends the same again, with the cookie that it has; nobody else knows the key of that request."""
    await victim.open()
    await victim.send("merhaba")
    old, key = cookie_of(victim), str(uuid.uuid4())
    lost = await victim.send(CODE, key=key)
    never_arrived = cookie_of(victim)
    victim.client.cookies.clear()
    victim.client.cookies.set("masa", old.partition("=")[2], domain="127.0.0.1", path="/")
    assert (await victim.send(CODE)).status_code == 401, "with a key of one's own"
    again = await victim.send(CODE, key=key)
    assert (again.status_code, again.json()["new"], lost.json()["new"]) == (202, False, True)
    assert "Mehmet Kaya" in (await victim.open()).text
    assert (await with_cookie(victim, never_arrived)).status_code == 401


async def test_a_first_message_whose_answer_was_lost_is_one_guest(site: ScriptedSite, victim: Visit) -> None:
    await victim.open()
    before, key = cookie_of(victim), str(uuid.uuid4())
    await victim.send("merhaba", key=key)
    victim.client.cookies.clear()
    victim.client.cookies.set("masa", before.partition("=")[2], domain="127.0.0.1", path="/")
    assert (await victim.send("merhaba", key=key)).json()["new"] is False
    assert "Duydum: merhaba" in (await victim.open()).text
    guests = site.store.read(lambda uow: [person for person in uow.people.everybody() if not person.verified])
    assert len(guests) == 1


async def test_what_is_refused_brings_its_new_cookie_all_the_same(site: ScriptedSite, victim: Visit) -> None:
    async with connect(victim.client._transport.app, raising=False) as client:  # type: ignore[attr-defined] # the same
        hurt = Visit(client)
        await hurt.open()
        await hurt.send("merhaba")
        old, site.broken = cookie_of(hurt), True
        assert (await hurt.send(CODE)).status_code == 500
        site.broken = False
        assert cookie_of(hurt) != old
        assert (await hurt.get("side")).status_code == 200


@pytest.mark.parametrize("change", ["role", "unit", "verified", "person"])
async def test_rights_that_change_elsewhere_bring_a_new_cookie_with_the_next_page(
    site: ScriptedSite, people: dict[str, Person], victim: Visit, change: str
) -> None:
    """By a code typed in Telegram, for example, or since a platform told who it is."""
    await victim.open()
    await victim.send("merhaba")
    old = cookie_of(victim)

    def elsewhere(uow: UnitOfWork) -> None:
        (guest,) = [person for person in uow.people.everybody() if not person.verified]
        if change == "person":
            uow.sessions.move(guest.id, people["ayse"].id)
            place = private_address(Account("web", "ayse"))
            for account in uow.people.accounts(guest.id):
                uow.people.link(account, people["ayse"].id, place)
        guest.role = Role.TECHNICIAN if change == "role" else guest.role
        guest.unit = "donanim" if change == "unit" else guest.unit
        guest.verified = change == "verified"
        uow.people.save(guest)

    site.store.write(elsewhere)
    assert (await victim.open()).status_code == 200
    assert cookie_of(victim) != old
    assert (await with_cookie(victim, old)).status_code == 401
    assert (await victim.send("ben buradayım")).status_code == 202
    again = cookie_of(victim)
    await victim.open()
    assert cookie_of(victim) == again, "once a change"


def test_a_stream_of_the_old_cookie_ends_and_one_of_the_new_goes_on(
    site: ScriptedSite, people: dict[str, Person]
) -> None:
    site.script = joins
    with (
        serving(site, WebSettings(rights_every=0.1)) as served,
        httpx.Client(base_url=served.url, timeout=20) as client,
    ):
        token = client.get("/").text.partition('data-form-token="')[2][:64]

        def send(text: str) -> None:
            form = {"key": str(uuid.uuid4()), "text": text}
            client.post("/messages", data=form, headers={"X-Masa-Token": token}).raise_for_status()

        send("merhaba")
        with client.stream("GET", "/stream") as old:
            lines = old.iter_lines()
            send(CODE)
            assert "event: bye" in list(lines), "it ends, having told nothing of what the code opened"
        with client.stream("GET", "/stream") as new:
            assert new.status_code == 200
            assert next(new.iter_lines()) == "event: ping"
