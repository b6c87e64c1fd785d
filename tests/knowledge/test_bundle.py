"""Loading a house: every mistake is told with file, line, what stands there and what should."""

from pathlib import Path

import pytest

from knowledge import Knowledge, KnowledgeError
from knowledge.catalogue import load_catalogue

CATALOGUE = """\
units:
  - {id: teknik, title: Teknik Servis}
categories:
  - {id: yazici, unit: teknik, kind: ariza, basis: ["1/1"], title: Yazıcı arızası, covers: "Çıktı gelmiyor."}
  - {id: parola, unit: teknik, kind: talep, basis: [], title: Parola, covers: "Şifre unutuldu."}
"""
ARTICLE = """\
---
id: yazici-basmiyor
category: yazici
title: Yazıcı basmıyor
symptoms:
  - çıktı gelmiyor
  - kağıt çıkmıyor
asks: [oda, cihaz]
priority: yuksek
---
1. Yazıcıyı kapatıp açın.
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "yazici-basmiyor.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def load(bundle: Path) -> Knowledge:
    return Knowledge.load(bundle / "articles", bundle / "catalogue.yaml")


def test_another_house_is_read_from_titles_and_symptoms_alone(bundle: Path) -> None:
    knowledge = load(bundle)
    assert knowledge.articles["yazici-basmiyor"].priority == "yuksek"
    assert knowledge.articles["yazici-basmiyor"].steps == "1. Yazıcıyı kapatıp açın."
    assert knowledge.catalogue.units["teknik"].title == "Teknik Servis"
    reading = knowledge.read("yazicidan cikti gelmiyor")
    assert reading.candidates[0].category == "yazici"
    assert reading.candidates[0].article == "yazici-basmiyor"
    assert reading.unit == "teknik"


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        (ARTICLE.replace("category: yazici", "category: yzici"), 3, "unknown category 'yzici'"),
        (ARTICLE.replace("priority: yuksek", "priority: cok"), 9, "'cok'; expected one of dusuk, normal"),
        (ARTICLE.replace("asks: [oda, cihaz]", "asks: [oda, renk]"), 8, "'renk'"),
        (ARTICLE.replace("symptoms:", "symtoms:"), 5, "unknown key 'symtoms'"),
        (ARTICLE.replace("title: Yazıcı basmıyor\n", ""), 2, "no 'title'"),
        (ARTICLE.replace("title: Yazıcı basmıyor", "title: [a"), 5, "no YAML"),
        (ARTICLE.replace("id: yazici-basmiyor", "id: baska"), 2, "'yazici-basmiyor', as the file is named"),
        (ARTICLE.removeprefix("---\n"), 1, "no head"),
        ("", 1, "no head"),
        (ARTICLE.replace("title:", "id: x\ntitle:"), 4, "'id' a second time"),
    ],
)
def test_a_broken_article_is_told_by_file_and_line(bundle: Path, broken: str, line: int, said: str) -> None:
    file = bundle / "articles" / "yazici-basmiyor.md"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load(bundle)
    assert str(raised.value).startswith(f"{file}:{line}: ")
    assert said in str(raised.value)


def test_two_articles_with_one_id(bundle: Path) -> None:
    (bundle / "articles" / "more").mkdir()
    (bundle / "articles" / "more" / "yazici-basmiyor.md").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="every article with an id of its own"):
        load(bundle)


def test_an_article_that_is_not_utf8(bundle: Path) -> None:
    file = bundle / "articles" / "yazici-basmiyor.md"
    file.write_bytes(ARTICLE.encode("iso-8859-9"))
    with pytest.raises(KnowledgeError, match=r":4: the byte 0xfd; expected UTF-8"):
        load(bundle)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (
            "unit: teknik, kind: ariza",
            "unit: tenik, kind: ariza",
            "4: the unknown unit 'tenik'; expected one of teknik",
        ),
        ("kind: talep", "kind: istek", "5: 'istek'; expected one of ariza, talep"),
        ("id: parola", "id: yazici", "5: a second category with the id 'yazici'"),
        ("id: parola", "id: Parola!", "5: the id 'Parola!'"),
        ("title: Parola,", "titel: Parola,", "unknown key 'titel'"),
    ],
)
def test_a_broken_catalogue(bundle: Path, wrong: str, right: str, said: str) -> None:
    (bundle / "catalogue.yaml").write_text(CATALOGUE.replace(wrong, right), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load(bundle)
    assert said in str(raised.value)


def test_a_comma_in_an_unquoted_title_belongs_to_it(bundle: Path) -> None:
    written = CATALOGUE.replace("title: Parola,", "title: Parola, hesap ve giriş,")
    (bundle / "catalogue.yaml").write_text(written, encoding="utf-8")
    catalogue = load_catalogue(bundle / "catalogue.yaml")
    assert catalogue.categories["parola"].title == "Parola, hesap ve giriş"


def test_a_catalogue_without_units_has_those_its_categories_name(bundle: Path) -> None:
    (bundle / "catalogue.yaml").write_text(
        CATALOGUE.partition("categories:")[1] + CATALOGUE.partition("categories:")[2]
    )
    assert load_catalogue(bundle / "catalogue.yaml").units["teknik"].title == "teknik"


def test_a_missing_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="a folder of articles"):
        Knowledge.load(articles=tmp_path / "nowhere")
    with pytest.raises(KnowledgeError, match="a readable file"):
        Knowledge.load(catalogue=tmp_path / "nowhere.yaml")
