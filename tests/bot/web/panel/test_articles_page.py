"""Çözüm adımları, edited from the panel."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.filestore.articles import ArticleFiles
from bot.web import WebSettings, build
from bot.web.panel.audit_page import WORDS
from handlers.chat.dispatch import handle
from handlers.context import Desk, at_once
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from knowledge import Article, Knowledge
from knowledge.article import written_out
from tests.bot.web.panel.conftest import UNITS, Open, PanelVisit
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

LIST = "panel/ayarlar/cozumler"
OFFLINE, SMOKE, OTHER_UNIT = "yazici-cevrimdisi", "bilgisayar-yanik-kokusu", "ebys-giris-parola"
NEW = {"title": "Yazıcı çevrimdışı", "symptoms": "yazıcı offline\n- zürafa zıplıyor", "steps": "1. Kapatıp **açın**."}


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def versions(desk: ScriptedSite, article: str = OFFLINE) -> list[HouseText]:
    return list(desk.store.read(lambda uow: uow.house_texts.versions(TextKind.ARTICLE, article)))


def steps_shown(desk: ScriptedSite, article: str = OFFLINE) -> str:
    """To whoever reports it now."""

    found = in_another_process(desk).article(article)
    assert found is not None
    return found.steps


def in_another_process(desk: ScriptedSite) -> Desk:
    other = replace(shared_desk(), aside=at_once)
    desk.store.read(other.keep_up)
    return other


@pytest.mark.parametrize("path", [LIST, f"{LIST}/{OFFLINE}"])
@pytest.mark.parametrize(
    ("who", "status", "edits"),
    [
        ("ayse", 403, False), ("mehmet", 403, False), ("fatma", 200, True), ("kemal", 200, True),
        ("denetci", 200, False), ("admin", 200, True),
    ],
)  # fmt: skip
async def test_to_whom_they_are_open(
    desk: ScriptedSite, opened: Open, who: str, status: int, edits: bool, path: str
) -> None:
    page = await (await opened(who)).get(path)
    assert page.status_code == status
    assert ("Kaydet</button>" in page.text) is (edits and path != LIST)


async def test_the_list_is_searched_and_told_page_by_page(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    page = (await visit.get(LIST)).text
    assert f"{len(shared_desk().knowledge.articles)} madde" in page
    assert page.count('<th scope="row">') == 40
    assert 'href="?sonra=' in page
    found = (await visit.get(f"{LIST}?q=ÇEVRİMDIŞI+yazıcı")).text
    assert f"{LIST}/{OFFLINE}" in found
    assert "Böyle bir madde bulunamadı" in (await visit.get(f"{LIST}?q=zürafa")).text
    assert "Hiçbir madde değiştirilmedi" in (await visit.get(f"{LIST}?degisen=1")).text


async def test_an_edit_is_shown_at_once_and_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit, path, before = await opened("fatma"), f"{LIST}/{OFFLINE}", steps_shown(desk)
    page = await then(visit, await ask(visit, path, "edit_article", seen="0", **NEW))
    assert "Kaydedildi" in page
    assert "<strong>açın</strong>" in page, "as the chat shows it"
    assert "Sürüm 1" in page
    assert "Fatma Şahin" in page
    assert steps_shown(desk) == "1. Kapatıp **açın**."
    assert in_another_process(desk).knowledge.read("yazıcıda zürafa zıplıyor").candidates[0].article == OFFLINE
    assert "Sizin metniniz" in (await visit.get(f"{LIST}?degisen=1")).text
    assert "bir şey değişmedi" in await then(visit, await ask(visit, path, "edit_article", seen="1", **NEW))
    await ask(visit, path, "edit_article", seen="1", **{**NEW, "steps": "1. Başka."})
    await then(visit, await ask(visit, path, "put_back_article", version="1"))
    assert steps_shown(desk) == "1. Kapatıp **açın**."
    page = await then(visit, await ask(visit, path, "put_back_article", version="0"))
    assert "Geri alındı" in page
    assert steps_shown(desk) == before
    assert [one.version for one in versions(desk)] == [4, 3, 2, 1]
    noted = [
        line for line in desk.store.read(lambda uow: uow.audit.recent()) if line[2] in WORDS and "article" in line[2]
    ]
    assert [line[2] for line in noted] == ["article_restored", *["article_edited"] * 3]
    assert "“1. Başka.” → “1. Kapatıp **açın**.”" in noted[1][3], "before and after"


async def test_a_lead_edits_those_of_the_own_unit(desk: ScriptedSite, opened: Open) -> None:
    for who, status in (("fatma", 403), ("denetci", 403), ("kemal", 303), ("admin", 303)):
        given = {**NEW, "title": f"EBYS {who}", "seen": str(len(versions(desk, OTHER_UNIT)))}
        answer = await ask(await opened(who), f"{LIST}/{OTHER_UNIT}", "edit_article", **given)
        assert answer.status_code == status, who
    assert (
        await ask(await opened("fatma"), f"{LIST}/{OTHER_UNIT}", "put_back_article", version="0")
    ).status_code == 403


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"title": " "}, "Başlık boş olamaz"),
        ({"title": "a" * 121}, "en çok 120 harf"),
        ({"steps": " "}, "Adımlar boş olamaz"),
        ({"steps": "a" * 3001}, "en çok 3000 harf"),
        ({"symptoms": "a\n" * 2 + "b" * 201}, "bir satır en çok 200 harf"),
        ({"symptoms": "\n".join(map(str, range(81)))}, "En çok 80 belirti"),
        ({"seen": "bir"}, ""),
    ],
)
async def test_what_cannot_be_saved_is_said_and_stays_typed(
    desk: ScriptedSite, opened: Open, given: dict[str, str], told: str
) -> None:
    visit = await opened("fatma")
    for action in ("edit_article", *(["bak"] if told else [])):
        answer = await ask(visit, f"{LIST}/{OFFLINE}", action, **{**NEW, "seen": "0", **given})
        assert answer.status_code == 422
        assert told in answer.text
        assert "zürafa" in answer.text or "symptoms" in given
    assert versions(desk) == []


async def test_nothing_typed_is_run_or_becomes_markup(desk: ScriptedSite, opened: Open) -> None:
    steps = "1. {{ 7 * 7 }} <b>x</b> <script>alert(1)</script>"
    visit = await opened("fatma")
    page = await then(
        visit, await ask(visit, f"{LIST}/{OFFLINE}", "edit_article", **{**NEW, "seen": "0", "steps": steps})
    )
    assert "{{ 7 * 7 }} &lt;b&gt;" in page
    assert "<script>alert" not in page


async def test_no_safety_note_of_an_emergency_is_lost(desk: ScriptedSite, opened: Open) -> None:
    visit, path = await opened("kemal"), f"{LIST}/{SMOKE}"
    file = shared_desk().knowledge.unedited.articles[SMOKE]
    given = {"title": file.title, "symptoms": "yanık", "seen": "0"}
    shorter = file.steps.replace("2. Duman veya alev varsa odadakileri dışarı çıkarın ve **112**'yi arayın.\n", "")
    refused = await ask(visit, path, "edit_article", steps=shorter, **given)
    assert refused.status_code == 422
    assert "güvenlik uyarısıdır, çıkarılamaz" in refused.text
    longer = file.steps.replace("4. ", "5. ") + "\n4. Güvenliği 1111'den arayın."
    await then(visit, await ask(visit, path, "edit_article", steps=longer, **given))
    assert "1111" in steps_shown(desk, SMOKE)


async def test_who_was_overtaken_reads_it_and_may_save_all_the_same(desk: ScriptedSite, opened: Open) -> None:
    path = f"{LIST}/{OFFLINE}"
    await ask(await opened("kemal"), path, "edit_article", seen="0", **NEW)
    visit = await opened("fatma")
    answer = await ask(visit, path, "edit_article", **{**NEW, "seen": "0", "steps": "1. Benimki."})
    assert answer.status_code == 409
    assert "bu metni değiştirdi" in answer.text
    assert "1. Benimki." in answer.text
    looked = await ask(visit, path, "bak", **{**NEW, "seen": "0"})
    assert 'name="seen" value="0"' in looked.text, "who only looks has read nothing of it"
    assert 'name="seen" value="1"' in answer.text
    again = await ask(visit, path, "edit_article", **{**NEW, "seen": "1", "steps": "1. Benimki."})
    assert again.status_code == 303
    assert steps_shown(desk) == "1. Benimki."


async def test_a_message_is_tried_and_nothing_written(desk: ScriptedSite, opened: Open) -> None:
    visit, path = await opened("fatma"), f"{LIST}/{OFFLINE}"
    page = (await ask(visit, path, "bak", message="yazıcıda zürafa zıplıyor", seen="0", **NEW)).text
    assert "✅ Bu madde gösterilir." in page
    assert "yüzde" in page
    assert "Aşağıdaki henüz kaydedilmedi" in page
    for message, told in (
        ("internet yok", "Bu madde gösterilmez."),
        ("teşekkürler", "bildirim gibi okunmaz"),
        ("sistem odasında yangın var", "Acil durum"),
        ("öğle yemeğinde ne var", "Bilgi İşlem"),
        ("bilgisayar", ""),
    ):
        answer = await ask(visit, path, "bak", message=message, seen="0", **NEW)
        assert answer.status_code == 200, message
        assert told in answer.text, message
    empty = await ask(await opened("denetci"), path, "bak", message=" ")
    assert (empty.status_code, "önce bir mesaj yazın" in empty.text) == (422, True)
    assert desk.accepted == []
    assert versions(desk) == []
    auditor = await opened("denetci")
    assert "✅" not in (await ask(auditor, path, "bak", message="internet yok")).text
    typed = await ask(auditor, path, "bak", message="yazıcıda zürafa zıplıyor", **NEW)
    assert typed.status_code == 403
    assert NEW["steps"] not in typed.text


async def test_an_older_edit_under_a_newer_shipped_text_is_shown_as_such(
    desk: ScriptedSite, opened: Open, staff: dict[str, Person]
) -> None:
    file = shared_desk().knowledge.unedited.articles[OFFLINE]
    old = HouseText(
        kind=TextKind.ARTICLE, name=OFFLINE, version=1, body=written_out(replace(file, steps="1. Bizimki.")),
        shipped="0" * 64, written_at=desk.now(), written_by=staff["fatma"].id,
    )  # fmt: skip
    smoke = shared_desk().knowledge.unedited.articles[SMOKE]
    without = replace(old, name=SMOKE, body=written_out(replace(smoke, steps="1. Açın.")))
    desk.store.write(lambda uow: [uow.house_texts.add(one) for one in (old, without)])
    visit = await opened("fatma")
    page = (await visit.get(f"{LIST}/{OFFLINE}")).text
    assert "özgünü yenilendi" in page
    assert "1. Bizimki." in page
    assert steps_shown(desk) == "1. Bizimki."
    page = (await visit.get(f"{LIST}/{SMOKE}")).text
    assert "özgün metin gösteriliyor" in page
    assert steps_shown(desk, SMOKE) == smoke.steps


async def test_no_article_of_that_name(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    assert (await visit.get(f"{LIST}/zurafa")).status_code == 404
    assert (await ask(visit, f"{LIST}/{OFFLINE}", "put_back_article", version="7")).status_code == 422
    assert (await ask(visit, f"{LIST}/{OFFLINE}", "drop_everything")).status_code == 400


# --- one that is new -----------------------------------------------------------------------------------
WRITES = f"{LIST}-yeni"
OWN = {
    "category": "yazici-yazdirmiyor", "title": "Zürafa yazıcısı", "symptoms": "zürafa zıplamıyor\n- zürafa durdu",
    "steps": "1. Zürafayı **kapatıp** açın.\n2. Bekleyin.",
}  # fmt: skip


@pytest.fixture
def own(desk: ScriptedSite, tmp_path: Path) -> ScriptedSite:
    """With a folder of its own for what the house writes, read anew as soon as it changes."""
    at_work = shared_desk()

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(at_work, uow, event, at_work.knowledge.read)  # type: ignore[arg-type]

    def changed() -> None:
        at_work.learn(Knowledge.load(own=tmp_path / "articles"))

    at_work.article_drafts = ArticleFiles(tmp_path / "articles", on_change=changed)
    desk.script = play
    desk.at_work = at_work  # type: ignore[attr-defined] # what its pages read
    return desk


@pytest.fixture
async def writing(own: ScriptedSite) -> AsyncIterator[Open]:
    async with connect(build(own, WebSettings(demo=True, desk=own.at_work, units=UNITS))) as client:  # type: ignore[attr-defined]
        client.headers["Accept"] = "text/html"

        async def open_as(handle: str) -> PanelVisit:
            visit = PanelVisit(client, f"/demo/{handle}/")
            await visit.open()
            return visit

        yield open_as


def published(desk: ScriptedSite) -> list[Article]:
    found: Mapping[str, Article] = desk.at_work.knowledge.articles  # type: ignore[attr-defined]
    return [one for one in found.values() if one.title == OWN["title"]]


async def test_a_new_one_is_tried_published_edited_withdrawn_and_brought_back(own: ScriptedSite, writing: Open) -> None:
    visit = await writing("fatma")
    assert f'href="/demo/fatma/{WRITES}"' in (await visit.get(LIST)).text
    tried = await ask(visit, WRITES, "bak", message="yazıcıda zürafa zıplamıyor", **OWN)
    assert tried.status_code == 200
    assert "Bu madde gösterilir." in tried.text
    assert "<strong>kapatıp</strong>" in (await ask(visit, WRITES, "bak", message="", **OWN)).text
    assert published(own) == [], "trying writes nothing"
    page = await then(visit, await ask(visit, WRITES, "write_article", **OWN))
    assert "Yayımlandı" in page
    (article,) = published(own)
    assert (article.category, article.symptoms) == ("yazici-yazdirmiyor", ("zürafa zıplamıyor", "zürafa durdu"))
    assert own.at_work.knowledge.read("zürafa zıplamıyor").candidates[0].article == article.id  # type: ignore[attr-defined]
    path = f"{LIST}/{article.id}"
    edited = await then(visit, await ask(visit, path, "edit_article", seen="0", **{**OWN, "steps": "1. Başka."}))
    assert "Sürüm 1" in edited
    assert 'value="withdraw_article"' in edited
    gone = await then(visit, await ask(visit, LIST, "withdraw_article", id=article.id))
    assert "Kaldırıldı" in gone
    assert published(own) == []
    assert (await visit.get(path)).status_code == 404
    undo = re.search(r'class="undo".*?</form>', gone, re.DOTALL)
    assert undo is not None
    assert f'name="id" value="{article.id}"' in undo[0]
    later = (await visit.get(LIST)).text
    assert f'aria-label="Geri getir: {article.title}"' in later, "also when the page was left"
    assert "Kaldırılan maddeler" not in (await (await writing("ali")).get(LIST)).text, "of another unit"
    await then(visit, await ask(visit, LIST, "bring_back_article", id=article.id))
    assert "Kaldırılan maddeler" not in (await visit.get(LIST)).text
    assert [one.id for one in published(own)] == [article.id]
    assert "Sürüm 1" in (await visit.get(path)).text, "its versions stay"
    noted = [line[2] for line in own.store.read(lambda uow: uow.audit.recent()) if line[2].startswith("article_")]
    assert noted == ["article_published", "article_withdrawn", "article_edited", "article_published"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"category": ""}, "Maddenin konusunu seçin"),
        ({"category": "yok-boyle"}, "Maddenin konusunu seçin"),
        ({"title": " "}, "Başlık boş olamaz"),
        ({"steps": ""}, "Adımlar boş olamaz"),
        ({"symptoms": "b" * 201}, "bir satır en çok 200 harf"),
    ],
)
async def test_what_is_no_article_is_said_and_stays_typed(
    own: ScriptedSite, writing: Open, given: dict[str, str], told: str
) -> None:
    visit = await writing("fatma")
    for action in ("write_article", "bak"):
        answer = await ask(visit, WRITES, action, message="", **{**OWN, **given})
        assert answer.status_code == 422
        assert told in answer.text
        assert "Zürafa" in answer.text
    assert published(own) == []


async def test_who_writes_and_withdraws_which(own: ScriptedSite, writing: Open) -> None:
    for who, status in (("mehmet", 403), ("denetci", 403), ("fatma", 200), ("kemal", 200)):
        assert (await (await writing(who)).get(WRITES)).status_code == status, who
    lead = await writing("fatma")
    assert 'value="ebys-giris"' not in (await lead.get(WRITES)).text
    assert (await ask(lead, WRITES, "write_article", **{**OWN, "category": "ebys-giris"})).status_code == 403
    await then(
        await writing("kemal"),
        await ask(await writing("kemal"), WRITES, "write_article", **{**OWN, "category": "ebys-giris"}),
    )
    (article,) = published(own)
    assert (await ask(lead, LIST, "withdraw_article", id=article.id)).status_code == 403
    shipped = await ask(lead, LIST, "withdraw_article", id=OFFLINE)
    assert (shipped.status_code, "Bu madde masayla gelir" in shipped.text) == (422, True)
    for nothing in ("../../masa", "yok", "", "a/b"):
        assert (await ask(lead, LIST, "bring_back_article", id=nothing)).status_code == 422, nothing
    assert [one.id for one in published(own)] == [article.id]
