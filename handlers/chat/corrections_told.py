"""What somebody puts right in words: "ismim Ali değil Veli", "yazıcı değil tarayıcı"."""

from __future__ import annotations

import re

from handlers.chat import drafts, report_answers, ticket_replies
from handlers.chat.standing import Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.people import names
from knowledge import Decision, Intent, Reading
from knowledge.language.folding import folded
from knowledge.language.names import is_given_name

_CALLED = r"[A-ZÇĞİÖŞÜ][^\W\d_]+(?:\s+[A-ZÇĞİÖŞÜ][^\W\d_]+){0,2}"
_OWN = r"(?:[Ss]oyad|[Aa]d|(?:[sS]oy)?[iıİI]sm)[ıi]m[ıi]?|[iıİI]sim"
_NAME = re.compile(
    rf"\b(?:{_OWN})\b(?=[^\n]{{0,80}}\b(?:de[gğ]il|olacak|yanl[ıi]ş|d[üu]zelt\w*))"
    rf"|\b[Aa]d[ıi]m\s+(?={_CALLED})|\b[Bb]en\s+(?=\w+\s+de[gğ]ilim\b|{_CALLED}['’][ıiuü]m\b)"
)
_A_STEP = re.compile(r"\b(?:\d\.?|[iİ]lk|son|bu|o|her|hangi|\w+n?c[ıiuü])\s+ad[ıi]m", re.IGNORECASE)
_I_AM = re.compile(rf"(?P<right>{_CALLED})")
_NOT_BUT = re.compile(
    r"\b(?P<wrong>[^\W\d_]++)\s++de[gğ]il(?:im)?\b[\s,.:]*(?P<right>[^\W\d_][^,.!?\n]*)", re.IGNORECASE
)
_SHALL_BE = re.compile(r"\b(?P<right>[^\W\d_]++(?:\s++[^\W\d_]++){0,2})\s++olacak(?:t[ıi])?\s*[.!]?$", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?P<wrong>\w++)\s++de[gğ]il\b(?:\s+o\b)?[\s,.:]*(?P<right>\w.*)", re.IGNORECASE | re.DOTALL)
_BEGINNING = 4


def is_about_a_name(text: str) -> bool:
    """Whether it puts a name right: "ismim Ali değil Veli", "Nurhan değil Nuran", "ben Ali Can'ım"."""
    if _A_STEP.search(text):
        return False
    if _NAME.search(text):
        return True
    found = _NOT_BUT.search(text)
    return found is not None and all(is_given_name(folded(found[side]).split()[0]) for side in ("wrong", "right"))


def correct(turn: Turn, stands: Stands, text: str) -> bool:
    """False: nothing is put right in it."""
    if is_about_a_name(text):
        return _name(turn, text)
    found = _SUBJECT.search(text)
    if found is None:
        return False
    if stands.draft is not None:
        return _subject(turn, stands.draft, text, found["wrong"], found["right"])
    if stands.ticket is not None and stands.ticket.state.active:
        ticket_replies.write_to(turn, stands.ticket, text, ())
        return True
    return False


def _name(turn: Turn, text: str) -> bool:
    """Raises Invalid where somebody vouches for the name."""
    name = with_what_is_right(turn.person.name, text)
    if name is None:
        turn.say(turn.address, "name_how", person=turn.person)
        return True
    names.correct(turn, turn.person, name)
    turn.say(turn.address, "name_corrected", who=turn.person, by=None, rings=False)
    return True


def with_what_is_right(known: str, text: str) -> str | None:
    """The whole name with what is right in it; None where that cannot be told."""
    own = _NAME.search(text)
    told = text[own.end() :] if own is not None else text
    found = _NOT_BUT.search(told) or _SHALL_BE.search(told) or _I_AM.match(told.strip(" :,.!"))
    if found is None:
        return None
    right = " ".join(found["right"].split()).removesuffix(" olacak").title()
    if len(right.split()) > 1 or not known:
        return right
    wrong = found.groupdict().get("wrong")
    words = known.split()
    if wrong is not None and any(folded(word) == folded(wrong) for word in words):
        return " ".join(right if folded(word) == folded(wrong) else word for word in words)
    return None


def _subject(turn: Turn, draft: Draft, text: str, wrong: str, right: str) -> bool:
    """What was understood falls, where it came of the wrong word; else it is a detail of the report."""
    reading = turn.understand(right)
    said_before = folded(wrong)[:_BEGINNING] in folded(draft.text)
    near = any(c.category != draft.category for c in reading.candidates)
    drafts.add(turn, draft, text, ())
    if not said_before or reading.intent is not Intent.report or not near or reading.decision is Decision.reject:
        report_answers.show_again(turn, draft)
    else:
        read_anew(turn, draft, reading)
    return True


def is_told_instead(draft: Draft, reading: Reading) -> bool:
    """Whether a line plainly tells of another subject than what was understood."""
    if reading.intent is not Intent.report or reading.decision is not Decision.suggest or not reading.candidates:
        return False
    return reading.candidates[0].category not in (draft.category, *draft.dismissed)


def read_anew(turn: Turn, draft: Draft, reading: Reading) -> None:
    """What was understood falls; what the reading is of takes its place."""
    near = [c for c in reading.candidates if c.category != draft.category]
    if draft.category is not None:
        draft.dismissed.append(draft.category)
    draft.candidates = [c.category for c in near if c.category not in draft.dismissed][: report_answers.MAX_OFFERED]
    draft.tried, draft.tried_article, draft.second, draft.reasons = 0, None, None, list(reading.reasons)
    if reading.decision is Decision.suggest and near[0] == reading.candidates[0]:
        report_answers.suggest(turn, draft, near[0].category, near[0].article)
    else:
        report_answers.offer(turn, draft)
