"""Doing what follows from a line (`handlers.chat.follow_up`): to a report that has no ticket yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.chat import (
    cancel,
    corrections_told,
    drafts,
    maintenances,
    numbers_told,
    open_ticket,
    outages,
    report,
    report_answers,
    report_buttons,
    shown,
    solved,
    steps,
    ticket_moves,
    typed_answers,
)
from handlers.chat.facts import OF_ONE_PROBLEM, facts_of
from handlers.chat.follow_up import Move
from handlers.chat.hearing import Heard
from handlers.chat.standing import Standing, Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.states import SolvedBy
from handlers.messages import Button
from handlers.terms import FACTS
from handlers.tickets import missing_facts
from knowledge import Decision, Intent, glossary

_TRIED = frozenset({Intent.not_worked, Intent.no, Intent.already_tried, Intent.broken_again})
"""What says that the steps were gone through."""


_OFFERS_TO_SEND_AT_ONCE = frozenset({"cannot", "no_ticket_yet"})
_OFFERS = _OFFERS_TO_SEND_AT_ONCE | {"added", "wish_kept", "step_help", "waiting"}
"""What does not ask whether the steps helped, though its buttons are those of the steps."""


def make(turn: Turn, move: Move, stands: Stands, heard: Heard, text: str) -> bool:
    """Do it; False where it turns out to be a report."""
    if move in ticket_moves.MOVES:
        return ticket_moves.make(turn, move, stands, heard, text)
    if move is Move.TALK:
        return _talk(turn, stands, heard, text)
    if move is Move.WORD:
        return _word(turn, stands, text)
    if move is Move.CORRECT:
        return _number(turn, stands, text) or corrections_told.correct(turn, stands, text)
    if move is Move.JOIN:
        return _join(turn, stands, text)
    draft = stands.draft
    if draft is None:  # of a ticket nothing but waiting is done so
        turn.say(turn.address, "waiting_for_you")
        return True
    if heard.reading.bare and heard.outright:
        move = _by_a_bare_word(turn, move, stands, draft, heard)
    if heard.wants in _TRIED and stands.kind is Standing.STEPS:
        report_answers.told_of_trying(turn, draft)
    return _ON_DRAFT[move](turn, draft, heard, text) is not False


def _by_a_bare_word(turn: Turn, move: Move, stands: Stands, draft: Draft, heard: Heard) -> Move:
    """ "olur" answers what the newest message offers: to send the report on, or whether the steps helped."""
    offered = shown.newest_kind(turn)
    if stands.kind is Standing.STEPS and offered in _OFFERS:
        return Move.OPEN if heard.wants is Intent.yes and offered in _OFFERS_TO_SEND_AT_ONCE else Move.ASK
    return move if _is_asked(turn, stands, draft) else Move.ASK


def _is_asked(turn: Turn, stands: Stands, draft: Draft) -> bool:
    """Whether the newest buttons are those that a bare yes or no would press."""
    worked = stands.kind is Standing.STEPS and draft.tried_article is not None
    return shown.offers(turn, f"{'worked' if worked else 'open'}:{draft.id}")


def _talk(turn: Turn, stands: Stands, heard: Heard, text: str) -> bool:
    """As where nothing stands, after what may be a word to a ticket that lives on in another."""
    if stands.draft is None and typed_answers.answered(turn, heard.reading, text):
        return True
    as_talk = {Intent.worked: Intent.thanks, Intent.yes: Intent.thanks, Intent.not_worked: Intent.no}
    report.talk(turn, as_talk.get(heard.wants, heard.wants), text, ())
    return True


# --- what is said to a report in the making ---------------------------------------------------------
def _open(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    """ "tamam iletin, 118 nolu oda": what is told beside it goes along."""
    if not heard.reading.explicit:
        drafts.add(turn, draft, text, ())
        draft.facts |= facts_of(heard.fragment.facts)
    open_ticket.open_draft(turn, draft)


def _worked(turn: Turn, draft: Draft, _heard: Heard, text: str) -> None:
    report_buttons.worked(turn, draft, by_itself=solved.told_how(text) is SolvedBy.ITSELF)


def _drop(turn: Turn, draft: Draft, _heard: Heard, _text: str) -> None:
    cancel.drop_draft(turn, draft)


def _ask(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    typed_answers.keep_and_ask(turn, draft, heard.reading, text)


def _next(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    """ "hiçbiri değil, telefonum çalmıyor": what it is instead stands in the same line."""
    if corrections_told.is_told_instead(draft, heard.reading):
        drafts.add(turn, draft, text, ())
        corrections_told.read_anew(turn, draft, heard.reading)
    else:
        report_buttons.not_mine(turn, draft)


def _add(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    """What was understood so far stands in the answer."""
    drafts.add(turn, draft, text, ())
    draft.facts |= facts_of(heard.fragment.facts)
    draft.waiting_citizens |= heard.fragment.citizens_waiting
    draft.due_today |= heard.fragment.facts.soon
    _say(turn, draft, "added", told=text, known=_understood(turn, draft), waiting_citizens=draft.waiting_citizens)


def _understood(turn: Turn, draft: Draft) -> list[str]:
    subject = [turn.desk.title(draft.category)] if draft.category else []
    told = [f"{FACTS[name]}: {value}" for name, value in draft.facts.items() if name in FACTS]
    return [*subject, *told, *(["Vatandaş bekliyor"] if draft.waiting_citizens else [])]


def _second(turn: Turn, draft: Draft, heard: Heard, text: str) -> bool:
    """Beside what was understood before; where that was nothing, or two problems already, it is a report like any."""
    near = heard.reading.candidates
    if draft.category is None or draft.second is not None or heard.reading.decision is not Decision.suggest or not near:
        return False
    before = draft.text
    drafts.add(turn, draft, text, ())
    told = facts_of(heard.reading.facts)
    draft.facts |= {name: value for name, value in told.items() if name not in OF_ONE_PROBLEM}
    draft.second, draft.second_article, draft.parts = near[0].category, near[0].article, [before, text]
    report_answers.suggest(turn, draft, draft.category, draft.article)
    return True


def _no_ticket(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    if heard.wants not in (Intent.status, Intent.impatience, Intent.anger):
        drafts.add(turn, draft, text, ())
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    _say(turn, draft, "no_ticket_yet", angry=heard.wants is Intent.anger, tickets=mine[: cancel.MAX_OFFERED])


def _wait(turn: Turn, draft: Draft, _heard: Heard, _text: str) -> None:
    _say(turn, draft, "waiting", steps=_has_steps(turn, draft))


def _step(turn: Turn, draft: Draft, _heard: Heard, text: str) -> None:
    article = turn.desk.article(draft.tried_article)
    found = steps.asked_about(article.steps, text) if article is not None else None
    if found is None:
        drafts.add(turn, draft, text, ())
    _say(turn, draft, "step_help", step=found, first=False)


def _explain(turn: Turn, draft: Draft, _heard: Heard, _text: str) -> None:
    article = turn.desk.article(draft.tried_article) if _has_steps(turn, draft) else None
    step = steps.first(article.steps) if article is not None else None
    if step is not None:
        _say(turn, draft, "step_help", step=step, first=True)
    else:
        _say(turn, draft, "explain", phase=draft.phase.value, request=turn.desk.is_request(draft.category))


def _cannot(turn: Turn, draft: Draft, _heard: Heard, text: str) -> None:
    drafts.add(turn, draft, text, ())
    _say(turn, draft, "cannot", request=turn.desk.is_request(draft.category))


def _tried(turn: Turn, draft: Draft, _heard: Heard, text: str) -> None:
    drafts.add(turn, draft, text, ())
    _say(turn, draft, "tried", steps=draft.tried)


def _wish(turn: Turn, draft: Draft, heard: Heard, text: str) -> None:
    drafts.add(turn, draft, text, ())
    draft.facts |= {n: v for n, v in facts_of(heard.fragment.facts).items() if n in ("oda", "dahili")}
    _say(turn, draft, "wish_kept", wish=text, known=_understood(turn, draft))


def _has_steps(turn: Turn, draft: Draft) -> bool:
    request = turn.desk.is_request(draft.category)
    return draft.phase is Phase.SUGGESTED and not request and draft.tried_article is not None


def _say(turn: Turn, draft: Draft, template: str, **data: Any) -> None:
    """Below what they wrote, with the buttons that stand on the answer to the report."""
    turn.say(turn.address, template, buttons=_buttons(turn, draft), slot=drafts.asked_slot(draft), fresh=True, **data)


def _buttons(turn: Turn, draft: Draft) -> list[Button]:
    request = turn.desk.is_request(draft.category)
    onward = typed_answers.onward(draft, request=request)
    if draft.phase is Phase.ASKED:
        picks = [Button(turn.desk.title(c), f"pick:{draft.id}:{c}") for c in draft.candidates]
        return [*picks, Button("Hiçbiri değil", f"not_mine:{draft.id}"), onward]
    worked = [Button("İşe yaradı", f"worked:{draft.id}")] if _has_steps(turn, draft) else []
    return report_answers.what_fits_first(draft, worked, onward)


_ON_DRAFT: dict[Move, Callable[[Turn, Draft, Heard, str], bool | None]] = {
    Move.WORKED: _worked,
    Move.OPEN: _open,
    Move.DROP: _drop,
    Move.ASK: _ask,
    Move.NEXT: _next,
    Move.ADD: _add,
    Move.SECOND: _second,
    Move.NO_TICKET: _no_ticket,
    Move.WAIT: _wait,
    Move.STEP: _step,
    Move.EXPLAIN: _explain,
    Move.CANNOT: _cannot,
    Move.TRIED: _tried,
    Move.WISH: _wish,
}


# --- a number put right, a word asked about ---------------------------------------------------------------
def _number(turn: Turn, stands: Stands, text: str) -> bool:
    """False: no number is put right in it."""
    right = numbers_told.put_right(turn, stands, text)
    draft, ticket = stands.draft, stands.ticket
    if right is None or (draft is None and (ticket is None or not ticket.state.active)):
        return False
    if draft is not None:
        drafts.add(turn, draft, text, ())
        draft.facts |= right.facts
        _say(turn, draft, "added", told=text, known=_understood(turn, draft), waiting_citizens=draft.waiting_citizens)
    elif ticket is not None and not right.facts:
        ticket_moves.make_to_ticket(turn, stands, text)
    elif ticket is not None:
        kept = missing_facts.put_right(turn, ticket, right.facts, text)
        turn.dialog.last_ticket = ticket.id
        known = [f"{FACTS[name]}: {value}" for name, value in right.facts.items()]
        turn.receipt(kept, "facts_corrected", ticket=ticket, known=known)
    return True


def _word(turn: Turn, stands: Stands, text: str) -> bool:
    """What is said beside the question belongs to what stands. Below the answer the steps' buttons stand again."""
    asked = glossary.asked(text)
    if asked is None:
        return False
    draft, ticket = stands.draft, stands.ticket
    if draft is not None and draft.phase is not Phase.WORKED:
        if not asked.alone:
            drafts.add(turn, draft, text, ())
        _say(turn, draft, "word_meaning", meaning=asked.meaning, unsent=True, asked=False)
        return True
    if ticket is not None and ticket.state.active and not asked.alone:
        ticket_moves.make_to_ticket(turn, stands, text)
    standing_question = stands.kind in (Standing.QUESTION, Standing.TECHNICIAN)
    turn.say(turn.address, "word_meaning", meaning=asked.meaning, unsent=False, asked=standing_question)
    return True


