"""The model: made the same way twice, stored, found damaged, and current or not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge import Knowledge, ModelError
from knowledge.corpus import Example, digest
from knowledge.features import features
from knowledge.matcher import MODEL, read_bundle
from knowledge.model import Model
from knowledge.training import train
from tests.knowledge.bundles import build

EXAMPLES = [
    Example("yazıcı basmıyor", "yazici", "a"),
    Example("çıktı alamıyorum", "yazici"),
    Example("internet yok", "ag", "b"),
    Example("bağlantı kesik", "ag"),
    Example("çukur var sokakta", "kapsam-disi"),
]


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    train(EXAMPLES, "print").save(tmp_path / "model.npz")
    return tmp_path / "model.npz"


def test_the_same_sentences_in_any_order_make_the_same_file(tmp_path: Path, stored: Path) -> None:
    train(EXAMPLES[::-1], "print").save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == stored.read_bytes()


def test_what_is_stored_is_what_is_read(stored: Path) -> None:
    made, read = train(EXAMPLES, "print"), Model.load(stored)
    found = features("yazicidan cikti yok")
    assert read.labels == made.labels
    assert read.trained_on == "print"
    np.testing.assert_allclose(read.hear(found).margins(), made.hear(found).margins(), atol=0.05)
    np.testing.assert_array_equal(read.index.value, made.index.value)
    assert {read.example(place) for place in range(len(EXAMPLES))} == set(EXAMPLES)


@pytest.mark.parametrize("kept", [0, 10, 500, -1])
def test_a_damaged_file_is_told_as_one(stored: Path, kept: int) -> None:
    stored.write_bytes(stored.read_bytes()[:kept])
    with pytest.raises(ModelError, match=r"a damaged model file .*masa kb train"):
        Model.load(stored)


def test_buckets_out_of_order_are_a_damaged_file(tmp_path: Path) -> None:
    model = train(EXAMPLES, "print")
    vocabulary = replace(model.index.vocabulary, buckets=model.index.vocabulary.buckets[::-1])
    replace(model, index=replace(model.index, vocabulary=vocabulary)).save(tmp_path / "model.npz")
    with pytest.raises(ModelError, match="buckets out of order"):
        Model.load(tmp_path / "model.npz")


def test_flipped_bytes_are_told(stored: Path) -> None:
    content = bytearray(stored.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(byte ^ 0xFF for byte in content[middle : middle + 40])
    stored.write_bytes(bytes(content))
    with pytest.raises(ModelError):
        Model.load(stored)


def test_a_file_of_another_version(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.model.VERSION", 999)
    with pytest.raises(ModelError, match=r"a model of version \d+; expected version 999"):
        Model.load(stored)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model file"):
        Model.load(tmp_path / "none.npz")


def test_a_model_of_another_catalogue_is_refused(tmp_path: Path, stored: Path) -> None:
    bundle = build(tmp_path / "bundle")
    with pytest.raises(ModelError, match="a model of another catalogue"):
        Knowledge.load(bundle / "articles", bundle / "catalogue.yaml", stored)


def test_an_article_written_after_training_is_found_and_one_taken_out_is_gone(tmp_path: Path) -> None:
    bundle = build(tmp_path / "bundle")
    brought = read_bundle(bundle / "articles", bundle / "catalogue.yaml")
    train(brought.examples, digest(brought.examples)).save(tmp_path / "model.npz")
    (bundle / "articles" / "parola-unuttum.md").unlink()
    (bundle / "articles" / "yazici-plotter.md").write_text(
        "---\nid: yazici-plotter\ncategory: yazici\ntitle: Çizici\nsymptoms: [plotter pafta kesmiyor]\n---\n1. x\n",
        encoding="utf-8",
    )
    knowledge = Knowledge.load(bundle / "articles", bundle / "catalogue.yaml", tmp_path / "model.npz")
    assert not knowledge.current
    assert knowledge.read("plotter pafta kesmiyor").candidates[0].article == "yazici-plotter"
    assert all(c.article != "parola-unuttum" for c in knowledge.read("şifremi unuttum").candidates)


def test_the_shipped_model_is_of_the_shipped_articles() -> None:
    assert Model.load(MODEL).trained_on == digest(read_bundle().examples), "run `masa kb train` and commit the model"


def test_phrases_that_stood_already_stand_as_they_did() -> None:
    """A new article costs what is new in it, and shifts nothing else."""
    knowledge = Knowledge.load()
    model, examples = Model.load(MODEL), read_bundle().examples
    place = next(place for place, example in enumerate(examples) if example.article)
    added = [*examples, Example("kuyrukta bekleyen mor çıktı", examples[place].label, examples[place].article)]
    before, after = model.with_phrases(examples), model.with_phrases(added)
    assert np.array_equal(model.index.phrase, before.index.phrase)
    assert np.array_equal(model.index.value, before.index.value)
    assert len(after.phrases) == len(before.phrases) + 1
    found = knowledge.with_model(after).why("kuyrukta bekleyen mor çıktı", 1)
    assert [example.text for example, _ in found] == ["kuyrukta bekleyen mor çıktı"]
    likeness = dict(zip(before.phrases, before.index.similarities(features("yazıcı basmıyor")), strict=True))
    assert dict(zip(after.phrases, after.index.similarities(features("yazıcı basmıyor")), strict=True)) == {
        **likeness,
        "kuyrukta bekleyen mor çıktı": 0.0,
    }
