"""The same change of many tickets: told before it is done, done one by one, taken back."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from handlers.chat.dispatch import handle
from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.events import ChangeAsked
from handlers.ports import Arrival, UnitOfWork
from handlers.tickets import bulk_changes, timing
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.panel.scene import open_one, working_day
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    site.script = play
    return working_day(site, staff)


def now(site: ScriptedSite, ticket: Ticket) -> Ticket:
    return site.store.read(lambda uow: uow.tickets.get(ticket.id))


def words(page: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split()))


def form(page: httpx.Response) -> dict[str, str]:
    inside = page.text.partition('class="bulk-form"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', inside))


async def preview(visit: PanelVisit, what: str, *tickets: Ticket) -> httpx.Response:
    chosen = "".join(f"&kayit={one.id}" for one in tickets)
    return await visit.get(f"panel/kayitlar/toplu?is={what}{chosen}")


async def press(visit: PanelVisit, page: httpx.Response, path: str = "", **typed: str) -> httpx.Response:
    answer = await visit.client.post(f"{visit.path}panel/kayitlar/toplu{path}", data=form(page) | typed)
    assert answer.status_code == 303, answer.text
    return await visit.client.get(answer.headers["location"])


async def test_it_is_told_to_how_many_and_why_not_to_the_others(
    opened: Open, staff: dict[str, Person], day: dict[str, Ticket]
) -> None:
    visit = await opened("mehmet")
    page = await preview(visit, "claim", day["plain"], day["new"], day["waits"], day["late"], day["secret"])
    said = words(page)
    assert "Uygulanacak: 2" in said
    assert "Başkası üstlenmiş: 1" in said
    assert "Zaten öyle: 1" in said
    assert day["secret"].number not in said
    assert "2 kayda uygula" in said
    line = "Kablolu ağ veya internet bağlantısı yok · 4 Üstlenen: kimse → Mehmet Kaya"
    assert f"{day['new'].number} {line}" in said


async def test_it_is_done_one_by_one_and_taken_back(site: ScriptedSite, opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("fatma")
    asked = await preview(visit, "prioritise:acil&durum=sirada", day["plain"], day["unknown"], day["urgent"])
    assert "Öncelik: acil" in words(asked)
    done = await press(visit, asked)
    assert "Yapıldı: 2" in words(done)
    to_list = 'panel/kayitlar?durum=sirada" autofocus>Listeye dön'
    assert to_list in done.text, "to the list that they came from"
    assert {now(site, day[one]).priority for one in ("plain", "unknown")} == {Priority.URGENT}
    back = await press(visit, done, "/geri")
    assert "Geri alındı: Öncelik: acil" in words(back)
    assert to_list in back.text
    assert "Yapıldı: 2" in words(back)
    assert {now(site, day[one]).priority for one in ("plain", "unknown")} == {Priority.NORMAL}
    assert 'class="bulk-form"' not in back.text


async def test_pressed_twice_it_is_done_once(site: ScriptedSite, opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("mehmet")
    asked = await preview(visit, "claim", day["plain"])
    for _ in range(2):
        assert "Yapıldı: 1" in words(await press(visit, asked))
    history = site.store.read(lambda uow: uow.tickets.history(day["plain"].id))
    assert [event.what for event in history].count("claimed") == 1


async def test_what_somebody_changed_meanwhile_is_left_alone(
    site: ScriptedSite, staff: dict[str, Person], opened: Open, day: dict[str, Ticket]
) -> None:
    visit = await opened("fatma")
    asked = await preview(visit, "prioritise:dusuk", day["plain"], day["unknown"])

    def claim(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(day["plain"].id)
        ticket.claim(by=staff["zeynep"].id, at=site.now(), channel="web")
        uow.tickets.save(ticket)

    site.store.write(claim)
    done = words(await press(visit, asked))
    assert "Yapıldı: 1" in done
    assert f"{day['plain'].number} siz bakarken değişti, dokunulmadı" in done
    assert now(site, day["plain"]).priority is Priority.NORMAL


@pytest.mark.parametrize(
    ("who", "what", "on", "after", "back"),
    [
        ("fatma", "release", "late", (State.OPEN, None), (State.CLAIMED, "mehmet")),
        ("mehmet", "release", "late", (State.OPEN, None), (State.CLAIMED, "mehmet")),
        ("fatma", "assign:zeynep", "plain", (State.CLAIMED, "zeynep"), (State.OPEN, None)),
        ("fatma", "assign:zeynep", "late", (State.CLAIMED, "zeynep"), (State.CLAIMED, "mehmet")),
        ("mehmet", "wait:waiting_parts", "late", (State.WAITING_PARTS, "mehmet"), (State.CLAIMED, "mehmet")),
        ("mehmet", "claim", "plain", (State.CLAIMED, "mehmet"), (State.OPEN, None)),
    ],
)
async def test_each_change_has_what_leads_back(
    site: ScriptedSite, staff: dict[str, Person], opened: Open, day: dict[str, Ticket],
    who: str, what: str, on: str, after: tuple[State, str | None], back: tuple[State, str | None],
) -> None:  # fmt: skip
    def stands() -> tuple[State, str | None]:
        ticket = now(site, day[on])
        holder = next((name for name, one in staff.items() if one.id == ticket.holder), None)
        return ticket.state, holder

    visit = await opened(who)
    action, _, to = what.partition(":")
    code = f"{action}:{staff[to].id}" if to in staff else what
    done = await press(visit, await preview(visit, code, day[on]))
    assert stands() == after
    await press(visit, done, "/geri")
    assert stands() == back


async def test_what_was_sent_to_the_other_unit_is_taken_back_until_somebody_has_it(
    site: ScriptedSite, staff: dict[str, Person], opened: Open, day: dict[str, Ticket]
) -> None:
    def claimed(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(day["new"].id)
        ticket.claim(by=staff["ali"].id, at=site.now(), channel="web")
        uow.tickets.save(ticket)

    visit = await opened("fatma")
    done = await press(visit, await preview(visit, "transfer:yazilim", day["plain"], day["new"]))
    assert {now(site, day[one]).unit for one in ("plain", "new")} == {"yazilim"}
    site.store.write(claimed)
    assert "Yapıldı: 1" in words(await press(visit, done, "/geri"))
    assert (now(site, day["plain"]).unit, now(site, day["new"]).unit) == ("donanim", "yazilim")


async def test_many_are_completed_with_the_same_words_and_taken_back(
    site: ScriptedSite, staff: dict[str, Person], opened: Open, day: dict[str, Ticket]
) -> None:
    visit = await opened("fatma")
    asked = await preview(visit, "resolve", day["late"], day["waits"], day["plain"])
    assert "Uygulanacak: 2" in words(asked)
    assert "Üstleneni yok: 1" in words(asked)
    refused = await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=form(asked) | {"text": " . "})
    assert refused.status_code == 422
    assert "Ne yapıldığını bir iki sözcükle yazın" in words(refused)
    assert "2 kayda uygula" in words(refused), "it can be typed there"
    done = await press(visit, refused, text="Switch yeniden başlatıldı")
    assert "Yapıldı: 2" in words(done)
    assert "Switch" not in str(done.url), "what was typed stands in no address"
    assert {now(site, day[one]).state for one in ("late", "waits")} == {State.RESOLVED}
    assert {now(site, day[one]).resolution for one in ("late", "waits")} == {"Switch yeniden başlatıldı"}
    back = await press(visit, done, "/geri")
    assert "Yapıldı: 2" in words(back)
    assert [(now(site, day[one]).state, now(site, day[one]).holder) for one in ("late", "waits")] == [
        (State.CLAIMED, staff["mehmet"].id), (State.CLAIMED, staff["zeynep"].id),
    ]  # fmt: skip


async def test_many_are_merged_into_the_chosen_one_and_separated_again(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket]
) -> None:
    visit = await opened("fatma")
    asked = await preview(visit, "merge", day["new"], day["plain"], day["unknown"])
    assert f"Birleştir: {day['new'].number}" in words(asked), "the oldest number, until another one is chosen"
    chosen = "&".join(f"kayit={day[one].id}" for one in ("new", "plain", "unknown"))
    asked = await visit.get(f"panel/kayitlar/toplu?is=merge&{chosen}&ana={day['plain'].number}")
    assert f"Birleştir: {day['plain'].number}" in words(asked)
    assert "2 kayda uygula" in words(asked)
    refused = await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=form(asked))
    assert (refused.status_code, "Birleştirmenin nedenini" in words(refused)) == (422, True)
    done = await press(visit, refused, text="Aynı arıza")
    assert "Yapıldı: 2" in words(done)
    merged = [now(site, day[one]) for one in ("new", "unknown")]
    assert {(one.state, one.merged_into) for one in merged} == {(State.MERGED, day["plain"].number)}
    assert now(site, day["plain"]).state is State.OPEN
    assert "Yapıldı: 2" in words(await press(visit, done, "/geri"))
    assert {now(site, day[one]).state for one in ("new", "unknown")} == {State.OPEN}


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ({"neden": "not_ours"}, "not_ours", "Bizim işimiz değil"),
        ({"text": "Bina boşaltıldı"}, "other", "Bina boşaltıldı"),
    ],
)
async def test_many_are_cancelled_with_a_reason_for_good(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket], typed: dict[str, str], code: str, told: str
) -> None:
    visit = await opened("fatma")
    asked = await preview(visit, "cancel", day["plain"], day["unknown"], day["other"])
    assert "2 kayda uygula" in words(asked)
    for lacking in ({}, {"neden": "x"}):
        refused = await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=form(asked) | lacking)
        assert (refused.status_code, "İptalin nedenini" in words(refused)) == (422, True)
    done = await press(visit, asked, **typed)
    assert "Yapıldı: 2" in words(done)
    assert "Geri al" not in words(done)
    ticket = now(site, day["plain"])
    history, entries = site.store.read(lambda uow: (uow.tickets.history(ticket.id), uow.tickets.entries(ticket.id)))
    assert (ticket.state, history[-1].reason, entries[-1].text) == (State.CANCELLED, code, told)


async def test_of_each_that_was_refused_it_is_told_why(opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("mehmet")
    page = await preview(visit, "resolve", day["late"])
    more = " ".join([form(page)["tickets"], f"{day['plain'].number}.1", f"{day['secret'].number}.1"])
    done = words(await press(visit, page, text="yapıldı", tickets=more))
    assert "Yapıldı: 1" in done
    assert f"{day['plain'].number} yapılamadı: üstleneni yok" in done
    assert f"{day['secret'].number} yapılamadı" in done
    assert f"{day['secret'].number} yapılamadı:" not in done, "of what is not theirs there is no word"


async def test_what_the_batch_did_not_make_is_not_taken_back(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket]
) -> None:
    visit = await opened("fatma")
    done = await press(visit, await preview(visit, "prioritise:acil", day["plain"], day["unknown"]))
    await press(visit, await preview(visit, "prioritise:dusuk", day["plain"]))
    back = await press(visit, done, "/geri")
    assert "Yapıldı: 1" in words(back)
    assert now(site, day["plain"]).priority is Priority.LOW, "their own later change, not that of the batch"
    assert now(site, day["unknown"]).priority is Priority.NORMAL


async def test_taken_back_twice_it_is_taken_back_once(site: ScriptedSite, opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("fatma")
    done = await press(visit, await preview(visit, "prioritise:acil", day["plain"]))
    for _ in range(2):
        assert "Yapıldı: 1" in words(await press(visit, done, "/geri"))
    await press(visit, await preview(visit, "prioritise:acil", day["plain"]))
    await press(visit, done, "/geri")
    assert now(site, day["plain"]).priority is Priority.URGENT


async def test_taken_back_the_clock_goes_on_and_the_history_says_so(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket], staff: dict[str, Person]
) -> None:
    def clock() -> timing.Standing | None:
        def look(uow: UnitOfWork) -> timing.Standing | None:
            context = UseCaseContext(desk=shared_desk(), uow=uow, now=site.now())
            return timing.standing(context, uow.tickets.get(day["plain"].id))

        return site.store.read(look)

    before = clock()
    visit = await opened("fatma")
    done = await press(visit, await preview(visit, f"assign:{staff['zeynep'].id}", day["plain"]))
    await press(visit, done, "/geri")
    assert clock() == before
    page = await visit.get(f"panel/kayit/{day['plain'].number}")
    assert "Geri alındı: sıraya geri kondu" in words(page)


async def test_after_ten_minutes_nothing_is_taken_back(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket]
) -> None:
    visit = await opened("mehmet")
    done = await press(visit, await preview(visit, "claim", day["plain"]))
    site.clock.forward(minutes=11)
    back = await press(visit, done, "/geri")
    assert "Geri alınacak kayıt kalmamış" in words(back)
    assert now(site, day["plain"]).state is State.CLAIMED


async def test_all_that_fit_a_filter_and_no_more_than_five_hundred(
    site: ScriptedSite, staff: dict[str, Person], opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(uow: UnitOfWork) -> None:
        for number in range(7):
            open_one(uow, site, staff["ayse"], "toner-kartus", f"toner {number}")
        open_one(uow, site, staff["ayse"], "internet-yok", "internet yok")

    site.store.write(many)
    visit = await opened("fatma")
    page = await visit.get("panel/kayitlar/toplu?hepsi=1&konu=toner-kartus&is=prioritise:yuksek")
    assert "Uygulanacak: 7" in words(page)
    assert 'href="/demo/fatma/panel/kayitlar?konu=toner-kartus">Vazgeç' in page.text
    monkeypatch.setattr("bot.web.panel.bulk_page.MOST_TICKETS", 5)
    page = await visit.get("panel/kayitlar/toplu?hepsi=1&is=prioritise:yuksek")
    assert "Bir seferde en çok 5 kayıt. Aşağıdakiler ilk 5 kayıttır." in words(page)
    assert "Uygulanacak: 5" in words(page)
    assert bulk_changes.MOST_TICKETS == 500


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Ne yapılacağını seçmediniz."),
        ("is=claim", "Hiç kayıt seçmediniz."),
        ("is=note&kayit=1", "Ne yapılacağını seçmediniz."),
        ("is=merge&kayit=4", "Birleştirmek için en az iki kayıt seçin."),
        ("is=merge&kayit=4&kayit=8&ana=2026-009999", "Uygulanacak: 1"),
        ("is=merge:x&kayit=4&kayit=6", "Gizli güvenlik kaydı birleştirilmez: 1"),
        ("is=claim&kayit=x&kayit=99999", "Hiç kayıt seçmediniz."),
        ("is=assign:4711&kayit=4", "Uygulanacak: 0"),
        ("is=prioritise:mor&kayit=4", "Uygulanacak: 0"),
    ],
)
async def test_what_cannot_be_done_says_so(opened: Open, day: dict[str, Ticket], query: str, says: str) -> None:
    page = await (await opened("fatma")).get(f"panel/kayitlar/toplu?{query}")
    assert page.status_code == 200
    assert says in words(page)


async def test_what_goes_aside_or_never_came_ends_the_waiting(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_store(event: ChangeAsked, _: object = ()) -> bool:
        arrival = Arrival(
            key=event.key, channel="web", conversation=event.conversation, payload="{}", received_at=event.at
        )
        keys.append(event.key)
        return bool(site.store.write(lambda uow: uow.inbox.accept([arrival], now=site.now(), owner="test"))[0])

    keys: list[str] = []
    visit = await opened("fatma")
    monkeypatch.setattr(site, "put", only_store)
    page = await preview(visit, "prioritise:acil", day["plain"], day["unknown"])
    answer = await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=form(page))
    where = answer.headers["location"]
    waits = await visit.client.get(where)
    assert "İşleniyor: 0 / 2" in words(waits)
    assert 'http-equiv="refresh"' in waits.text
    for key in keys:
        site.store.write(lambda uow, key=key: uow.inbox.failed(key, "ValueError", None, site.now()))  # type: ignore[misc]
    over = await visit.client.get(f"{where}.2026-009999")
    assert "Yapılamadı: 3" in words(over)
    assert 'http-equiv="refresh"' not in over.text


@pytest.mark.parametrize("nobody", ["999999999999999", "2147483648", "2147483647", "²"])
async def test_what_is_nobodys_key_is_refused_before_it_is_taken_in(
    site: ScriptedSite, opened: Open, day: dict[str, Ticket], nobody: str
) -> None:
    visit = await opened("fatma")
    page = await visit.get("panel/kayitlar")
    forged = {
        "form_token": re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)[0], "is": f"assign:{nobody}",
        "batch": "0b0f6a2e-0000-4000-8000-000000000001", "tickets": f"{day['plain'].number}.9 {day['new'].number}.9",
    }  # fmt: skip
    answer = await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=forged)
    assert answer.status_code == 303
    assert [one for one in site.accepted if isinstance(one, ChangeAsked)] == []
    assert "Yapılamadı: 2" in words(await visit.client.get(answer.headers["location"]))


@pytest.mark.parametrize("who", ["denetci", "admin", "kemal"])
async def test_who_may_not_changes_nothing(site: ScriptedSite, opened: Open, day: dict[str, Ticket], who: str) -> None:
    visit = await opened(who)
    page = await preview(visit, "claim", day["plain"])
    assert "Yetkiniz yok: 1" in words(page)
    listed = (await visit.get("panel/kayitlar")).text
    assert ('name="kayit"' in listed) is (who == "kemal")
    forged = {
        "form_token": re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)[0], "is": "claim",
        "batch": "0b0f6a2e-0000-4000-8000-000000000001", "tickets": f"{day['plain'].number}.1",
    }  # fmt: skip
    await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data=forged)
    assert now(site, day["plain"]).state is State.OPEN
    assert (
        await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data={**forged, "batch": "x"})
    ).status_code == 400
    assert (await visit.client.post(f"{visit.path}panel/kayitlar/toplu", data={"is": "claim"})).status_code == 403
