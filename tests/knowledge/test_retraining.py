"""What a house teaches its model is masked, measured, kept or refused, and can be taken back."""

from pathlib import Path

import pytest

from knowledge import Knowledge, ModelError
from knowledge.corpus import Example
from knowledge.retraining import TooFew, TrainingAccepted, TrainingRejected, go_back, held_back, learn, prepared
from tests.knowledge.bundles import build

SPOKEN = "teyp dikte kasetli banttan kayıt ses bant kaset makara dikteli teypten makaralı bantlı kasetten"
WORDS = SPOKEN.split()


def taught(label: str) -> list[Example]:
    return [Example(f"{a} {b} dönmüyor", label) for a in WORDS for b in WORDS if a != b]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return build(tmp_path / "bundle")


def test_a_house_learns_a_word_of_its_own_and_can_go_back(bundle: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    articles, catalogue = bundle / "articles", bundle / "catalogue.yaml"
    outcome = learn(taught("yazici"), models, articles, catalogue)
    assert isinstance(outcome, TrainingAccepted)
    assert (outcome.after.top1 or 0) > 0.95
    learned = Knowledge.load(articles, catalogue, outcome.file)
    assert learned.read("kaset dönmüyor").candidates[0].category == "yazici"
    learn(taught("ag"), models, articles, catalogue)
    go_back(models)
    assert Knowledge.load(articles, catalogue, outcome.file).read("kaset dönmüyor").candidates[0].category == "yazici"
    go_back(models)
    with pytest.raises(ModelError, match="no model of the house"):
        go_back(models)


def test_what_was_learned_outlives_a_change_of_articles(bundle: Path, tmp_path: Path) -> None:
    outcome = learn(taught("yazici"), tmp_path / "m", bundle / "articles", bundle / "catalogue.yaml")
    assert isinstance(outcome, TrainingAccepted)
    (bundle / "articles" / "parola-unuttum.md").unlink()
    knowledge = Knowledge.load(bundle / "articles", bundle / "catalogue.yaml", outcome.file)
    assert not knowledge.current
    assert any(example.learned for example, _ in knowledge.why("kaset makara dönmüyor"))


def test_a_worse_model_is_refused_and_the_old_one_stays(bundle: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    first = learn(taught("yazici"), models, bundle / "articles", bundle / "catalogue.yaml")
    assert isinstance(first, TrainingAccepted)
    before = first.file.read_bytes()
    wrong = [Example(e.text, "yazici" if held_back(e) else "ag") for e in taught("yazici")]
    assert isinstance(learn(wrong, models, bundle / "articles", bundle / "catalogue.yaml"), TrainingRejected)
    assert first.file.read_bytes() == before


def test_too_few_examples_change_nothing(bundle: Path, tmp_path: Path) -> None:
    outcome = learn([Example("kaset", "yazici")], tmp_path / "m", bundle / "articles", bundle / "catalogue.yaml")
    assert isinstance(outcome, TooFew)
    assert not (tmp_path / "m").exists()


def test_examples_are_masked_told_once_and_of_known_categories() -> None:
    examples = [
        Example("yazıcı bozuk, 0532 123 45 67", "ag"),
        Example("Yazıcı bozuk 0532 123 45 67", "yazici"),
        Example("eski konu", "kalkmis"),
        Example("   ", "yazici"),
    ]
    assert [(e.text, e.label) for e in prepared(examples, ["yazici", "ag"])] == [("Yazıcı bozuk [telefon]", "yazici")]
