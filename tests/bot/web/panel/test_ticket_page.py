"""The page of one ticket: what each role reads there, and what is asked from it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest

from bot.runtime import event_codec
from handlers.chat.dispatch import handle
from handlers.context import Acting
from handlers.domain.absences import Absence, AbsenceKind
from handlers.domain.page_changes import PageAction
from handlers.domain.people import Person
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.events import ChangeAsked
from handlers.messages import BOLD, END
from handlers.ports import Arrival, UnitOfWork
from handlers.tickets import correspondence, opening, work
from handlers.tickets.opening import NewTicket, Written
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit
from tests.scenarios.stage import shared_desk

NUMBER = "2026-000001"
SECRET = "2026-000002"
TEXT = "yazıcı çıktı vermiyor <b>312</b>"


@dataclass
class Desk:
    """What stands behind the page: the real use cases."""

    site: ScriptedSite
    people: dict[str, Person]

    def acting(self, uow: UnitOfWork, handle: str) -> Acting:
        person = uow.people.get(self.people[handle].id)
        return Acting(
            desk=shared_desk(),
            uow=uow,
            now=self.site.now(),
            person=person,
            channel="web",
            event_key=f"web:{uuid.uuid4()}",
        )

    def open(
        self, text: str = TEXT, category: str | None = "yazici-yazdirmiyor", by: str = "ayse", **more: str
    ) -> None:
        def work(uow: UnitOfWork) -> None:
            acting = self.acting(uow, by)
            new = NewTicket(written=(Written(text),), reporter=acting.person.id, category=category, facts=more)
            opening.open_ticket(acting, new)

        self.site.store.write(work)

    def does(self, handle: str, what, *given: object, number: str = NUMBER) -> None:  # type: ignore[no-untyped-def]
        self.site.store.write(lambda uow: what(self.acting(uow, handle), uow.tickets.by_number(number), *given))

    def ticket(self, number: str = NUMBER) -> Ticket:
        return self.site.store.read(lambda uow: uow.tickets.by_number(number))

    def words(self, number: str = NUMBER) -> list[tuple[str, str]]:
        entries = self.site.store.read(lambda uow: uow.tickets.entries(self.ticket(number).id))
        return [(entry.kind.value, entry.text) for entry in entries]


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> Desk:
    return behind(site, staff)


def behind(site: ScriptedSite, people: dict[str, Person]) -> Desk:
    """An ordinary ticket and a security matter of Ayşe's, and the real handlers."""

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    site.script = play
    made = Desk(site, people)
    made.open(oda="3. kat 312")
    made.open("parolamı oltalama sitesine yazdım", None)
    return made


async def page_of(visit: Visit, number: str = NUMBER) -> str:
    answer = await visit.get(f"panel/kayit/{number}")
    assert answer.status_code == 200
    return answer.text


def seen_on(page: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', page)[0]


def undo_in(page: str) -> dict[str, str]:
    """The fields of Geri al: a button beside the writing box, or a form of its own where there is none."""
    form = page[page.index('class="said done"') :]
    beside = re.search(r'name="undoes" value="(\w+):([^"]*)"', form[: form.index("</div>")])
    if beside is not None:
        return {"action": beside[1], **({"to": beside[2]} if beside[2] else {})}
    return dict(re.findall(r'name="(action|to)" value="([^"]*)"', form[: form.index("</form>")]))


async def ask(
    visit: Visit, action: str, *, seen: str | None = None, number: str = NUMBER, key: str = "", **fields: str
) -> httpx.Response:
    """As a form of the page does."""
    page = await visit.get(f"panel/kayit/{number}")
    token = re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)
    given = {
        "form_token": token[0] if token else visit.token,
        "key": key or str(uuid.uuid4()),
        "seen": seen or (seen_on(page.text) if 'name="seen"' in page.text else "99"),
        "action": action,
        **fields,
    }
    return await visit.client.post(f"{visit.path}panel/kayit/{number}", data=given)


