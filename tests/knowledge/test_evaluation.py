from knowledge import Decision, Knowledge
from knowledge.corpus import NOT_OURS, Example
from knowledge.evaluation import evaluate


def test_a_refused_message_of_ours_is_wrong_everywhere() -> None:
    knowledge = Knowledge.load()
    refused = "yemekhanede bugün ne var"
    assert knowledge.read(refused).decision is Decision.reject
    first = knowledge.read(refused).candidates[0].category
    found = evaluate(knowledge, [Example(refused, first), Example("toner bitti", "toner-kartus")])
    assert (found.top1, found.top3, found.unit, found.refused_wrongly) == (0.5, 0.5, 0.5, 0.5)
    assert [(score.first, score.among_three) for score in found.categories if score.category == first] == [(0, 0)]


def test_what_is_none_of_ours_counts_where_it_was_refused() -> None:
    found = evaluate(Knowledge.load(), [Example("yemekhanede bugün ne var", NOT_OURS)])
    assert (found.refused_rightly, found.top1) == (1.0, None)
