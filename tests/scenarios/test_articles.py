"""`/makale`: a solved ticket becomes an article, read and published by a lead, and helps the next reporter."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import build_desk
from knowledge.article import parse_article
from tests.scenarios.stage import Actor, Stage

FIRST = "2026-000001"
NAME = "yazici-yazdirmiyor-2026-000001"
REPORT = "yazıcıdan çıktı gelmiyor, kuyrukta bekliyor, numaram 0532 123 45 67"
MORE = "Fatma Demir de yazdıramadı"


async def solved(stage: Stage, report: str = REPORT) -> None:
    """Reported, more written to it, and resolved by mehmet."""
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(report)
    await ayse.presses("Teknisyene ilet")
    await ayse.says(MORE, to=await ayse.last("opened"))
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("Yazdırma kuyruğu boşaltıldı\nSürücü yeniden kuruldu")


def articles(stage: Stage) -> Path:
    return stage.app.settings.data_dir / "articles"


def markdown(text: str) -> str:
    """The Markdown that stands in a draft's message."""
    return text[text.index("---") : text.index("Öneri:")].strip() if "Öneri:" in text else text[text.index("---") :]


async def draft_of(lead: Actor) -> str:
    return markdown((await lead.last("article_draft")).text)


async def test_the_draft_has_an_articles_form_and_no_personal_data(stage: Stage) -> None:
    await solved(stage)
    await stage.person("mehmet").says("/makale 1")
    assert "şefinize gönderdim" in (await stage.person("mehmet").last()).text
    said = await stage.person("fatma").last("article_draft")
    assert list(said.buttons) == ["Yayımla", "Düzenle", "Vazgeç"]
    text = (articles(stage) / "drafts" / f"{NAME}.md").read_text(encoding="utf-8")
    article = parse_article(Path(f"{NAME}.md"), text, stage.app.desk.catalogue)
    assert article.category == "yazici-yazdirmiyor"
    assert any("kuyrukta bekliyor" in symptom for symptom in article.symptoms)
    assert any("yazdıramadı" in symptom for symptom in article.symptoms)
    assert article.steps == "1. Yazdırma kuyruğu boşaltıldı\n2. Sürücü yeniden kuruldu"
    assert not any(secret in text + said.text for secret in ("0532", "Fatma", "Demir"))


async def test_a_published_article_is_used_at_once_and_after_a_restart(stage: Stage) -> None:
    await solved(stage)
    fatma = stage.person("fatma")
    await fatma.says("/makale 1")
    await fatma.presses("Yayımla")
    assert "yayımlandı" in (await fatma.last("article_over")).text
    await stage.tick()
    assert NAME in stage.app.desk.knowledge.articles
    assert not (articles(stage) / "drafts" / f"{NAME}.md").exists()
    reading = stage.app.desk.knowledge.read("yazıcıdan çıktı gelmiyor, kuyrukta bekliyor, numaram [telefon]")
    assert reading.candidates[0].article == NAME
    log = await stage.app.gateway.read(lambda uow: [(row[2], row[3]) for row in uow.audit.recent()])
    assert ("article_published", NAME) in log
    assert NAME in build_desk(stage.app.settings).knowledge.articles
    hasan = stage.person("hasan")
    await hasan.says("yazıcıdan çıktı gelmiyor, kuyrukta bekliyor")
    assert "Teknisyene ilet" in (await hasan.last()).buttons


async def test_a_second_press_publishes_nothing_twice(stage: Stage) -> None:
    await solved(stage)
    fatma = stage.person("fatma")
    await fatma.says("/makale 1")
    token = (await fatma.last("article_draft")).buttons["Yayımla"]
    await fatma.presses_token(token)
    await fatma.presses_token(token)
    log = await stage.app.gateway.read(lambda uow: [row[2] for row in uow.audit.recent()])
    assert log.count("article_published") == 1


async def test_a_lead_corrects_it_and_errors_name_the_line(stage: Stage) -> None:
    await solved(stage)
    fatma = stage.person("fatma")
    await fatma.says("/makale 1")
    right = await draft_of(fatma)
    await fatma.presses("Düzenle")
    wrong = right.replace("priority: normal", "priority: cok")
    await fatma.says(wrong)
    said = await fatma.last("article_draft")
    line = wrong.splitlines().index("priority: cok") + 1
    assert f"Satır {line}" in said.text
    assert "dusuk, normal, yuksek, acil" in said.text
    assert "Yayımla" not in said.buttons
    assert "priority: cok" in (articles(stage) / "drafts" / f"{NAME}.md").read_text(encoding="utf-8")
    await fatma.says(right.replace("Sürücü yeniden kuruldu", "Sürücüyü yeniden kurun"))
    assert "Yayımla" in (await fatma.last("article_draft")).buttons
    await fatma.presses("Yayımla")
    assert "Sürücüyü yeniden kurun" in (articles(stage) / f"{NAME}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("---\nid:", "id:", "ilk satırda ---"),
        (f"id: {NAME}", "id: yazici-cevrimdisi", "taslağın kendi id"),
        ("category: yazici-yazdirmiyor", "category: uzay", "kataloğun bir konusu"),
        ("priority: normal", "oncelik: normal", "yalnız şu satırlar"),
        ("symptoms:", "symptoms: [", "tırnak içinde"),
        ("1. Yazdırma kuyruğu boşaltıldı\n2. Sürücü yeniden kuruldu", "", "adımlar"),
    ],
)
async def test_every_error_says_what_is_expected(stage: Stage, old: str, new: str, told: str) -> None:
    if stage.channel != "web":
        pytest.skip("the same words on every channel")
    await solved(stage)
    fatma = stage.person("fatma")
    await fatma.says("/makale 1")
    text = (await draft_of(fatma)).strip()
    assert old in text
    await fatma.presses("Düzenle")
    await fatma.says(text.replace(old, new, 1))
    assert told in (await fatma.last("article_draft")).text


async def test_giving_up_the_draft(stage: Stage) -> None:
    await solved(stage)
    fatma = stage.person("fatma")
    await fatma.says("/makale 1")
    await fatma.presses("Vazgeç")
    assert "vazgeçildi" in (await fatma.last("article_over")).text
    assert not list((articles(stage) / "drafts").glob("*.md"))


async def test_only_a_lead_publishes_and_only_the_unit_drafts(stage: Stage) -> None:
    await solved(stage)
    room = stage.in_room("mehmet", "donanim")
    for stranger in ("ali", "ayse", "hasan"):
        await stage.person(stranger).says("/makale 1")
        assert not (articles(stage) / "drafts").exists(), stranger
    if stage.channel == "slack":
        return  # what a slash command says, Slack shows to its user alone
    await stage.in_room("fatma", "donanim").says("/makale 1")
    assert (await room.last()).kind == "sent_in_private"
    publish = (await stage.person("fatma").last("article_draft")).buttons["Yayımla"]
    await stage.person("mehmet").presses_token(publish)
    assert (await stage.person("mehmet").last()).kind == "errors/not_found"
    assert not list(articles(stage).glob("*.md"))


async def test_what_is_not_solved_is_no_article(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(REPORT)
    await ayse.presses("Teknisyene ilet")
    mehmet = stage.person("mehmet")
    await mehmet.says("/makale 1")
    assert "henüz tamamlanmadı" in (await mehmet.last()).text
    await mehmet.says("/makale")
    assert "Hangi kayıt" in (await mehmet.last()).text
    await mehmet.says("/yardim")
    assert "/makale" in (await mehmet.last()).text
