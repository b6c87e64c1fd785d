"""What people write after the steps: a plain yes or no is known, and nothing else is taken for one.

`answers.jsonl` holds the fragments of six made-up writers, each with what they mean: `yes` and `no` in so many words,
or `other`, which no ticket may be opened or closed for.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge import Intent, Knowledge

ANSWERS = [json.loads(line) for line in Path(__file__).with_name("answers.jsonl").read_text("utf-8").splitlines()]
ACTED_ON = {Intent.yes, Intent.no, Intent.human, Intent.cancel}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def _said_outright(knowledge: Knowledge, answer: dict[str, Any]) -> str:
    reading = knowledge.read(answer["text"])
    return str(reading.intent) if reading.explicit and reading.intent in ACTED_ON else "other"


def test_no_fragment_is_taken_for_an_answer_that_it_is_not(knowledge: Knowledge) -> None:
    wrong = [(a["text"], said) for a in ANSWERS if (said := _said_outright(knowledge, a)) != a["meant"]]
    assert wrong == []
    assert {a["meant"] for a in ANSWERS} == {"yes", "no", "other"}
    assert len(ANSWERS) >= 150


@pytest.mark.parametrize(
    ("typed", "intent", "bare"),
    [
        ("oldu", Intent.yes, False),
        ("düzeldi sağ olun", Intent.yes, False),
        ("kapatıp açtım düzeldi", Intent.yes, False),
        ("evet", Intent.yes, True),
        ("👍🏽", Intent.yes, True),
        ("olmadı yine aynı", Intent.no, False),
        ("yok", Intent.no, True),
        ("biri gelsin lütfen", Intent.human, False),
        ("olur açın", Intent.human, False),
        ("acil durum var", Intent.human, False),
        ("burada acil bir durum var hemen gelin", Intent.human, False),
        ("Acil bakabilir misiniz", Intent.human, False),
        ("imdat", Intent.human, False),
        ("boşver vazgeçtim", Intent.cancel, False),
        ("düzeldi gerek kalmadı", Intent.cancel, False),
    ],
)
def test_what_is_said_in_so_many_words(knowledge: Knowledge, typed: str, intent: Intent, bare: bool) -> None:
    reading = knowledge.read(typed)
    assert (reading.intent, reading.explicit, reading.bare) == (intent, True, bare)


@pytest.mark.parametrize(
    "typed",
    [
        "teknisyen gelmesin",
        "iletmeyin",
        "iptal etmeyin",
        "vazgeçmedim",
        "biri geldi",
        "gerek yok",
        "👍👎",
        "👍?",
        "acil durum butonu çalışmıyor",
        "acil durum planı nerede",
    ],
)
def test_the_opposite_of_an_answer_is_none(knowledge: Knowledge, typed: str) -> None:
    reading = knowledge.read(typed)
    assert not reading.explicit or reading.intent not in ACTED_ON
