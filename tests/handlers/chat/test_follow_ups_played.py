"""Lines of writers who knew nothing of the desk's answers, each said where something stands: a report, a question, a
ticket. What they reached before anybody had read them stands in docs/knowledge.md; what was amiss in the first two sets
was mended as kinds since then. None is taken for "it works" that is not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.ports import UnitOfWork
from tests.handlers.chat.played import Play, undone
from tests.handlers.tickets.table import Table

HERE = Path(__file__).parent
LEAST_AS_MEANT = {"follow_ups": 0.93, "follow_ups_f": 0.96, "follow_ups_g": 0.89, "follow_ups_h": 0.93}
"""The share of lines of each set that do what was meant, or ask where it is not plain."""
MOST_NOT_THERE = 0.06
"""The share of lines whose report does not lead where they are said."""
TALKS = ("talks", "talks_j", "talks_k")

REPORT = {"suggestion", "request", "clarify", "what_happened"}
AS_MEANT: dict[str, set[str]] = {
    "worked": {
        "tip_worked",
        "confirmed",
        "solved_by_itself",
        "answer_unclear",
        "works_now",
    },
    "not_worked": {
        "opened",
        "reopened",
        "reply_kept",
        "answer_unclear",
        "works_now",
        "no_ticket_yet",
        "tried",
        "cannot",
        "added",  # keeps the words and offers to send them on, as "answer_unclear" does
    },
    "wait": {"waiting", "waiting_for_you", "where_it_stands", "reply_kept", "works_now"},
    "step_question": {"step_help", "explain", "reply_kept", "fact_why"},
    "not_understood": {"step_help", "explain", "fact_why", "reply_kept", "cannot", "where_it_stands"},
    "puzzled": {
        "step_help",
        "explain",
        "fact_why",
        "reply_kept",
        "where_it_stands",
        "my_tickets",
        "works_now",
        "clarify",
    },
    "cannot": {"cannot", "opened", "fact", "facts_skipped", "reply_kept", "step_help"},
    "already_tried": {"tried", "added", "reply_kept"},
    "wrong_guess": {"clarify", "what_happened", "cannot_tell", "reply_kept", "explain", "fact_why"},
    "correction_name": {"errors/name_vouched", "name_corrected", "name_how"},
    "correction_subject": {*REPORT, "added", "reply_kept"},
    "more": {*REPORT, "added", "reply_kept", "fact", "facts_done", "works_now", "emergency"},
    "another_problem": REPORT,
    "new_report": {*REPORT, "opened"},
    "impatience": {"no_ticket_yet", "where_it_stands", "my_tickets", "reply_kept"},
    "status": {"no_ticket_yet", "where_it_stands", "my_tickets", "ticket"},
    "anger": {"no_ticket_yet", "where_it_stands", "my_tickets", "works_now", "reopened"},
    "wish": {"wish_kept", "reply_kept", "works_now"},
    "me_too": {"joined_outage", "which_outage", "added", "reply_kept", "suggestion"},
    "broken_again": {"opened", "reopened", "offer_reopen", "reply_kept", "works_now", "answer_unclear"},
    "thanks": {"you_are_welcome", "works_now", "answer_unclear"},
    "chitchat": {"greeting", "you_are_welcome", "what_i_do", "works_now", "not_passed_on"},
    "greeting": {"greeting", "you_are_welcome"},
    "cancel": {"draft_dropped", "cancel_which", "answer_unclear"},
    "wants_human": {
        "opened",
        "where_it_stands",
        "my_tickets",
        "reply_kept",
        "answer_unclear",
        "cannot",
        "no_ticket_yet",
    },
    "off_topic": {"not_passed_on", "greeting"},
    "number": {"facts_corrected", "reply_kept"},
    "word": {"word_meaning"},
    "answer": {"fact", "facts_done", "reply_kept", "suggestion", "request"},
}
"""Kinds of answers that do what a line meant."""
CLOSES = {"tip_worked", "confirmed", "draft_dropped"}
NO_ANSWER = {"wish", "impatience", "cancel", "puzzled", "anger", "thanks", "wait", "status"}
"""What is never written down as the answer to a question."""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    opened = Table(tmp_path_factory.mktemp("desk") / "desk")
    try:
        yield opened
    finally:
        opened.close()


def skip_questions(play: Play) -> None:
    while play.presses("skip_fact:…"):
        pass


def stand(play: Play, state: str, first: str) -> bool:
    """Bring it there; False where this report does not lead there."""
    play.says(first)
    if state in ("suggested", "asked_category"):
        return True
    if not newest(play.uow) and not play.presses("open:…"):
        return False
    if state.startswith("question"):
        return any(m.kind == "fact" for m in play.shown())
    skip_questions(play)
    ticket = newest(play.uow)[0]
    worker = "mehmet" if ticket.unit == "donanim" else "ali"
    at_work = {"who": worker, "room": ticket.unit}
    if state in ("claimed", "resolved", "waiting_info") and not play.presses(f"claim:{ticket.id}", **at_work):
        return False
    if state == "resolved":
        play.presses(f"done:{ticket.id}", **at_work)
        play.says("düzeltildi", **at_work)
    if state == "waiting_info":
        play.presses(f"ask:{ticket.id}", **at_work)
        play.says("Cihazın modeli nedir, ekranda ne yazıyor?", **at_work)
    return True


def newest(uow: UnitOfWork) -> list[Any]:
    return sorted(uow.summaries.list(limit=10), key=lambda t: t.id, reverse=True)


def what_followed(play: Play, line: dict[str, Any]) -> str:
    """as meant, amiss, closed (though nothing was said to work), or not there."""
    if not stand(play, line["state"], line["first"]):
        return "not there"
    for earlier in line.get("between", ()):
        play.says(earlier)
    before = [dict(ticket.facts) for ticket in newest(play.uow)]
    stood = {m.text for m in play.shown()}
    new = play.says(line["text"])
    said = {m.kind for m in new}
    meant = line["meant"]
    if said & CLOSES and meant not in ("worked", "cancel"):
        return "closed"
    if meant == "wrong_guess" and any(m.kind in REPORT and m.text not in stood for m in new):
        return "as meant"  # what they say it is stands there instead
    answered = [dict(ticket.facts) for ticket in newest(play.uow)][-len(before) or None :] != before
    if line["state"].startswith("question") and answered and meant in NO_ANSWER:
        return "amiss"
    return "as meant" if said & AS_MEANT[meant] else "amiss"


def lines(name: str) -> list[Any]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", LEAST_AS_MEANT)
def test_lines_do_what_was_meant(table: Table, name: str) -> None:
    counts: Counter[str] = Counter()
    amiss = []
    for line in lines(name):
        followed = undone(table, lambda play, line=line: what_followed(play, line))
        counts[followed] += 1
        if followed in ("amiss", "closed"):
            amiss.append((followed, line["state"], line["meant"], line["text"]))
    assert counts["closed"] == 0, [one for one in amiss if one[0] == "closed"]
    played = sum(counts.values()) - counts["not there"]
    assert counts["not there"] / counts.total() <= MOST_NOT_THERE
    assert counts["as meant"] / played >= LEAST_AS_MEANT[name], amiss


@pytest.mark.parametrize("name", TALKS)
def test_every_line_of_a_talk_has_a_visible_answer(table: Table, name: str) -> None:
    """What only changed further up is none, unless it is the answer to the report."""

    def silent(play: Play, turns: list[dict[str, str]]) -> list[str]:
        return [turn["says"] for turn in turns if not play.says(turn["says"])]

    talks = [talk["turns"] for talk in lines(name)]
    unanswered = [text for turns in talks for text in undone(table, lambda play, turns=turns: silent(play, turns))]
    assert unanswered == []
