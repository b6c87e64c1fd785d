"""What `masa kb check` says of articles that hold together and could be better."""

from copy import copy
from dataclasses import replace

import pytest

from knowledge import Knowledge
from knowledge.article_lint import BUTTONS, warnings


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def _about_buttons(knowledge: Knowledge) -> list[str]:
    return [line for line in warnings(knowledge) if "düğmesinden söz ediyor" in line]


def test_shipped_steps_speak_of_the_buttons_that_stand_under_them(knowledge: Knowledge) -> None:
    assert _about_buttons(knowledge) == []
    spoken_of = [a for a in knowledge.articles.values() if any(label in a.steps for label in BUTTONS["talep"])]
    assert len(spoken_of) >= 50


@pytest.mark.parametrize(
    ("article", "label"), [("toner-bitti-azaldi", "Teknisyene ilet"), ("yazici-cevrimdisi", "Talep oluştur")]
)
def test_a_button_that_stands_elsewhere_is_pointed_out(knowledge: Knowledge, article: str, label: str) -> None:
    told = replace(knowledge.articles[article], steps=f"1. Bekleyin.\n\nSonra **{label}** düğmesine basın.")
    changed = copy(knowledge)
    changed.articles = {**knowledge.articles, article: told}
    assert [line.partition(":")[0] for line in _about_buttons(changed)] == [article]
