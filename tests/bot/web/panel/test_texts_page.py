"""What the desk says, edited from the panel."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from bot.web.errors import HttpRefusal
from bot.web.panel import asking
from handlers.chat.dispatch import handle
from handlers.context import Desk, at_once
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.people import Person
from handlers.messages import plain
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_practice_pages import take_back
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.handlers.domain.builders import person
from tests.scenarios.stage import shared_desk

LIST = "panel/ayarlar/metinler"


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def elsewhere(desk: ScriptedSite) -> Desk:
    """Another process that answers somebody now."""
    other = replace(shared_desk(), aside=at_once)
    desk.store.read(other.keep_up)
    return other


def says(desk: ScriptedSite, name: str, **data: object) -> str:
    return plain(elsewhere(desk).texts.render(name, desk=shared_desk(), **data))


def text(who: Person, name: str, body: str, desk: ScriptedSite) -> HouseText:
    return HouseText(
        kind=TextKind.MESSAGE, name=name, version=1, body=body, shipped="0" * 64, written_at=desk.now(),
        written_by=who.id,
    )  # fmt: skip


@pytest.mark.parametrize("path", [LIST, f"{LIST}/greeting", f"{LIST}/errors/not_found"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("ayse", 403), ("mehmet", 403), ("fatma", 200), ("kemal", 200), ("denetci", 200), ("admin", 200)],
)
async def test_to_whom_they_are_open(desk: ScriptedSite, opened: Open, who: str, status: int, path: str) -> None:
    page = await (await opened(who)).get(path)
    assert page.status_code == status
    assert ("Kaydet</button>" in page.text) is (path != LIST and who in ("kemal", "admin"))


async def test_only_who_keeps_them_changes_one_or_has_one_rendered(desk: ScriptedSite, opened: Open) -> None:
    for who in ("fatma", "denetci"):
        visit = await opened(who)
        for action in ("edit_text", "put_back_text", "bak"):
            answer = await ask(visit, f"{LIST}/you_are_welcome", action, body="Zürafa!", seen="0", version="0")
            assert answer.status_code == 403
            assert "Zürafa" not in answer.text
    assert desk.accepted == []


async def test_who_looks_too_often_waits(desk: ScriptedSite, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_visit: object, _weight: int = 1) -> None:
        raise HttpRefusal(429, "too_fast", seconds=9)

    visit = await opened("kemal")
    monkeypatch.setattr(asking, "keep_pace", never)
    for action in ("bak", "edit_text"):
        answer = await ask(visit, f"{LIST}/you_are_welcome", action, body="Zürafa!", seen="0")
        assert answer.status_code == 429
        assert "Zürafa" not in answer.text


async def test_its_blanks_are_told_with_what_would_stand_there(desk: ScriptedSite, opened: Open) -> None:
    page = unescape((await (await opened("admin")).get("panel/ayarlar/metinler/update_claimed")).text)
    assert "<code>{{ holder.name }}</code></dt><dd>yerine yazılır, örneğin: <bdi>Mehmet Kaya</bdi>" in page
    assert "<code>{% if … %} söz {% endif %}</code></dt><dd>aradaki söz yalnız o durumda söylenir" in page


async def test_an_edit_is_said_at_once_and_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit, path, before = await opened("kemal"), f"{LIST}/you_are_welcome", says(desk, "you_are_welcome")
    page = (await ask(visit, path, "bak", body="Ne demek, {{ 'her zaman'|bold }}!", seen="0")).text
    assert "<strong>her zaman</strong>" in page
    assert "henüz kaydedilmedi" in page
    assert says(desk, "you_are_welcome") == before
    page = await then(visit, await ask(visit, path, "edit_text", body="Ne demek!", seen="0"))
    assert "Kaydedildi" in page
    assert "Özgünü" in page
    assert says(desk, "you_are_welcome") == "Ne demek!"
    assert "Sizin metniniz" in (await visit.get(f"{LIST}?degisen=1")).text
    await take_back(visit, page, path)
    assert says(desk, "you_are_welcome") == before
    assert (await visit.get(path)).text.count("<strong>şimdiki</strong>") == 1
    await then(visit, await ask(visit, path, "put_back_text", version="1"))
    assert says(desk, "you_are_welcome") == "Ne demek!"
    stale = await ask(await opened("admin"), path, "edit_text", body="Rica ederim!", seen="1")
    assert stale.status_code == 409
    assert "Rica ederim!</textarea>" in stale.text
    noted = [line[2] for line in desk.store.read(lambda uow: uow.audit.recent()) if line[2].startswith("message_")]
    assert noted == ["message_edited", "message_restored", "message_edited"]


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("opened", "Tamam.\n{{ ticket.text }}", "Satır 2: “ticket.text” diye bir alan bu metinde yok"),
        ("opened", "{{ ticket.number|bold }} {{ musteri }}", "Satır 1: “musteri”"),
        ("opened", "a\n\n{% if ticket.number %}b", "yazım bozuk"),
        ("opened", "{{ ticket.priority }}", "sorulabilir ama gösterilemez"),
        ("opened", "{{ ticket }}", "diye bir alan"),
        ("opened", "{{ 7 * 7 }}", "böyle kullanılamaz"),
        ("opened", "{% for i in range(99999) %}x{% endfor %}", "böyle kullanılamaz"),
        ("opened", "{{ ticket.__class__.__mro__ }}", "diye bir alan"),
        ("opened", "{{ ticket.number|attr('text') }}", "böyle kullanılamaz"),
        ("opened", "{% set audience = 'anybody' %}Tamam", "böyle kullanılamaz"),
        ("opened", "{% include 'card.txt' %}", "böyle kullanılamaz"),
        ("opened", "{% macro x() %}{% endmacro %}a", "böyle kullanılamaz"),
        ("opened", " ", "boş olamaz"),
        ("ticket", "a\n{{ ticket.waiting_for }}", "Satır 2: “ticket.waiting_for” özgün metinde bir koşulun içinde"),
        ("opened", "{% if night == 'zürafa' %}a{% endif %}", "örnek değerlerle söylenemedi"),
        ("opened", "a" * 6001, "en çok 6000 harf"),
    ],
)
async def test_what_a_text_may_not_do_is_said_with_its_line(
    desk: ScriptedSite, opened: Open, name: str, body: str, told: str
) -> None:
    visit = await opened("kemal")
    for action in ("edit_text", "bak"):
        answer = await ask(visit, f"{LIST}/{name}", action, body=body, seen="0")
        assert answer.status_code == 422
        assert told in answer.text, answer.text.partition('role="alert"')[2][:400]
    assert desk.accepted == []


async def test_a_broken_edit_breaks_no_message(desk: ScriptedSite, opened: Open, staff: dict[str, Person]) -> None:
    kemal = staff["kemal"]
    bodies = {
        "you_are_welcome": "{{ was_once_there }}",
        "greeting": "{% if person %}{% endif %}",
        "zurafa": "A text of an older version",
        "what_happened": "Ne oldu?{% if parts > 1 %}{% endif %}",
    }
    desk.store.write(lambda uow: [uow.house_texts.add(text(kemal, *one, desk)) for one in bodies.items()])
    shipped = shared_desk().texts
    assert says(desk, "you_are_welcome") == plain(shipped.render("you_are_welcome"))
    other = elsewhere(desk)
    assert other.texts.render("greeting", person=person()) == shipped.render("greeting", person=person())
    assert says(desk, "what_happened", parts=1) == "Ne oldu?"
    page = (await (await opened("kemal")).get(f"{LIST}/you_are_welcome")).text
    assert "artık söylenemiyor" in page
    assert "özgünü yenilendi" in (await (await opened("kemal")).get(f"{LIST}/what_happened")).text


async def test_before_whom_a_text_is_said_is_no_part_of_it(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    await then(visit, await ask(visit, f"{LIST}/emergency", "edit_text", body="112'yi arayın.", seen="0"))
    texts, shipped = elsewhere(desk).texts, shared_desk().texts
    for name in ("emergency", "opened"):
        assert texts.audience(name) is shipped.audience(name)
        assert texts.is_confidential(name) is shipped.is_confidential(name)
    assert "Güvenlik uyarısı" in (await visit.get(f"{LIST}/emergency")).text
    assert "hukuk birimine" in (await visit.get(f"{LIST}/notice")).text


async def test_an_edited_privacy_notice_is_shown_to_everybody_again(desk: ScriptedSite, opened: Open) -> None:
    shipped, visit, path = shared_desk(), await opened("kemal"), f"{LIST}/notice"
    body = shipped.texts.body("notice").replace("Neden: arıza", "Neden: kurumun arıza")
    page = await then(visit, await ask(visit, path, "edit_text", body=body, seen="0"))
    assert "herkese yeniden gösterilir" in page
    told = elsewhere(desk)
    assert told.notice_version != shipped.notice_version
    words = plain(told.texts.render("notice", desk=told, person=person(), platform="", read=True, kept=False))
    assert "Neden: kurumun arıza" in words
    assert f"sürüm {told.notice.name}" in words
    await take_back(visit, page, path)
    assert elsewhere(desk).notice_version == shipped.notice_version


async def test_the_list_is_searched_page_by_page(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = (await visit.get(LIST)).text
    assert page.count('<th scope="row">') == 50
    assert "sonra=" in page
    assert "metinler/emergency" in (await visit.get(f"{LIST}?q=kapıyı+kapatın")).text
    assert "bulunamadı" in (await visit.get(f"{LIST}?q=zürafa")).text
    assert "Hiçbir metin değiştirilmedi" in (await visit.get(f"{LIST}?degisen=1")).text
    assert (await visit.get(f"{LIST}/zurafa")).status_code == 404


async def test_words_of_people_stay_words_in_an_edited_text(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    await then(visit, await ask(visit, f"{LIST}/opened", "edit_text", body="Birim: {{ unit|bold }}", seen="0"))
    typed = "\ue000koyu\ue00e {{ 7*7 }} <b>"
    said = elsewhere(desk).texts.render("opened", unit=typed)
    assert plain(said) == "Birim: koyu {{ 7*7 }} <b>"
    assert said.count("\ue00e") == 1, "one span: the text's own"


async def test_they_stand_by_place_and_a_condition_that_goes_is_told(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    page = (await visit.get(LIST)).text
    places = re.findall(r'<th scope="rowgroup" colspan="4">([^<]+)</th>', page)
    assert len(places) == len(set(places)) >= 2
    path = f"{LIST}/role_given"
    said = "koşul sizinkinde yok"
    assert said not in (await visit.get(path)).text
    kept = shared_desk().texts.body("role_given")
    assert said not in (await ask(visit, path, "bak", body=kept.replace("Yetkiniz", "Yeni yetkiniz"), seen="0")).text
    shown = (await ask(visit, path, "bak", body="Yetkiniz: {{ words.ROLES[role] }}.", seen="0")).text
    assert said in shown
    assert "<code>unit</code>" in shown
