"""Metinler edited by the house: what the desk says, in the place of what it ships with, at once and for all.

Before whom a text may be said is no part of it, and an edit shows nothing that the shipped one does not show.
"""

from __future__ import annotations

import re
from collections import Counter

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_texts import TextKind
from handlers.domain.text_rights import may_keep_texts
from handlers.ports.services import TextProblem, Unsayable
from handlers.tickets import text_edits

MAX_BODY_LETTERS = 6000
_CONDITION = re.compile(r"\{%-?\s*(?:el)?if\s+(.+?)\s*-?%\}")


def require_keeper(acting: Acting) -> None:
    """Raises NotAllowed."""
    if not may_keep_texts(acting.person):
        raise NotAllowed("keep_texts", acting.person.handle)


def shipped(work: UseCaseContext, name: str) -> str:
    """Raises NotFound."""
    if name not in work.desk.texts.names():
        raise NotFound("text", name)
    return work.desk.texts.body(name).strip()


def require_fit(work: UseCaseContext, name: str, body: str) -> str:
    """How it would be said with the values of a sample. Raises NotFound, Invalid(`text_wrong`, `text_long`)."""
    texts = work.desk.texts
    shipped(work, name)
    if len(body) > MAX_BODY_LETTERS:
        raise Invalid("text_long", most=MAX_BODY_LETTERS)
    if (problem := texts.problem(name, body)) is not None:
        raise _wrong(problem)
    try:
        return texts.preview(name, body, work.desk)
    except Unsayable as error:
        raise _wrong(TextProblem(_line_of(error), "fails")) from error


def dropped_conditions(shipped: str, body: str) -> list[str]:
    """The shipped conditions that an edit has no more: what stood under one is said always, or never."""
    left = Counter(_CONDITION.findall(shipped)) - Counter(_CONDITION.findall(body))
    return list(left)


def edit(acting: Acting, name: str, body: str, seen: int) -> Effect:
    """Raises NotAllowed, NotFound, Invalid, EditedMeanwhile."""
    require_keeper(acting)
    require_fit(acting, name, body)
    text_edits.require_seen(acting, TextKind.MESSAGE, name, seen)
    return text_edits.put(acting, TextKind.MESSAGE, name, body, shipped(acting, name))


def go_back(acting: Acting, name: str, version: int) -> Effect:
    """That version stands again, as a new one; 0: what the desk ships with. Raises as `old_body`, NotAllowed."""
    require_keeper(acting)
    return text_edits.put(acting, TextKind.MESSAGE, name, old_body(acting, name, version), shipped(acting, name))


def old_body(work: UseCaseContext, name: str, version: int) -> str:
    """What it said, where it may be said still. Raises NotFound, Invalid(`text_wrong`)."""
    shipped(work, name)
    body = text_edits.version_of(work, TextKind.MESSAGE, name, version).body if version else ""
    if body:
        require_fit(work, name, body)
    return body


def _wrong(problem: TextProblem) -> Invalid:
    fields = list(problem.known)
    return Invalid("text_wrong", line=problem.line, what=problem.what, field=problem.written[:60], fields=fields)


def _line_of(error: Unsayable) -> int:
    """Of the template, where Python tells it."""
    found, trace = 1, error.__cause__.__traceback__ if error.__cause__ is not None else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(("<template>", ".txt")):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
