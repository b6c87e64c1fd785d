"""One message about two problems: a report for each. What is beside a security matter keeps no word of it."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat.facts import OF_ONE_PROBLEM, facts_of
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.tickets import siblings
from knowledge import Decision, Hazard
from knowledge.text import clauses, visible

_OF_THE_PLACE = ("oda", "dahili", "mudurluk")
"""What of a message may be told on both whatever else it says."""


def apart(turn: Turn, draft: Draft) -> tuple[Draft, Draft]:
    """What was written stands on both, what was said of a device only where it belongs."""
    shared = {name: value for name, value in draft.facts.items() if name not in OF_ONE_PROBLEM}
    read = [turn.understand(words) for words in draft.parts]
    own = [shared | {n: v for n, v in facts_of(r.facts).items() if n in OF_ONE_PROBLEM} for r in read]
    first = replace(
        draft,
        phase=Phase.NEW,
        reminded=False,
        category=draft.category or draft.candidates[0],
        facts=own[0],
        reasons=list(read[0].reasons),
    )
    second = replace(
        first,
        id=siblings.second_id(draft.id),
        category=draft.second,
        article=draft.second_article,
        candidates=[],
        tried=0,
        tried_article=None,
        reasons=list(read[1].reasons),
        facts=own[1],
    )
    if turn.desk.is_restricted(first.category) == turn.desk.is_restricted(second.category):
        return first, second
    if turn.desk.is_restricted(first.category):
        return first, beside_a_secret(turn, second, draft.parts[1])
    return beside_a_secret(turn, first, draft.parts[0]), second


def beside_a_secret(turn: Turn, draft: Draft, about: str) -> Draft:
    """With the clause that plainly names its subject, else with nothing but that: which words tell of the other matter
    nobody can be sure of. Files stay with the security matter, too."""
    words = _plain_words(turn, about, draft.category)
    reading = turn.understand(words) if words else None
    place = {name: value for name, value in draft.facts.items() if name in _OF_THE_PLACE}
    return replace(
        draft,
        texts=[words],
        keys=draft.keys[:1],
        files=[],
        parts=[],
        second=None,
        reasons=list(reading.reasons) if reading else [],
        facts=place | (facts_of(reading.facts) if reading else {}),
    )


def danger_alone(turn: Turn, draft: Draft, hazard: Hazard) -> Draft:
    """The smoke that was told beside a security matter, in the clause that tells of it and of nothing else; where there
    is none it stands without words: somebody must run, and may not read the other."""
    seen = visible(draft.text)
    told = [seen[start:end].strip() for start, end in clauses(seen)]
    words = next((w for w in told if turn.understand(w).hazard is hazard and not turn.desk.is_secret(w)), "")
    named = turn.understand(words).candidates if words else ()
    return replace(
        draft,
        id=siblings.second_id(draft.id),
        category=next((c.category for c in named[:1] if not turn.desk.is_restricted(c.category)), None),
        candidates=[],
        texts=[words],
        keys=draft.keys[:1],
        files=[],
        parts=[],
        second=None,
        reasons=[],
        facts={name: value for name, value in draft.facts.items() if name in _OF_THE_PLACE},
    )


def _plain_words(turn: Turn, about: str, category: str | None) -> str:
    """The first clause, where read alone it is surely of that category; else empty."""
    seen = visible(about)
    first = next((seen[start:end].strip() for start, end in clauses(seen)), "")
    reading = turn.understand(first)
    named = reading.candidates[0].category if reading.candidates else None
    plainly = reading.decision is Decision.suggest and named == category and reading.second is None
    return first if plainly and not turn.desk.is_secret(first) else ""
