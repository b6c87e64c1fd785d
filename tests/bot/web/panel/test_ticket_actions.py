"""What can be done from a ticket's page beside the work itself: each as a person does it, and what is taken back."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest

from handlers.devices import recording
from handlers.domain.approvals import Decision
from handlers.domain.devices import Description
from handlers.domain.people import Person
from handlers.domain.states import Change, Priority, State
from handlers.ports import SearchTooSlow, UnitOfWork
from handlers.stock import moving
from handlers.tickets import canned_replies, closing, work
from storage.repositories.ticket_lists import SqlTicketLists
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.panel.stock_house import furnish_depot
from tests.bot.web.panel.test_ticket_page import NUMBER, SECRET, Desk, ask, behind, page_of, seen_on, then, undo_in
from tests.bot.web.scripted_site import ScriptedSite

THIRD = "2026-000003"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> Desk:
    made = behind(site, staff)
    made.open("toner bitti", "toner-kartus", by="hasan")
    made.does("mehmet", work.claim)
    return made


def changes(desk: Desk, number: str = NUMBER) -> list[Change]:
    return [one.what for one in desk.site.store.read(lambda uow: uow.tickets.history(desk.ticket(number).id))]


async def send(visit: PanelVisit, action: str, files: list[tuple[str, bytes]], **fields: str) -> httpx.Response:
    page = await page_of(visit)
    given = {"form_token": visit.token, "key": str(uuid.uuid4()), "seen": seen_on(page), "action": action, **fields}
    parts = [("files", (name, content)) for name, content in files]
    return await visit.client.post(f"{visit.path}panel/kayit/{NUMBER}", data=given, files=parts)


async def test_files_come_with_words_or_alone_and_within_the_limits(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    assert "Bildirene gönderildi" in await then(visit, await send(visit, "write", [("etiket.png", PNG)]))
    (file,) = desk.ticket().files
    page = await then(visit, await send(visit, "note", [("seri.png", PNG)], text="seri numarası"))
    assert "seri.png" in page
    assert (await visit.client.get(f"{visit.path}files/{file}")).status_code == 200
    assert (await (await opened("ayse")).client.get(f"/demo/ayse/files/{file}")).status_code == 200
    refused = await send(visit, "write", [("oyun.exe", b"MZ")], text="bak")
    assert (refused.status_code, "güvenlik için" in refused.text) == (415, True)
    empty = await send(visit, "write", [])
    assert (empty.status_code, "Boş gönderilemez" in empty.text) == (422, True)
    assert len(desk.site.accepted) == 2


async def test_it_is_merged_once_the_other_was_shown_and_separated_again(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    shown = await ask(visit, "merge", to="3", text="Aynı arıza")
    assert shown.status_code == 422
    assert f"{THIRD}</strong> ile birleşecek" in shown.text.replace("<b>", "<strong>").replace("</b>", "</strong>")
    assert "Hasan" in shown.text
    assert 'name="anyway" value="merge:3"' in shown.text
    assert ">Birleştir</button>" in shown.text
    assert desk.ticket().state is State.CLAIMED
    page = await then(visit, await ask(visit, "merge", to="3", text="Aynı arıza", anyway="1"))
    assert desk.ticket().merged_into == THIRD
    assert f"Birleştirildi: {THIRD}" in page
    assert undo_in(page) == {"action": "separate"}
    assert "Geri ayrıldı" in await then(visit, await ask(visit, "separate"))
    assert desk.ticket().state is State.CLAIMED
    for to, said in (("2", "bulamadım"), ("1", "birleştirilemez"), ("x", "kayıt numarası değil"), ("999", "bulamadım")):
        refused = await ask(visit, "merge", to=to, text="aynı", anyway="1")
        assert refused.status_code == 422
        assert said in refused.text, to
        assert SECRET not in refused.text, "it is as if there were none"


async def test_a_yes_is_asked_for_given_and_its_document_written(desk: Desk, opened: Open) -> None:
    worker, director = await opened("mehmet"), await opened("kemal")
    page = await then(worker, await ask(worker, "ask_approval", to="stock", text="eski drum yandı"))
    assert desk.ticket().state is State.WAITING_APPROVAL
    assert undo_in(page)["action"] == "take_back_approval"
    assert "Onayınız isteniyor" not in page
    page = await page_of(director)
    assert "Onayınız isteniyor" in page
    assert "eski drum yandı" in page
    (approval,) = desk.site.store.read(lambda uow: uow.approvals.of_ticket(desk.ticket().id))
    to = str(approval.id)
    assert (await ask(worker, "approve", to=to)).status_code == 422, "not of what they asked for"
    refused = await ask(director, "refuse", to=to)
    assert (refused.status_code, "nedenini bir satır" in refused.text) == (422, True)
    await then(director, await ask(director, "ask_back", to=to, text="kaç tane var?"))
    assert "bir şey sordu" in await page_of(worker)
    for other in ("fatma", "ayse"):
        answer = await ask(worker, "answer_back", to=f"{to}:{desk.people[other].id}", text="dört")
        assert answer.status_code in (404, 422), "it is not theirs to decide"
    await then(worker, await ask(worker, "answer_back", to=f"{to}:{desk.people['kemal'].id}", text="dört"))
    assert "Onayladınız." in await then(director, await ask(director, "approve", to=to))
    assert "yazının sayısı bekleniyor" in await page_of(worker)
    refused = await ask(worker, "document", to=f"{to}:2026-11-23", text="yok")
    assert refused.status_code == 422
    await then(worker, await ask(worker, "document", to=f"{to}:2026-11-23", text="E-123-1412"))
    (approval,) = desk.site.store.read(lambda uow: uow.approvals.of_ticket(desk.ticket().id))
    assert (approval.decision, approval.document) == (Decision.APPROVED, "E-123-1412")
    assert desk.ticket().state is State.CLAIMED
    unknown = await ask(worker, "ask_approval", to="access:Nobody Atall")
    assert unknown.status_code == 422


async def test_a_visit_goes_its_way_and_back(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    page = await then(visit, await ask(visit, "set_off", to="20"))
    assert "Yolda olduğunuz bildirene söylendi." in page
    assert undo_in(page)["action"] == "take_back_visit"
    back, colleague = undo_in(page), await opened("fatma")
    assert "Ziyareti geri al" not in await page_of(colleague), "it is mehmet's"
    assert (await ask(colleague, "take_back_visit", to=back["to"])).status_code in (403, 422)
    assert (await ask(visit, "take_back_visit", to="1")).status_code in (403, 422)
    assert "Ziyareti geri al" in await page_of(visit)
    assert "Geri alındı" in await then(visit, await ask(visit, "take_back_visit", to=back["to"]))
    assert "süre durdu" in await then(visit, await ask(visit, "found_closed"))
    assert desk.ticket().state is State.WAITING_ACCESS
    page = await page_of(visit)
    (offered, *_) = re.findall(r'name="to" value="(2026-[^"]+T[^"]+)"', page)
    assert "Randevu yazıldı" in await then(visit, await ask(visit, "agree_visit", to=offered))
    refused = await ask(visit, "agree_visit", to="2026-11-20T10:00")
    assert refused.status_code == 422
    for to in ("", "yarın", "2026-13-01T10:00"):
        assert (await ask(visit, "agree_visit", to=to)).status_code == 422, to
    assert (await ask(visit, "promise", to="2026-11-28")).status_code == 422, "a Saturday"
    assert "Söz verildi" in await then(visit, await ask(visit, "promise", to="2026-11-26"))


async def test_a_list_is_hung_ticked_and_stands_in_the_way_until_it_is_excused(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    await then(visit, await ask(visit, "hang", to="oda-tasima"))
    page = await page_of(visit)
    (first, *_) = re.findall(r'form="write" name="action" value="tick:(\d+-\d+)"', page)
    page = await then(visit, await ask(visit, "tick", to=first))
    assert 'aria-pressed="true"' in page
    assert undo_in(page) == {"action": "untick", "to": first}
    await then(visit, await ask(visit, "untick", to=first))
    await then(visit, await send(visit, "remark", [("priz.png", PNG)], to="1"))
    refused = await ask(visit, "resolve", text="taşındı")
    assert (refused.status_code, "zorunlu satır açık" in refused.text) == (422, True)
    assert 'href="#h-lists">Kontrol listesine git' in refused.text
    assert 'id="h-lists"' in refused.text
    assert 'class="check required"' in refused.text
    assert "Eksik kalanın nedeni" in refused.text
    await then(visit, await ask(visit, "excuse", text="oda boş"))
    assert "Tamamlandı" in await then(visit, await ask(visit, "resolve", text="taşındı"))
    assert (await ask(visit, "tick", to=first)).status_code == 409


async def test_time_links_and_parts_are_noted_and_taken_back(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    page = await then(visit, await ask(visit, "spend", to="30"))
    assert "<dt>Harcanan süre</dt><dd>30 dk</dd>" in page
    back = undo_in(page)
    assert back["action"] == "take_back_spent"
    assert "Harcanan süre</dt>" not in await then(visit, await ask(visit, back["action"], to=back["to"]))
    assert (await ask(visit, "spend", to="99999")).status_code == 422
    page = await then(visit, await ask(visit, "relate", to="3"))
    assert undo_in(page) == {"action": "unrelate", "to": THIRD}
    await then(visit, await ask(visit, "unrelate", to=THIRD))
    assert undo_in(await then(visit, await ask(visit, "add_part", to=THIRD)))["action"] == "remove_part"
    assert (await ask(visit, "add_part", to=NUMBER)).status_code == 422
    report = desk.site.store.read(lambda uow: uow.tickets.entries(desk.ticket().id))[0]
    await then(visit, await ask(visit, "split", to=str(report.id), text="monitör"))
    assert Change.LINKED in changes(desk)


async def test_which_device_it_is_is_said_on_its_page(desk: Desk, opened: Open) -> None:
    def record(uow: UnitOfWork) -> object:
        said = Description(kind="yazici", brand="HP", model="M404dn", serial="CND1234567")
        return recording.record(desk.acting(uow, "mehmet"), said, place="koridor sonu")

    desk.site.store.write(record)
    visit = await opened("mehmet")
    refused = await ask(visit, "name_device", to="d99999")
    assert (refused.status_code, "D-99999 diye bir cihaz yok." in refused.text) == (422, True)
    page = await then(visit, await ask(visit, "name_device", to="cnd 123-4567"))
    assert '/panel/cihaz/D-00001"><bdi>HP M404dn</bdi> · D-00001</a>' in page
    assert "/panel/cihaz/D-00001" not in await then(visit, await ask(visit, "name_device"))


async def test_a_canned_reply_goes_filled_and_a_note_goes_after_all(desk: Desk, opened: Open) -> None:
    desk.site.store.write(lambda uow: canned_replies.write(desk.acting(uow, "fatma"), "parca", "{bos:parça} geldi."))
    visit = await opened("mehmet")
    page = await page_of(visit)
    assert "Hazır yanıt" in page
    (key,) = re.findall(r'name="action" value="send_canned">\s*<input type="hidden" name="to" value="(\d+)"', page)
    await then(visit, await ask(visit, "send_canned", to=key, text="drum"))
    assert ("reply", "drum geldi.") in desk.words()
    await then(visit, await ask(visit, "note", text="yarın gelirim"))
    note = desk.site.store.read(lambda uow: uow.tickets.entries(desk.ticket().id))[-1]
    await then(visit, await ask(visit, "send_note", to=str(note.id)))
    assert ("reply", "yarın gelirim") in desk.words()
    assert "bir şey değişmedi" in await then(visit, await ask(visit, "send_note", to=str(note.id)))


async def test_an_outage_is_declared_told_and_ended_and_a_ticket_cancelled_and_opened_again(
    desk: Desk, opened: Open
) -> None:
    visit = await opened("mehmet")
    await then(visit, await ask(visit, "declare_outage"))
    assert desk.ticket().outage
    personal = await ask(visit, "write_to_all", text="0532 111 22 33 numarasını arayın")
    assert (personal.status_code, "Olduğu gibi gönder" in personal.text) == (422, True)
    await then(visit, await ask(visit, "write_to_all", text="Firma geliyor."))
    await then(visit, await ask(visit, "end_outage", to="vendor", text="Düzeldi."))
    assert not desk.ticket().outage
    assert (await ask(visit, "cancel")).status_code == 422
    await then(visit, await ask(visit, "cancel", to="duplicate"))
    assert desk.ticket().state is State.CANCELLED
    assert ("reason", "Mükerrer kayıt") in desk.words()
    desk.does("mehmet", work.claim, number=THIRD)
    desk.does("mehmet", closing.resolve, "toner değişti", number=THIRD)
    await then(visit, await ask(visit, "reopen", number=THIRD))
    assert desk.ticket(THIRD).state.active


async def test_priority_is_a_table_of_nine_buttons_and_undo_stands_beside_what_was_done(
    desk: Desk, opened: Open
) -> None:
    visit = await opened("fatma")
    page = await page_of(visit)
    table = page[page.index('class="weigh"') :]
    assert len(re.findall(r'name="to" value="\w+"', table[: table.index("</table>")])) == 9
    page = await then(visit, await ask(visit, "prioritise", to="acil"))
    assert undo_in(page) == {"action": "prioritise", "to": "normal"}
    await then(visit, await ask(visit, **undo_in(page)))
    assert desk.ticket().priority is Priority.NORMAL


async def test_the_next_ticket_of_the_list_is_one_press_away(
    desk: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_args: object, **_named: object) -> None:
        raise SearchTooSlow

    visit = await opened("mehmet")
    rows = (await visit.get("panel/kayitlar?sirala=eski")).text
    (way,) = re.findall(rf'href="[^"]*/panel/kayit/{NUMBER}\?([^"]+)"', rows)
    page = (await visit.get(f"panel/kayit/{NUMBER}?{way.replace('&amp;', '&')}")).text
    assert f"Sonraki kayıt: {THIRD[5:]}" in page
    with monkeypatch.context() as patch:
        patch.setattr(SqlTicketLists, "page", too_slow)
        patch.setattr(SqlTicketLists, "count", too_slow)
        slow = await visit.get(f"panel/kayit/{NUMBER}?{way.replace('&amp;', '&')}")
        assert (slow.status_code, "Sonraki kayıt" in slow.text) == (200, False)
        many = await visit.get("panel/kayitlar/toplu?hepsi=1&q=toner&is=prioritise:yuksek")
        assert (many.status_code, "çok uzun sürdü" in many.text) == (503, True)
    fields = dict(re.findall(r'name="(liste|yer)" value="([^"]*)"', page))
    page = await then(visit, await ask(visit, "resolve", text="drum değişti", **fields))
    assert f"Sonraki kayıt: {THIRD[5:]}" in page, "it left the list, its place did not"
    (further,) = re.findall(r'id="following"[^>]*href="([^"]+)"', page)
    assert "Listenin son kaydı." in (await visit.client.get(further.replace("&amp;", "&"))).text
    for spoilt in ("yer=x", "yer=1.2.3.4&liste=durum=acik", "yer=0.1&liste=renk=mor", "liste=%00&yer=9999999999.1"):
        assert (await visit.get(f"panel/kayit/{NUMBER}?{spoilt}")).status_code == 200, spoilt


async def test_what_is_written_stays_when_something_else_is_pressed(desk: Desk, opened: Open) -> None:
    """Without a script: the button sends the writing box along."""
    visit = await opened("mehmet")
    page = await page_of(visit)
    assert 'form="write" name="action" value="release"' in page
    done = await send(visit, "release", [("etiket.png", PNG)], text="drum <depoda>")
    assert done.status_code == 200
    assert "Sıraya geri kondu" in done.text
    assert ">drum &lt;depoda&gt;</textarea>" in done.text
    assert "henüz gönderilmedi" in done.text
    assert "yeniden seçin" in done.text
    assert (desk.words()[1:], desk.ticket().files) == ([], ())
    desk.does("zeynep", work.claim)
    refused = await ask(visit, "claim", seen="99", text="drum <depoda>")
    assert refused.status_code == 409
    assert ">drum &lt;depoda&gt;</textarea>" in refused.text
    held = await ask(visit, "prioritise", to="yuksek", draft="toner de bitti")
    assert ">toner de bitti</textarea>" in held.text, "a script sends it with the other forms"


@pytest.mark.parametrize("what", ["wait", "resolve", "promise", "split-1", "send_canned"])
async def test_without_a_script_a_form_is_opened_by_a_button_that_takes_the_writing_box_along(
    desk: Desk, opened: Open, what: str
) -> None:
    desk.site.store.write(lambda uow: canned_replies.write(desk.acting(uow, "fatma"), "parca", "parça geldi."))
    visit, draft = await opened("mehmet"), "drum <depoda>\nyarın takarım"
    page = await page_of(visit)
    assert f'<noscript><button form="write" name="opens" value="{what}"' in page
    assert re.search(rf'<details class="action[^"]* fields" id="is-{what}">', page), "it is shown once it was opened"
    fields = {"form_token": visit.token, "key": str(uuid.uuid4()), "seen": seen_on(page), "text": draft}
    there = await visit.client.post(f"{visit.path}panel/kayit/{NUMBER}", data={**fields, "opens": what})
    assert there.status_code == 200
    form = re.search(rf'<details class="action[^"]*" id="is-{what}" open>(.*?)</form>', there.text, re.DOTALL)
    assert form is not None
    assert 'name="draft" value="drum &lt;depoda&gt;\nyarın takarım"' in form[1]
    assert re.search(
        r'<textarea id="text"[^>]* readonly[^>]*>drum &lt;depoda&gt;\nyarın takarım</textarea>', there.text
    )
    assert desk.site.accepted == [], "opening it changes nothing"
    back = await visit.client.post(f"{visit.path}panel/kayit/{NUMBER}", data={**fields, "opens": ""})
    assert re.search(r'<textarea id="text" name="text" rows="3">drum', back.text), "it can be written on"


async def test_buttons_that_name_what_they_are_about_take_the_writing_box_along(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    await then(visit, await ask(visit, "hang", to="oda-tasima"))
    (first, *_) = re.findall(r'form="write" name="action" value="(tick:\d+-\d+)"', await page_of(visit))
    ticked = await ask(visit, first, text="yarım kalan")
    assert "Satır işaretlendi." in ticked.text
    assert ">yarım kalan</textarea>" in ticked.text
    (undo,) = re.findall(r'name="undoes" value="(untick:[^"]+)"', ticked.text)
    given = {"form_token": visit.token, "key": str(uuid.uuid4()), "seen": seen_on(ticked.text), "undoes": undo}
    back = await visit.client.post(f"{visit.path}panel/kayit/{NUMBER}", data={**given, "text": "yarım kalan"})
    assert ">yarım kalan</textarea>" in back.text
    assert Change.UNTICKED in changes(desk)
    assert [text for _, text in desk.words()] == [desk.words()[0][1]], "nothing of it was sent"


async def test_what_was_refused_is_typed_again_beside_the_writing_box(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    refused = await ask(visit, "resolve", text=".", draft="yarım kalan")
    assert refused.status_code == 422
    assert re.search(r'<textarea form="write" name="again.resolve"[^>]*>[.]</textarea>', refused.text)
    assert ">yarım kalan</textarea>" in refused.text
    more = {"again.resolve": "drum değişti", "text": "yarım kalan, biraz daha"}
    done = await ask(visit, "resolve:", **more)
    assert (desk.ticket().state, desk.ticket().resolution) == (State.RESOLVED, "drum değişti")
    assert ">yarım kalan, biraz daha</textarea>" in done.text


async def test_completed_by_mistake_it_is_taken_back_as_it_was(desk: Desk, opened: Open) -> None:
    visit = await opened("mehmet")
    page = await then(visit, await ask(visit, "resolve", text="drum değişti"))
    back = undo_in(page)
    assert back["action"] == "reopen"
    page = await then(visit, await ask(visit, back["action"], undoes="1"))
    assert desk.ticket().state is State.CLAIMED
    assert "Geri alındı: yeniden açıldı" in page
    assert "✅ Geri alındı.</p></div>" in page, "and is not offered once more"
    last = desk.site.store.read(lambda uow: uow.tickets.history(desk.ticket().id))[-1]
    assert (last.what, last.reason) == (Change.REOPENED, "undone")


async def test_what_was_put_in_is_chosen_where_the_ticket_is_completed(desk: Desk, opened: Open) -> None:
    item = furnish_depot(desk.site, desk.people["fatma"])
    desk.does("mehmet", lambda acting, ticket: moving.undo(acting, moving.take(acting, ticket, item.id, 1).move.id))
    visit = await opened("mehmet")
    assert 'name="text" rows="3" required' in await page_of(visit), "none is known for it"
    desk.does("mehmet", lambda acting, ticket: moving.take(acting, ticket, item.id, 1))
    assert "1 × TN-2421 takıldı (2 var)" in await page_of(visit)
    await then(visit, await ask(visit, "resolve", to=f"{item.id}/depo"))
    assert (desk.ticket().state, desk.ticket().resolution) == (State.RESOLVED, "1 × TN-2421 takıldı")
    assert desk.site.store.read(lambda uow: uow.stock.left_of(item.id)) == 1
    own = (await visit.client.get(f"{visit.path}panel/depo/{item.id}")).text
    assert own.count("Geri al:") == 2, "what they used themselves, and nothing else"
