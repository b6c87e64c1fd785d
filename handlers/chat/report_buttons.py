"""What is pressed on the answer to a report, or typed in a button's place."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import device_labels, drafts, halves
from handlers.chat.facts import OF_ONE_PROBLEM, facts_of
from handlers.chat.report_answers import MAX_OFFERED, ask_openly, offer, show_again, suggest
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import NotFound
from handlers.messages import Button
from handlers.tickets import siblings
from handlers.tickets.training_examples import keep_example


def worked(turn: Turn, draft: Draft, *, by_itself: bool = False) -> None:
    """İşe yaradı: no ticket, and the desk has learnt something. A second press changes nothing.

    `by_itself`: so they say; then the steps get no praise for it.
    """
    if draft.phase is Phase.WORKED:
        return
    drafts.close(turn, draft, "by_itself" if by_itself else "worked")
    category = turn.desk.category(draft.category)
    if category is not None and not by_itself:
        if not drafts.is_sensitive(turn, draft):
            words = draft.parts[0] if draft.second else draft.text
            keep_example(turn, words, category.id, "worked", of=turn.person.id)
        turn.uow.feedback.tip_solved(turn.now, category.unit, category.id, turn.person.department)
    draft.phase = Phase.WORKED
    lasting = [] if draft.second else [Button("Sorun sürüyor, teknisyene ilet", f"open:{draft.id}")]
    turn.say(turn.address, "tip_worked", buttons=lasting, slot=drafts.worked_slot(draft))
    if draft.second:
        _go_on(turn, draft, draft.second, draft.second_article)


def _go_on(turn: Turn, done: Draft, category: str, article: str | None) -> None:
    """One of two problems is solved: the steps for the other."""
    turn.dialog.draft = draft = replace(
        done,
        id=siblings.second_id(done.id),
        phase=Phase.NEW,
        texts=[done.parts[1]],
        keys=done.keys[-1:],
        second=None,
        parts=[],
        tried=0,
        tried_article=None,
        reminded=False,
    )
    draft.facts = {name: value for name, value in done.facts.items() if name not in OF_ONE_PROBLEM}
    if turn.desk.is_restricted(done.category) and not turn.desk.is_restricted(category):
        turn.dialog.draft = draft = halves.beside_a_secret(turn, replace(draft, category=category), done.parts[1])
    reading = drafts.understand(turn, draft)
    draft.facts |= facts_of(reading.facts)
    draft.reasons = list(reading.reasons)
    suggest(turn, draft, category, article)


def not_mine(turn: Turn, draft: Draft) -> None:
    """Sorunum bu değil: the next readings, or an open question."""
    draft.dismissed.extend([draft.category] if draft.category else draft.candidates)
    reading = drafts.understand(turn, draft)
    draft.candidates = [c.category for c in reading.candidates if c.category not in draft.dismissed][:MAX_OFFERED]
    draft.tried, draft.tried_article, draft.reasons, draft.second = 0, None, [], None
    if draft.candidates and draft.phase is Phase.SUGGESTED:
        offer(turn, draft)
    else:
        ask_openly(turn, draft)


def other_trouble(turn: Turn, draft: Draft, outage: str) -> None:
    """Bendeki başka: it is not that known outage; what the desk would have said without it."""
    draft.not_outages.append(int(outage))
    show_again(turn, draft)


def not_work(turn: Turn, draft: Draft, work: str) -> None:
    """Bendeki başka, of planned work."""
    draft.not_works.append(int(work))
    show_again(turn, draft)


def pick(turn: Turn, draft: Draft, category: str) -> None:
    """One of the near readings was chosen."""
    if turn.desk.category(category) is None:
        raise NotFound("category", category)  # a button of an older catalogue
    if not drafts.is_sensitive(turn, draft) and not device_labels.is_all(draft):
        keep_example(turn, draft.text, category, "chosen", of=turn.person.id)
    show(turn, draft, category)


def show(turn: Turn, draft: Draft, category: str) -> None:
    """The answer to one of the near readings, whether it was chosen or only seems to be meant."""
    reading = drafts.understand(turn, draft)
    article = next((c.article for c in reading.candidates if c.category == category), None)
    suggest(turn, draft, category, article or _first_article(turn, category))


def _first_article(turn: Turn, category: str) -> str | None:
    return next((a.id for a in turn.desk.knowledge.articles.values() if a.category == category), None)