async def then(visit: Visit, answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return (await visit.client.get(answer.headers["location"])).text


# --- rights ----------------------------------------------------------------------------------------
READERS = {"mehmet": 200, "fatma": 200, "kemal": 200, "denetci": 200, "admin": 200, "ali": 404, "ayse": 403}
OF_A_SECRET = {"mehmet": 404, "fatma": 200, "kemal": 200, "denetci": 200, "admin": 404, "ali": 404, "ayse": 403}
_OF_UNIT = {
    "claim",
    "prioritise",
    "recategorise",
    "transfer",
    "note",
    "write",
    "spend",
    "name_device",
    "relate",
    "add_part",
    "split",
} | {
    "declare_outage",
    "hang",
}
MAY = {
    "mehmet": _OF_UNIT,
    "fatma": _OF_UNIT | {"assign", "merge", "cancel"},
    "kemal": {"prioritise", "note", "assign", "relate", "add_part", "split", "declare_outage"},
    "denetci": set[str](),
    "admin": set[str](),
    "ali": set[str](),
    "ayse": set[str](),
}
"""Of one that nobody holds. A row for each role; ali is of the other unit, ayse only reports."""
GIVEN = {
    "assign": {"to": ""},
    "prioritise": {"to": "yuksek"},
    "recategorise": {"to": "toner-kartus"},
    "transfer": {"to": "yazilim"},
    "note": {"text": "not"},
    "spend": {"to": "15"},
    "name_device": {},
    "hang": {"to": "oda-tasima"},
    "declare_outage": {},
    "cancel": {"to": "not_ours"},
    "write": {"text": "geliyorum"},
    "resolve": {"text": "yapıldı"},
    "wait": {"to": "waiting_parts", "text": "toner"},
}


@pytest.mark.parametrize("handle", sorted(READERS))
async def test_who_may_read_it_by_its_address(desk: Desk, opened: Open, handle: str) -> None:
    visit = await opened(handle)
    assert (await visit.get(f"panel/kayit/{NUMBER}")).status_code == READERS[handle]
    answer = await visit.get(f"panel/kayit/{SECRET}")
    assert answer.status_code == OF_A_SECRET[handle]
    if answer.status_code != 200:
        assert "oltalama" not in answer.text
        missing = await visit.get("panel/kayit/2026-000999")
        assert (missing.status_code, missing.text) == (answer.status_code, answer.text), "as for none"


@pytest.mark.parametrize("action", ["claim", *GIVEN])
@pytest.mark.parametrize("handle", ["fatma", "kemal", "mehmet"])
async def test_each_role_may_ask_for_what_the_table_says(desk: Desk, opened: Open, handle: str, action: str) -> None:
    if action not in MAY[handle]:
        return  # below
    given = dict(GIVEN.get(action, {}))
    if action == "assign":
        given["to"] = str(desk.people["zeynep"].id)
    answer = await ask(await opened(handle), action, **given)
    assert answer.status_code == 303, answer.text
    assert [one.action for one in desk.site.accepted if isinstance(one, ChangeAsked)] == [action]


@pytest.mark.parametrize("handle", sorted(MAY))
async def test_nobody_may_ask_for_more(desk: Desk, opened: Open, handle: str) -> None:
    visit = await opened(handle)
    page = await visit.get(f"panel/kayit/{NUMBER}")
    token = re.findall(r'data-form-token="([0-9a-f]{64})"', page.text)
    given = {"form_token": token[0] if token else visit.token, "seen": "99", "text": "x", "to": "999999"}
    for action in set(PageAction) - MAY[handle]:
        answer = await visit.client.post(
            f"{visit.path}panel/kayit/{NUMBER}", data={**given, "action": action, "key": str(uuid.uuid4())}
        )
        assert answer.status_code in (403, 404, 409, 422), (action, answer.status_code)
    assert desk.site.accepted == []
    assert desk.ticket().holder is None


@pytest.mark.parametrize("handle", ["mehmet", "admin", "ali", "ayse"])
async def test_of_a_security_matter_nothing_can_be_asked_nor_learned(desk: Desk, opened: Open, handle: str) -> None:
    answer = await ask(await opened(handle), "note", number=SECRET, text="merak ettim")
    assert answer.status_code == (403 if handle == "ayse" else 404)
    assert desk.site.accepted == []


@pytest.mark.parametrize("handle", sorted(MAY))
async def test_only_what_they_may_is_offered(desk: Desk, opened: Open, handle: str) -> None:
    answer = await (await opened(handle)).get(f"panel/kayit/{NUMBER}")
    found = set(re.findall(r'name="action" value="(\w+)"', answer.text))
    assert found == MAY[handle]


async def test_who_reads_everything_leaves_a_trace(desk: Desk, opened: Open) -> None:
    for who in ("kemal", "denetci", "fatma"):
        await page_of(await opened(who))
    noted = [(line[1], line[2], line[3]) for line in desk.site.store.read(lambda uow: uow.audit.recent())]
    assert (desk.people["kemal"].id, "read", NUMBER) in noted
    assert (desk.people["denetci"].id, "read", NUMBER) in noted
    assert (desk.people["denetci"].id, "panel_viewed", f"/panel/kayit/{NUMBER}") in noted
    assert not any(one == desk.people["fatma"].id for one, _, _ in noted)


# --- what is read ---------------------------------------------------------------------------------
async def test_the_talk_notes_facts_clock_history_and_its_mark(desk: Desk, opened: Open) -> None:
    desk.open("monitörüm açılmıyor", "monitor-goruntu")
    desk.open("312 numaralı odada toner bitti", "toner-kartus", by="hasan", oda="312")
    desk.does("mehmet", work.claim)
    desk.does("mehmet", correspondence.add_note, "drum değişecek")
    desk.site.clock.forward(hours=1)
    page = await page_of(await opened("fatma"))
    assert "yazıcı çıktı vermiyor &lt;b&gt;312&lt;/b&gt;" in page
    assert '<span class="tag">İç not</span>' in page
    assert "drum değişecek" in page
    assert '<dd dir="auto">3. kat 312</dd>' in page
    assert '<rect class="claimed"' in page
    assert "Üstlenildi" in page
    assert "oltalama" not in page
    assert "2026-000003" in page, "the reporter's other one"
    assert "2026-000004" in page, "of the same room"
    assert SECRET in page, "a lead may read it"
    mark = desk.site.store.read(lambda uow: uow.tickets.mark(desk.ticket().id))
    assert f'<code title="{mark}">{mark[:16]}</code>' in page
    assert SECRET not in await page_of(await opened("mehmet"))


async def test_an_administrator_reads_no_notes(desk: Desk, opened: Open) -> None:
    desk.does("mehmet", correspondence.add_note, "drum değişecek")
    page = await page_of(await opened("admin"))
    assert "drum" not in page
    assert "kaydın özeti" not in page


async def test_a_short_number_leads_to_the_whole_one(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    answer = await visit.get("panel/kayit/1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/demo/mehmet/panel/kayit/{NUMBER}")
    for typed in ("2", "0", "x", "1%20or%201", "2026-1", "999999"):
        assert (await visit.get(f"panel/kayit/{typed}")).status_code in (303, 404)


# --- what is asked --------------------------------------------------------------------------------
async def test_a_ticket_is_worked_from_its_page(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    assert "Üstlendiniz" in await then(visit, await ask(visit, "claim"))
    assert "Beklemeye alındı" in await then(visit, await ask(visit, "wait", to="waiting_parts", text="drum"))
    assert (desk.ticket().state, desk.ticket().waiting_for) == (State.WAITING_PARTS, "drum")
    assert "İş sürüyor" in await then(visit, await ask(visit, "resume"))
    assert "Öncelik değişti" in await then(visit, await ask(visit, "prioritise", to="yuksek"))
    assert "bildiren görmez" in await then(visit, await ask(visit, "note", text="drum geldi"))
    assert "Bildirene gönderildi" in await then(visit, await ask(visit, "write", text="10 dakikaya geliyorum"))
    assert "Tamamlandı" in await then(visit, await ask(visit, "resolve", text="drum değişti"))
    ticket = desk.ticket()
    assert (ticket.state, ticket.resolution, ticket.priority) == (State.RESOLVED, "drum değişti", Priority.HIGH)
    assert ("note", "drum geldi") in desk.words()
    assert ("reply", "10 dakikaya geliyorum") in desk.words()
    told = desk.site.store.read(lambda uow: uow.timeline.page("web:p:ayse", limit=50))
    assert any("drum değişti" in message.text for message in told)


async def test_a_question_waits_for_the_reporter(desk: Desk, opened: Open) -> None:
    desk.does("mehmet", work.claim)
    visit = await opened("mehmet")
    refused = await ask(visit, "wait", to="waiting_reporter")
    assert (refused.status_code, "Personele ne sorulacağını yazın." in refused.text) == (422, True)
    await then(visit, await ask(visit, "wait", to="waiting_reporter", text="hangi renk?"))
    assert desk.ticket().state is State.WAITING_REPORTER
    assert ("question", "hangi renk?") in desk.words()


async def test_a_lead_gives_it_to_somebody_and_to_the_other_unit(desk: Desk, opened: Open) -> None:
    visit = await opened("fatma")
    offered = (await visit.get(f"panel/kayit/{NUMBER}")).text
    assert "Zeynep Arslan · elinde 0</option>" in offered
    assert offered.index("Zeynep") < offered.index("(siz)"), "oneself last"
    await then(visit, await ask(visit, "assign", to=str(desk.people["zeynep"].id)))
    assert desk.ticket().holder == desk.people["zeynep"].id
    await then(visit, await ask(visit, "recategorise", to="toner-kartus"))
    assert desk.ticket().category == "toner-kartus"
    await then(visit, await ask(visit, "release"))
    where = {"liste": "sirala=eski", "yer": "9999999999.1"}
    with_a_draft = await ask(visit, "transfer", to="yazilim", draft="drum <yok>", **where)
    assert "yazınız gönderilmedi" in with_a_draft.text
    assert "drum &lt;yok&gt;" in with_a_draft.text
    assert "panel/kayitlar?sirala=eski" in with_a_draft.text
    desk.does("ali", work.claim)
    desk.does("ali", work.transfer, "donanim")
    page = await then(visit, await ask(visit, "transfer", to="yazilim", **where))
    assert "Diğer birime gönderildi." in page
    assert "Kayıt artık başka birimde" in page
    assert 'panel/kayitlar?sirala=eski">‹ Listeye dön' in page
    assert (await visit.get(f"panel/kayit/{NUMBER}")).status_code == 404
    assert (desk.ticket().unit, desk.ticket().holder) == ("yazilim", None)


@pytest.mark.parametrize(
    ("action", "to", "who"), [("transfer", "yazilim", "mehmet"), ("recategorise", "ebys-giris", "zeynep")]
)
async def test_what_went_to_the_other_unit_comes_back_to_whoever_had_it(
    desk: Desk, opened: Open, action: str, to: str, who: str
) -> None:
    visit = await opened("fatma")
    was = desk.ticket().category
    await then(visit, await ask(visit, "assign", to=str(desk.people[who].id)))
    desk.open("toner bitti", "toner-kartus")
    page = await then(visit, await ask(visit, action, to=to, liste="sirala=eski", yer="1.0"))
    assert "Kayıt artık başka birimde" in page
    assert 'id="following"' in page, "and on to the next one of the list"
    back = {**undo_in(page), "undoes": "1", "seen": seen_on(page)}
    assert back["to"] == ("donanim" if action == "transfer" else was)
    stranger = await opened("zeynep" if who == "mehmet" else "mehmet")
    assert (await ask(stranger, **back)).status_code == 409, "they did not send it"
    page = await then(visit, await ask(visit, **back))
    assert "Geri alındı." in page
    ticket = desk.ticket()
    assert (ticket.unit, ticket.holder, ticket.category) == ("donanim", desk.people[who].id, was)
    page = await then(visit, await ask(visit, action, to=to))
    desk.does("ali", work.claim)
    late = await ask(visit, **{**undo_in(page), "undoes": "1", "seen": seen_on(page)})
    assert (late.status_code, "Geri alınamadı: diğer birim" in late.text) == (409, True)
    assert desk.ticket().unit == "yazilim"


async def test_pressed_twice_it_is_done_once(desk: Desk, opened: Open) -> None:
    visit, key = await opened("mehmet"), str(uuid.uuid4())
    for _ in range(2):
        assert "İç not eklendi" in await then(visit, await ask(visit, "note", key=key, text="bir kez"))
    assert desk.words().count(("note", "bir kez")) == 1
    assert len(desk.site.accepted) == 1


async def test_what_others_did_meanwhile_is_told_and_nothing_is_lost(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    desk.does("mehmet", work.claim)
    seen = seen_on(await page_of(visit))
    desk.does("fatma", work.prioritise, Priority.HIGH)
    answer = await ask(visit, "resolve", seen=seen, text="drum değişti")
    assert answer.status_code == 409
    assert "Siz bakarken Fatma Şahin önceliği Yüksek yaptı." in answer.text
    assert "Yenile" in answer.text
    assert "Yine de yap: " in answer.text
    assert ">drum değişti</textarea>" in answer.text
    assert desk.ticket().state is State.CLAIMED
    assert "Tamamlandı" in await then(
        visit, await ask(visit, "resolve", seen=seen_on(answer.text), text="drum değişti")
    )


async def test_words_are_added_whatever_others_did(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    seen = seen_on(await page_of(visit))
    desk.does("fatma", work.prioritise, Priority.HIGH)
    assert "İç not eklendi" in await then(visit, await ask(visit, "note", seen=seen, text="gördüm"))


async def test_two_claim_it_at_once_and_the_second_learns_who_won(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    seen = seen_on(await page_of(visit))
    desk.does("zeynep", work.claim)
    answer = await ask(visit, "claim", seen=seen)
    assert answer.status_code == 409
    assert "Siz bakarken Zeynep" in answer.text
    assert "kaydı üstlendi" in answer.text
    again = await ask(visit, "claim")
    assert (again.status_code, "üstlendi; hiçbir şey değişmedi" in again.text) == (409, True)


async def test_what_changed_on_the_way_is_refused_in_its_own_transaction(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    play = desk.site.script

    def first_another(uow: UnitOfWork, event: object, person: Person) -> None:
        if isinstance(event, ChangeAsked):
            work.claim(desk.acting(uow, "zeynep"), uow.tickets.by_number(NUMBER))
        play(uow, event, person)  # type: ignore[arg-type]

    desk.site.script = first_another
    answer = await ask(visit, "claim")
    assert answer.status_code == 409
    assert "Siz bakarken Zeynep" in answer.text
    assert desk.ticket().holder == desk.people["zeynep"].id


async def test_where_it_takes_long_it_is_said_that_it_was_taken_in(
    desk: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, site = await opened("mehmet"), desk.site
    kept: list[ChangeAsked] = []

    def only_store(event: ChangeAsked, _: object = ()) -> bool:
        payload = event_codec.dump(event)
        arrival = Arrival(
            key=event.key, channel="web", conversation=event.conversation, payload=payload, received_at=event.at
        )
        kept.append(event)
        return bool(site.store.write(lambda uow: uow.inbox.accept([arrival], now=site.now(), owner=None))[0])

    async def never(_: str) -> None:
        raise TimeoutError

    monkeypatch.setattr(site, "put", only_store)
    monkeypatch.setattr(site, "handled", never)
    page = await then(visit, answer := await ask(visit, "claim"))
    assert "Alındı, işleniyor…" in page
    assert '<meta http-equiv="refresh"' in page
    (event,) = kept
    assert event_codec.load(event_codec.dump(event), event.key, event.at) == event

    def later(uow: UnitOfWork) -> None:
        uow.inbox.handled([event.key], site.now())
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)

    site.store.write(later)
    page = await then(visit, answer)
    assert "Üstlendiniz" in page
    assert '<meta http-equiv="refresh"' not in page


@pytest.mark.parametrize("whom", ["ali", "ayse", "hasan"])
async def test_who_could_not_work_on_it_is_given_nothing_and_it_is_said(desk: Desk, opened: Open, whom: str) -> None:
    visit = await opened("fatma")
    answer = await ask(visit, "assign", to=str(desk.people[whom].id))
    assert answer.status_code == 403
    assert NUMBER in answer.text
    assert desk.ticket().holder is None


async def test_whom_nothing_reaches_is_said(desk: Desk, opened: Open) -> None:
    def untold(uow: UnitOfWork) -> None:
        ticket = uow.tickets.by_number(NUMBER)
        ticket.untold = True
        uow.tickets.save(ticket)

    desk.site.store.write(untold)
    visit = await opened("mehmet")
    page = await then(visit, await ask(visit, "write", text="geliyorum"))
    assert "iletilmedi: personel haber istememişti. Telefonla arayın." in page
    await then(visit, await ask(visit, "claim"))
    assert "haber istememişti, sorulmadı" in await then(visit, await ask(visit, "resolve", text="yapıldı"))


async def test_of_what_failed_or_never_came_it_is_said(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    for key, said in ((uuid.uuid4(), True), ("x", False)):
        page = await visit.client.get(f"{visit.path}panel/kayit/{NUMBER}?oldu={key}&is=claim")
        assert ("sonucu bulunamadı" in page.text) is said


async def test_for_whom_is_on_leave_it_is_asked_once(desk: Desk, opened: Open) -> None:
    zeynep, now = desk.people["zeynep"].id, desk.site.now()
    away = Absence(
        person=zeynep, starts=now - timedelta(hours=1), ends=now + timedelta(days=2), kind=AbsenceKind.OTHER,
        entered_by=zeynep, entered_at=now,
    )  # fmt: skip
    desk.site.store.write(lambda uow: uow.absences.add(away))
    visit = await opened("fatma")
    answer = await ask(visit, "assign", to=str(zeynep))
    assert answer.status_code == 422
    assert "kadar izinli" in answer.text
    assert "Yine de yap" in answer.text
    await then(visit, await ask(visit, "assign", to=str(zeynep), anyway="1"))
    assert desk.ticket().holder == zeynep


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "explode"}, 400),
        ({"action": "claim", "key": "x"}, 400),
        ({"action": "claim", "seen": "-1"}, 400),
        ({"action": "claim", "seen": "9" * 12}, 400),
        ({"action": "note", "text": ""}, 422),
        ({"action": "note", "text": "\x00 \u200b "}, 422),
        ({"action": "note", "text": "a" * 8001}, 400),
        ({"action": "prioritise", "to": "hemen"}, 422),
        ({"action": "recategorise", "to": "'; drop"}, 422),
        ({"action": "transfer", "to": "mars"}, 422),
        ({"action": "wait", "to": "closed"}, 403),
        ({"action": "claim", "form_token": "0" * 64}, 403),
    ],
)
async def test_bad_input_is_answered_and_changes_nothing(
    desk: Desk, opened: Open, fields: dict[str, str], status: int
) -> None:
    visit = await opened("mehmet")
    before = desk.ticket().version
    given = dict(fields)
    action = given.pop("action")
    answer = await ask(visit, action, **given)
    assert answer.status_code == status, answer.text
    assert desk.ticket().version == before


async def test_a_number_in_the_chat_leads_to_its_page(desk: Desk, opened: Open) -> None:
    link = f'href="/demo/{{}}/panel/kayit/{NUMBER}"'
    desk.does("mehmet", work.claim)
    for who, leads in (("ayse", False), ("fatma", True)):
        address = f"web:p:{who}"
        desk.site.say(address, f"{BOLD}{NUMBER}{END} sürüyor; {BOLD}{NUMBER}9 x{END}")
        visit = await opened(who)
        for path in ("", f"talk?c={address}", f"search?c={address}&q=sürüyor"):
            page = await visit.client.get(visit.path + path)
            assert (link.format(who) in page.text) is leads, path
            assert f"kayit/{NUMBER}9" not in page.text


async def test_it_is_the_chat_that_hears_of_it_too(desk: Desk, opened: Open) -> None:
    await ask(await opened("mehmet"), "claim")
    told = desk.site.store.read(lambda uow: uow.timeline.page("web:p:ayse", limit=50))
    assert any(message.kind == "update_claimed" for message in told)
