"""What a browser gets when it comes: the chat, the demo's picker, the pieces of a page."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
import pytest

from bot.web import Printout, WebSettings, build
from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.outages import Cause
from handlers.domain.people import Person
from handlers.domain.rights import Action
from handlers.domain.states import State
from handlers.domain.ticket import TicketId
from handlers.ports import UnitOfWork
from handlers.queries.door_cards import Door
from handlers.tickets.order_drafts import OrderDraft
from handlers.tickets.outage_notes import OutageNote
from tests.bot.web.scenes import bold, open_ticket, quote, when
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect
from tests.handlers.domain.builders import ticket


async def test_an_unknown_browser_may_write_at_once_and_leaves_nothing_before(site: ScriptedSite, guest: Visit) -> None:
    assert site.store.read(lambda uow: len(uow.people.everybody())) == 0
    assert (await guest.send("yazıcı çıktı vermiyor")).status_code == 202
    page = await guest.open()
    assert "Duydum: yazıcı çıktı vermiyor" in page.text
    (person,) = site.store.read(lambda uow: uow.people.everybody())
    assert not person.verified


async def test_the_page_greets_an_unknown_browser_with_examples(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.text.count("data-example=") == 3
    assert "Kodum var" in page.text


async def test_a_picked_demo_person_sees_their_own_conversation(ayse: Visit) -> None:
    page = await ayse.open()
    assert "Ayşe Yılmaz" in page.text
    assert 'data-c="web:p:ayse"' in page.text
    assert "web:r:donanim" not in page.text


async def test_a_technician_sees_the_room_of_the_own_unit_only(mehmet: Visit) -> None:
    page = await mehmet.open()
    assert 'data-c="web:r:donanim"' in page.text
    assert "web:r:yazilim" not in page.text


async def test_the_picker_shows_everybody_with_role_and_place(demo: httpx.AsyncClient) -> None:
    page = await demo.get("/")
    assert 'href="/demo/mehmet/"' in page.text
    assert "Teknisyen" in page.text
    assert "Mali Hizmetler" in page.text


async def test_the_link_of_a_door_s_card_says_the_room_and_nothing_else(demo: httpx.AsyncClient, ayse: Visit) -> None:
    assert 'data-room="ODA B-14: "' in (await ayse.open(oda="B-14")).text
    assert "data-room" not in (await ayse.open(oda='"><script>')).text
    assert 'href="/demo/mehmet/?oda=312"' in (await demo.get("/", params={"oda": "312"})).text
    assert 'href="/demo/mehmet/?cihaz=D-00042"' in (await demo.get("/", params={"cihaz": "D-00042"})).text


async def test_cards_are_drawn_for_whoever_may_print_them(site: ScriptedSite, people: dict[str, Person]) -> None:
    drawn: list[str] = []

    def draw(doors: Sequence[Door]) -> bytes:
        drawn.extend(door.number for door in doors)
        return b"%PDF-"

    async with connect(build(site, WebSettings(demo=True, door_cards=draw))) as client:
        got = [Visit(client, f"/demo/{who}/") for who in ("fatma", "ayse")]
        for one in got:
            await one.open()
        answers = [await one.get("oda-kartlari.pdf", oda="312-313 B-14") for one in got]
        wrong = await got[0].get("oda-kartlari.pdf", oda="toplantı salonu")
    assert [answer.status_code for answer in (*answers, wrong)] == [200, 404, 404]
    assert answers[0].headers["content-type"] == "application/pdf"
    assert drawn == ["312", "313", "B-14"]


async def test_the_note_after_an_outage_is_drawn_for_whoever_may_read_it(
    site: ScriptedSite, people: dict[str, Person]
) -> None:
    head = ticket(number="2026-000140")

    def look(_uow: UnitOfWork, now: datetime, person: Person, key: int) -> OutageNote:
        if person.handle != "fatma" or key != 7:
            raise NotAllowed(Action.KEEP_OUTAGE_NOTE, person.handle)
        return OutageNote(
            outage=key, head=head, system="EBYS", since=now, ended_at=now, worked=timedelta(),
            full_day=timedelta(hours=8), people=1, cause=Cause.LINE, moments=[], answers=[], actions=[],
        )  # fmt: skip

    settings = WebSettings(demo=True, outage_note=Printout(look, lambda note: note.system.encode()))
    async with connect(build(site, settings)) as client:
        fatma, ayse = [Visit(client, f"/demo/{who}/") for who in ("fatma", "ayse")]
        for one in (fatma, ayse):
            await one.open()
        read = await fatma.get("kesinti-notu.pdf", kesinti="7")
        refused = [
            await ayse.get("kesinti-notu.pdf", kesinti="7"),
            *[await fatma.get("kesinti-notu.pdf", kesinti=wrong) for wrong in ("8", "", "x", "9" * 12)],
        ]
    assert (read.status_code, read.content) == (200, b"EBYS")
    assert "kesinti-notu-2026-000140.pdf" in read.headers["content-disposition"]
    assert {one.status_code for one in refused} == {404}


async def test_a_draft_of_an_order_is_drawn_for_whom_it_is(site: ScriptedSite, people: dict[str, Person]) -> None:
    def look(_uow: UnitOfWork, now: datetime, person: Person, key: int) -> OrderDraft:
        if person.handle != "fatma" or key != 5:
            raise NotFound("order", key)
        approval = Approval(ticket=TicketId(1), kind=ApprovalKind.STOCK, step=0, asked_by=person.id, asked_at=now)
        return OrderDraft(
            approval=approval, number="2026-000210", title="", reporter=person, place="", report="", why="",
            asker=person, decided_by=person, decided_at=now,
        )  # fmt: skip

    settings = WebSettings(demo=True, order_draft=Printout(look, lambda draft: draft.number.encode()))
    async with connect(build(site, settings)) as client:
        fatma, ayse = [Visit(client, f"/demo/{who}/") for who in ("fatma", "ayse")]
        for one in (fatma, ayse):
            await one.open()
        read = await fatma.get("yazili-emir.pdf", onay="5")
        refused = [await ayse.get("yazili-emir.pdf", onay="5"), await fatma.get("yazili-emir.pdf", onay="6")]
    assert (read.status_code, read.content) == (200, b"2026-000210")
    assert "yazi-2026-000210.pdf" in read.headers["content-disposition"]
    assert {one.status_code for one in refused} == {404}


async def test_two_demo_people_play_side_by_side_in_one_browser(ayse: Visit, mehmet: Visit) -> None:
    assert ayse.client is mehmet.client
    assert "Ayşe Yılmaz" in (await ayse.open()).text
    assert "Mehmet Kaya" in (await mehmet.open()).text
    paths = {cookie.path for cookie in ayse.client.cookies.jar}
    assert paths == {"/demo/ayse/", "/demo/mehmet/"}


async def test_without_the_demo_nobody_is_played(site: ScriptedSite, people: dict[str, Person]) -> None:
    async with connect(build(site, WebSettings())) as client:
        assert (await client.get("/demo/kemal/")).status_code == 404


async def test_nobody_of_that_name_in_the_demo(demo: httpx.AsyncClient) -> None:
    assert (await demo.get("/demo/yok/", headers={"Accept": "text/html"})).status_code == 404


async def test_a_link_from_elsewhere_does_not_lose_the_session(guest: Visit) -> None:
    """The strict cookie does not come with it: the page asks again by itself instead of making a new one."""
    await guest.send("merhaba")
    guest.client.cookies.clear()
    page = await guest.client.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "set-cookie" not in page.headers
    assert 'http-equiv="refresh"' in page.text


async def test_unread_messages_are_counted_and_marked_until_they_are_seen(site: ScriptedSite, ayse: Visit) -> None:
    site.say("web:p:ayse", "İlk haber")
    site.say("web:p:ayse", "İkinci haber")
    page = await ayse.open()
    assert 'data-unread="2"' in page.text
    assert page.text.count('class="unread-line"') == 1
    assert (await ayse.post("seen", conversation="web:p:ayse", seq=10_000)).status_code == 204
    page = await ayse.open()
    assert 'data-unread="0"' in page.text
    assert "unread-line" not in page.text


async def test_my_open_tickets_stand_on_the_left_with_their_state_in_words(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit
) -> None:
    ticket = open_ticket(site, people["ayse"], "yazici-yazdirmiyor", "yazıcı")
    side = (await ayse.get("side")).text
    assert ticket.number in side
    assert "Üstlenildi" in side
    assert 'data-state="claimed"' in side


async def test_my_tickets_tell_my_words_who_has_them_my_place_and_what_ended(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit
) -> None:
    open_ticket(site, people["hasan"], "toner-kartus", "toner", State.OPEN)
    waiting = open_ticket(site, people["ayse"], "toner-kartus", "toner bitti, sarı", State.OPEN)
    held = open_ticket(site, people["ayse"], "yazici-yazdirmiyor", "çıktı vermiyor")
    ended = open_ticket(site, people["ayse"], "ebys-giris", "giremiyorum", State.CLOSED)

    def settle(uow: UnitOfWork) -> None:
        held.holder, ended.ended_at = people["mehmet"].id, site.now()
        uow.tickets.save(held)
        uow.tickets.save(ended)

    site.store.write(settle)
    side = (await ayse.get("side")).text
    for said in ("toner bitti, sarı", "önünüzde 1 kayıt var", "Mehmet Kaya", "giremiyorum", "Kapandı"):
        assert said in side
    assert re.findall(r'data-reopen="([^"]+)"', side) == [ended.number]
    assert side.index(waiting.number) < side.index(ended.number)


async def test_older_messages_come_a_page_at_a_time(site: ScriptedSite, ayse: Visit) -> None:
    def many(uow: UnitOfWork) -> None:
        from handlers.messages import Outgoing

        for number in range(120):
            uow.messages.put(Outgoing(conversation="web:p:ayse", text=f"haber {number:03}"))
        uow.timeline.mark_seen("web:p:ayse", uow.people.by_handle("ayse").id, 120)  # type: ignore[union-attr]

    site.store.write(many)
    page = (await ayse.open()).text
    assert "haber 119" in page
    assert "haber 069" not in page
    first = re.search(r'<div class="messages">.*?data-id="(\d+)"', page, re.DOTALL)
    assert first
    older = (await ayse.get("older", c="web:p:ayse", before=first[1])).text
    assert re.findall(r"haber \d+", older) == [f"haber {number:03}" for number in range(20, 70)]


@pytest.mark.parametrize("before", ["", "x", "-1", "1; drop", "9" * 30, "١٢"])
async def test_a_senseless_place_in_the_talk_is_not_found(ayse: Visit, before: str) -> None:
    assert (await ayse.get("older", c="web:p:ayse", before=before)).status_code == 404


@pytest.mark.parametrize("typed", ["yazıcı", "YAZICI", "yazici", "Yazıcı çık"])
async def test_search_finds_any_spelling(site: ScriptedSite, ayse: Visit, typed: str) -> None:
    site.say("web:p:ayse", f"{bold('Yazıcı')} çıktı vermiyor")
    site.say("web:p:ayse", "Toner bitti")
    found = (await ayse.get("search", c="web:p:ayse", q=typed)).text
    assert "çıktı vermiyor" in found
    assert "Toner" not in found


@pytest.mark.parametrize(("typed", "hits"), [("%", 1), ("_", 1), ("%10", 1), ("a_b", 1), ("a%b", 0), ("\\", 0)])
async def test_search_takes_percent_and_underscore_literally(
    site: ScriptedSite, ayse: Visit, typed: str, hits: int
) -> None:
    site.say("web:p:ayse", "disk %10 boş")
    site.say("web:p:ayse", "dosya a_b.txt")
    site.say("web:p:ayse", "başka bir şey")
    found = (await ayse.get("search", c="web:p:ayse", q=typed)).text
    assert found.count("<article") == hits


async def test_what_the_desk_says_becomes_html(site: ScriptedSite, ayse: Visit) -> None:
    site.say(
        "web:p:ayse",
        f"{bold('Yazıcı')}\n\n1. Kapatın.\n2. {quote('Hazır')} yazana dek bekleyin.\n\n{when(site, '12 dk önce')}",
        "Tamam",
        "Olmadı",
    )
    page = (await ayse.open()).text
    assert '<p><strong>Yazıcı</strong></p><ol start="1"><li>Kapatın.</li><li><q' in page
    assert (
        '<time datetime="2026-11-23T08:30:00+00:00" title="23 Kasım 2026 11:30" class="ago">12 dk önce</time>' in page
    )
    assert page.count('class="button primary" data-token') == 1
    assert page.count("data-token") == 2


@pytest.mark.parametrize(
    ("kind", "labels", "expected"),
    [
        ("suggestion", ("Teknisyene ilet", "İşe yaradı"), "Teknisyene ilet"),
        ("card", ("Üstlen", "Diğer"), "Üstlen"),
        ("card", ("Diğer birime gönder", "İptal", "‹ Geri"), None),
        ("clarify", ("Yazıcı yazdırmıyor", "Hiçbiri değil"), None),
        ("prompt_done", ("Vazgeç",), None),
    ],
)
async def test_the_filled_button_is_the_one_that_fits(
    site: ScriptedSite, ayse: Visit, kind: str, labels: tuple[str, ...], expected: str | None
) -> None:
    site.say("web:p:ayse", "?", *labels, kind=kind)
    found = re.search(r'class="button primary" data-token="[^"]+">([^<]+)<', (await ayse.open()).text)
    assert (found and found[1]) == expected


async def test_a_reply_shows_what_it_answers(site: ScriptedSite, ayse: Visit) -> None:
    site.say("web:p:ayse", "Hangi odadasınız?")
    page = (await ayse.open()).text
    asked = re.findall(r'data-id="(\d+)"', page)[-1]
    await ayse.send("312", reply_to=asked)
    page = (await ayse.open()).text
    assert f'data-goto="{asked}"' in page
    assert 'class="quoted-text" dir="auto">Hangi odadasınız?<' in page


async def test_health_and_metrics(site: ScriptedSite) -> None:
    sick = WebSettings(health=lambda: {"ok": False, "database": "locked"}, metrics=lambda: b"masa_inbox 0\n")
    async with connect(build(site, sick)) as client:
        health = await client.get("/healthz")
        assert (health.status_code, health.json()["database"]) == (503, "locked")
        assert (await client.get("/metrics")).text == "masa_inbox 0\n"
    async with connect(build(site, WebSettings())) as client:
        assert (await client.get("/healthz")).json() == {"ok": True}
        assert (await client.get("/metrics")).status_code == 404


async def test_a_database_that_does_not_answer_holds_up_only_who_asks_how_it_is(site: ScriptedSite) -> None:
    asked, answers = threading.Event(), threading.Event()

    def slow() -> bytes:
        asked.set()
        answers.wait(10)
        return b""

    async with connect(build(site, WebSettings(metrics=slow))) as client:
        looking = asyncio.create_task(client.get("/metrics"))
        assert await asyncio.to_thread(asked.wait, 10)
        assert (await client.get("/")).status_code == 200
        assert not looking.done()
        answers.set()
        assert (await looking).status_code == 200


@pytest.mark.parametrize("path", ["/yok", "/static/yok.js", "/files/yok", "/static/../app.py", "/static/%2e%2e/app.py"])
async def test_what_does_not_exist_is_said_in_turkish(guest: Visit, path: str) -> None:
    await guest.send("merhaba")
    answer = await guest.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Bulunamadı" in answer.text


async def test_a_fault_of_ours_tells_nothing_of_itself(site: ScriptedSite, settings: WebSettings) -> None:
    async with connect(build(site, settings), raising=False) as client:
        visit = Visit(client)
        await visit.open()
        site.broken = True
        answer = await visit.send("merhaba")
        assert answer.status_code == 500
        assert "yazdığınız kaybolmaz" in answer.json()["error"]
        assert "No space" not in answer.text
        assert answer.headers["content-security-policy"]


async def test_while_the_database_does_not_answer_people_are_asked_to_wait(
    site: ScriptedSite, settings: WebSettings
) -> None:
    async with connect(build(site, settings), raising=False) as client:
        visit = Visit(client)
        await visit.open()
        site.away = True
        sent, page = await visit.send("merhaba"), await client.get("/", headers={"accept": "text/html"})
        assert (sent.status_code, page.status_code) == (503, 503)
        assert sent.headers["retry-after"] == "2", "the page sends it again by itself"
        assert "Yazdığınız kaybolmaz" in sent.json()["error"]
        assert "şu anda ulaşılamıyor" in page.text
        site.away = False
        assert (await visit.send("merhaba")).status_code == 202


async def test_every_asset_is_served_from_here(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert all(asset.startswith("/") and not asset.startswith("//") for asset in assets), assets
    for asset in assets:
        if asset.startswith("/static/"):
            assert (await client.get(asset)).status_code == 200, asset
    assert "style=" not in page
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    assert re.findall(r"\son\w+=", page) == []
