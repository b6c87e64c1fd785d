"""The house's own articles on disk: beside the shipped ones, never instead of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import KnowledgeSection as Places
from bot.config import Settings
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.checks import knowledge as check_knowledge
from bot.diagnostics.finding import Severity
from bot.filestore.articles import ArticleFiles
from bot.filestore.knowledge import InstalledKnowledge
from tests.clock import FakeClock
from tests.knowledge.bundles import ARTICLE, build

OWN = ARTICLE.replace("yazici-basmiyor", "yazici-bizim").replace("çıktı gelmiyor", "kâğıt mavi çıkıyor")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    installed = build(tmp_path / "installed")
    places = Places(articles=installed / "articles", catalogue=installed / "catalogue.yaml")
    return Settings(data_dir=tmp_path / "data", knowledge=places)


def test_the_houses_articles_lie_beside_the_others_and_drafts_do_not_count(settings: Settings) -> None:
    installed = InstalledKnowledge(settings)
    told: list[bool] = []
    files = ArticleFiles(installed.own_articles, on_change=lambda: told.append(True))
    files.keep("yazici-bizim", OWN)
    assert "yazici-bizim" not in installed.load().articles
    files.publish("yazici-bizim")
    files.publish("yazici-bizim")
    assert told
    knowledge = installed.load()
    assert {"yazici-basmiyor", "yazici-bizim"} <= set(knowledge.articles)
    assert knowledge.read("kâğıt mavi çıkıyor").candidates[0].article == "yazici-bizim"
    assert files.read("yazici-bizim") is None
    for _ in range(2):
        files.withdraw("yazici-bizim")
        assert (files.is_published("yazici-bizim"), files.read("yazici-bizim")) == (False, OWN)
    assert "yazici-bizim" not in installed.load().articles
    files.publish("yazici-bizim")
    assert "yazici-bizim" in installed.load().articles


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("yazici-bizim", "no head at all", "no head"),
        ("yazici-basmiyor", ARTICLE, "the id 'yazici-basmiyor' of"),
        ("yazici-bizim", OWN.replace("category: yazici", "category: uzay"), "the unknown category 'uzay'"),
    ],
)
def test_a_broken_article_of_the_house_is_said_and_the_shipped_ones_are_used(
    settings: Settings, name: str, text: str, said: str
) -> None:
    installed = InstalledKnowledge(settings)
    installed.own_articles.mkdir(parents=True)
    (installed.own_articles / f"{name}.md").write_text(text, encoding="utf-8")
    knowledge, trouble = installed.read()
    assert len(knowledge.articles) == 3
    assert said in str(trouble[0])
    found = list(
        check_knowledge(CheckContext(settings=settings, store=None, catalogue=knowledge.catalogue, clock=FakeClock()))
    )
    assert any(f.state is Severity.ERROR and f.about == "Kurumun maddeleri" for f in found)