# --- a colleague's trouble ----------------------------------------------------------------------------
def _join(turn: Turn, stands: Stands, text: str) -> bool:
    """ "bende de": of a known outage, else of what stands; where nothing does it may be any of those that are known."""
    draft = stands.draft
    if draft is not None and draft.phase is not Phase.WORKED:
        outage = report_answers.known_outage(turn, draft)
        if outage is not None:
            outages.me_too(turn, outage)
            return True
        planned = report_answers.planned_work(turn, draft)
        if planned is not None:
            maintenances.wait_for_end(turn, draft, str(planned.id))
            return True
        drafts.add(turn, draft, text, ())
        _say(turn, draft, "added", told=text, known=_understood(turn, draft), waiting_citizens=draft.waiting_citizens)
        return True
    if stands.kind is Standing.TICKET:
        return ticket_moves.make_to_ticket(turn, stands, text)
    known = [t for t in turn.uow.tickets.outages() if not outages.concerns(turn, t)][: cancel.MAX_OFFERED]
    if not known:
        return False
    buttons = [Button(f"Ben de yaşıyorum: {turn.desk.subject(t)}", f"me_too:{t.id}") for t in known]
    turn.say(turn.address, "which_outage", buttons=buttons, slot="which_outage", fresh=True, tickets=known)
    return True
