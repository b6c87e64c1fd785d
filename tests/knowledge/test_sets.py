"""How well messages are read that nobody trained on, in whatever way they are typed: figures in `docs/knowledge.md`."""

import pytest

from knowledge import Knowledge
from knowledge.corpus import Example
from knowledge.evaluation import evaluate
from tests.knowledge.sets import labelled, pairs, singles
from tests.knowledge.wrappings import WRAPPINGS

FLOORS = {
    "clean": (0.94, 0.96, 0.97),
    "ASCII": (0.94, 0.96, 0.97),
    "capitals": (0.94, 0.96, 0.97),
    "typos": (0.90, 0.94, 0.95),
    "polite": (0.94, 0.96, 0.97),
    "introduced": (0.94, 0.96, 0.97),
    "at length": (0.85, 0.89, 0.88),
    "suffix vowels dropped": (0.92, 0.95, 0.96),
    "all vowels dropped": (0.83, 0.90, 0.90),
}
"""Of all sets together: right first, right among three, right unit."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_messages_of_writers_whom_nobody_trained_on(knowledge: Knowledge, wrapping: str) -> None:
    wrap = WRAPPINGS[wrapping]
    examples = [Example(wrap(example.text), example.label) for known in labelled().values() for example in known]
    found = evaluate(knowledge, examples)
    assert found.top1 is not None
    assert found.top3 is not None
    assert found.unit is not None
    assert all(
        share >= floor for share, floor in zip((found.top1, found.top3, found.unit), FLOORS[wrapping], strict=True)
    )


def test_what_is_not_ours_is_known_and_ours_is_not_refused(knowledge: Knowledge) -> None:
    found = evaluate(knowledge, [example for known in labelled().values() for example in known])
    assert (found.refused_rightly or 0) >= 0.93
    assert (found.refused_wrongly or 0) <= 0.02
    assert (found.suggested_right or 0) >= 0.97


def test_two_problems_are_parted_and_one_stays_one(knowledge: Knowledge) -> None:
    right = 0
    for text, categories in pairs():
        reading = knowledge.read(text)
        named = {candidate.category for candidate in (*reading.candidates[:1], reading.second) if candidate is not None}
        right += reading.second is not None and named == categories
    taken_for_two = sum(knowledge.read(example.text).second is not None for example in singles())
    assert right >= 0.75 * len(pairs())
    assert taken_for_two <= 0.05 * len(singles())
