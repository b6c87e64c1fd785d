"""`masa kb` as an operator runs it: JSON to the letter, errors with exit code 2."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands.kb import app
from knowledge import KnowledgeError
from tests.knowledge.bundles import build


def run(*arguments: str, typed: str | bytes = "") -> list[str]:
    result = CliRunner().invoke(app, list(arguments), input=typed, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_match_answers_every_line_blank_ones_too() -> None:
    lines = run("match", "--json", typed="yazıcı çevrimdışı\n\nteşekkürler\n")
    answers = [json.loads(line) for line in lines]
    assert [answer["text"] for answer in answers] == ["yazıcı çevrimdışı", "", "teşekkürler"]
    assert all(line.isascii() for line in lines)
    assert all(list(a) == ["text", "decision", "intent", "unit", "candidates"] for a in answers)
    first = answers[0]
    assert first["decision"] in ("suggest", "ask")
    assert first["unit"] == "donanim"
    assert 3 <= len(first["candidates"]) <= 5
    assert list(first["candidates"][0]) == ["category", "article", "score"]
    assert answers[2] == {
        "text": "teşekkürler",
        "decision": "reject",
        "intent": "thanks",
        "unit": None,
        "candidates": [],
    }


def test_match_reads_bytes_that_are_no_text() -> None:
    assert len(run("match", "--json", typed=b"\xff\xfe yaz\xfdc\xfd\r\nok\n")) == 2


def test_another_house(tmp_path: Path) -> None:
    bundle = build(tmp_path / "bundle")
    chosen = ("--articles", str(bundle / "articles"), "--catalogue", str(bundle / "catalogue.yaml"))
    answer = json.loads(run("match", "--json", *chosen, typed="printer çıktı vermiyor\n")[0])
    assert answer["candidates"][0] | {"score": 0} == {
        "category": "yazici",
        "article": "yazici-basmiyor",
        "score": 0,
    }
    assert answer["unit"] == "teknik"
    assert json.loads(run("check", "--json", *chosen)[0])["articles"] == 3


def test_check_tells_of_articles_that_steal(tmp_path: Path) -> None:
    bundle = build(tmp_path / "bundle")
    (bundle / "articles" / "parola-hirsiz.md").write_text(
        "---\nid: parola-hirsiz\ncategory: parola\ntitle: Hırsız\nsymptoms:\n"
        "  - internet kesik bugün\n  - hiçbir sayfa açılmıyor artık\n  - ağ kablosu takılı değil diyor\n---\n",
        encoding="utf-8",
    )
    chosen = ("--articles", str(bundle / "articles"), "--catalogue", str(bundle / "catalogue.yaml"))
    said = "\n".join(run("check", *chosen))
    assert "parola-hirsiz: 3 belirtisi internet-yok maddesine daha yakın" in said
    assert "parola-hirsiz: adımları boş" in said


def test_eval_is_one_document(tmp_path: Path) -> None:
    rows = [
        {"text": "yazıcı çevrimdışı, çıktı alamıyorum", "category": "yazici-yazdirmiyor"},
        {"text": "sokakta çukur var", "category": "kapsam-disi"},
    ]
    file = tmp_path / "messages.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (line,) = run("eval", str(file), "--json")
    found = json.loads(line)
    assert found["messages"] == 2
    assert found["ours"] == 1
    assert found["top1"] == found["unit"] == found["refused_rightly"] == 1.0
    assert any("konu ilk sırada" in told for told in run("eval", str(file)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "a", "category": "yok"}', "unknown category 'yok'"),
        ('{"text": 1, "category": "hurda"}', "'text' is 1"),
        ('{"category": "hurda"}', "'text' is null"),
        ("[1]", "the JSON value"),
        ("{", "no JSON"),
    ],
)
def test_eval_names_the_line_that_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text('{"text": "a", "category": "hurda"}\n' + line, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        run("eval", str(file))
    assert str(raised.value).startswith(f"{file}:2: ")
    assert said in str(raised.value)


def test_why_says_the_words_that_decided() -> None:
    said = "\n".join(run("why", "yazıcı çevrimdışı görünüyor"))
    assert "Neden: " in said
    assert "çevrimdışı" in said
    assert "En yakın bilinen cümleler:" in said
